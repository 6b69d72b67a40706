// The page as it would be printed, a moment behind the typing; it follows the cursor until another page is asked for.

import { said, words, facts } from "editor/facts";
import { post } from "editor/requests";

const PAUSE_MS = 200;
// A large text is printed by one process for everybody; who finds it at work asks again.
const BUSY_MS = 2000;

export class Preview {
  constructor(element, dataOf, blockOf) {
    this.element = element;
    this.dataOf = dataOf;
    this.blockOf = blockOf;
    this.image = element.querySelector("[data-image]");
    this.line = element.querySelector("[data-page]");
    this.again = element.querySelector("[data-again]");
    this.again.addEventListener("click", () => this.show(0));
    this.image.addEventListener("load", () => {
      const across = this.image.naturalWidth > this.image.naturalHeight;
      this.image.parentElement.classList.toggle("preview__page--across", across);
    });
    for (const button of element.querySelectorAll("[data-turn]")) {
      button.addEventListener("click", () => this.show(this.shown + Number(button.dataset.turn)));
    }
  }

  // Something was typed: the page of the cursor is shown after a pause, unless it takes too long to be made unasked.
  changed() {
    if (this.again.hidden) this.later(0, PAUSE_MS);
  }

  later(page, pause) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.show(page), pause);
  }

  async show(page) {
    if (!this.element.getClientRects().length) return;
    this.asking?.abort();
    this.asking = new AbortController();
    if (this.image.hidden || !this.again.hidden) this.line.textContent = words.making;
    const data = this.dataOf();
    data.set("directive", facts.draft);
    data.set("block", this.blockOf());
    data.set("page", page || "");
    const answer = await post(facts.addresses.preview, data, this.asking.signal);
    if (answer.code === -1) return;
    if (answer.busy) {
      this.line.textContent = words.making;
      this.later(page, BUSY_MS);
      return;
    }
    this.again.hidden = !answer.large;
    // What was typed meanwhile does not ask for it again.
    if (answer.large) clearTimeout(this.waiting);
    if (answer.code !== 200) {
      this.line.textContent = answer.words ?? words.noPreview;
      return;
    }
    this.shown = answer.page;
    this.image.src = answer.image;
    this.image.alt = said(words.pageOf, answer.page, answer.pages);
    this.image.hidden = false;
    this.line.textContent = said(words.pageOf, answer.page, answer.pages);
    for (const button of this.element.querySelectorAll("[data-turn]")) {
      const next = answer.page + Number(button.dataset.turn);
      button.disabled = next < 1 || next > answer.pages;
    }
  }
}
