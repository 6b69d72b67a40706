// Plays a row of edits in the editor of the page, with the keys that people press, and says after each what stands there.
([box, content, edits]) => {
  const { editor } = box;
  const keys = {
    split: "Enter", continue: "Shift-Enter", joinBefore: "Backspace", joinAfter: "Delete", deeper: "Tab",
    back: "Shift-Tab", up: "Alt-ArrowUp", down: "Alt-ArrowDown", follow: "F2", undo: "Control-z",
    beneath: "Control-Enter",
  };
  const IN_TABLES = new Set([
    "rowAbove", "rowBelow", "rowUp", "rowDown", "rowOut", "columnBefore", "columnAfter", "columnOut", "head", "tableOut", "beneath",
  ]);
  const codes = { Enter: 13, Backspace: 8, Delete: 46, Tab: 9, ArrowUp: 38, ArrowDown: 40, F2: 113, z: 90 };

  function press(name) {
    const parts = keys[name].split("-");
    const key = parts.pop();
    const event = new KeyboardEvent("keydown", {
      key, keyCode: codes[key], shiftKey: parts.includes("Shift"), altKey: parts.includes("Alt"),
      ctrlKey: parts.includes("Control"), bubbles: true, cancelable: true,
    });
    editor.view.someProp("handleKeyDown", (handle) => handle(editor.view, event) || undefined);
  }

  function wordsOf(node) {
    return node.textBetween(0, node.content.size, null, "\n");
  }

  function rowsOf(table) {
    return table.content.content.map((row) => ({ ...row.attrs, cells: row.content.content.map(wordsOf) }));
  }

  function read() {
    return editor.state.doc.content.content.map((node) => {
      const isTable = node.type.name === "table";
      return { ...node.attrs, text: node.textContent, rows: isTable ? rowsOf(node) : null };
    });
  }

  // The places of the cells of a table, before each.
  function cellsAt(start, table) {
    const cells = [];
    table.descendants((node, pos) => {
      if (node.type.name === "tableCell") cells.push({ node, pos: start + pos });
      return node.type.name !== "tableCell";
    });
    return cells;
  }

  function button(name) {
    return document.querySelector(`[role=toolbar] [data-do="${name}"]`);
  }

  function startOf(place) {
    let at = 0;
    for (let before = 0; before < place; before += 1) at += editor.state.doc.child(before).nodeSize;
    return at;
  }

  editor.view.dispatch(editor.state.tr.setMeta("verbatim", true).setMeta("addToHistory", false)
    .replaceWith(0, editor.state.doc.content.size, content.map((node) => editor.schema.nodeFromJSON(node))));
  const states = [{ rows: read(), html: editor.getHTML() }];
  for (const [name, row, letter, words] of edits) {
    const tables = editor.state.doc.content.content.flatMap((node, index) => (node.type.name === "table" ? [index] : []));
    const inTable = IN_TABLES.has(name);
    if (inTable && !tables.length) continue;
    const place = inTable ? tables[row % tables.length] : row % editor.state.doc.childCount;
    const block = editor.state.doc.child(place);
    const start = startOf(place) + 1;
    const offset = { joinBefore: 0, joinAfter: block.content.size }[name] ?? letter % (block.content.size + 1);
    const cells = cellsAt(start, block);
    const cell = cells[letter % (cells.length || 1)];
    if (name !== "undo") editor.commands.setTextSelection(cell ? cell.pos + 1 + cell.node.content.size : start + offset);
    if (name === "type") {
      for (const sign of words) {
        const at = editor.state.selection.from;
        const taken = editor.view.someProp("handleTextInput", (handle) => handle(editor.view, at, at, sign) || undefined);
        if (!taken) editor.view.dispatch(editor.state.tr.insertText(sign));
      }
    } else if (name === "delete") {
      editor.commands.deleteRange({ from: start - 1, to: start - 1 + block.nodeSize });
    } else if (name in keys) {
      press(name);
    } else {
      button(name).click();
    }
    states.push({ name, place, offset, rows: read(), html: editor.getHTML() });
  }
  return states;
}
