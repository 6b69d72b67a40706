// Nothing typed is lost: kept in this browser at once, on the server every ten seconds and when the box is left.

import { facts, said, words } from "editor/facts";
import { post } from "editor/requests";

const EVERY_MS = 10_000;
const IN_BROWSER_MS = 400;
const TOLD_MS = 20_000;
// What a form has for itself; it is no part of what was typed.
const OWN = new Set(["csrfmiddlewaretoken", "key", "version"]);

export class Keeping {
  // `page` gives data(), status(words, kind), askToSignIn() and told(answer).
  constructor(form, page) {
    this.form = form;
    this.page = page;
    this.typed = 0;
    this.savedAt = 0;
    // After a conflict nothing is saved before somebody has looked at both texts and presses the button.
    this.halted = facts.conflict;
    // What the server could not take is not sent again before it has changed.
    this.refused = -1;
    // Saved by hand it is a round of its own, which what follows does not write over.
    this.byHand = !facts.fresh;
    this.window = windowId();
    setInterval(() => this.save(), EVERY_MS);
    setInterval(() => this.stand(), TOLD_MS);
    window.addEventListener("online", () => this.save());
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
    form.addEventListener("focusout", () => this.save());
    this.stand();
  }

  get isSaved() {
    return this.typed === this.savedAt;
  }

  // Something was typed.
  changed() {
    this.typed += 1;
    this.form.dataset.typed = "yes";
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.keepHere(), IN_BROWSER_MS);
  }

  get place() {
    return `chi-dao-draft ${facts.person} ${facts.draft || "new"}`;
  }

  keepHere() {
    if (this.isSaved) return;
    const fields = [...this.page.data()].filter(([name]) => !OWN.has(name));
    try {
      localStorage.setItem(this.place, JSON.stringify({ at: Date.now(), fields }));
    } catch {
      // The browser keeps nothing, or has no room left: the server does.
    }
  }

  // What this browser kept of a text that never reached the server, or null.
  kept() {
    try {
      return JSON.parse(localStorage.getItem(this.place) ?? "null");
    } catch {
      return null;
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.place);
    } catch {
      // Then there was nothing kept either.
    }
  }

  // Save what is not saved; true when all of it is on the server.
  save() {
    if (this.saving) return this.saving;
    if (this.isSaved || this.halted) return Promise.resolve(this.isSaved);
    this.keepHere();
    if (this.refused === this.typed) return Promise.resolve(false);
    this.saving = this.send().finally(() => {
      this.saving = null;
    });
    return this.saving;
  }

  // Somebody asked for it: a round of its own, also after a conflict that was looked at.
  async saveByHand() {
    // What is on its way knows nothing of what was typed since.
    await this.saving;
    this.byHand = true;
    this.halted = false;
    return this.save();
  }

  async send() {
    const typed = this.typed;
    const data = this.page.data();
    if (this.byHand) data.set("by_hand", "yes");
    const answer = await post(facts.addresses.keep, data);
    if (answer.code === 200) return this.taken(answer, typed);
    if (answer.code === 401) this.page.askToSignIn();
    else if (answer.code === 409) {
      this.halted = true;
      this.page.conflict(answer.words);
    } else if (answer.code === 400) {
      this.refused = typed;
      this.page.faults(answer.faults);
    } else this.page.status(answer.code === 0 ? words.lostNetwork : (answer.words ?? words.notSaved), "late");
    return false;
  }

  taken(answer, typed) {
    this.savedAt = typed;
    this.byHand = false;
    this.form.elements.version.value = answer.version;
    if (!facts.draft) {
      this.forget();
      this.begun(answer);
    }
    if (this.isSaved) {
      this.forget();
      this.form.dataset.typed = "";
    }
    this.page.status(said(words.savedAt, answer.at), "done");
    return this.isSaved;
  }

  // The draft exists now: the page is that of the draft, and its form the next press.
  begun(answer) {
    facts.draft = new URL(answer.keep, location.href).pathname.split("/")[2];
    const { keep, open, address, next, paper } = answer;
    Object.assign(facts.addresses, { keep, open, self: address, next, paper });
    this.form.elements.key.value = answer.key;
    history.replaceState(null, "", answer.address);
    this.stand();
  }

  // Tell that this window has the draft open, and hear who else has.
  async stand() {
    if (!facts.draft || document.hidden) return;
    const answer = await post(facts.addresses.open, { window: this.window });
    if (answer.code === 200) this.page.told(answer, !this.saving && answer.version > Number(this.form.elements.version.value));
    else if (answer.code === 401) this.page.askToSignIn();
  }
}

function windowId() {
  const own = sessionStorage.getItem("chi-dao-window");
  if (own) return own;
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const id = bytes.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-a$4-$5");
  sessionStorage.setItem("chi-dao-window", id);
  return id;
}
