// The buttons of a table: over the sheet while the cursor is in one, so that nothing moves when they come.

import { said, words } from "editor/facts";
import { tableAt } from "editor/rows";
import { addColumn, addRow, ASSIGNED_OUT, canMoveRow, goBeneath, moveRow, takeColumnsOut, takeRowsOut, takeTableOut, toggleHead } from "editor/table_steps";
import { arrowsGoAlong } from "editor/toolbar";

const STEPS = {
  rowAbove: addRow(-1),
  rowBelow: addRow(1),
  rowUp: moveRow(-1),
  rowDown: moveRow(1),
  rowOut: takeRowsOut,
  columnBefore: addColumn(-1),
  columnAfter: addColumn(1),
  columnOut: takeColumnsOut,
  head: toggleHead,
  beneath: goBeneath,
  tableOut: takeTableOut,
};

export function tableBar(element, editor, status) {
  const button = (name) => element.querySelector(`[data-do="${name}"]`);

  function show() {
    const table = tableAt(editor.state);
    element.hidden = !table;
    if (!table) return;
    button("head").setAttribute("aria-pressed", String(table.node.attrs.head > 0));
    button("rowUp").disabled = !canMoveRow(editor.state, -1);
    button("rowDown").disabled = !canMoveRow(editor.state, 1);
  }

  arrowsGoAlong(element, editor);
  element.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-do]");
    if (!pressed) return;
    editor.view.focus();
    STEPS[pressed.dataset.do](editor.state, editor.view.dispatch);
  });
  editor.on("transaction", ({ transaction }) => {
    const count = transaction.getMeta(ASSIGNED_OUT);
    if (count) status(said(words.rowsOut, count), "info");
    show();
  });
  show();
}
