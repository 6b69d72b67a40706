// Every key of the editor in one place, and the way out of it: Escape, then Tab.

import { Extension, pm } from "django-prose-editor/editor";
import { addAnnex, annexNames } from "editor/annexes";
import { badges } from "editor/badges";
import { acceptNext, nextWay } from "editor/following";
import { following, levelByMarker, typedMarker } from "editor/markers";
import { rowsOf, siblingBefore } from "editor/rows";
import { continuation, countAgain, enter, joinAfter, joinBefore, move, shift } from "editor/steps";
import { structure } from "editor/structure";
import { suggestions } from "editor/suggestions";
import { goBeneath, moveRow, nextCell } from "editor/table_steps";

const { chainCommands } = pm.commands;

let leaving = false;

function within(step) {
  return (state, dispatch, view) => {
    if (leaving) return false;
    return step(state, dispatch, view);
  };
}

// A marker and a space before the first word make the block an item of that marker.
function typedSpace(view, from, to, text) {
  const { $from, empty } = view.state.selection;
  const block = $from.parent;
  if (text !== " " || !empty || block.type.name !== "block" || block.attrs.marker) return false;
  const before = block.textBetween(0, $from.parentOffset);
  const found = typedMarker.exec(`${before} `);
  if (!found) return false;
  const pos = $from.before();
  const rows = rowsOf(view.state.doc);
  const heading = block.attrs.kind === "heading";
  const path = openAbove(rows, $from.index(0));
  const level = levelOf(found[1], block, rows, $from.index(0)) ?? levelByMarker({ marker: found[1], heading }, path);
  const attrs = { ...block.attrs, kind: heading ? "heading" : "item", marker: found[1], level };
  // What was typed stays as it was typed; siblings are not counted on.
  view.dispatch(view.state.tr.delete($from.start(), from).setNodeMarkup(pos, null, attrs).setMeta("verbatim", true));
  return true;
}

// A marker that goes on counting where an outer item stopped stands beside that item; else the block's level stays.
function levelOf(marker, block, rows, index) {
  const own = block.attrs.level;
  for (let level = own; level >= 0; level -= 1) {
    const sibling = siblingBefore(rows, index, level);
    if (sibling && following(sibling.marker) === marker) return level;
  }
  return own || null;
}

function openAbove(rows, index) {
  const path = [];
  for (const row of rows.slice(0, index)) {
    path.length = Math.max(0, Math.min(path.length, row.level));
    if (row.isAnnex) continue;
    path.push({ marker: row.marker, heading: row.kind === "heading" });
  }
  return path;
}

export function keys({ onRenumbered, toPanel, toTools, acceptInTable, badgeNames }) {
  return Extension.create({
    name: "keys",
    priority: 10_000,
    addProseMirrorPlugins: () => [
      pm.keymap.keymap({
        Enter: enter,
        "Shift-Enter": continuation,
        Backspace: joinBefore,
        "Mod-Backspace": joinBefore,
        Delete: joinAfter,
        "Mod-Enter": goBeneath,
        Tab: within(chainCommands(nextCell(1), shift(1))),
        "Shift-Tab": within(chainCommands(nextCell(-1), shift(-1))),
        "Alt-ArrowUp": chainCommands(moveRow(-1), move(-1)),
        "Alt-ArrowDown": chainCommands(moveRow(1), move(1)),
        "Alt-Shift-ArrowUp": move(-1),
        "Alt-Shift-ArrowDown": move(1),
        F2: nextWay,
        F4: () => {
          toPanel();
          return true;
        },
        "Alt-F10": () => {
          toTools();
          return true;
        },
        F8: (state, dispatch) => acceptInTable(state) || acceptNext(state, dispatch),
        F9: addAnnex,
        "Mod-Shift-9": countAgain,
      }),
      structure(onRenumbered),
      suggestions(),
      badges(badgeNames),
      annexNames(),
      new pm.state.Plugin({
        props: {
          handleTextInput: typedSpace,
          handleDOMEvents: {
            keydown: (_view, event) => {
              leaving = event.key === "Escape" || (leaving && (event.key === "Tab" || event.key === "Shift"));
              return false;
            },
          },
        },
      }),
    ],
  });
}
