"""The printed pages of a text that is being typed, as images, and where in them a block begins."""

from __future__ import annotations

from dataclasses import dataclass

from directives.document import Block, BlockKind, Document
from directives.page_image import png_of, texts_of
from directives.rendering import Variant, render

# Enough letters to tell a block from others; the same block may break over two pages after them.
_KNOWN_BY = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of so many (`page` from 1), as PNG."""

    page: int
    pages: int
    png: bytes


class Preview:
    """The pages as they would be printed now; raises RenderingError as `render` does."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._rendered = render(document, variant=Variant.PROOF)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self._rendered.pages

    def shown(self, page: int | None, block_id: str) -> Shown:
        """The page with this number, or the nearest that is there; without a number the one where the block begins."""
        wanted = self.page_of(block_id) if page is None else page
        number = min(max(wanted, 1), self.pages)
        return Shown(number, self.pages, png_of(self._rendered.pdf, number))

    def page_of(self, block_id: str) -> int:
        """The page on which the block begins; 1 when it is not found."""
        blocks = (block for block, _ancestors in self._document.walk() if block.id == block_id)
        words = next((_letters(_first_line(block))[:_KNOWN_BY] for block in blocks), "")
        if self.pages == 1 or not words:
            return 1
        pages = enumerate(texts_of(self._rendered.pdf), start=1)
        return next((number for number, text in pages if words in _letters(text)), 1)


def _first_line(block: Block) -> str:
    return block.children[0].text if block.kind is BlockKind.TABLE else f"{block.marker or ''}{block.text}"


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())
