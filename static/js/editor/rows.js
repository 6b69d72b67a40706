// The text as a row of blocks with levels; the tree follows from the levels, as in directives/flat_blocks.py.

export const NO_FACTS = {
  follow: null, task: false, units: [], targets: [], deadline: null, timing: null, product: null, receiver: null, monitor: null,
};

// Eight hexadecimal digits, as the server draws them.
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(4));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The rows of each text; a text never changes, every key makes another, and many ask for its rows.
const known = new WeakMap();

// Every block, table or head of an annex with its place. The head stands outside of level 0: all that follows it, up to
// the next head, stands beneath it.
export function rowsOf(doc) {
  if (!known.has(doc)) known.set(doc, rowsIn(doc));
  return known.get(doc);
}

function rowsIn(doc) {
  const rows = [];
  doc.forEach((node, pos, index) => {
    const kind = { isTable: node.type.name === "table", isAnnex: node.type.name === "annex" };
    rows.push({ node, pos, index, level: -1, marker: null, ...node.attrs, ...kind, isPlain: node.type.name === "block" });
  });
  return rows;
}

export function rowAt(state) {
  return rowsOf(state.doc)[state.selection.$from.index(0)];
}

// The table around the selection with its place, and the row (from 0) in which the selection begins.
export function tableAt({ selection: { $from } }) {
  const node = $from.depth > 1 ? $from.node(1) : null;
  return node?.type.name === "table" ? { node, pos: $from.before(1), row: $from.index(1) } : null;
}

// The first row after this one that does not stand beneath it.
export function endOf(rows, index) {
  let end = index + 1;
  while (end < rows.length && rows[end].level > rows[index].level) end += 1;
  return end;
}

export function parentOf(rows, index) {
  for (let above = index - 1; above >= 0; above -= 1) {
    if (rows[above].level < rows[index].level) return rows[above];
  }
  return null;
}

// The nearest row before `index` on `level` beneath the same parent that has a marker.
export function siblingBefore(rows, index, level) {
  for (let before = index - 1; before >= 0 && rows[before].level >= level; before -= 1) {
    if (rows[before].level === level && rows[before].marker) return rows[before];
  }
  return null;
}

// How deep a row may stand after this one; nothing stands beneath a table.
export function deepestAfter(row) {
  if (!row) return 0;
  return row.isTable ? row.level : row.level + 1;
}
