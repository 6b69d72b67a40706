"""Measures the pages of a PDF: lines of words with their edges, baselines, sizes and faces, and the rules drawn.

All lengths are points from the top left corner of the page. Edges are those of the letters' advances, not of their ink.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pypdfium2 as pdfium
from pypdfium2 import raw

MM = 72 / 25.4
# A gap that no justified line has; beyond it another column begins.
_COLUMN_GAP = 40.0
_FONT_NAME_SIZE = 128


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter where it stands."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    face: str
    red: bool


@dataclass(frozen=True)
class Line:
    """Words that stand on one line without a gap between columns."""

    letters: tuple[Letter, ...]
    page: int

    @cached_property
    def text(self) -> str:
        """The words without the spaces at either end."""
        return "".join(letter.text for letter in self.letters).strip()

    @property
    def left(self) -> float:
        """Where the first letter begins."""
        return self.letters[0].left

    @property
    def right(self) -> float:
        """Where the last letter ends."""
        return self.letters[-1].right

    @property
    def middle(self) -> float:
        """Half way between both ends."""
        return (self.left + self.right) / 2

    @property
    def baseline(self) -> float:
        """The height on which the letters stand."""
        return self.letters[0].baseline

    @property
    def sizes(self) -> set[float]:
        """The type sizes of its letters, in tenths of a point."""
        return {round(letter.size, 1) for letter in self.letters if letter.text.strip()}

    @property
    def faces(self) -> set[str]:
        """Which of regular, bold, italic and bold italic its letters are."""
        return {letter.face for letter in self.letters if letter.text.strip()}


@dataclass(frozen=True, slots=True)
class Box:
    """A rule or a frame that is drawn: its edges, and the width of its line, 0 where it is filled."""

    left: float
    top: float
    right: float
    bottom: float
    stroke: float

    @property
    def width(self) -> float:
        """How long it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How thick it is."""
        return self.bottom - self.top


class Measured:
    """The pages of one PDF; they count from 1."""

    def __init__(self, pdf: bytes) -> None:
        self.document = pdfium.PdfDocument(pdf)
        self.pages = [list(_lines(_letters(page), number)) for number, page in enumerate(self.document, start=1)]

    @property
    def lines(self) -> list[Line]:
        """The lines of all pages in the order of the file's text."""
        return [line for page in self.pages for line in page]

    def size_mm(self, page: int) -> tuple[float, float]:
        """Return width and height of a page."""
        width, height = self.document[page - 1].get_size()
        return width / MM, height / MM

    def one(self, text: str, page: int | None = None) -> Line:
        """Return the first line with exactly these words."""
        found = [line for line in self.lines if line.text == text and page in {None, line.page}]
        assert found, f"no line says {text!r}"
        return found[0]

    def beginning(self, text: str, after: int = 0) -> int:
        """Return the place (in `lines`) of the first line from `after` on that begins with the same words."""
        for place in range(after, len(self.lines)):
            line = self.lines[place].text
            if line and (text.startswith(line) or line.startswith(text)):
                return place
        raise AssertionError(f"no line begins like {text[:60]!r}")

    def boxes(self, page: int) -> list[Box]:
        """Return what is drawn on a page and is no letter and no image."""
        height = self.document[page - 1].get_height()
        drawn = self.document[page - 1].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])
        return [_box(thing, height) for thing in drawn]


def _box(drawn: pdfium.PdfObject, page_height: float) -> Box:
    left, bottom, right, top = drawn.get_bounds()
    stroke = ctypes.c_float()
    raw.FPDFPageObj_GetStrokeWidth(drawn, ctypes.byref(stroke))
    return Box(left, page_height - top, right, page_height - bottom, stroke.value * drawn.get_matrix().a)


def _letters(page: pdfium.PdfPage) -> Iterator[Letter]:
    text, height = page.get_textpage(), page.get_height()
    for place in range(text.count_chars()):
        written = chr(raw.FPDFText_GetUnicode(text, place))
        left, _bottom, right, _top = text.get_charbox(place, loose=True)
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text, place, ctypes.byref(x), ctypes.byref(y))
        if raw.FPDFText_IsGenerated(text, place):
            continue
        yield Letter(
            text="-" if written in "\ufffe\x02" else written,
            left=left,
            right=right,
            baseline=height - y.value,
            size=_size(text, place),
            face=_face(text, place),
            red=_is_red(text, place),
        )


def _size(text: pdfium.PdfTextPage, place: int) -> float:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, place, ctypes.byref(matrix))
    return float(raw.FPDFText_GetFontSize(text, place) * matrix.d)


def _face(text: pdfium.PdfTextPage, place: int) -> str:
    buffer, flags = ctypes.create_string_buffer(_FONT_NAME_SIZE), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, place, buffer, _FONT_NAME_SIZE, ctypes.byref(flags))
    words = buffer.value.decode().split("-")
    return " ".join(word.lower() for word in words if word in {"Bold", "Italic"}) or "regular"


def _is_red(text: pdfium.PdfTextPage, place: int) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFText_GetFillColor(text, place, *(ctypes.byref(part) for part in (red, green, blue, alpha)))
    return red.value > 2 * max(green.value, blue.value, 1)


def _lines(letters: Iterator[Letter], page: int) -> Iterator[Line]:
    line: list[Letter] = []
    for letter in letters:
        if line and (
            abs(letter.baseline - line[-1].baseline) > 0.5
            or letter.left - line[-1].right > _COLUMN_GAP
            or letter.left < line[-1].left - 1
        ):
            yield from _line(line, page)
            line = []
        line.append(letter)
    yield from _line(line, page)


def _line(letters: list[Letter], page: int) -> Iterator[Line]:
    """Leave out the spaces at either end; they take room that nobody sees."""
    inked = [place for place, letter in enumerate(letters) if letter.text.strip(" \r\n")]
    if inked:
        yield Line(tuple(letters[inked[0] : inked[-1] + 1]), page)
