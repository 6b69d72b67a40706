// One line of Kính gửi or Nơi nhận: the words that are printed, its purpose and sub-head, and whom it means.

import { combobox } from "editor/combobox";
import { facts, said, words } from "editor/facts";

const MUTE = /^\s*(như trên|lưu[ :])/i;
const KINDS = ["organization", "group", "posts"];

export function bodyOf(target) {
  const kind = KINDS.find((each) => each in target);
  return { kind, code: target[kind] };
}

export class LineRow {
  // `list` gives changed(), move(row, by), remove(row) and leave(row).
  constructor(line, list) {
    this.line = line;
    this.list = list;
    this.element = document.getElementById("line-row").content.firstElementChild.cloneNode(true);
    this.text = this.one("[data-text]");
    this.write("text", this.text);
    this.write("purpose", this.one("[data-purpose]"));
    this.write("heading", this.one("[data-heading]"));
    this.text.addEventListener("input", () => this.reworded());
    this.one("[data-up]").addEventListener("click", () => list.move(this, -1));
    this.one("[data-down]").addEventListener("click", () => list.move(this, 1));
    this.one("[data-remove]").addEventListener("click", () => list.remove(this));
    this.one("[data-sub-head]").addEventListener("click", () => this.beginHeading());
    this.element.addEventListener("keydown", (event) => this.key(event));
    combobox(this.one("[data-link]"), (body) => this.link(body));
    this.showTargets();
  }

  one(selector) {
    return this.element.querySelector(selector);
  }

  write(name, box) {
    if (!box) return;
    box.value = this.line[name] ?? "";
    if (name === "heading") box.hidden = !box.value;
    box.addEventListener("input", (event) => {
      event.stopPropagation();
      this.line[name] = box.value || (name === "text" ? "" : null);
      this.list.changed();
    });
  }

  // The words decide anew whether the line is "Như trên" or "Lưu ...".
  reworded() {
    delete this.line.same_as_addressees;
    delete this.line.archive;
    this.one("[data-whom]").hidden = this.isMute;
  }

  get isMute() {
    return MUTE.test(this.text.value);
  }

  get targets() {
    return this.line.targets ?? [];
  }

  beginHeading() {
    const box = this.one("[data-heading]");
    box.hidden = !box.hidden;
    if (!box.hidden) box.focus();
    else if (box.value) {
      box.value = "";
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  link(body) {
    facts.names[`${body.kind}:${body.code}`] = body.name;
    this.unlink(body, false);
    this.line.targets = [...this.targets, { [body.kind]: body.code }];
    this.showTargets();
    this.list.changed();
  }

  unlink({ kind, code }, isTold = true) {
    this.line.targets = this.targets.filter((target) => target[kind] !== code);
    this.showTargets();
    if (isTold) this.list.changed();
  }

  showTargets() {
    this.one("[data-whom]").hidden = this.isMute && !this.targets.length;
    this.one("[data-targets]").replaceChildren(...this.targets.map((target) => this.chip(bodyOf(target))));
  }

  chip(body) {
    const name = facts.names[`${body.kind}:${body.code}`] ?? body.code;
    const entry = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", said(words.takeOut, name));
    button.textContent = "×";
    button.addEventListener("click", () => this.unlink(body));
    entry.append(name, button);
    return entry;
  }

  tell(note) {
    const line = this.one("[data-note]");
    line.textContent = note.words;
    line.classList.toggle("line__note--asks", note.asks);
    this.one("[data-offers]").replaceChildren(...note.offers.map((body) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "line__offer";
      button.textContent = said(words.linkTo, body.name);
      button.addEventListener("click", () => this.link(body));
      return button;
    }));
  }

  key(event) {
    if (event.isComposing) return;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.altKey && by) {
      event.preventDefault();
      this.list.move(this, by);
    } else if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      this.list.leave(this);
    } else if (event.key === "Backspace" && event.target === this.text && !this.text.value) {
      event.preventDefault();
      this.list.remove(this);
    }
  }
}
