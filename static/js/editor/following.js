// How an item is followed: steps that write its facts. Of bodies the first leads, the others coordinate; of a group
// each carries the item out.

import { codeOf, isDeadline, offersAt } from "editor/suggestions";

const ORDER = ["guidance", "task", "each"];

// The block or the row of a table around the selection, with its place.
export function itemAt(state) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type.name === "tableRow") return { node, pos: $from.before(depth) };
    if (node.type.name === "block") return node.attrs.kind === "heading" ? null : { node, pos: $from.before(depth) };
  }
  return null;
}

export function note(state, dispatch, changes) {
  const item = itemAt(state);
  if (!item) return false;
  if (dispatch) dispatch(state.tr.setNodeMarkup(item.pos, null, { ...item.node.attrs, ...changes }));
  return true;
}

// F2: guidance, task, each.
export function nextWay(state, dispatch) {
  const item = itemAt(state);
  if (!item) return true;
  return follow(ORDER[(ORDER.indexOf(item.node.attrs.follow ?? "guidance") + 1) % ORDER.length])(state, dispatch);
}

export function follow(way) {
  return (state, dispatch) => {
    const item = itemAt(state);
    return item ? note(state, dispatch, { follow: way, targets: fitting(item.node.attrs.targets, way) }) : true;
  };
}

// A task has one lead; where each carries it out there are no parts.
function fitting(targets, way) {
  if (way !== "task") return targets.map(({ role, ...target }) => target);
  let led = targets.some((target) => target.role === "lead");
  return targets.map((target) => {
    if (target.role) return target;
    const role = led ? "coordinating" : "lead";
    led = true;
    return { ...target, role };
  });
}

export function withBody(attrs, meaning, role = null) {
  const own = { [meaning.kind]: meaning.code };
  if (attrs.targets.some((target) => codeOf(target) === codeOf(own))) return {};
  const way = attrs.follow ?? (meaning.kind === "organization" ? "task" : "each");
  const part = role ?? (attrs.targets.some((target) => target.role === "lead") ? "coordinating" : "lead");
  const target = way === "task" ? { ...own, role: part } : own;
  return { follow: way, targets: [...attrs.targets, target] };
}

export function accept(state, dispatch, offer, meaning = offer.meanings?.[0]) {
  const item = itemAt(state);
  if (!item) return true;
  if (isDeadline(offer)) return note(state, dispatch, { deadline: offer.iso || null, timing: offer.timing || null });
  const units = item.node.attrs.units.includes(offer.words) ? item.node.attrs.units : [...item.node.attrs.units, offer.words];
  return note(state, dispatch, { ...withBody(item.node.attrs, meaning), units });
}

// F8: say yes to what is offered at the cursor, else to the first that is still open and means one body only.
export function acceptNext(state, dispatch) {
  const open = offersAt(state).filter((offer) => !offer.taken && (isDeadline(offer) || offer.meanings.length === 1));
  if (!open.length) return true;
  const at = state.selection.$from.parentOffset;
  return accept(state, dispatch, open.find((offer) => offer.start <= at && at <= offer.end) ?? open[0]);
}
