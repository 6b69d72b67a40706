// Bodies and deadlines that the text names, highlighted where they stand. They are offered; a person says yes.

import { pm } from "django-prose-editor/editor";
import { facts } from "editor/facts";
import { post } from "editor/requests";

const KEY = new pm.state.PluginKey("suggestions");
const PAUSE_MS = 300;
const MOST_AT_ONCE = 200;
// What the server found, by the words it was asked about.
const known = new Map();

function offersOf(node) {
  const found = known.get(node.textContent);
  if (!found) return [];
  const codes = new Set(node.attrs.targets.map((target) => codeOf(target)));
  const bodies = found.bodies.map((body) => ({
    ...body,
    words: node.textContent.slice(body.start, body.end),
    taken: body.meanings.some((meaning) => codes.has(`${meaning.kind}:${meaning.code}`)),
  }));
  const deadlines = found.deadlines.map((each) => ({
    ...each,
    words: node.textContent.slice(each.start, each.end),
    taken: each.iso ? node.attrs.deadline === each.iso : node.attrs.timing === each.timing,
  }));
  return [...bodies, ...deadlines].sort((one, other) => one.start - other.start);
}

// A deadline is offered with what it says; a body with what its name may mean.
export function isDeadline(offer) {
  return "says" in offer;
}

export function codeOf(target) {
  const kind = ["organization", "group", "posts"].find((each) => each in target);
  return `${kind}:${target[kind]}`;
}

// What is offered at the block around the selection, in the order of its words.
export function offersAt(state) {
  const node = state.doc.maybeChild(state.selection.$from.index(0));
  return node?.type.name === "block" ? offersOf(node) : [];
}

function decorated(state) {
  const marks = [];
  state.doc.forEach((node, pos) => {
    if (node.type.name !== "block") return;
    for (const offer of offersOf(node)) {
      const name = `named ${isDeadline(offer) ? "named--day" : "named--body"}${offer.taken ? " named--taken" : ""}`;
      marks.push(pm.view.Decoration.inline(pos + 1 + offer.start, pos + 1 + offer.end, { class: name }));
    }
  });
  return pm.view.DecorationSet.create(state.doc, marks);
}

function learn(text, found) {
  known.set(text, found);
  for (const { kind, code, name } of found.bodies.flatMap((body) => body.meanings)) facts.names[`${kind}:${code}`] = name;
}

async function askAbout(view) {
  const texts = new Set();
  view.state.doc.forEach((node) => {
    const text = node.textContent;
    // Letters in pieces would move the places that the server counts.
    if (node.type.name === "block" && text.trim() && !known.has(text) && text === text.normalize("NFC")) texts.add(text);
  });
  const asked = [...texts].slice(0, MOST_AT_ONCE);
  if (!asked.length) return;
  const answer = await post(facts.addresses.named, { issuer: facts.issuer(), texts: JSON.stringify(asked) });
  if (answer.code !== 200) return;
  asked.forEach((text, place) => learn(text, answer.named[place]));
  if (!view.isDestroyed && !view.composing) view.dispatch(view.state.tr.setMeta(KEY, true).setMeta("addToHistory", false));
  if (texts.size > asked.length) askAbout(view);
}

export function suggestions() {
  return new pm.state.Plugin({
    key: KEY,
    state: {
      init: (_config, state) => decorated(state),
      apply: (tr, marks, _before, state) => {
        if (tr.getMeta(KEY)) return decorated(state);
        return tr.docChanged ? (tr.getMeta("composition") ? marks.map(tr.mapping, tr.doc) : decorated(state)) : marks;
      },
    },
    props: { decorations: (state) => KEY.getState(state) },
    view: (view) => {
      let waiting = setTimeout(() => askAbout(view), PAUSE_MS);
      return {
        update: (now, before) => {
          if (now.state.doc.eq(before.doc)) return;
          clearTimeout(waiting);
          waiting = setTimeout(() => askAbout(now), PAUSE_MS);
        },
        destroy: () => clearTimeout(waiting),
      };
    },
  });
}
