// The buttons above the sheet: one stop of the Tab key, arrows go from button to button.

import { kindOf } from "editor/markers";
import { itemAt, nextWay } from "editor/following";
import { rowAt } from "editor/rows";
import { countAgain, mark, move, shift } from "editor/steps";

const STEPS = {
  outdent: shift(-1),
  indent: shift(1),
  up: move(-1),
  down: move(1),
  count: countAgain,
  follow: nextWay,
};
const STYLES = { bold: "toggleBold", italic: "toggleItalic", underline: "toggleUnderline" };

export function toolbar(element, editor) {
  const buttons = [...element.querySelectorAll("button, select")];
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
  }

  element.addEventListener("mousedown", (event) => {
    // The selection stays in the text.
    if (event.target.closest("button")) event.preventDefault();
  });
  element.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) press(button.dataset.do);
  });
  choice.addEventListener("change", () => {
    editor.view.focus();
    mark(choice.value)(editor.state, editor.view.dispatch);
  });
  element.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by || event.target === choice) return;
    event.preventDefault();
    const next = buttons[(buttons.indexOf(event.target) + by + buttons.length) % buttons.length];
    next.focus();
  });
  element.addEventListener("focusin", (event) => {
    for (const button of buttons) button.tabIndex = button === event.target || button === choice ? 0 : -1;
  });
  for (const button of buttons.slice(1)) if (button !== choice) button.tabIndex = -1;
  editor.on("transaction", show);
  show();
}
