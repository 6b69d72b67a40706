"""What stands in a Word file, in its order: paragraphs with their words and markers, tables, sections."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from directives.blocks import Run
from directives.inline_text import merged, printable
from directives.reading.counting import Counting
from directives.reading.xml import child, children, fact, is_on, name_of, number
from orgs.verdicts import Refused

LONGEST_TEXT = 20 * 1024 * 1024
_WITHIN = frozenset({"hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml"})
_SIGNS = {"tab": " ", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `outline` is its depth in Word's navigation from 0, `marker` what its list counts."""

    style: str
    runs: tuple[Run, ...]
    marker: str = ""
    outline: int | None = None
    centred: bool = False

    @property
    def text(self) -> str:
        """The words without the marker."""
        return "".join(run.text for run in self.runs)

    @property
    def line(self) -> str:
        """Marker and words on one line."""
        return " ".join(f"{self.marker} {self.text}".split())


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell with the paragraphs in it; it covers so many columns and rows."""

    paragraphs: tuple[Paragraph, ...]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `head_rows` of its rows stand on every page."""

    rows: tuple[tuple[TableCell, ...], ...]
    head_rows: int = 0

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph of every cell."""
        return (each for row in self.rows for cell in row for each in cell.paragraphs)


@dataclass(frozen=True, slots=True)
class Section:
    """Pages that lie alike, with what stands on them."""

    parts: tuple[Paragraph | Table, ...]
    landscape: bool = False


def sections_of(content: bytes) -> list[Section]:
    """Read a Word file that was looked through already; raises Refused where its text is longer than any paper."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        body = child(_part(package, "word/document.xml"), "body")
        reader = _Reader(Counting(_part(package, "word/numbering.xml")), _part(package, "word/styles.xml"))
    found: list[Section] = []
    parts: list[Paragraph | Table] = []
    for element in _elements(body):
        if name_of(element) == "sectPr":
            found.append(Section(tuple(parts), landscape=_lies_across(element)))
            continue
        parts.append(reader.table(element) if name_of(element) == "tbl" else reader.paragraph(element))
        section = child(element, "pPr", "sectPr")
        if section is not None:
            found.append(Section(tuple(parts), landscape=_lies_across(section)))
            parts = []
    return found or [Section(tuple(parts))]


def _part(package: zipfile.ZipFile, name: str) -> Element | None:
    try:
        info = package.getinfo(name)
    except KeyError:
        return None
    if info.file_size > LONGEST_TEXT:
        raise Refused(_("The text of the file is too long to be read. Take the tables of data out and enclose them."))
    return ElementTree.fromstring(package.read(info))


def _elements(body: Element | None) -> Iterator[Element]:
    """Paragraphs, tables and section ends in their order; boxes around them are opened."""
    for element in () if body is None else body:
        if name_of(element) in {"p", "tbl", "sectPr"}:
            yield element
        elif name_of(element) in _WITHIN:
            yield from _elements(element)


def _lies_across(section: Element) -> bool:
    size = child(section, "pgSz")
    return number(size, "w") > number(size, "h")


class _Reader:
    def __init__(self, counting: Counting, styles: Element | None) -> None:
        self._counting = counting
        self._styles = {fact(each, "styleId"): each for each in children(styles, "style")}

    def paragraph(self, element: Element) -> Paragraph:
        """Read one paragraph; its list goes on counting."""
        own = child(element, "pPr")
        style = fact(child(own, "pStyle"))
        along = [own, *self._properties(style)]
        runs = tuple(_trimmed([*merged(_runs(element))]))
        numbered = next((each for each in (child(one, "numPr") for one in along) if each is not None), None)
        list_id = fact(child(numbered, "numId"))
        counted = self._counting.next(list_id, number(child(numbered, "ilvl"))) if runs and list_id not in "0" else ""
        outline = next((each for each in (child(one, "outlineLvl") for one in along) if each is not None), None)
        centre = next((fact(each) for each in (child(one, "jc") for one in along) if each is not None), "")
        return Paragraph(
            style,
            runs,
            counted,
            None if outline is None or number(outline) > 8 else number(outline),
            centre == "center",
        )

    def table(self, element: Element) -> Table:
        """Read a table; a cell that reaches down is one cell."""
        rows: list[list[TableCell]] = []
        reaching: dict[int, tuple[int, int]] = {}
        head = 0
        for row in children(element, "tr"):
            cells: list[TableCell] = []
            column = number(child(row, "trPr", "gridBefore"))
            for cell in children(row, "tc"):
                properties = child(cell, "tcPr")
                across = number(child(properties, "gridSpan"), otherwise=1)
                down = child(properties, "vMerge")
                if down is not None and fact(down) != "restart" and column in reaching:
                    at, place = reaching[column]
                    rows_before = rows[at][place]
                    rows[at][place] = replace(rows_before, rows=len(rows) - at + 1)
                else:
                    reaching.pop(column, None)
                    if down is not None:
                        reaching[column] = (len(rows), len(cells))
                    cells.append(TableCell(tuple(self._within(cell)), across))
                column += across
            head += is_on(child(row, "trPr"), "tblHeader") and head == len(rows)
            rows.append(cells)
        return Table(tuple(tuple(row) for row in rows if row), head)

    def _within(self, cell: Element) -> Iterator[Paragraph]:
        for element in _elements(cell):
            if name_of(element) == "p":
                yield self.paragraph(element)
            elif name_of(element) == "tbl":
                yield from self.table(element).paragraphs

    def _properties(self, style: str) -> Iterator[Element | None]:
        """The paragraph properties of a style and of those it is based on."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield child(self._styles[style], "pPr")
            style = fact(child(self._styles[style], "basedOn"))


def _runs(element: Element) -> Iterator[Run]:
    for each in element:
        if name_of(each) == "r":
            words = printable(_words(each))
            if words:
                look = child(each, "rPr")
                underlined = is_on(look, "u")
                yield Run(
                    words.upper() if is_on(look, "caps") else words, is_on(look, "b"), is_on(look, "i"), underlined
                )
        elif name_of(each) in _WITHIN:
            yield from _runs(each)


def _words(run: Element) -> str:
    pieces = []
    for each in run:
        if name_of(each) == "t":
            pieces.append(each.text or "")
        elif name_of(each) == "br" and fact(each, "type") in {"", "textWrapping"}:
            pieces.append("\n")
        else:
            pieces.append(_SIGNS.get(name_of(each), ""))
    return "".join(pieces)


def _trimmed(runs: list[Run]) -> Iterator[Run]:
    """The runs without the space before the first word and behind the last."""
    while runs and not runs[0].text.strip():
        del runs[0]
    while runs and not runs[-1].text.strip():
        del runs[-1]
    for place, run in enumerate(runs):
        text = run.text if place else run.text.lstrip()
        yield replace(run, text=text if place < len(runs) - 1 else text.rstrip())
