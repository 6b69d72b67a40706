// The boxes of a deadline: a day and perhaps an hour, so many days of receipt, every period, or standing. A timing is
// written as in directives/timing.py.

const WITHIN = /^within (\d+) (working )?days$/;
const EVERY = /^every ([a-z-]+)(?: on (\d+))?$/;

// A box in which somebody types is left alone.
export function fill(box, value) {
  if (box !== document.activeElement) box.value = value;
}

function kindOf(timing) {
  if (!timing) return "";
  const within = WITHIN.exec(timing);
  if (within) return within[2] ? "working" : "within";
  return EVERY.exec(timing)?.[1] ?? "standing";
}

function timingOf(kind, days, on) {
  if (kind === "standing") return "standing";
  if (kind === "within" || kind === "working") return days ? `within ${days} ${kind === "working" ? "working " : ""}days` : null;
  return `every ${kind}${on ? ` on ${on}` : ""}`;
}

// The ISO day, or null; undefined where what was typed is no day.
function dayIn(box) {
  const typed = box.value.trim();
  const day = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed);
  box.setAttribute("aria-invalid", String(Boolean(typed && !day)));
  if (!typed) return null;
  return day ? `${day[3]}-${day[2].padStart(2, "0")}-${day[1].padStart(2, "0")}` : undefined;
}

// A whole number from `least` to `most`, or null; undefined where what was typed is none.
function numberIn(box, least, most) {
  const typed = box.value.trim();
  const number = /^\d{1,3}$/.test(typed) ? Number(typed) : null;
  const fits = number !== null && number >= least && number <= most;
  box.setAttribute("aria-invalid", String(Boolean(typed && !fits)));
  if (!typed) return null;
  return fits ? number : undefined;
}

export function deadlineBoxes(element, note) {
  const box = (name) => element.querySelector(`[data-${name}]`);
  const [due, day, hour, days, on] = ["due", "day", "hour", "days", "on"].map(box);

  function showFor(kind) {
    const shown = kind === "" ? "day" : kind === "within" || kind === "working" ? "days" : kind === "standing" ? "" : "period";
    for (const part of element.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== shown;
  }

  function changed() {
    const kind = due.value;
    showFor(kind);
    if (kind === "") {
      const iso = dayIn(day);
      const time = /^(\d{1,2})(?:[:h](\d{2})?)?$/.exec(hour.value.trim());
      if (iso === undefined) return;
      note({ deadline: iso && iso + (time ? `T${time[1].padStart(2, "0")}:${time[2] ?? "00"}` : ""), timing: null });
      return;
    }
    const count = numberIn(days, 1, 366);
    const at = kind === "week" ? numberIn(on, 2, 7) : numberIn(on, 1, 31);
    const timing = timingOf(kind, count, at);
    // How many days is still to be typed, or is typed wrongly: what was said before stays until then.
    if (timing !== null && count !== undefined && at !== undefined) note({ deadline: null, timing });
  }

  for (const each of [due, day, hour, days, on]) each.addEventListener("change", changed);

  return {
    show(attrs) {
      if (element.contains(document.activeElement)) return;
      const kind = kindOf(attrs.timing);
      const [iso, time] = (attrs.deadline ?? "").split("T");
      due.value = kind;
      day.value = iso ? iso.split("-").reverse().join("/") : "";
      hour.value = time ?? "";
      days.value = WITHIN.exec(attrs.timing ?? "")?.[1] ?? "";
      on.value = EVERY.exec(attrs.timing ?? "")?.[2] ?? "";
      showFor(kind);
    },
  };
}
