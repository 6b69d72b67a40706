// What is pasted: our own blocks as they are, HTML of other programs and cells of tables through the server, plain text
// line by line.

import { pm } from "django-prose-editor/editor";
import { inAnnex } from "editor/annexes";
import { facts } from "editor/facts";
import { levelByMarker, markerAtStart } from "editor/markers";
import { post } from "editor/requests";
import { VERBATIM } from "editor/structure";

// Set on a change that brought a table of tasks, to what the server read in its rows; the selection stands in it.
export const TASKS = "tasks";
const CELLS = /\t[^\n]*\t/;

// Lines of plain text as nodes of blocks: each finds its level by its marker.
export function blocksOfText(schema, text) {
  const path = [];
  return text
    .normalize("NFC")
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.replace(/[\u0000-\u0008\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, "").trim())
    .filter(Boolean)
    .map((line) => {
      const marker = markerAtStart(line);
      const level = levelByMarker({ marker, heading: false }, path);
      path.length = level;
      path.push({ marker, heading: false });
      const words = marker ? line.slice(marker.length).trimStart() : line;
      const attrs = { kind: marker ? "item" : "paragraph", level, marker };
      return schema.nodes.block.create(attrs, words ? schema.text(words) : null);
    });
}

export function blocksOfHtml(schema, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  // A text does not begin with an annex; this empty block is left out again.
  page.body.prepend(page.createElement("p"));
  const doc = pm.model.DOMParser.fromSchema(schema).parse(page.body, { preserveWhitespace: "full" });
  return doc.content.content.filter((node) => node.type.name !== "block" || node.content.size || node.attrs.marker);
}

// Put blocks in place of the selection: words alone go into the line, several blocks stand between what surrounds them.
export function insertBlocks(view, blocks, rows = null) {
  if (!blocks.length) return;
  const [only] = blocks;
  const tr = view.state.tr;
  if (only.type.name !== "annex") tr.deleteSelection();
  const { $from } = tr.selection;
  const here = $from.parent;
  if (only.type.name === "annex") {
    insertAt(tr, tr.doc.content.size, blocks);
  } else if (here.type.name === "annex" && blocks.some((block) => block.type.name === "table")) {
    insertAt(tr, $from.after(), blocks);
  } else if (here.type.name !== "block") {
    const inline = blocks.flatMap((block, place) => {
      const words = block.isTextblock ? block.content.content : [view.state.schema.text(block.textContent)];
      return place ? [view.state.schema.nodes.hardBreak.create(), ...words] : words;
    });
    tr.replaceWith($from.pos, $from.pos, inline);
  } else if (blocks.length === 1 && only.type.name === "block" && !only.attrs.marker && only.attrs.kind === "paragraph") {
    tr.insert($from.pos, only.content);
  } else {
    insertRows(tr, $from, here, blocks);
  }
  view.dispatch(tr.setMeta(VERBATIM, true).setMeta("paste", true).setMeta(TASKS, rows).scrollIntoView());
}

function insertAt(tr, pos, blocks) {
  tr.insert(pos, blocks);
  selectEnd(tr, pos, blocks);
}

function selectEnd(tr, pos, blocks) {
  const end = blocks.reduce((size, block) => size + block.nodeSize, pos);
  tr.setSelection(pm.state.Selection.near(tr.doc.resolve(Math.min(end, tr.doc.content.size)), -1));
}

function insertRows(tr, $from, here, blocks) {
  let pos = $from.before();
  if (!here.content.size) {
    tr.replaceWith(pos, $from.after(), blocks);
  } else {
    if ($from.parentOffset === here.content.size) pos = $from.after();
    else if ($from.parentOffset > 0) {
      tr.split($from.pos, 1, [{ type: here.type, attrs: { kind: "paragraph", level: here.attrs.level, marker: null } }]);
      pos = tr.mapping.map($from.pos, -1) + 1;
    }
    tr.insert(pos, blocks);
  }
  selectEnd(tr, pos, blocks);
}

function insertText(view, text) {
  insertBlocks(view, blocksOfText(view.state.schema, text));
}

async function insertForeign(view, html, text) {
  const where = { issuer: facts.issuer(), in_annex: inAnnex(view.state) ? "yes" : "" };
  const answer = await post(facts.addresses.pasted, { html, text: html ? "" : text, ...where });
  const blocks = answer.code === 200 ? blocksOfHtml(view.state.schema, answer.html) : [];
  if (blocks.length) insertBlocks(view, blocks, answer.rows);
  else insertText(view, text);
}

// Taken before ProseMirror reads it: foreign HTML never becomes a document in this page.
export function handlePaste(view, event) {
  const html = event.clipboardData.getData("text/html");
  const text = event.clipboardData.getData("text/plain");
  // Blocks of our own come back with everything that was noted on them.
  if (html.includes("data-pm-slice")) return false;
  event.preventDefault();
  if (html || CELLS.test(text)) insertForeign(view, html, text);
  else insertText(view, text);
  return true;
}

// Lines that come in at once, from a dictation or a tool, are lines and not one block.
export function handleBeforeInput(view, event) {
  const text = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
  if (event.isComposing || !/[\n\r]/.test(text) || !event.inputType.startsWith("insert")) return false;
  event.preventDefault();
  insertText(view, text);
  return true;
}
