// Keeps the row of blocks in order after every change: each block its own id, no level skipped, siblings counted on.
// All of it belongs to the change that caused it, so one step back undoes both.

import { pm } from "django-prose-editor/editor";
import { kindOf, numbered, numberOf, withinRenumbered } from "editor/markers";
import { deepestAfter, newId, NO_FACTS, parentOf, rowsOf } from "editor/rows";

// Set on a change whose markers are to stay as they are: what was opened, what was pasted.
export const VERBATIM = "verbatim";

export function structure(onRenumbered) {
  return new pm.state.Plugin({
    key: new pm.state.PluginKey("structure"),
    appendTransaction(changes, before, after) {
      if (!changes.some((change) => change.docChanged)) return null;
      const tr = after.tr;
      giveIds(tr);
      mendLevels(tr);
      const undone = changes.some((change) => change.getMeta("history$"));
      const verbatim = changes.some((change) => change.getMeta(VERBATIM));
      if (!undone && !verbatim) {
        const count = countOn(tr, rowsOf(before.doc));
        if (count) onRenumbered(count);
      }
      return tr.docChanged ? tr : null;
    },
  });
}

// Of two blocks with one id the first keeps it with what was noted on it; a table's rows have ids as well.
function giveIds(tr) {
  const seen = new Set();
  tr.doc.descendants((node, pos) => {
    if (!("id" in node.attrs)) return !node.isTextblock;
    const { id } = node.attrs;
    if (!id || seen.has(id)) {
      const facts = id ? NO_FACTS : {};
      tr.setNodeMarkup(pos, null, { ...node.attrs, ...facts, id: newId() });
    } else {
      seen.add(id);
    }
    return !node.isTextblock;
  });
}

function mendLevels(tr) {
  let above = null;
  for (const row of rowsOf(tr.doc)) {
    const level = row.isAnnex ? row.level : Math.max(0, Math.min(row.level, deepestAfter(above)));
    if (level !== row.level) tr.setNodeAttribute(row.pos, "level", level);
    above = { ...row, level };
  }
}

// Siblings that count in the same way, in the order of the text, by their parent and the kind of their marker.
function groupsOf(rows) {
  const groups = new Map();
  for (const row of rows) {
    if (!row.isPlain || numberOf(row.marker) === null) continue;
    const key = `${parentOf(rows, row.index)?.id ?? ""} ${kindOf(row.marker)}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(row);
  }
  return groups;
}

// Give the siblings after a change their next numbers; where the text itself began again or left a number out, it stays.
function countOn(tr, before) {
  const rows = rowsOf(tr.doc);
  const old = groupsOf(before);
  const markers = new Map();
  for (const [key, group] of groupsOf(rows)) {
    const known = old.get(key) ?? [];
    const first = group.findIndex((row, place) => row.id !== known[place]?.id);
    const changed = first >= 0 ? first : group.length;
    const shortened = first < 0 && known.length > group.length;
    if (first < 0 && !shortened) continue;
    countGroup(group, known, changed, markers);
  }
  for (const row of rows) countWithin(row, rows, markers);
  for (const row of rows) {
    if (markers.has(row.id) && markers.get(row.id) !== row.marker) tr.setNodeAttribute(row.pos, "marker", markers.get(row.id));
  }
  return rows.filter((row) => markers.has(row.id) && markers.get(row.id) !== row.marker && before.some((each) => each.id === row.id)).length;
}

function countGroup(group, known, first, markers) {
  const placeBefore = new Map(known.map((row, place) => [row.id, place]));
  for (let place = first; place < group.length; place += 1) {
    const row = group[place];
    const was = placeBefore.get(row.id);
    const previous = group[place - 1];
    if (was > 0 && numberOf(known[was].marker) !== numberOf(known[was - 1].marker) + 1) break;
    let number = numberOf(row.marker);
    if (previous) number = numberOf(markers.get(previous.id) ?? previous.marker) + 1;
    else if (known.length) number = numberOf(known[0].marker);
    markers.set(row.id, numbered(row.marker, number));
  }
}

function countWithin(row, rows, markers) {
  const parent = parentOf(rows, row.index);
  if (!parent || !markers.has(parent.id)) return;
  const own = markers.get(row.id) ?? row.marker;
  const marker = withinRenumbered(own, parent.marker, markers.get(parent.id));
  if (marker !== own) markers.set(row.id, marker);
}
