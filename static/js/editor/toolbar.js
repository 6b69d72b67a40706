// The buttons above the sheet: one stop of the Tab key, arrows go from button to button.

import { kindOf } from "editor/markers";
import { itemAt, nextWay } from "editor/following";
import { rowAt, tableAt } from "editor/rows";
import { countAgain, mark, move, shift } from "editor/steps";
import { insertTable } from "editor/table_steps";

const STEPS = {
  outdent: shift(-1),
  indent: shift(1),
  up: move(-1),
  down: move(1),
  count: countAgain,
  follow: nextWay,
  table: insertTable,
};
const STYLES = { bold: "toggleBold", italic: "toggleItalic", underline: "toggleUnderline" };

// Of these buttons and lists one is a stop of the Tab key, the arrows go on to the next that can be pressed; Escape goes
// back into the text. The selection stays in the text.
export function arrowsGoAlong(element, editor) {
  const stops = [...element.querySelectorAll("button, select")];
  const rest = stops.find((stop) => stop.matches("select"));
  element.addEventListener("mousedown", (event) => event.target.closest("button") && event.preventDefault());
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") editor.view.focus();
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by || event.target === rest) return;
    event.preventDefault();
    const free = stops.filter((stop) => !stop.disabled || stop === event.target);
    free[(free.indexOf(event.target) + by + free.length) % free.length].focus();
  });
  element.addEventListener("focusin", (event) => {
    for (const stop of stops) stop.tabIndex = stop === event.target || stop === rest ? 0 : -1;
  });
  for (const stop of stops.slice(1)) if (stop !== rest) stop.tabIndex = -1;
}

export function toolbar(element, editor) {
  const choice = element.querySelector("[data-mark]");

  function press(name) {
    if (name in STYLES) editor.chain().focus()[STYLES[name]]().run();
    else if (name === "undo" || name === "redo") editor.chain().focus()[name]().run();
    else {
      editor.view.focus();
      STEPS[name](editor.state, editor.view.dispatch);
    }
  }

  function show() {
    for (const name of Object.keys(STYLES)) {
      element.querySelector(`[data-do="${name}"]`).setAttribute("aria-pressed", String(editor.isActive(name)));
    }
    const row = rowAt(editor.state);
    const kinds = [...choice.options].map((option) => option.value);
    const alike = kinds.find((value) => value && value !== "#" && kindOf(value) === kindOf(row?.marker) && row?.marker);
    const own = kinds.includes(row?.marker) ? row.marker : alike;
    choice.value = row?.kind === "heading" ? "#" : (own ?? "");
    element.querySelector('[data-do="follow"]').disabled = !itemAt(editor.state);
    element.querySelector('[data-do="table"]').disabled = Boolean(tableAt(editor.state));
  }

  arrowsGoAlong(element, editor);
  element.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) press(button.dataset.do);
  });
  choice.addEventListener("change", () => {
    editor.view.focus();
    mark(choice.value)(editor.state, editor.view.dispatch);
  });
  editor.on("transaction", show);
  show();
}
