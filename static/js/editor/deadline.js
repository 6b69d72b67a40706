// The boxes of a deadline: a day and perhaps an hour, so many days of receipt, every period, or standing. A timing is
// written as in directives/timing.py.

import { dayOf, hourOf } from "editor/calendar";
import { said, words } from "editor/facts";

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

function timingOf(kind, number) {
  if (kind === "standing") return "standing";
  if (kind === "within" || kind === "working") return number ? `within ${number} ${kind === "working" ? "working " : ""}days` : null;
  return `every ${kind}${number ? ` on ${number}` : ""}`;
}

// A whole number from `least` to `most`, or null; undefined where what was typed is none.
function numberOf(typed, least, most) {
  if (!typed) return null;
  const number = /^\d{1,3}$/.test(typed) ? Number(typed) : 0;
  return number >= least && number <= most ? number : undefined;
}

export function deadlineBoxes(element, note) {
  const box = (name) => element.querySelector(`[data-${name}]`);
  const [due, day, hour, days, on, fault] = ["due", "day", "hour", "days", "on", "fault"].map(box);
  const typedIn = (each) => each.value.trim();
  let shownFor = null;

  function showFor(kind) {
    const shown = kind === "" ? "day" : kind === "within" || kind === "working" ? "days" : kind === "standing" ? "" : "period";
    for (const part of element.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== shown;
  }

  // What is wrong with a box stands beneath it; what was noted before stays until it is right.
  function tell(wrong, sentence = "") {
    for (const each of [day, hour, days, on]) each.setAttribute("aria-invalid", String(each === wrong));
    fault.textContent = sentence;
    fault.hidden = !sentence;
    if (sentence) fault.scrollIntoView({ block: "nearest" });
  }

  function noteDay() {
    const [iso, time] = [dayOf(typedIn(day)), hourOf(typedIn(hour))];
    if (iso === undefined) tell(day, said(words.noDay, typedIn(day)));
    else if (time === undefined) tell(hour, said(words.noHour, typedIn(hour)));
    else if (time && !iso) tell(day, words.dayMissing);
    else note({ deadline: iso && iso + (time ? `T${time}` : ""), timing: null });
  }

  function noteTiming(kind) {
    const inDays = kind === "within" || kind === "working";
    const [least, most] = inDays ? [1, 366] : kind === "week" ? [2, 7] : [1, 31];
    const asked = inDays ? days : on;
    const number = kind === "standing" ? null : numberOf(typedIn(asked), least, most);
    if (number === undefined) {
      tell(asked, said(words.noNumber, least, most));
      return;
    }
    // How many days is still to be typed.
    const timing = timingOf(kind, number);
    if (timing !== null) note({ deadline: null, timing });
  }

  function changed() {
    showFor(due.value);
    tell(null);
    if (due.value === "") noteDay();
    else noteTiming(due.value);
  }

  for (const each of [due, day, hour, days, on]) each.addEventListener("change", changed);

  return {
    show(attrs) {
      // A box in which somebody types is left alone, and one with a fault as long as the cursor stays in its item.
      if (element.contains(document.activeElement) || (!fault.hidden && shownFor === attrs.id)) return;
      shownFor = attrs.id;
      tell(null);
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
