// Forms work without this file. It keeps a second press from being sent, warns before typed text is left,
// saves with Ctrl+S, offers one more box for a name when the last is filled, and leads to the first error.
"use strict";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog") return;
  if (form.method === "get") {
    // What was left empty does not stand in the address.
    for (const box of form.querySelectorAll("input[name]")) box.disabled = !box.value;
    return;
  }
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.dataset.typed = "";
  for (const button of form.querySelectorAll("button[type=submit]")) button.setAttribute("aria-disabled", "true");
});

// A page that comes back from the browser's memory may be sent again.
window.addEventListener("pageshow", () => {
  for (const box of document.querySelectorAll("form[method=get] input[disabled]")) box.disabled = false;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form) form.dataset.typed = "yes";
  const names = event.target.closest("[data-names]");
  if (names && event.target === names.lastElementChild && event.target.value && names.children.length > 1) {
    const box = event.target.cloneNode();
    box.value = "";
    box.removeAttribute("value");
    box.id = event.target.id.replace(/_\d+$/, "") + "_" + names.children.length;
    names.append(box);
  }
});

// A deadline that the text names is written into its boxes by one press.
for (const named of document.querySelectorAll("[data-boxes]")) {
  named.parentElement.hidden = false;
  named.addEventListener("click", () => {
    const card = named.closest(".item-card");
    for (const [name, value] of Object.entries(JSON.parse(named.dataset.boxes))) {
      const box = card.querySelector(`[name^="${name}-"]`);
      box.value = value;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
}

window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-typed=yes]")) event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s" && !event.isComposing) {
    const form = document.querySelector("form[data-guard]");
    if (form) {
      event.preventDefault();
      form.requestSubmit();
    }
  }
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open], details.filter[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.getElementById("errors")?.focus();
