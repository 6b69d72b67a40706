// What stands in the margin beside an item that is followed, like a pencil mark; and which block the cursor is in.

import { pm } from "django-prose-editor/editor";

export function badges(names) {
  return new pm.state.Plugin({
    props: {
      decorations(state) {
        const here = state.selection.$from.index(0);
        const marks = [];
        state.doc.forEach((node, pos, index) => {
          const name = names[node.attrs.follow];
          const attributes = {};
          if (name) attributes["data-badge"] = name;
          if (index === here) attributes.class = "is-here";
          if (name || index === here) marks.push(pm.view.Decoration.node(pos, pos + node.nodeSize, attributes));
        });
        return pm.view.DecorationSet.create(state.doc, marks);
      },
    },
  });
}
