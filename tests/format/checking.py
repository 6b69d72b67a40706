"""One printed directive, and what is expected of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace

import pytest

from directives.blocks import walk
from directives.document import Block, BlockKind, Document
from directives.formats import Profile
from directives.rendering import Rendered, Variant, render
from tests.format.measured import MM, Line, Measured

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.stem for path in CASES.glob("*.json"))

# What a printer and a ruler cannot tell apart.
SAME_PLACE = 0.3 * MM
SAME_SIZE = 0.1


def case(name: str) -> Document:
    """Return one of our own directives, one for each case of the format."""
    return Document.from_json(json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Printed:
    """A directive as it was printed, with the values that its edition should have."""

    document: Document
    values: dict[str, float | str]
    rendered: Rendered

    @classmethod
    def of(
        cls, document: Document, profile: Profile, values: dict[str, float | str], variant: Variant = Variant.FINAL
    ) -> Printed:
        """Print a directive in an edition."""
        return cls(document, values, render(document, profile=profile, variant=variant, draft_number=2))

    @cached_property
    def pages(self) -> Measured:
        """The measured pages."""
        return Measured(self.rendered.pdf)

    @cached_property
    def want(self) -> SimpleNamespace:
        """The expected values by their names."""
        return SimpleNamespace(**self.values)

    @cached_property
    def left_edge(self) -> float:
        """The left edge of the text."""
        return float(self.want.margin_left_mm * MM)

    @cached_property
    def right_edge(self) -> float:
        """The right edge of the text on an upright page."""
        return float((self.want.page_width_mm - self.want.margin_right_mm) * MM)

    @property
    def middle(self) -> float:
        """The axis of what stands in the middle of the text."""
        return (self.left_edge + self.right_edge) / 2

    @property
    def left_axis(self) -> float:
        """The axis of the left column."""
        return float(self.left_edge + self.want.left_column_mm * MM / 2)

    @property
    def right_axis(self) -> float:
        """The axis of the right column."""
        return float(self.right_edge - self.want.right_column_mm * MM / 2)

    @cached_property
    def main_pages(self) -> int:
        """How many pages stand before the annexes."""
        named = [line.page for line in self.pages.lines if line.text.startswith(str(self.want.annex_name))]
        return min(named) - 1 if self.document.annexes and named else len(self.pages.pages)

    @cached_property
    def paragraphs(self) -> list[tuple[Block, list[Line]]]:
        """The paragraphs of the body in order, each with its lines; tables and divisions are left out."""
        blocks = [block for block, _above in walk(self.document.body) if block.text and is_paragraph(block)]
        found: list[tuple[Block, list[Line]]] = []
        lines, after = self.pages.lines, 0
        for block in blocks:
            words = " ".join(part for part in (block.marker, block.text) if part)
            after = self.pages.beginning(words, after)
            own = list(_lines_of(words, lines[after:]))
            found.append((block, own))
            after += len(own)
        return found

    def has_size(self, line: Line, size: float | str) -> None:
        """All letters of a line have this size."""
        assert sorted(line.sizes) == pytest.approx([float(size)], abs=SAME_SIZE), f"{line.text!r} has {line.sizes}"

    def says(self, line: Line, *, size: float | str, face: str) -> None:
        """The letters of a line have this size and this face."""
        self.has_size(line, size)
        assert line.faces == {face}, f"{line.text!r} is {line.faces}"

    def centred(self, line: Line, axis: float) -> None:
        """A line stands in the middle of an axis."""
        assert line.middle == pytest.approx(axis, abs=SAME_PLACE), f"{line.text!r} is not centred"


def is_paragraph(block: Block) -> bool:
    """Whether the block runs from margin to margin."""
    division = (block.marker or "").startswith(("Phần", "Chương", "Mục"))
    return block.kind not in {BlockKind.TABLE, BlockKind.ROW} and not division


def _lines_of(words: str, lines: list[Line]) -> Iterator[Line]:
    """Yield the lines that hold the words, across pages and without the numbers of these."""
    left = "".join(words.split())
    for line in lines:
        if not left:
            return
        own = "".join(line.text.split())
        if left.startswith(own):
            left = left[len(own) :]
            yield line
    assert not left, f"{left[:60]!r} is missing"
