// The session ended while somebody typed: the same person signs in here, and goes on typing.

import { facts, words } from "editor/facts";
import { renewToken } from "editor/requests";

export class SigningIn {
  constructor(dialog, signedIn) {
    this.dialog = dialog;
    this.form = dialog.querySelector("form");
    this.fault = dialog.querySelector("[data-fault]");
    this.form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      const fault = await this.signIn();
      this.fault.textContent = fault;
      this.fault.hidden = !fault;
      if (fault) return;
      this.form.reset();
      this.dialog.close();
      signedIn();
    });
  }

  ask() {
    if (!this.dialog.open) this.dialog.showModal();
  }

  // Sign in as the door does, with its own token; returns why it failed, or nothing.
  async signIn() {
    try {
      const door = await fetch(facts.addresses.signIn, { redirect: "manual" });
      // Somebody has signed in in another window of this browser meanwhile.
      if (door.ok) {
        const page = new DOMParser().parseFromString(await door.text(), "text/html");
        const data = new FormData(this.form);
        data.set("csrfmiddlewaretoken", page.querySelector("[name=csrfmiddlewaretoken]").value);
        const answer = await fetch(facts.addresses.signIn, { method: "POST", body: data, redirect: "manual" });
        if (answer.type !== "opaqueredirect") return words.wrongPassword;
      }
      return (await renewToken()) ? "" : words.otherPerson;
    } catch {
      return words.lostNetwork;
    }
  }
}
