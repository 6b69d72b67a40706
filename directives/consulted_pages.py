"""The pages of a draft that units are asked about: those printed here, and those of the file that is its text."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from threading import Lock

from django.conf import settings

from directives import filestore, large_previews, rendering
from directives.document import Document
from directives.large_previews import TooLarge
from directives.page_image import NoSuchPage, pages_of, png_of
from directives.text_file import TextFile

_ONE_AT_A_TIME = Lock()
KEPT = 8
"""Prints that a web process keeps: a unit turns page after page of the same draft."""


class ConsultedPages:
    """The pages as they would be issued, made for the screen.

    Raises RenderingError, and NoSuchPage or DamagedFile for a page that is not there; of a large text also Busy and
    TooLarge. A Word file has none: units save it.
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
        return pages_of(self._pdf(document))

    def _preview(self, number: int) -> bytes:
        return png_of(self._pdf(self._document), number)

    def _pdf(self, document: Document) -> bytes:
        # Whoever opens the draft asks for many of its pages at once; the first one prints them all.
        with _ONE_AT_A_TIME:
            pdf = printed_once(document, self._draft_number)
        if pdf is None:
            raise TooLarge
        return pdf


@lru_cache(KEPT)
def printed_once(document: Document, draft_number: int) -> bytes | None:
    """The print, or None of what is too large for one."""
    patience = settings.PREVIEW_SECONDS
    try:
        return large_previews.printed(rendering.for_the_screen, document, draft_number, patience=patience)
    except TooLarge:
        return None
