// The kinds of nodes: a block of words with its facts, tables whose rows carry facts as well, and the heads of annexes.
// Their HTML is that of directives/editor_html.py and editor_annexes.py.

import { Document, HardBreak, Node, Table, TableCell, TableRow } from "django-prose-editor/editor";
import { facts } from "editor/facts";

const ROWS_MEASURED = 40;
const MOST_LETTERS = 160;

function text(name, otherwise = null) {
  return {
    default: otherwise,
    parseHTML: (element) => element.getAttribute(`data-${name}`) || otherwise,
    renderHTML: (attributes) => (attributes[name] ? { [`data-${name}`]: attributes[name] } : {}),
  };
}

function whole(name, html = name) {
  return {
    default: 0,
    parseHTML: (element) => Number.parseInt(element.getAttribute(`data-${html}`) ?? "0", 10) || 0,
    renderHTML: (attributes) => ({ [`data-${html}`]: String(attributes[name]) }),
  };
}

function list(name) {
  return {
    default: [],
    parseHTML: (element) => {
      try {
        const entries = JSON.parse(element.getAttribute(`data-${name}`) || "[]");
        return Array.isArray(entries) ? entries : [];
      } catch {
        return [];
      }
    },
    renderHTML: (attributes) =>
      attributes[name].length ? { [`data-${name}`]: JSON.stringify(attributes[name]) } : {},
  };
}

const NOTED = {
  id: text("id"),
  follow: text("follow"),
  task: {
    default: false,
    parseHTML: (element) => element.getAttribute("data-task") === "yes",
    renderHTML: (attributes) => (attributes.task ? { "data-task": "yes" } : {}),
  },
  units: list("units"),
  targets: list("targets"),
  deadline: text("deadline"),
  timing: text("timing"),
  product: text("product"),
  receiver: text("receiver"),
  monitor: text("monitor"),
};

export const Block = Node.create({
  name: "block",
  group: "block",
  content: "text*",
  whitespace: "pre",
  priority: 1000,
  addAttributes() {
    return { kind: text("kind", "paragraph"), level: whole("level"), marker: text("marker"), ...NOTED };
  },
  parseHTML() {
    return [{ tag: "p", preserveWhitespace: "full" }];
  },
  renderHTML({ HTMLAttributes }) {
    return ["p", HTMLAttributes, 0];
  },
});

// The title of an annex; what follows belongs to it until the next one.
const Annex = Node.create({
  name: "annex",
  content: "(text | hardBreak)*",
  marks: "",
  whitespace: "pre",
  isolating: true,
  addAttributes() {
    return {
      id: text("id"),
      lies: {
        default: "portrait",
        parseHTML: (element) => element.dataset.annex,
        renderHTML: (attributes) => ({ "data-annex": attributes.lies }),
      },
    };
  },
  parseHTML() {
    return [{ tag: "h2[data-annex]", preserveWhitespace: "full" }];
  },
  renderHTML({ HTMLAttributes }) {
    return ["h2", HTMLAttributes, 0];
  },
});

// The width of each column in per cent, by the letters of its first rows: a column of numbers is narrow.
function sharesOf(table) {
  const letters = [];
  for (let place = 0; place < Math.min(table.childCount, ROWS_MEASURED); place += 1) {
    let column = 0;
    table.child(place).forEach((cell) => {
      const each = cell.textContent.length / cell.attrs.colspan;
      for (let over = 0; over < cell.attrs.colspan; over += 1, column += 1) {
        letters[column] = Math.max(letters[column] ?? 0, Math.min(each, MOST_LETTERS));
      }
    });
  }
  const weights = letters.map((most) => Math.sqrt(most) + 2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => Math.round((1000 * weight) / total) / 10);
}

const TextTable = Table.extend({
  content: "tableRow+",
  addAttributes() {
    return { level: whole("level"), head: whole("head"), widths: text("widths"), ...NOTED };
  },
  addNodeView() {
    return null;
  },
  renderHTML({ node, HTMLAttributes }) {
    return ["table", HTMLAttributes, ["colgroup", ...sharesOf(node).map((width) => ["col", { width: `${width}%` }])], ["tbody", 0]];
  },
  addKeyboardShortcuts() {
    return {};
  },
}).configure({ resizable: false });

const TextRow = TableRow.extend({
  content: "tableCell+",
  addAttributes() {
    return { ...NOTED };
  },
});

const TextCell = TableCell.extend({
  content: "(text | hardBreak)*",
  whitespace: "pre",
  addAttributes() {
    return {
      colspan: { default: 1, parseHTML: (element) => element.colSpan || 1 },
      rowspan: { default: 1, parseHTML: (element) => element.rowSpan || 1 },
      colwidth: { default: null, rendered: false },
    };
  },
  parseHTML() {
    return [{ tag: "td", preserveWhitespace: "full" }, { tag: "th", preserveWhitespace: "full" }];
  },
});

const Text = Document.extend({ content: "(block | table) (block | table | annex)*" });

export const nodes = [Text, HardBreak, Block, Annex, TextTable, TextRow, TextCell];

// A block that continues the text after one with these facts: an item goes on counting, a heading has words beneath it.
export function continuing(attrs, marker) {
  const level = attrs.kind === "heading" ? Math.min(attrs.level + 1, facts.deepest - 1) : attrs.level;
  return { kind: attrs.kind === "heading" ? "paragraph" : attrs.kind, level, marker: attrs.kind === "item" ? marker : null };
}
