// Keys for search, lists and pages: / j k Enter + - 0 ?. They rest while somebody types or composes a Vietnamese letter, and for
// whoever switched them off in this browser. Without this file everything is reached with Tab and Enter.
"use strict";

const help = document.getElementById("keys");
const off = document.getElementById("keys-off");
const COOKIE = help.dataset.cookie;
const ROWS = "main .list tbody tr, main .work-list > ul > li";

function areOff() {
  return document.cookie.split("; ").includes(`${COOKIE}=off`);
}

function isTyping(target) {
  return target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
}

function move(by) {
  const links = [...document.querySelectorAll(ROWS)].map((row) => row.querySelector("a[href]")).filter(Boolean);
  if (!links.length) return;
  const row = document.activeElement?.closest(ROWS);
  const here = row ? links.findIndex((link) => row.contains(link)) : -1;
  const next = links[Math.min(Math.max(here + by, 0), links.length - 1)];
  next.focus();
  next.closest(ROWS).scrollIntoView({ block: "nearest" });
}

const KEYS = {
  "/": () => document.getElementById("find")?.focus(),
  j: () => move(1),
  k: () => move(-1),
  "+": () => document.querySelector("[data-zoom-in]")?.click(),
  "=": () => document.querySelector("[data-zoom-in]")?.click(),
  "-": () => document.querySelector("[data-zoom-out]")?.click(),
  0: () => document.querySelector("[data-zoom-page]")?.click(),
  "?": () => help.showModal(),
};

document.addEventListener("keydown", (event) => {
  const combined = event.ctrlKey || event.metaKey || event.altKey;
  if (combined || event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  if (help.open || areOff() || isTyping(event.target) || !(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key]();
});

off.checked = areOff();
off.addEventListener("change", () => {
  document.cookie = `${COOKIE}=${off.checked ? "off" : ""}; path=/; SameSite=Lax; max-age=${off.checked ? 31536000 : 0}`;
});

for (const button of document.querySelectorAll("[data-keys]")) {
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
}
