"""The page beside a draft, however large the draft: what takes long is printed outside the web process.

A thread of the web process that prints can't be stopped. So a large text is printed by one process beside each web
process (`preview_process`), which ends itself when it takes too long; meanwhile one thread at most waits for it.
"""

from __future__ import annotations

import atexit
import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

from django.conf import settings
from django.utils import translation

from directives.document import Document
from directives.draft_preview import Preview, Shown
from directives.rendering import RenderingError

LETTERS = 400
"""To lay out so many letters takes about as long as one block or one cell by itself."""
MEGABYTES = 256
"""What the process may take besides its libraries; four times what hundreds of pages take in some seconds."""
BOTH_OBJECTS = 0.5
"""A block or a cell is written as two objects: itself and its words."""


LETTERS_OF_HTML = 250
"""More for each block, and the text is certainly large; such a one is long to read as well."""


class Busy(Exception):
    """Another large page is being printed for this web process; the next one waits at the browser."""


class TooLarge(Exception):
    """Printing took more time or memory than the page beside a draft may take."""


def shown(document: Document, page: int | None, block_id: str) -> Shown:
    """The page as `Preview.shown` gives it; raises RenderingError, and Busy or TooLarge for a large text."""
    written = document.to_json()
    if _blocks_in(written) <= settings.PREVIEW_BLOCKS:
        return Preview(document).shown(page, block_id)
    return BESIDE.shown({"document": written, "page": page, "block": block_id})


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


class Beside:
    """The process beside this one that prints large texts, one at a time; started when it is first needed."""

    def __init__(self) -> None:
        self._turn = RLock()
        self._process: subprocess.Popen[str] | None = None

    def shown(self, asked: dict[str, Any]) -> Shown:
        """What it answers; raises Busy, TooLarge and RenderingError."""
        with self.turn():
            answer = self._answer(asked)
        if "fault" in answer:
            raise RenderingError(answer["fault"])
        return Shown(answer["page"], answer["pages"], base64.b64decode(answer["png"]))

    @contextmanager
    def turn(self) -> Iterator[None]:
        """This thread's turn, which it may take again inside; raises Busy while it is another thread's."""
        if not self._turn.acquire(blocking=False):
            raise Busy
        try:
            yield
        finally:
            self._turn.release()

    def end(self) -> None:
        """End it; it is started again when it is needed."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        limits = {"seconds": settings.PREVIEW_SECONDS, "megabytes": MEGABYTES}
        asked = {**asked, **limits, "language": translation.get_language()}
        process = self._running()
        assert process.stdin is not None and process.stdout is not None, "it was started with both"
        try:
            process.stdin.write(f"{json.dumps(asked)}\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            self.end()
            raise TooLarge
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _running(self) -> subprocess.Popen[str]:
        # It ends by itself when nobody has asked for some time.
        if self._process is not None and self._process.poll() is not None:
            self.end()
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "directives.preview_process"],
                cwd=settings.ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                # Who stops the program from a terminal stops the web process; this one then finds its input closed.
                start_new_session=True,
            )
        return self._process


BESIDE = Beside()
atexit.register(BESIDE.end)
