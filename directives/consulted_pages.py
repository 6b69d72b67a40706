"""The pages of a draft that units are asked about: those printed here, and those of the file that is its text."""

from __future__ import annotations

from dataclasses import replace

from directives import filestore, rendering
from directives.document import Document
from directives.page_image import NoSuchPage, png_of
from directives.rendering import Variant
from directives.text_file import TextFile


class ConsultedPages:
    """The pages as they would be issued; raises RenderingError, and NoSuchPage or DamagedFile for one not there.

    A Word file has none: units save it.
    """

    def __init__(self, document: Document, draft_number: int) -> None:
        self._document = document
        self._draft_number = draft_number

    @property
    def count(self) -> int:
        """How many pages there are."""
        file = self._document.text_file
        if file is None:
            return self._printed(self._document)
        return (file.pages or 0) + (0 if file.alone else self._printed(self._document))

    def image(self, number: int) -> bytes:
        """Page `number` (from 1) as PNG; one that is printed here says that it is a draft."""
        file = self._document.text_file
        if file is None:
            return self._preview(number)
        if file.pages is None:
            raise NoSuchPage(number)
        first, last = self._places(file)
        if number < first:
            return self._preview(number)
        if number > last and not file.alone:
            return self._preview(number - (file.pages or 0))
        return png_of(filestore.read(file.sha256), number - first + 1)

    def _places(self, file: TextFile) -> tuple[int, int]:
        """The first and the last page of the file; what is written here as an annex follows it."""
        before = 0 if file.alone else self._printed(replace(self._document, annexes=()))
        return before + 1, before + (file.pages or 0)

    def _printed(self, document: Document) -> int:
        return rendering.render(document, variant=Variant.DRAFT).pages

    def _preview(self, number: int) -> bytes:
        return rendering.preview(self._document, number, variant=Variant.DRAFT, draft_number=self._draft_number)
