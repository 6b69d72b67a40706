// What stands in the margin beside an item that is followed, like a pencil mark.

import { pm } from "django-prose-editor/editor";

// The badges of rows are drawn by the style sheet: a long table has too many for marks of their own.
export function nameBadges(sheet) {
  for (const way of ["task", "each"]) sheet.style.setProperty(`--${way}`, JSON.stringify(sheet.dataset[way]));
}

export function badges(names) {
  return new pm.state.Plugin({
    props: {
      decorations(state) {
        const marks = [];
        state.doc.forEach((node, pos) => {
          const name = names[node.attrs.follow];
          if (name) marks.push(pm.view.Decoration.node(pos, pos + node.nodeSize, { "data-badge": name }));
        });
        return pm.view.DecorationSet.create(state.doc, marks);
      },
    },
  });
}
