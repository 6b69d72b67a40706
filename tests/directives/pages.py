"""Looks at a rendered PDF as a reader does: its words, and where they stand (points from the top left edge)."""

import ctypes
import re
import unicodedata
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

MM = 72 / 25.4


@dataclass(frozen=True)
class Spot:
    """Where words stand: edges of their ink, their baseline, their type size."""

    left: float
    right: float
    top: float
    bottom: float
    baseline: float
    size: float

    @property
    def middle(self) -> float:
        """Half way between left and right."""
        return (self.left + self.right) / 2


class Pages:
    """The pages of one PDF; pages count from 1."""

    def __init__(self, pdf: bytes) -> None:
        self.document = pdfium.PdfDocument(pdf)
        self.texts = [page.get_textpage() for page in self.document]

    def __len__(self) -> int:
        return len(self.document)

    def text(self, page: int) -> str:
        """Return the text layer; a hyphen at a line end, which pdfium marks specially, is a hyphen again."""
        return str(self.texts[page - 1].get_text_range()).replace("\ufffe", "-").replace("\x02", "-")

    def running_text(self) -> str:
        """Return the text of all pages without their numbers and without any space."""
        parts = [self.text(1)]
        for page in range(2, len(self) + 1):
            words, _line_end, number = self.text(page).rpartition("\n")
            assert number.strip() == str(page), "the number of a page comes last in its text layer"
            parts.append(words)
        return squeezed("".join(parts))

    def find(self, words: str, page: int = 1) -> Spot:
        """Return where the words first stand on a page."""
        found = self.texts[page - 1].search(words, match_case=True).get_next()
        assert found is not None, f"{words!r} does not stand on page {page}"
        return self._spot(page, *found)

    def lines(self, page: int) -> list[Spot]:
        """Return every line of the text layer, from the top."""
        spots = []
        whole = str(self.texts[page - 1].get_text_range())
        for line in re.finditer(r"[^\r\n]*\S[^\r\n]*", whole):
            spots.append(self._spot(page, line.start(), len(line[0].rstrip())))
        return spots

    def rule(self, above: float, below: float) -> tuple[float, float]:
        """Return left and right of the longest straight black line of page 1 between two heights."""
        scale = 4
        image = self.document[0].render(scale=scale, grayscale=True).to_pil()
        runs = [
            run.span()
            for row in range(round(above * scale), round(below * scale))
            for run in re.finditer(rb"[\x00-\x7f]+", image.crop((0, row, image.width, row + 1)).tobytes())
        ]
        left, right = max(runs, key=lambda run: run[1] - run[0], default=(0, 0))
        return left / scale, right / scale

    def _spot(self, page: int, start: int, count: int) -> Spot:
        text = self.texts[page - 1]
        height = self.document[page - 1].get_height()
        boxes = [text.get_charbox(place) for place in range(start, start + count)]
        # A space has no ink of its own.
        inked = [box for box in boxes if box[2] > box[0] and box[3] > box[1]]
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text, start, ctypes.byref(x), ctypes.byref(y))
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text, start, ctypes.byref(matrix))
        return Spot(
            left=min(box[0] for box in inked),
            right=max(box[2] for box in inked),
            top=height - max(box[3] for box in inked),
            bottom=height - min(box[1] for box in inked),
            baseline=height - y.value,
            size=raw.FPDFText_GetFontSize(text, start) * matrix.d,
        )


def squeezed(text: str) -> str:
    """Return the text without any space; it must be NFC already."""
    assert unicodedata.is_normalized("NFC", text)
    return re.sub(r"\s+", "", text)
