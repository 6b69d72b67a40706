// What the page tells its modules: addresses, the kinds of markers, whose draft it is, and every word that is shown.

export const facts = JSON.parse(document.getElementById("editor-facts").textContent);
export const words = facts.words;

// "Saved at %s" with its place filled in.
export function said(sentence, ...values) {
  return values.reduce((text, value) => text.replace("%s", value), sentence);
}
