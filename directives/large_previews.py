"""Pages of drafts for the screen, however large the draft: what takes long is printed outside the web process.

A thread of the web process that prints can't be stopped. So a large text is printed by one process beside each web
process (`beside`), which ends when it takes too long; meanwhile one thread at most waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.conf import settings

from directives.beside import BESIDE, OutOfMemory, OutOfTime
from directives.document import Document
from directives.draft_preview import Preview, Shown

Given = TypeVar("Given")

LETTERS = 400
"""To lay out so many letters takes about as long as one block or one cell by itself."""
MEGABYTES = 256
"""What the process may take besides its libraries; four times what hundreds of pages take in some seconds."""
BOTH_OBJECTS = 0.5
"""A block or a cell is written as two objects: itself and its words."""
LETTERS_OF_HTML = 250
"""More for each block, and the text is certainly large; such a one is long to read as well."""


class TooLarge(Exception):
    """Printing took more time or memory than the page beside a draft may take."""


def shown(document: Document, page: int | None, block_id: str) -> Shown:
    """The page as `Preview.shown` gives it; raises RenderingError, and for a large text beside.Busy or TooLarge."""
    return printed(_shown, document, page, block_id)


def printed(do: Callable[..., Given], document: Document, *arguments: object, patience: float = 0) -> Given:
    """What this function prints of the document; raises what it raises, and for a large text beside.Busy or TooLarge.

    So many seconds a large text waits for its turn.
    """
    if _blocks_in(document.to_json()) <= settings.PREVIEW_BLOCKS:
        return do(document, *arguments)
    try:
        limits = {"seconds": settings.PREVIEW_SECONDS, "megabytes": MEGABYTES}
        return BESIDE.do(do, document, *arguments, **limits, patience=patience)
    except (OutOfTime, OutOfMemory) as reason:
        raise TooLarge from reason


def _shown(document: Document, page: int | None, block_id: str) -> Shown:
    return Preview(document).shown(page, block_id)


@contextmanager
def in_turn(html: str) -> Iterator[None]:
    """Read and print this text inside; a long one only when no other large page is being made, else Busy is raised."""
    if len(html) <= LETTERS_OF_HTML * settings.PREVIEW_BLOCKS:
        yield
        return
    with BESIDE.turn():
        yield


def _blocks_in(written: object) -> float:
    """How much there is to lay out in this JSON, counted in blocks of a few lines and cells of tables."""
    if isinstance(written, str):
        return len(written) / LETTERS
    if isinstance(written, dict):
        # A cell that spans others is laid out in each of their places.
        places = int(written.get("columns", 1)) * int(written.get("rows", 1))
        return BOTH_OBJECTS * places + sum(map(_blocks_in, written.values()))
    return sum(map(_blocks_in, written)) if isinstance(written, list) else 0
