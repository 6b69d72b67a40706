"""Say of the PDF on the standard input whether it is clean; run by pdf.py as a program of its own.

The answer is `clean`, `damaged`, `password`, or the name of what was found. It knows nothing of Django: a file that is
made to fill the memory ends this process and no other.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

MOST_SECONDS = 5
MOST_MEMORY = 300 * 1024 * 1024
KEYS = frozenset({"/JS", "/JavaScript", "/Launch", "/AA", "/EmbeddedFile", "/EF", "/XFA"})
KINDS = frozenset({"/JavaScript", "/Launch", "/EmbeddedFile"})
"""Names that tell what a thing is; elsewhere such a name may mean a letter or a font."""


def verdict(content: bytes) -> str:
    """`clean`, `damaged`, `password`, or the name of what runs or is hidden."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            return next(_found(pdf), "clean") if len(pdf.pages) else "damaged"
    except pikepdf.PasswordError:
        return "password"
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return "damaged"


def _found(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/OpenAction" in pdf.Root and _acts(pdf.Root.OpenAction):
        yield "/OpenAction"
    for thing in pdf.objects:
        for key, value in _entries(thing):
            if key in KEYS:
                yield key
            if key in {"/S", "/Type"} and isinstance(value, pikepdf.Name) and str(value) in KINDS:
                yield str(value)


def _acts(action: Any) -> bool:
    """Whether opening the file does more than turn to a page: most programs write the page to begin with."""
    return isinstance(action, pikepdf.Dictionary) and action.get("/S") != pikepdf.Name.GoTo


def _entries(thing: Any) -> Iterator[tuple[str, Any]]:
    """Keys and values of this thing and of all that is written within it; what stands elsewhere comes by itself."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        children: list[Any] = []
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            entries = list(one.items())
            yield from entries
            children = [value for _key, value in entries]
        elif isinstance(one, pikepdf.Array):
            children = list(one)
        waiting += [child for child in children if isinstance(child, pikepdf.Object) and not child.is_indirect]


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    print(verdict(sys.stdin.buffer.read()))
