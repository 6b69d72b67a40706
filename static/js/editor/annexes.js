// The annexes: their names in the text, adding one, and the list beside it in which they are ordered, turned, taken out.

import { pm } from "django-prose-editor/editor";
import { said, words } from "editor/facts";
import { toRoman } from "editor/markers";
import { endOf, newId, rowsOf } from "editor/rows";
import { move } from "editor/steps";

const { TextSelection } = pm.state;

// Every annex with its place in the text, its end, and the name that it goes by: a single one has no number.
export function annexesOf(doc) {
  const rows = rowsOf(doc);
  const heads = rows.filter((row) => row.isAnnex);
  return heads.map((head, place) => {
    const next = rows[endOf(rows, head.index)];
    const name = heads.length > 1 ? `${words.annex} ${toRoman(place + 1)}` : words.annex;
    return { ...head, name, end: next ? next.pos : doc.content.size, title: titleOf(head.node) };
  });
}

function titleOf(node) {
  return node.textBetween(0, node.content.size, null, " ");
}

export function inAnnex(state) {
  const [first] = annexesOf(state.doc);
  return Boolean(first) && state.selection.from > first.pos;
}

// F9: an empty annex after all others, the cursor in its title.
export function addAnnex(state, dispatch) {
  const { annex, block } = state.schema.nodes;
  const end = state.doc.content.size;
  const tr = state.tr.insert(end, [annex.create({ id: newId() }), block.create()]);
  dispatch?.(pm.history.closeHistory(tr.setSelection(TextSelection.create(tr.doc, end + 1)).scrollIntoView()));
  return true;
}

// Above each title stands the name of the annex, beneath it that its pages lie across.
export function annexNames() {
  return new pm.state.Plugin({
    props: {
      decorations(state) {
        const marks = annexesOf(state.doc).map(({ pos, node, name, lies }) => {
          const shown = { "data-name": name, "data-lies": lies === "landscape" ? words.landscape : "" };
          return pm.view.Decoration.node(pos, pos + node.nodeSize, shown);
        });
        return pm.view.DecorationSet.create(state.doc, marks);
      },
    },
  });
}

export class Annexes {
  constructor(element, editor, status) {
    this.list = element.querySelector("[data-annexes]");
    this.template = element.querySelector("template[data-annex-entry]");
    this.none = element.querySelector("[data-no-annex]");
    this.editor = editor;
    this.status = status;
    element.querySelector("[data-add-annex]").addEventListener("click", () => {
      addAnnex(editor.state, editor.view.dispatch);
      editor.view.focus();
    });
    editor.on("transaction", () => this.show());
    this.show();
  }

  show() {
    const annexes = annexesOf(this.editor.state.doc);
    const shown = JSON.stringify(annexes.map(({ id, name, title, lies }) => [id, name, title, lies]));
    if (shown === this.shown) return;
    this.shown = shown;
    this.none.hidden = annexes.length > 0;
    this.list.replaceChildren(...annexes.map((annex, place) => this.entry(annex, place, annexes.length)));
  }

  entry(annex, place, count) {
    const entry = this.template.content.firstElementChild.cloneNode(true);
    entry.dataset.id = annex.id;
    const go = entry.querySelector("[data-go]");
    go.textContent = annex.title ? `${annex.name}. ${annex.title}` : `${annex.name}. ${words.untitled}`;
    go.addEventListener("click", () => this.into(annex.id));
    const lies = entry.querySelector("[data-lies]");
    lies.value = annex.lies;
    lies.addEventListener("change", () => this.turn(annex.id, lies.value));
    for (const button of entry.querySelectorAll("[data-act]")) {
      button.setAttribute("aria-label", `${button.title}: ${annex.name}`);
      button.disabled = (button.dataset.act === "up" && place === 0) || (button.dataset.act === "down" && place === count - 1);
      button.addEventListener("click", () => this.act(annex.id, button.dataset.act));
    }
    lies.setAttribute("aria-label", `${lies.title}: ${annex.name}`);
    return entry;
  }

  annex(id) {
    return annexesOf(this.editor.state.doc).find((annex) => annex.id === id);
  }

  into(id) {
    const { pos, node } = this.annex(id);
    this.editor.view.focus();
    this.editor.chain().setTextSelection(pos + 1 + node.content.size).scrollIntoView().run();
  }

  turn(id, lies) {
    const { pos } = this.annex(id);
    this.editor.view.dispatch(this.editor.state.tr.setNodeAttribute(pos, "lies", lies));
    this.list.querySelector(`[data-id="${id}"] [data-lies]`).focus();
  }

  act(id, name) {
    const { pos, end, name: called } = this.annex(id);
    if (name === "out") {
      this.editor.view.dispatch(pm.history.closeHistory(this.editor.state.tr.delete(pos, end)));
      this.status(said(words.annexOut, called), "info");
      this.editor.view.focus();
      return;
    }
    this.editor.commands.setTextSelection(pos + 1);
    move(name === "up" ? -1 : 1)(this.editor.state, this.editor.view.dispatch);
    const again = this.list.querySelector(`[data-id="${id}"] [data-act="${name}"]`);
    (again.disabled ? again.parentElement.querySelector("[data-act]:not(:disabled)") : again).focus();
  }
}
