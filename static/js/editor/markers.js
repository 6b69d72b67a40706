// Markers of items. Their kinds come from the page (directives/markers.py), so that both sides read alike.

import { facts } from "editor/facts";

const KINDS = facts.kinds.map((source) => new RegExp(`^(?:${source})$`));
const AT_START = new RegExp(`^(?:${facts.kinds.join("|")})(?=\\s|$)`);
// The letters by which offices count: without f, j, w and z, with đ.
const LETTERS = "abcdđeghiklmnopqrstuvxy";
const ROMAN = [[100, "C"], [90, "XC"], [50, "L"], [40, "XL"], [10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"]];
const [ROMANS, NUMBERS, PARTS, BRACKETS, LETTER, DASH, PLUS] = KINDS.keys();

// What typing a space after these words at the start of a block makes a marker of.
export const typedMarker = new RegExp(`^(${facts.kinds.join("|")})\\s$`);

export function markerAtStart(text) {
  return AT_START.exec(text)?.[0] ?? null;
}

// The place of its kind from the outermost to the innermost; -1 for a marker of another shape.
export function kindOf(marker) {
  return marker ? KINDS.findIndex((kind) => kind.test(marker)) : -1;
}

function rankOf(line) {
  if (!line.marker) return line.heading ? -1 : null;
  const kind = kindOf(line.marker);
  return kind < 0 ? null : kind;
}

// The level of a line that is not indented: beneath the innermost open line of an outer kind.
export function levelByMarker(line, path) {
  const rank = rankOf(line);
  if (rank === null) return 0;
  for (let level = path.length; level > 0; level -= 1) {
    const above = rankOf(path[level - 1]);
    if (above !== null && above < rank) return Math.min(level, facts.deepest - 1);
  }
  return 0;
}

function taken(marker) {
  const found = /^(.*?)([IVXLC]+|\d+|[a-zđ])([^\dA-Za-zđ]*)$/.exec(marker ?? "");
  return found && kindOf(marker) >= 0 ? found : null;
}

// The number a marker counts with, null for dashes and markers of other shapes.
export function numberOf(marker) {
  const found = taken(marker);
  if (!found) return null;
  const counted = found[2];
  if (/^\d/.test(counted)) return Number(counted);
  if (kindOf(marker) === ROMANS) return fromRoman(counted);
  return LETTERS.indexOf(counted) + 1 || null;
}

// A marker of the same shape with another number.
export function numbered(marker, number) {
  const found = taken(marker);
  if (!found) return marker;
  const [, before, counted, after] = found;
  if (/^\d/.test(counted)) return `${before}${String(number).padStart(counted.startsWith("0") ? counted.length : 0, "0")}${after}`;
  if (kindOf(marker) === ROMANS) return `${before}${toRoman(number)}${after}`;
  return number <= LETTERS.length ? `${before}${LETTERS[number - 1]}${after}` : marker;
}

// The marker of the item after one with this marker.
export function following(marker) {
  const number = numberOf(marker);
  return number === null ? marker : numbered(marker, number + 1);
}

// The marker of the first item beneath one: as offices mostly write it.
export function beneath(marker) {
  const inner = { [ROMANS]: "1.", [NUMBERS]: "-", [PARTS]: "-", [BRACKETS]: "-", [LETTER]: "-", [DASH]: "+", [PLUS]: "+" };
  return inner[kindOf(marker)] ?? "-";
}

// "2.3." counts within "2."; when that becomes "3.", it becomes "3.3.".
export function withinRenumbered(marker, before, after) {
  const prefix = `${numberOf(before)}.`;
  return kindOf(marker) === PARTS && kindOf(before) === NUMBERS && marker.startsWith(prefix)
    ? `${numberOf(after)}.${marker.slice(prefix.length)}`
    : marker;
}

export function toRoman(number) {
  let written = "";
  for (const [value, letters] of ROMAN) {
    for (; number >= value; number -= value) written += letters;
  }
  return written;
}

function fromRoman(letters) {
  let number = 0;
  while (letters) {
    const [value, piece] = ROMAN.find(([, each]) => letters.startsWith(each)) ?? [0, letters[0]];
    number += value;
    letters = letters.slice(piece.length);
  }
  return number;
}
