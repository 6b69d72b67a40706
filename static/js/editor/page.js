// Puts the editor in place of the plain box, and joins its parts: toolbar, panel, page, keeping. Without this file the
// plain box is there and everything works.

import { Bold, Editor, Italic, Text, Underline, UndoRedo } from "django-prose-editor/editor";
import { Annexes } from "editor/annexes";
import { nameBadges } from "editor/badges";
import { nodes } from "editor/blocks";
import { facts, said, words } from "editor/facts";
import { Keeping } from "editor/keeping";
import { itemAt } from "editor/following";
import { keys } from "editor/keys";
import { LineLists } from "editor/lines";
import { Panel } from "editor/panel";
import { paperParts } from "editor/parts";
import { blocksOfHtml, handleBeforeInput, handlePaste, TASKS } from "editor/paste";
import { Preview } from "editor/preview";
import { newId, rowAt, rowsOf } from "editor/rows";
import { signing as signingLines } from "editor/signing";
import { SigningIn } from "editor/signing_in";
import { VERBATIM } from "editor/structure";
import { tableBar } from "editor/table_bar";
import { TaskTable } from "editor/task_table";
import { toolbar } from "editor/toolbar";

const form = document.querySelector("form.draft");
const box = form.elements.body;
const text = form.elements.body_html;
const place = document.querySelector("[data-editor]");
const statusLine = document.querySelector("[data-status]");

// The bars above the text stay in sight and cover what lies beneath them.
const UNDER_THE_BARS = { top: 116, right: 5, bottom: 32, left: 5 };

facts.issuer = () => facts.issuerId || (form.elements.pair?.value ?? "").split(":")[0];

function status(sentence, kind = "idle") {
  statusLine.textContent = sentence;
  statusLine.className = `saved saved--${kind}`;
}

// Every block of the text that is opened has an id before the first key.
function withIds(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const block of page.querySelectorAll("p, table, tr, h2")) {
    if (!block.dataset.id) block.dataset.id = newId();
  }
  return page.body.innerHTML;
}

let panel;
let taskTable;
const editor = new Editor({
  element: place.querySelector("[data-sheet]"),
  extensions: [
    ...nodes,
    Text,
    Bold,
    Italic,
    Underline,
    UndoRedo,
    keys({
      badgeNames: place.querySelector("[data-sheet]").dataset,
      onRenumbered: (count) => status(said(words.renumbered, count), "info"),
      toPanel: () => showTab("task") || panel.focus(),
      toTools: () => [...place.querySelectorAll("[role=toolbar]:not([hidden])")].at(-1).querySelector("button:not([tabindex='-1'])").focus(),
      acceptInTable: (state) => taskTable?.settleNext(state) ?? false,
    }),
  ],
  content: withIds(text.value || "<p></p>"),
  injectCSS: false,
  parseOptions: { preserveWhitespace: "full" },
  editorProps: {
    scrollMargin: UNDER_THE_BARS,
    scrollThreshold: UNDER_THE_BARS,
    attributes: {
      class: "sheet__text",
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": box.labels[0].textContent.trim(),
      "aria-describedby": "editor-keys",
      "aria-placeholder": words.emptyText,
      spellcheck: "false",
    },
    handleDOMEvents: { beforeinput: handleBeforeInput, paste: handlePaste },
  },
});

function data() {
  text.value = editor.getHTML();
  return new FormData(form);
}

// The form as it stands, with the text: what the editor keeps, and what the plain box would have sent.
text.disabled = false;
box.disabled = true;
document.querySelector("[data-plain]").hidden = true;
place.hidden = false;
document.body.classList.add("with-editor");

// The block by which the page is found: the row of a table rather than the table, the text of an annex for its title.
function blockShown({ state } = editor) {
  const row = rowAt(state);
  return itemAt(state)?.node.attrs.id ?? (row?.isAnnex ? rowsOf(state.doc)[row.index + 1]?.id : row?.id) ?? "";
}

const preview = new Preview(document.querySelector("[data-preview]"), data, blockShown);
const signing = new SigningIn(document.getElementById("sign-in-again"), async () => {
  // Nor was the page printed while nobody was signed in.
  preview.changed();
  if (await keeping.save()) leaveIfAsked();
});
const bars = {
  others: document.querySelector("[data-others]"),
  conflict: document.querySelector("[data-conflict]"),
  kept: document.querySelector("[data-kept]"),
};
// The name of the address to which somebody wants to go once all is saved.
let wantsToLeave = "";

function bar(name, sentence) {
  bars[name].hidden = !sentence;
  bars[name].querySelector("[data-sentence]").textContent = sentence ?? "";
}

const keeping = new Keeping(form, {
  data,
  status,
  askToSignIn() {
    status(words.signedOut, "late");
    signing.ask();
  },
  conflict(sentence) {
    status(words.notSaved, "late");
    bar("conflict", sentence);
  },
  faults(found) {
    const [name] = Object.keys(found);
    const label = form.elements[name]?.labels?.[0]?.textContent.trim();
    status(said(words.faultAt, label ?? "", found[name][0]), "soon");
  },
  told(answer, isNewer) {
    bar("others", answer.others.length ? said(words.othersHere, answer.others.join(", ")) : null);
    if (isNewer && bars.conflict.hidden) bar("conflict", words.newerText);
  },
});

function typed() {
  keeping.changed();
  preview.changed();
}

nameBadges(place.querySelector("[data-sheet]"));
toolbar(place.querySelector("[data-tools]"), editor);
tableBar(place.querySelector("[data-table-tools]"), editor, status);
panel = new Panel(document.querySelector("[data-panel]"), editor);
new Annexes(document.querySelector("[data-annex-tab]"), editor, status);
taskTable = new TaskTable(document.querySelector("[data-task-table]"), editor, status);

editor.on("update", typed);
let shown = blockShown();
editor.on("selectionUpdate", () => {
  const now = blockShown();
  if (now !== shown) preview.changed();
  shown = now;
});
editor.on("transaction", ({ transaction }) => {
  const rows = transaction.getMeta(TASKS);
  if (!rows) return;
  showTab("annexes");
  taskTable.take(rows);
});
form.addEventListener("input", (event) => {
  if (!editor.view.dom.contains(event.target) && event.target.name) typed();
});
signingLines(form);
const lists = new LineLists(form, typed);
const showParts = paperParts(form);
window.addEventListener("pagehide", () => keeping.keepHere());

// Tabs beside the sheet.
function showTab(name) {
  for (const tab of document.querySelectorAll("[data-tab]")) {
    const chosen = tab.dataset.tab === name;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !chosen;
  }
  if (name === "print") preview.changed();
}
const tabs = [...document.querySelectorAll("[data-tab]")];
document.querySelector("[data-tabs]").hidden = false;
for (const tab of tabs) tab.addEventListener("click", () => showTab(tab.dataset.tab));
document.querySelector("[data-tabs]").addEventListener("keydown", (event) => {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  const next = tabs[(tabs.indexOf(document.activeElement) + by + tabs.length) % tabs.length];
  next.focus();
  showTab(next.dataset.tab);
});
showTab("print");

// Saving by hand stays on the page; the button saves and goes on. What the server cannot take it shows at its field.
async function leave(where) {
  wantsToLeave = where;
  // A new draft is begun by the button even when nothing was typed: the server says what is missing.
  if (!facts.draft) keeping.changed();
  if (await keeping.saveByHand()) leaveIfAsked();
  else if (keeping.halted || keeping.refused === keeping.typed) compare();
}

function leaveIfAsked() {
  if (!wantsToLeave) return;
  form.dataset.typed = "";
  location.assign(facts.addresses[wantsToLeave]);
}

// Send the form as a form: the page that comes back shows both texts, or what is wrong at its field.
function compare() {
  data();
  form.dataset.native = "yes";
  form.requestSubmit();
}

form.addEventListener("submit", (event) => {
  if (form.dataset.native) return;
  event.preventDefault();
  event.stopPropagation();
  leave(event.submitter?.value || "next");
});
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s" || event.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  const save = facts.conflict ? keeping.saveByHand() : keeping.save();
  save.then((done) => done && status(statusLine.textContent || words.nothingToSave, "done"));
}, true);
bars.conflict.querySelector("button").addEventListener("click", compare);

// Hidden fields that hold what was typed.
const KEPT = new Set(["body_html", "addressee_lines", "distribution_lines"]);

// A text that this browser kept and the server never got.
function fill(fields) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || !(values.has(field.name) || field.type === "checkbox")) continue;
    if (field.type === "hidden" && !KEPT.has(field.name)) continue;
    if (field.type === "checkbox") field.checked = (values.get(field.name) ?? []).includes(field.value);
    else field.value = values.get(field.name)[0];
  }
  lists.load();
  showParts();
  const blocks = blocksOfHtml(editor.schema, text.value);
  if (blocks.length) {
    const { tr } = editor.state;
    editor.view.dispatch(tr.replaceWith(0, tr.doc.content.size, blocks).setMeta(VERBATIM, true));
  }
}

const kept = facts.fresh ? keeping.kept() : null;
if (kept) {
  bar("kept", said(words.keptHere, new Date(kept.at).toLocaleString("vi-VN")));
  const [restore, drop] = bars.kept.querySelectorAll("button");
  restore.addEventListener("click", () => {
    fill(kept.fields);
    bar("kept", null);
    typed();
    editor.commands.focus();
  });
  drop.addEventListener("click", () => {
    keeping.forget();
    bar("kept", null);
  });
} else if (!facts.fresh) {
  keeping.changed();
}
