// An opinion quotes the words that were selected in its passage when the form is opened; without a selection, all of it.
document.addEventListener("toggle", (event) => {
  const write = event.target;
  const passage = write.closest?.(".passage");
  if (!write.open || !passage || !write.matches(".write")) return;
  const form = write.querySelector("form");
  const quote = form.querySelector("input[name=quote]");
  const shown = form.querySelector("[data-quote]");
  if (quote && shown && passage.dataset.selected) {
    quote.value = passage.dataset.selected.slice(0, 500);
    shown.textContent = `“${quote.value}”`;
    shown.hidden = false;
  }
  form.querySelector("textarea").focus();
}, true);

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const text = selection.anchorNode?.parentElement?.closest(".passage__text");
  // A press on the summary empties the selection; what was selected last in the passage is what is meant.
  if (text && text.contains(selection.focusNode) && selection.toString().trim()) {
    text.closest(".passage").dataset.selected = selection.toString().trim();
  }
});
