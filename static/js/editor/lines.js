// The list editor of Kính gửi and of Nơi nhận. Each line keeps its printed words and whom it means; the form sends them
// as JSON in place of the plain box.

import { combobox } from "editor/combobox";
import { facts, said, words } from "editor/facts";
import { LineRow } from "editor/line_row";
import { post } from "editor/requests";

const PAUSE_MS = 300;

export class LineLists {
  // `changed` is told of everything that was typed or chosen.
  constructor(form, changed) {
    this.form = form;
    this.told = changed;
    this.lists = [...form.querySelectorAll(".lines")].map((place) => new LineList(place, form, () => this.changed()));
    this.ask();
  }

  // Take up what stands in the form again.
  load() {
    for (const list of this.lists) list.load();
    this.ask();
  }

  changed() {
    this.told();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), PAUSE_MS);
  }

  // What is to be said of the lines as they stand; without the network nothing is said.
  async ask() {
    this.asking?.abort();
    this.asking = new AbortController();
    const values = { issuer: facts.issuer() };
    for (const list of this.lists) values[list.held.name] = list.held.value;
    const answer = await post(facts.addresses.lines, values, this.asking.signal);
    if (answer.code !== 200) return;
    for (const list of this.lists) list.tell(answer[list.name], answer.reach);
  }
}

class LineList {
  constructor(place, form, changed) {
    this.name = place.dataset.lines;
    this.place = place;
    this.told = changed;
    this.held = form.elements[place.dataset.held];
    this.rows = [];
    this.editor = place.querySelector("[data-list]");
    this.list = this.editor.querySelector("[data-rows]");
    const box = form.elements[this.name];
    this.held.disabled = false;
    box.disabled = true;
    box.closest(".field").hidden = true;
    this.editor.hidden = false;
    this.add = this.editor.querySelector("[data-add]");
    combobox(this.add, (body) => this.append([this.lineOf(body)]), { freely: (typed) => this.append([{ text: typed }]) });
    this.add.addEventListener("paste", (event) => this.paste(event));
    for (const button of this.editor.querySelectorAll("[data-quick]")) {
      button.addEventListener("click", () => this.append([{ text: button.dataset.quick }], button.dataset.at));
    }
    this.dragging();
    this.load();
  }

  load() {
    this.rows = JSON.parse(this.held.value || "[]").map((line) => this.row(line));
    this.show();
  }

  row(line) {
    const row = new LineRow({ purpose: null, ...line }, this);
    if (this.name === "addressees") {
      delete row.line.purpose;
      for (const box of row.element.querySelectorAll("[data-purpose], [data-heading], [data-sub-head]")) box.remove();
    }
    return row;
  }

  lineOf(body) {
    facts.names[`${body.kind}:${body.code}`] = body.name;
    return { text: body.name, targets: [{ [body.kind]: body.code }] };
  }

  append(lines, at = "end") {
    const rows = lines.map((line) => this.row(line));
    this.rows = at === "start" ? [...rows, ...this.rows] : this.beforeArchive(rows);
    this.show();
    this.changed();
  }

  // "Lưu ..." stays the last line.
  beforeArchive(rows) {
    const last = this.rows.at(-1);
    const hasArchive = last && /^\s*lưu[ :]/i.test(last.text.value);
    return hasArchive ? [...this.rows.slice(0, -1), ...rows, last] : [...this.rows, ...rows];
  }

  paste(event) {
    const lines = event.clipboardData.getData("text/plain").split(/\r?\n/).map((line) => line.replace(/^\s*[-–+•]\s*|[,;.]\s*$/g, "").trim());
    const written = lines.filter(Boolean);
    if (written.length < 2) return;
    event.preventDefault();
    this.append(written.map((text) => ({ text })));
  }

  move(row, by) {
    const from = this.rows.indexOf(row);
    const to = from + by;
    if (to < 0 || to >= this.rows.length) return;
    const focused = document.activeElement;
    this.rows.splice(from, 1);
    this.rows.splice(to, 0, row);
    this.show();
    if (row.element.contains(focused)) focused.focus();
    this.editor.querySelector("[data-said]").textContent = said(words.lineAt, to + 1, this.rows.length);
    this.changed();
  }

  remove(row) {
    const place = this.rows.indexOf(row);
    this.rows.splice(place, 1);
    this.show();
    (this.rows[Math.max(place - 1, 0)]?.text ?? this.add).focus();
    this.changed();
  }

  leave(row) {
    (this.rows[this.rows.indexOf(row) + 1]?.text ?? this.add).focus();
  }

  show() {
    this.list.replaceChildren(...this.rows.map((row) => row.element));
    this.rows.forEach((row, place) => {
      row.text.setAttribute("aria-label", said(words.printedLine, place + 1));
      row.element.querySelector("[data-up]").disabled = place === 0;
      row.element.querySelector("[data-down]").disabled = place === this.rows.length - 1;
    });
    this.write();
  }

  changed() {
    this.write();
    this.told();
  }

  write() {
    this.held.value = JSON.stringify(this.rows.map((row) => row.line));
    for (const button of this.editor.querySelectorAll("[data-quick]")) {
      const begin = button.dataset.begins;
      button.hidden = this.rows.some((row) => row.text.value.trim().toLowerCase().startsWith(begin));
    }
  }

  tell(notes, reach) {
    this.rows.forEach((row, place) => notes[place] && row.tell(notes[place]));
    const line = this.editor.querySelector("[data-reach]");
    if (line) line.textContent = reach;
  }

  dragging() {
    let dragged = null;
    this.list.addEventListener("dragstart", (event) => {
      dragged = this.rows.find((row) => row.element === event.target.closest("[data-line]"));
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setDragImage(dragged.element, 0, 0);
    });
    this.list.addEventListener("dragover", (event) => {
      const over = this.rows.find((row) => row.element === event.target.closest("[data-line]"));
      if (!dragged || !over) return;
      event.preventDefault();
      if (over !== dragged) this.move(dragged, this.rows.indexOf(over) - this.rows.indexOf(dragged));
    });
    this.list.addEventListener("dragend", () => {
      dragged = null;
    });
  }
}
