// A box in which a body or a group is found by a beginning of its name: arrows choose, Enter takes, Escape closes.

import { facts } from "editor/facts";
import { get } from "editor/requests";

const PAUSE_MS = 150;
let count = 0;

export function combobox(box, take) {
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

  function show(found) {
    bodies = found;
    choose(found.length ? 0 : -1);
  }

  function choose(place) {
    chosen = place;
    list.replaceChildren(...bodies.map((body, at) => {
      const entry = document.createElement("li");
      entry.id = `${list.id}-${at}`;
      entry.setAttribute("role", "option");
      entry.setAttribute("aria-selected", String(at === place));
      entry.textContent = body.name;
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
    take(body);
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const typed = box.value.trim();
    if (!typed) return show([]);
    const answer = await get(facts.addresses.bodies, { issuer: facts.issuer(), q: typed }, asking.signal);
    if (answer.code === 200) show(answer.bodies);
    return undefined;
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
      if (chosen >= 0) done(bodies[chosen]);
    } else if (event.key === "Escape" && bodies.length) {
      event.stopPropagation();
      show([]);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && bodies.length) {
      event.preventDefault();
      choose((chosen + (event.key === "ArrowDown" ? 1 : bodies.length - 1)) % bodies.length);
    }
  });
}
