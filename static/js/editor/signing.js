// The lines above the name follow the signer that is chosen, as long as nobody has written others; who may sign the
// chosen type stands first among the signers.

export function signing(form) {
  const { authority, signature_lines: lines, signature_name: name, type } = form.elements;
  let before = authority.selectedOptions[0];

  function isUntouched() {
    return !lines.value.trim() || lines.value === (before?.dataset.lines ?? "");
  }

  authority.addEventListener("change", () => {
    const chosen = authority.selectedOptions[0];
    if (isUntouched()) {
      lines.value = chosen?.dataset.lines ?? "";
      name.value = chosen?.dataset.name ?? "";
    }
    before = chosen;
  });

  function fits(option) {
    const types = option.dataset.types;
    return !types || types.split(" ").includes(type.value);
  }

  function order() {
    for (const group of authority.querySelectorAll("optgroup")) {
      const options = [...group.children].sort((one, other) => fits(other) - fits(one) || one.dataset.rank - other.dataset.rank);
      group.append(...options);
      for (const option of options) option.toggleAttribute("data-unfit", !fits(option));
    }
  }

  type.addEventListener("change", order);
  order();
}
