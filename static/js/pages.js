// The pages of a paper larger and smaller. Without this file a press on a page opens its large picture.
"use strict";

const pages = document.querySelector(".page-images");
const tools = document.querySelector(".zoom");
const LEVELS = ["page", "width", "150", "200"];

function show(level) {
  const sharp = LEVELS.indexOf(level) > LEVELS.indexOf("width");
  pages.dataset.zoom = level;
  for (const image of pages.querySelectorAll("img")) {
    image.dataset.small ??= image.src;
    const wanted = sharp ? image.closest("a").href : image.dataset.small;
    if (image.src !== wanted) image.src = wanted;
  }
  tools.querySelector("[data-zoom-out]").disabled = level === LEVELS[0];
  tools.querySelector("[data-zoom-in]").disabled = level === LEVELS.at(-1);
  tools.querySelector("[data-zoom-page]").setAttribute("aria-pressed", level === "page");
}

function step(by) {
  show(LEVELS[Math.min(Math.max(LEVELS.indexOf(pages.dataset.zoom) + by, 0), LEVELS.length - 1)]);
}

// A page that did not come is told in words, not shown as an empty sheet.
function lost(image) {
  const caption = image.closest("figure").querySelector("figcaption");
  image.closest("figure").classList.add("page-lost");
  caption.textContent = `${caption.textContent}: ${pages.dataset.wordsLost}`;
}

for (const image of pages?.querySelectorAll("img") ?? []) {
  if (image.loading !== "lazy" && image.complete && !image.naturalWidth) lost(image);
  else image.addEventListener("error", () => lost(image), { once: true });
}

if (pages && tools) {
  tools.hidden = false;
  tools.querySelector("[data-zoom-in]").addEventListener("click", () => step(1));
  tools.querySelector("[data-zoom-out]").addEventListener("click", () => step(-1));
  tools.querySelector("[data-zoom-page]").addEventListener("click", () => {
    show(pages.dataset.zoom === "page" ? "width" : "page");
  });
  pages.addEventListener("click", (event) => {
    const combined = event.ctrlKey || event.metaKey || event.shiftKey;
    if (combined || !event.target.closest("a")) return;
    event.preventDefault();
    show(pages.dataset.zoom === "width" ? "150" : "width");
    event.target.scrollIntoView({ block: "nearest" });
  });
}
