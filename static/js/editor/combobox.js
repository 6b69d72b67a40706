// A box in which a body or a group is found by a beginning of its name: arrows choose, Enter takes, Escape closes.
// With `freely` what was typed may be taken as it stands.

import { facts, said, words } from "editor/facts";
import { get } from "editor/requests";

const PAUSE_MS = 150;
let count = 0;

export function combobox(box, take, { freely } = {}) {
  const list = document.createElement("ul");
  list.id = `bodies-found-${(count += 1)}`;
  list.className = "found";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.getAttribute("aria-label"));
  list.hidden = true;
  box.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-controls": list.id, "aria-autocomplete": "list", "aria-expanded": "false", autocomplete: "off" })) {
    box.setAttribute(name, value);
  }
  let bodies = [];
  let chosen = -1;
  let waiting;
  let asking;
  // What stood in the box when the list was found.
  let foundFor = null;

  function show(found, typed = null) {
    bodies = found;
    foundFor = typed;
    choose(found.length ? 0 : -1);
  }

  function choose(place) {
    chosen = place;
    list.replaceChildren(...bodies.map((body, at) => {
      const entry = document.createElement("li");
      entry.id = `${list.id}-${at}`;
      entry.setAttribute("role", "option");
      entry.setAttribute("aria-selected", String(at === place));
      entry.textContent = body.typed ? said(words.asTyped, body.typed) : body.name;
      if (body.hint) {
        const hint = document.createElement("span");
        hint.className = "soft";
        hint.textContent = ` · ${body.hint}`;
        entry.append(hint);
      }
      entry.addEventListener("mousedown", (event) => {
        event.preventDefault();
        done(body);
      });
      return entry;
    }));
    list.hidden = !bodies.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    if (place >= 0) box.setAttribute("aria-activedescendant", `${list.id}-${place}`);
    else box.removeAttribute("aria-activedescendant");
  }

  function done(body) {
    box.value = "";
    show([]);
    if (body.typed) freely(body.typed);
    else take(body);
  }

  async function ask() {
    clearTimeout(waiting);
    asking?.abort();
    asking = new AbortController();
    const typed = box.value.trim();
    if (!typed) return show([]);
    const answer = await get(facts.addresses.bodies, { issuer: facts.issuer(), q: typed }, asking.signal);
    if (answer.code === -1) return undefined;
    return show([...(answer.bodies ?? []), ...(freely ? [{ typed }] : [])], typed);
  }

  // Enter may come before the answer does.
  async function enter() {
    if (foundFor !== box.value.trim()) await ask();
    if (chosen >= 0) done(bodies[chosen]);
  }

  box.addEventListener("input", (event) => {
    event.stopPropagation();
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE_MS);
  });
  box.addEventListener("blur", () => show([]));
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      enter();
    } else if (event.key === "Escape" && bodies.length) {
      event.stopPropagation();
      show([]);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && bodies.length) {
      event.preventDefault();
      choose((chosen + (event.key === "ArrowDown" ? 1 : bodies.length - 1)) % bodies.length);
    }
  });
}
