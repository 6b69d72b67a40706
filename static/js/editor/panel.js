// The panel of the item in which the cursor stands: how it is followed, by whom, until when, with what product.

import { facts, said, words } from "editor/facts";
import { combobox } from "editor/combobox";
import { deadlineBoxes, fill } from "editor/deadline";
import { accept, follow, itemAt, note, withBody } from "editor/following";
import { codeOf, isDeadline, offersAt } from "editor/suggestions";

// The cells of a row one by one.
function wordsOf(node) {
  return node.isTextblock ? node.textContent : node.textBetween(0, node.content.size, " | ", " ");
}

const ROLES = ["lead", "coordinating", "informed", "each"];
// Facts that are one box each.
const NOTED = ["product", "receiver", "monitor"];

export class Panel {
  constructor(element, editor) {
    this.element = element;
    this.editor = editor;
    this.names = facts.names;
    for (const radio of this.all("[data-follow]")) {
      radio.addEventListener("change", () => this.do(follow(radio.value)));
    }
    for (const box of this.all("[data-add]")) combobox(box, (body) => this.add(body, box.dataset.add));
    for (const name of NOTED) {
      const box = this.one(`[data-${name}]`);
      box.addEventListener("change", () => this.do((state, dispatch) => note(state, dispatch, { [name]: box.value.trim() || null })));
    }
    this.deadline = deadlineBoxes(this.one("[data-deadline]"), (changes) => {
      this.do((state, dispatch) => note(state, dispatch, changes));
    });
    // The cursor stays in the text: leaving it would draw the buttons anew before the press ends, and lose it.
    this.element.addEventListener("mousedown", (event) => event.target.closest("button") && event.preventDefault());
    editor.on("transaction", () => this.show());
    this.show();
  }

  one(selector) {
    return this.element.querySelector(selector);
  }

  all(selector) {
    return this.element.querySelectorAll(selector);
  }

  do(step) {
    return step(this.editor.state, this.editor.view.dispatch);
  }

  focus() {
    if (itemAt(this.editor.state)) this.one("[data-follow]:checked")?.focus();
  }

  show() {
    const item = itemAt(this.editor.state);
    this.one("[data-none]").hidden = Boolean(item);
    this.one("[data-some]").hidden = !item;
    if (!item) return;
    const { attrs } = item.node;
    const way = attrs.follow ?? "guidance";
    this.one("[data-words]").textContent = [attrs.marker, wordsOf(item.node)].filter(Boolean).join(" ") || words.emptyItem;
    for (const radio of this.all("[data-follow]")) radio.checked = radio.value === way;
    for (const part of this.all("[data-way]")) part.hidden = !part.dataset.way.split(" ").includes(way);
    for (const role of ROLES) this.showTargets(role, attrs, way);
    this.deadline.show(attrs);
    for (const name of NOTED) fill(this.one(`[data-${name}]`), attrs[name] ?? "");
    this.showOffers();
  }

  showTargets(role, attrs, way) {
    const own = attrs.targets.filter((target) => (way === "task" ? target.role ?? "lead" : "each") === role);
    this.one(`[data-names="${role}"]`).replaceChildren(...own.map((target) => this.chip(target)));
    const box = this.one(`[data-add="${role}"]`);
    if (role === "lead") box.hidden = own.length > 0;
  }

  chip(target) {
    const entry = document.createElement("li");
    const name = this.names[codeOf(target)] ?? codeOf(target);
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", said(words.takeOut, name));
    button.textContent = "×";
    button.addEventListener("click", () => this.takeOut(target));
    entry.append(name, button);
    return entry;
  }

  add(body, role) {
    this.names[`${body.kind}:${body.code}`] = body.name;
    const { attrs } = itemAt(this.editor.state).node;
    this.do((state, dispatch) => note(state, dispatch, withBody(attrs, body, role === "each" ? null : role)));
  }

  takeOut(target) {
    const { attrs } = itemAt(this.editor.state).node;
    const targets = attrs.targets.filter((each) => codeOf(each) !== codeOf(target));
    this.do((state, dispatch) => note(state, dispatch, { targets }));
  }

  showOffers() {
    const open = offersAt(this.editor.state).filter((offer) => !offer.taken);
    this.one("[data-offers]").hidden = !open.length;
    this.one("[data-offer-list]").replaceChildren(...open.flatMap((offer) => this.buttonsOf(offer)));
  }

  buttonsOf(offer) {
    const choices = isDeadline(offer) ? [null] : offer.meanings;
    return choices.map((meaning) => {
      const entry = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "offer";
      button.textContent = meaning ? meaning.name : offer.says;
      const from = document.createElement("span");
      from.className = "soft";
      from.textContent = ` “${offer.words}”`;
      button.append(from);
      button.addEventListener("click", () => {
        this.do((state, dispatch) => accept(state, dispatch, offer, meaning ?? undefined));
      });
      entry.append(button);
      return entry;
    });
  }
}
