"""Count the lists of a Word file as Word does, so that each item has the marker that stands before it on the page."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from directives.annexes import roman
from directives.reading.xml import child, children, fact, number

# What a bullet looks like on paper; Word keeps letters of its own symbol fonts.
_BULLET = "-"
_KEPT_BULLETS = frozenset("-+*")
_PLACE = re.compile(r"%(\d)")


class Counting:
    """The lists of one file while it is read from its beginning."""

    def __init__(self, numbering: Element | None) -> None:
        abstract = {fact(each, "abstractNumId"): each for each in children(numbering, "abstractNum")}
        self._lists = {fact(each, "numId"): each for each in children(numbering, "num")}
        self._shapes = {key: abstract.get(fact(child(each, "abstractNumId"))) for key, each in self._lists.items()}
        self._counts: dict[int, dict[int, int]] = {}
        self._begun: set[str] = set()

    def next(self, list_id: str, level: int) -> str:
        """The marker of the next item of this list on this level; empty where the list has none."""
        shape = self._shapes.get(list_id)
        if shape is None:
            return ""
        levels = {number(each, "ilvl"): each for each in children(shape, "lvl")}
        counts = self._counts.setdefault(id(shape), {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            self._begin(list_id, counts)
        counts[level] = counts.get(level, number(child(levels.get(level), "start"), otherwise=1) - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        return _written(levels, counts, level)

    def _begin(self, list_id: str, counts: dict[int, int]) -> None:
        """A list may begin elsewhere than where another one of the same shape has come to."""
        for each in children(self._lists[list_id], "lvlOverride"):
            start = child(each, "startOverride")
            if start is not None:
                counts[number(each, "ilvl")] = number(start, otherwise=1) - 1


def _written(levels: dict[int, Element], counts: dict[int, int], level: int) -> str:
    text, form = fact(child(levels.get(level), "lvlText")), fact(child(levels.get(level), "numFmt"))
    if form == "bullet":
        return text if text in _KEPT_BULLETS else _BULLET
    if form == "none":
        return ""

    def place(found: re.Match[str]) -> str:
        asked = int(found[1]) - 1
        return _count(counts.get(asked, 1), fact(child(levels.get(asked), "numFmt")))

    return _PLACE.sub(place, text).strip()


def _count(value: int, form: str) -> str:
    if form in {"upperRoman", "lowerRoman"}:
        return roman(value) if form == "upperRoman" else roman(value).lower()
    if form in {"upperLetter", "lowerLetter"} and 1 <= value <= 26:
        letter = chr(ord("a") + value - 1)
        return letter.upper() if form == "upperLetter" else letter
    return f"{value:02d}" if form == "decimalZero" else str(value)
