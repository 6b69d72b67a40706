"""The markers of the body as Word's own numbering, so that an item put in between renumbers those after it."""

import re
from dataclasses import dataclass, field

from directives.annexes import roman
from directives.formats import Profile
from directives.wordfile.markup import element, root, twips_of_mm

_COUNTED = re.compile(r"(?P<before>.*?)(?P<count>\d{1,4}|[IVX]+|[a-dA-D])(?P<after>\W*)")
_BULLET = "bullet"
_ROMAN = {roman(number): number for number in range(1, 40)}


@dataclass(frozen=True, slots=True)
class MarkerKind:
    """How a list is marked: words before and after the count, and how it counts; a bullet has its mark before."""

    before: str
    counting: str
    after: str

    @property
    def level_text(self) -> str:
        """The mark as Word keeps it; %1 stands for the count."""
        return self.before if self.counting == _BULLET else f"{self.before}%1{self.after}"


@dataclass(slots=True)
class _List:
    """One list in Word: how it is marked, where it began and how far it has come; a bullet counts nothing."""

    kind: MarkerKind
    first: int
    last: int


@dataclass(slots=True)
class Numbering:
    """Gathers the lists of one file in the order in which they begin."""

    lists: list[_List] = field(default_factory=list)

    def list_of(self, marker: str) -> int | None:
        """Return the list (from 1) that counts this marker next, None where the marker must stay words.

        A list goes on as long as the counts do, whatever stands between; a count that starts anew starts a list.
        """
        read = read_marker(marker)
        if read is None:
            return None
        kind, count = read
        for number in range(len(self.lists), 0, -1):
            known = self.lists[number - 1]
            if known.kind == kind:
                if kind.counting == _BULLET or count == known.last + 1:
                    known.last = count
                    return number
                break
        self.lists.append(_List(kind, count, count))
        return len(self.lists)

    def part(self, profile: Profile) -> str:
        """Write word/numbering.xml."""
        numbers = {kind: place for place, kind in enumerate(dict.fromkeys(each.kind for each in self.lists))}
        abstract = [_abstract(place, kind, profile) for kind, place in numbers.items()]
        lists = [_list(place, numbers[each.kind], each) for place, each in enumerate(self.lists, start=1)]
        return root("numbering", *abstract, *lists)


def read_marker(marker: str) -> tuple[MarkerKind, int] | None:
    """Return what Word can count of a marker and its count; None where it must stay words.

    Letters are counted up to "d" only: Word goes on with "e" where Vietnamese goes on with "đ".
    """
    if not marker or marker != marker.strip() or "%" in marker:
        return None
    if not re.search(r"\w", marker):
        return MarkerKind(marker, _BULLET, ""), 0
    found = _COUNTED.fullmatch(marker)
    # The last letter of a word is no count.
    if found is None or found["before"][-1:].isalnum():
        return None
    read = _count(found["count"])
    if read is None:
        return None
    counting, count = read
    return MarkerKind(found["before"], counting, found["after"]), count


def _count(written: str) -> tuple[str, int] | None:
    if written.isdecimal():
        count = int(written)
        return ("decimal", count) if count and str(count) == written else None
    if written in _ROMAN:
        return "upperRoman", _ROMAN[written]
    if len(written) == 1 and written.lower() in "abcd":
        return ("lowerLetter" if written.islower() else "upperLetter"), "abcd".index(written.lower()) + 1
    return None


def _abstract(place: int, kind: MarkerKind, profile: Profile) -> str:
    """Write how a list is marked: the mark stands at the first-line indent and a space follows, as in the text."""
    level = element(
        "lvl",
        element("start", val=1),
        element("numFmt", val=kind.counting),
        element("suff", val="space"),
        element("lvlText", val=kind.level_text),
        element("lvlJc", val="left"),
        element("pPr", element("ind", left=0, firstLine=twips_of_mm(profile.first_line_indent_mm))),
        ilvl=0,
    )
    return element("abstractNum", element("multiLevelType", val="singleLevel"), level, abstractNumId=place)


def _list(place: int, abstract: int, counted: _List) -> str:
    start = element("lvlOverride", element("startOverride", val=counted.first), ilvl=0) if counted.first else ""
    return element("num", element("abstractNumId", val=abstract), start, numId=place)
