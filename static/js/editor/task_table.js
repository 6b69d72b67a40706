// A table of tasks beside the text: what has to be decided row by row, and the yes that makes its rows tasks. Until then
// nothing is noted in the text.

import { pm } from "django-prose-editor/editor";
import { dayOf } from "editor/calendar";
import { combobox } from "editor/combobox";
import { facts, said, words } from "editor/facts";
import { post } from "editor/requests";
import { tableAt } from "editor/rows";
import { TaskRow } from "editor/task_row";

const MOST_SHOWN = 60;

function htmlOf(node, schema) {
  const holder = document.createElement("div");
  holder.append(pm.model.DOMSerializer.fromSchema(schema).serializeNode(node));
  return holder.innerHTML;
}

function made(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

function pressed(label, className, press) {
  const button = made("button", className, label);
  button.type = "button";
  button.addEventListener("click", press);
  return button;
}

export class TaskTable {
  constructor(element, editor, status) {
    this.element = element;
    this.editor = editor;
    this.status = status;
    this.rows = [];
    this.one("[data-read-table]").addEventListener("click", () => this.readHere());
    this.one("[data-accept-all]").addEventListener("click", () => this.accept(this.waiting));
    this.one("[data-ready]").addEventListener("toggle", () => this.showReady());
    editor.on("transaction", ({ transaction }) => {
      this.one("[data-read-table]").disabled = !tableAt(editor.state);
      // A yes that was taken back has to be given again.
      if (this.rows.length && transaction.getMeta("history$")) this.show();
    });
  }

  one(selector) {
    return this.element.querySelector(selector);
  }

  // The rows that wait for their yes: nothing is noted on them in the text.
  get waiting() {
    const waiting = new Set();
    this.editor.state.doc.descendants((node) => {
      if (node.type.name === "tableRow" && !node.attrs.follow) waiting.add(node.attrs.id);
      return !node.isTextblock;
    });
    return this.rows.filter((row) => waiting.has(row.id));
  }

  get open() {
    return this.waiting.filter((row) => row.isOpen);
  }

  // Ask what the table at the cursor would give to whom.
  async readHere() {
    const table = tableAt(this.editor.state);
    if (!table) return;
    const asked = { issuer: facts.issuer(), table: htmlOf(table.node, this.editor.schema) };
    const answer = await post(facts.addresses.taskTable, asked);
    if (answer.code !== 200) {
      this.status(answer.words ?? words.tableNotRead, "soon");
      return;
    }
    this.take(answer.rows);
  }

  // What was read in the rows of the table at the cursor.
  take(rows) {
    this.table = tableAt(this.editor.state)?.node.attrs.id;
    this.rows = rows.map((row) => new TaskRow(row));
    if (!rows.length) this.status(words.noTaskTable, "soon");
    this.show();
  }

  // F8 in the table: the first offer of the first fault; where there is none, the cursor goes to its box.
  settleNext(state) {
    if (tableAt(state)?.node.attrs.id !== this.table || !this.open.length) return false;
    const [row] = this.open;
    const [fault] = row.faults;
    if (fault.offers.length) this.settle(row, fault, fault.offers[0].change);
    else this.one("[data-faults] input")?.focus();
    return true;
  }

  settle(row, fault, change) {
    const others = this.rows.flatMap((each) => each.alike(fault).map((same) => [each, same]));
    row.settle(fault, change);
    for (const [each, same] of others) if (same !== fault) each.settle(same, change);
    this.show();
  }

  accept(rows) {
    const { tr } = this.editor.state;
    const wanted = new Map(rows.map((row) => [row.id, row]));
    tr.doc.descendants((node, pos) => {
      const row = node.type.name === "tableRow" && wanted.get(node.attrs.id);
      if (row) tr.setNodeMarkup(pos, null, { ...node.attrs, ...row.facts });
      return !node.isTextblock;
    });
    this.editor.view.dispatch(pm.history.closeHistory(tr));
    this.show();
  }

  goTo(row) {
    this.editor.state.doc.descendants((node, pos) => {
      if (node.type.name === "tableRow" && node.attrs.id === row.id) {
        this.editor.view.focus();
        this.editor.chain().setTextSelection(pos + 2).scrollIntoView().run();
      }
      return !node.isTextblock;
    });
  }

  show() {
    const { open, waiting } = this;
    const held = this.element.contains(document.activeElement);
    this.one("[data-found]").hidden = !this.rows.length;
    this.one("[data-count]").textContent = this.sentence(open, waiting);
    this.one("[data-faults]").replaceChildren(...open.slice(0, MOST_SHOWN).map((row) => this.card(row)));
    const all = this.one("[data-accept-all]");
    all.hidden = !waiting.length;
    all.disabled = open.length > 0;
    all.textContent = `${words.acceptAll} (${waiting.length})`;
    this.one("[data-ready]").hidden = !waiting.some((row) => !row.isOpen);
    this.showReady();
    if (held) (this.one("[data-faults] button, [data-faults] input") ?? all).focus();
  }

  sentence(open, waiting) {
    if (!waiting.length) return this.rows.length ? said(words.tasksTaken, this.rows.length) : "";
    return open.length ? said(words.tasksOpen, waiting.length, open.length) : said(words.tasksReady, waiting.length);
  }

  card(row) {
    const card = made("li", "task-row");
    card.append(this.head(row));
    for (const fault of row.faults) {
      const offers = made("div", "task-row__offers");
      for (const offer of fault.offers) {
        offers.append(pressed(offer.label, "offer", () => this.settle(row, fault, offer.change)));
      }
      card.append(made("p", "task-row__fault", fault.words), offers);
      if (fault.asks) offers.append(this.box(row, fault));
    }
    return card;
  }

  head(row) {
    const head = made("p", "task-row__head");
    head.append(pressed(said(words.rowOf, row.number), "link", () => this.goTo(row)), made("span", "clamp", row.words));
    return head;
  }

  // The box in which another body or another day is named.
  box(row, fault) {
    const holder = made("div", "finder");
    const box = document.createElement("input");
    box.type = "text";
    box.placeholder = fault.asks === "day" ? words.dayAsked : words.bodyAsked;
    box.setAttribute("aria-label", `${said(words.rowOf, row.number)}. ${box.placeholder}`);
    holder.append(box);
    if (fault.asks === "day") box.addEventListener("change", () => this.takeDay(row, fault, box));
    else combobox(box, (target) => this.settle(row, fault, { target }));
    return holder;
  }

  takeDay(row, fault, box) {
    const iso = dayOf(box.value.trim());
    box.setAttribute("aria-invalid", String(!iso));
    if (iso) this.settle(row, fault, { deadline: iso, says: box.value.trim() });
  }

  // Rows without a fault, each with what it would be; built when somebody opens them.
  showReady() {
    const details = this.one("[data-ready]");
    const ready = this.waiting.filter((row) => !row.isOpen);
    const shown = details.open ? ready.slice(0, MOST_SHOWN) : [];
    details.querySelector("ol").replaceChildren(...shown.map((row) => {
      const entry = made("li", "task-row");
      entry.append(this.head(row), made("p", "soft", this.about(row)), pressed(words.accept, "offer offer--short", () => this.accept([row])));
      return entry;
    }));
  }

  about(row) {
    const { follow, product, receiver } = row.facts;
    if (follow === "guidance") return words.noTask;
    const who = follow === "each"
      ? [said(words.eachUnit, row.namesOf("lead"))]
      : [said(words.leads, row.namesOf("lead")), row.namesOf("coordinating") && said(words.coordinates, row.namesOf("coordinating"))];
    return [...who, row.says, product, receiver].filter(Boolean).join("; ");
  }
}
