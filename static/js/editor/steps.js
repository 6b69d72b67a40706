// What a key or a button does to the row of blocks; each is a command of ProseMirror: (state, dispatch) -> done or not.

import { pm } from "django-prose-editor/editor";
import { facts } from "editor/facts";
import { continuing } from "editor/blocks";
import { beneath, following, numbered, numberOf, kindOf } from "editor/markers";
import { deepestAfter, endOf, parentOf, rowsOf, siblingBefore } from "editor/rows";

const { TextSelection } = pm.state;

function blockOf(state) {
  const { $from } = state.selection;
  return $from.parent.type.name === "block" ? $from.parent : null;
}

function inCell(state) {
  return state.selection.$from.parent.type.name === "tableCell";
}

function inTitle(state) {
  return state.selection.$from.parent.type.name === "annex";
}

// Each of these steps is taken back by itself, not together with the words typed before it.
export function send(dispatch, tr) {
  if (dispatch) dispatch(pm.history.closeHistory(tr.scrollIntoView()));
  return true;
}

// Enter: the head keeps the id; an empty item leaves its list; before the first letter a new block stands above.
export function enter(state, dispatch) {
  if (inCell(state)) return breakLine(state, dispatch);
  if (inTitle(state)) return beneathTitle(state, dispatch);
  if (!blockOf(state)) return false;
  const tr = state.tr.deleteSelection();
  const { $from } = tr.selection;
  const block = $from.parent;
  if (block.type.name !== "block") return false;
  const rows = rowsOf(tr.doc);
  const index = $from.index(0);
  if (!block.content.size && (block.attrs.marker || block.attrs.level)) {
    return send(dispatch, leaveList(tr, $from.before(), block));
  }
  if ($from.parentOffset === 0 && block.content.size) {
    tr.insert($from.before(), block.type.create(continuing({ ...block.attrs, kind: plain(block) }, block.attrs.marker)));
    return send(dispatch, tr);
  }
  const next = rows[index + 1];
  const atEnd = $from.parentOffset === block.content.size;
  const opens = atEnd && next && next.level > block.attrs.level && next.marker;
  const attrs = opens
    ? { kind: "item", level: next.level, marker: next.marker }
    : continuing(block.attrs, following(block.attrs.marker));
  return send(dispatch, tr.split($from.pos, 1, [{ type: block.type, attrs }]));
}

function plain(block) {
  return block.attrs.kind === "heading" ? "paragraph" : block.attrs.kind;
}

function leaveList(tr, pos, block) {
  if (block.attrs.marker) return tr.setNodeMarkup(pos, null, { ...block.attrs, kind: "paragraph", marker: null });
  return tr.setNodeAttribute(pos, "level", block.attrs.level - 1);
}

// A new paragraph between the title of an annex and what follows it.
function beneathTitle(state, dispatch) {
  const after = state.selection.$from.after();
  const tr = state.tr.insert(after, state.schema.nodes.block.create());
  return send(dispatch, tr.setSelection(TextSelection.create(tr.doc, after + 1)));
}

function breakLine(state, dispatch) {
  return send(dispatch, state.tr.replaceSelectionWith(state.schema.nodes.hardBreak.create()));
}

// Shift+Enter: a paragraph without a marker that belongs to the item above.
export function continuation(state, dispatch) {
  if (inCell(state) || inTitle(state)) return breakLine(state, dispatch);
  if (!blockOf(state)) return false;
  const tr = state.tr.deleteSelection();
  const { $from } = tr.selection;
  if ($from.parentOffset === 0 && $from.parent.content.size) return enter(state, dispatch);
  const { kind, level } = $from.parent.attrs;
  const beneathIt = Math.min(kind === "paragraph" ? level : level + 1, facts.deepest - 1);
  const attrs = { kind: "paragraph", level: beneathIt, marker: null };
  return send(dispatch, tr.split($from.pos, 1, [{ type: $from.parent.type, attrs }]));
}

// Backspace before the first letter: the marker goes first, then the block joins the one above, which keeps its id.
export function joinBefore(state, dispatch) {
  const block = blockOf(state);
  const { $from, empty } = state.selection;
  if (inTitle(state)) return empty && $from.parentOffset === 0;
  if (!block || !empty || $from.parentOffset > 0) return false;
  const pos = $from.before();
  if (block.attrs.marker || block.attrs.kind === "heading") {
    return send(dispatch, state.tr.setNodeMarkup(pos, null, { ...block.attrs, kind: "paragraph", marker: null }));
  }
  const above = state.doc.resolve(pos).nodeBefore;
  if (!above || above.type.name !== "block") return true;
  if (!above.content.size && block.content.size) return send(dispatch, state.tr.delete(pos - above.nodeSize, pos));
  return send(dispatch, state.tr.join(pos));
}

// Delete behind the last letter: the block below joins this one, which keeps its id.
export function joinAfter(state, dispatch) {
  const block = blockOf(state);
  const { $from, empty } = state.selection;
  if (inTitle(state)) return empty && $from.parentOffset === $from.parent.content.size;
  if (!block || !empty || $from.parentOffset < block.content.size) return false;
  const below = state.doc.resolve($from.after()).nodeAfter;
  if (!below || below.type.name !== "block") return true;
  if (!block.content.size && below.content.size) return send(dispatch, state.tr.delete($from.before(), $from.after()));
  return send(dispatch, state.tr.join($from.after()));
}

function chosenRows(state) {
  const rows = rowsOf(state.doc);
  const { from, to } = state.selection;
  const first = rows.findIndex((row) => row.pos + row.node.nodeSize > from);
  let end = first + 1;
  while (end < rows.length && rows[end].pos < to) end += 1;
  return { rows, first, end };
}

// Tab and Shift+Tab: one level deeper or back, with all that stands beneath; the marker becomes one of the new level.
export function shift(by) {
  return (state, dispatch) => {
    const { rows, first, end } = chosenRows(state);
    const row = rows[first];
    if (row.isAnnex) return true;
    const level = Math.min(row.level + by, deepestAfter(rows[first - 1]), facts.deepest - 1);
    if (level === row.level || level < 0) return true;
    const tr = state.tr;
    const last = Math.max(end, endOf(rows, end - 1));
    let before = null;
    for (const moved of rows.slice(first, last)) {
      const deeper = Math.min(moved.level + by, facts.deepest - 1);
      if (moved.isTable || moved.level < row.level) break;
      tr.setNodeAttribute(moved.pos, "level", Math.max(0, deeper));
      if (moved.marker && moved.level === row.level) {
        before = markerOn(rows, first, deeper, before) ?? moved.marker;
        tr.setNodeAttribute(moved.pos, "marker", before);
      }
    }
    return send(dispatch, tr);
  };
}

// The marker that a row gets on a level: counting on after its sibling, or as a first one beneath its parent.
function markerOn(rows, index, level, before) {
  if (before) return following(before);
  const sibling = siblingBefore(rows, index, level);
  if (sibling) return following(sibling.marker);
  const above = level ? parentOf([...rows.slice(0, index), { level }], index) : null;
  return above?.marker ? beneath(above.marker) : null;
}

// Alt with an arrow: the block and all beneath it change places with the sibling above or below.
export function move(by) {
  return (state, dispatch) => {
    const { rows, first } = chosenRows(state);
    const own = { from: first, to: endOf(rows, first) };
    const other = by < 0 ? { from: placeBefore(rows, first), to: first } : { from: own.to, to: endOf(rows, own.to) };
    if (other.from < 0 || other.from >= rows.length || rows[other.from].level !== rows[first].level) return true;
    const [upper, lower] = by < 0 ? [other, own] : [own, other];
    const start = rows[upper.from].pos;
    const nodes = [...rows.slice(lower.from, lower.to), ...rows.slice(upper.from, upper.to)].map((row) => row.node);
    const end = rows[lower.to - 1].pos + rows[lower.to - 1].node.nodeSize;
    const shifted = by < 0 ? start - rows[first].pos : end - rows[lower.from].pos;
    const { anchor, head } = state.selection;
    const tr = state.tr.replaceWith(start, end, nodes);
    tr.setSelection(TextSelection.between(tr.doc.resolve(anchor + shifted), tr.doc.resolve(head + shifted)));
    return send(dispatch, tr);
  };
}

function placeBefore(rows, index) {
  let place = index - 1;
  while (place >= 0 && rows[place].level > rows[index].level) place -= 1;
  return place;
}

// The marker that was chosen for the blocks of the selection: "1." counts on, "" is none, "#" is a heading.
export function mark(chosen) {
  return (state, dispatch) => {
    const { rows, first, end } = chosenRows(state);
    const tr = state.tr;
    let before = null;
    for (const row of rows.slice(first, end)) {
      if (!row.isPlain) continue;
      const heading = chosen === "#";
      const sibling = siblingBefore(rows, first, row.level);
      const alike = sibling && kindOf(sibling.marker) === kindOf(chosen) ? following(sibling.marker) : numbered(chosen, 1);
      const marker = heading ? row.marker : chosen ? (before ? following(before) : alike) : null;
      if (!heading && chosen) before = marker;
      const kind = heading ? (row.kind === "heading" ? "item" : "heading") : marker ? "item" : "paragraph";
      tr.setNodeMarkup(row.pos, null, { ...row.node.attrs, kind: kind === "item" && !marker ? "paragraph" : kind, marker });
    }
    return send(dispatch, tr);
  };
}

// Count the siblings of the block from the first one on, without gaps.
export function countAgain(state, dispatch) {
  const { rows, first } = chosenRows(state);
  const kind = kindOf(rows[first].marker);
  if (numberOf(rows[first].marker) === null) return true;
  const parent = parentOf(rows, first);
  const alike = (row) => !row.isTable && parentOf(rows, row.index) === parent && kindOf(row.marker) === kind;
  const tr = state.tr;
  rows.filter(alike).forEach((row, place, group) => {
    tr.setNodeAttribute(row.pos, "marker", numbered(row.marker, numberOf(group[0].marker) + place));
  });
  return send(dispatch, tr);
}
