// What is done to the table around the cursor: rows and columns come and go, rows change places, its head, the table as a
// whole. Each is a command of ProseMirror: (state, dispatch) -> done or not. A row is an item: it moves with its id and
// all that is noted on it, and goes with both.

import { pm } from "django-prose-editor/editor";
import { facts } from "editor/facts";
import { rowAt, tableAt } from "editor/rows";
import { send } from "editor/steps";

const { Selection, TextSelection } = pm.state;
const { selectedRect, TableMap } = pm.tables;
const NEW_ROWS = 3;
const NEW_COLUMNS = 3;

// Set on a change that takes rows out with what was assigned by them: how many.
export const ASSIGNED_OUT = "assigned out";

function withCursorIn(tr, pos, row, column) {
  const map = TableMap.get(tr.doc.nodeAt(pos));
  const cell = map.map[Math.min(row, map.height - 1) * map.width + Math.min(column, map.width - 1)];
  return tr.setSelection(TextSelection.create(tr.doc, pos + cell + 2));
}

function childrenOf(node, from = 0, to = node.childCount) {
  return node.content.content.slice(from, to);
}

function noting(tr, rows) {
  return tr.setMeta(ASSIGNED_OUT, rows.filter(({ attrs }) => attrs.follow || attrs.targets.length).length);
}

// A row above the first or beneath the last one that is selected; within the head it belongs to the head.
export function addRow(by) {
  return (state, dispatch) => {
    const table = tableAt(state);
    if (!table) return false;
    const rect = selectedRect(state);
    const place = by < 0 ? rect.top : rect.bottom;
    const tr = pm.tables.addRow(state.tr, rect, place);
    const { head } = table.node.attrs;
    if (place < head) tr.setNodeAttribute(table.pos, "head", head + 1);
    return send(dispatch, withCursorIn(tr, table.pos, place, by < 0 ? rect.left : 0));
  };
}

// A column to the left or to the right; widths that were measured for others count no longer.
export function addColumn(by) {
  return (state, dispatch) => {
    const table = tableAt(state);
    if (!table) return false;
    const rect = selectedRect(state);
    const place = by < 0 ? rect.left : rect.right;
    const tr = pm.tables.addColumn(state.tr, rect, place).setNodeAttribute(table.pos, "widths", null);
    return send(dispatch, withCursorIn(tr, table.pos, rect.top, place));
  };
}

export function takeRowsOut(state, dispatch) {
  const table = tableAt(state);
  if (!table) return false;
  const { top, bottom, left, map } = selectedRect(state);
  if (top === 0 && bottom === map.height) return takeTableOut(state, dispatch);
  const { head } = table.node.attrs;
  return pm.tables.deleteRow(state, dispatch && ((tr) => {
    tr.setNodeAttribute(table.pos, "head", head - Math.max(0, Math.min(bottom, head) - top));
    send(dispatch, noting(withCursorIn(tr, table.pos, top, left), childrenOf(table.node, top, bottom)));
  }));
}

export function takeColumnsOut(state, dispatch) {
  const table = tableAt(state);
  if (!table) return false;
  const { top, left, right, map } = selectedRect(state);
  if (left === 0 && right === map.width) return takeTableOut(state, dispatch);
  return pm.tables.deleteColumn(state, dispatch && ((tr) => {
    tr.setNodeAttribute(table.pos, "widths", null);
    send(dispatch, withCursorIn(tr, table.pos, top, left));
  }));
}

// The table with all its rows; a text that held nothing else holds an empty paragraph.
export function takeTableOut(state, dispatch) {
  const table = tableAt(state);
  if (!table) return false;
  const { node, pos } = table;
  const end = pos + node.nodeSize;
  const isAll = pos === 0 && state.doc.maybeChild(1)?.type.name !== "block" && state.doc.maybeChild(1)?.type.name !== "table";
  const tr = isAll ? state.tr.replaceWith(pos, end, state.schema.nodes.block.create()) : state.tr.delete(pos, end);
  tr.setSelection(Selection.near(tr.doc.resolve(pos), pos ? -1 : 1));
  return send(dispatch, noting(tr, childrenOf(node)));
}

// Rows that a cell holds together move as one: [first, first of the next] for each.
function groupsOf(node) {
  const { map, width, height } = TableMap.get(node);
  const groups = [];
  let first = 0;
  for (let row = 1; row <= height; row += 1) {
    const isHeld = (_cell, column) => map[row * width + column] === map[(row - 1) * width + column];
    if (row < height && Array.from({ length: width }).some(isHeld)) continue;
    groups.push([first, row]);
    first = row;
  }
  return groups;
}

// Where the row of the cursor and the one above or below it change places; null at an edge, and between head and rows.
function exchange(table, by) {
  const groups = groupsOf(table.node);
  const place = groups.findIndex(([, end]) => table.row < end);
  const [own, other] = [groups[place], groups[place + by]];
  const { head } = table.node.attrs;
  if (!own || !other || own[0] < head !== other[0] < head) return null;
  return by < 0 ? [other, own] : [own, other];
}

export function canMoveRow(state, by) {
  const table = tableAt(state);
  return Boolean(table && exchange(table, by));
}

export function moveRow(by) {
  return (state, dispatch) => {
    const table = tableAt(state);
    if (!table) return false;
    const found = exchange(table, by);
    if (!found) return true;
    const [upper, lower] = found.map(([from, to]) => childrenOf(table.node, from, to));
    const sizeOf = (rows) => rows.reduce((size, row) => size + row.nodeSize, 0);
    const start = table.pos + 1 + sizeOf(childrenOf(table.node, 0, found[0][0]));
    const shifted = by < 0 ? -sizeOf(upper) : sizeOf(lower);
    const { anchor, head } = state.selection;
    const tr = state.tr.replaceWith(start, start + sizeOf(upper) + sizeOf(lower), [...lower, ...upper]);
    tr.setSelection(TextSelection.between(tr.doc.resolve(anchor + shifted), tr.doc.resolve(head + shifted)));
    return send(dispatch, tr);
  };
}

// Whether the first row names the columns: bold here, and on every page of the paper.
export function toggleHead(state, dispatch) {
  const table = tableAt(state);
  if (!table) return false;
  const reach = Math.max(...childrenOf(table.node.child(0)).map((cell) => cell.attrs.rowspan));
  const head = table.node.attrs.head ? 0 : Math.min(reach, table.node.childCount);
  return send(dispatch, state.tr.setNodeAttribute(table.pos, "head", head));
}

// A small table beneath the paragraph of the cursor, in place of an empty one; something to type in stays behind it.
export function insertTable(state, dispatch) {
  if (tableAt(state)) return false;
  const row = rowAt(state);
  const { table, tableRow, tableCell, block } = state.schema.nodes;
  const level = row.isAnnex ? 0 : Math.min(row.level + (row.kind === "paragraph" ? 0 : 1), facts.deepest - 1);
  const cells = () => Array.from({ length: NEW_COLUMNS }, () => tableCell.create());
  const rows = Array.from({ length: NEW_ROWS }, () => tableRow.create(null, cells()));
  const end = row.pos + row.node.nodeSize;
  const start = row.isPlain && !row.marker && !row.node.content.size ? row.pos : end;
  const next = state.doc.resolve(end).nodeAfter;
  const made = [table.create({ level, head: 1 }, rows)];
  if (!next || next.type.name === "annex") made.push(block.create({ level }));
  return send(dispatch, withCursorIn(state.tr.replaceWith(start, end, made), start, 0, 0));
}

// Out of the table into the paragraph beneath it, which is made where there is none.
export function goBeneath(state, dispatch) {
  const table = tableAt(state);
  if (!table) return false;
  const end = table.pos + table.node.nodeSize;
  const { tr } = state;
  if (tr.doc.resolve(end).nodeAfter?.type.name !== "block") {
    tr.insert(end, state.schema.nodes.block.create({ level: table.node.attrs.level }));
  }
  return send(dispatch, tr.setSelection(TextSelection.create(tr.doc, end + 1)));
}

// Tab and Shift+Tab go from cell to cell; behind the last one a row begins.
export function nextCell(by) {
  return (state, dispatch) => {
    if (!tableAt(state)) return false;
    return pm.tables.goToNextCell(by)(state, dispatch) || by < 0 || addRow(1)(state, dispatch);
  };
}
