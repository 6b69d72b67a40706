// Shows the parts of head and foot that the chosen type has, and those that are filled, at their places; the others
// wait behind one disclosure that names them.

export function paperParts(form) {
  const parts = [...form.querySelectorAll("[data-part]")].sort((one, other) => one.dataset.order - other.dataset.order);
  const rest = form.querySelector("[data-rest]");

  function slot(name) {
    return form.querySelector(`[data-slot="${name}"]`);
  }

  function isFilled(part) {
    return Boolean(part.querySelector("[data-line]")) || [...part.querySelectorAll("input, textarea, select")].some((box) => box.name && box.value);
  }

  function place() {
    const waiting = [];
    for (const part of parts) {
      const isUsed = part.dataset.types.split(" ").includes(form.elements.type.value) || isFilled(part);
      slot(isUsed ? part.dataset.home : "rest").append(part);
      if (!isUsed) waiting.push(part.dataset.part);
    }
    rest.querySelector("[data-names]").textContent = waiting.join(", ");
    rest.hidden = !waiting.length;
  }

  form.elements.type.addEventListener("change", place);
  return place;
}
