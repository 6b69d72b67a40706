"""The markers of items as offices write them (format.md 2.4), and where a line without indentation belongs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from directives.blocks import DEEPEST_LEVEL

MARKER_KINDS = (
    r"[IVXLC]+[-.]",
    r"\d{1,3}[-.]",
    r"\d{1,2}(?:\.\d{1,2})+\.",
    r"\(\d+\)-?",
    r"[a-zđ](?:\)|-)",
    r"[-*]",
    r"\+",
)
"""From the outermost to the innermost kind; "-" and the ad hoc "*" stand side by side. The browser reads them too."""

_MARKER = re.compile("(?:" + "|".join(MARKER_KINDS) + r")(?=\s|$)")


class Marked(Protocol):
    """What a line must say of itself for its place to be found."""

    @property
    def heading(self) -> bool: ...

    @property
    def marker(self) -> str | None: ...


def marker_at_start(text: str) -> str | None:
    """Return the marker with which the text begins, followed by a space or alone; None where it begins with words."""
    found = _MARKER.match(text)
    return found[0] if found else None


def is_marker(text: str) -> bool:
    """Whether the text is a marker of a known kind and nothing else."""
    return _MARKER.fullmatch(text) is not None


def level_by_marker(line: Marked, path: Sequence[Marked]) -> int:
    """Place a line that is not indented beneath the innermost open line of `path` whose marker is of an outer kind.

    `path` holds the lines that are still open, the outermost first; the answer counts from 0.
    """
    rank = _rank(line)
    if rank is None:
        return 0
    for level in range(len(path), 0, -1):
        above = _rank(path[level - 1])
        if above is not None and above < rank:
            return min(level, DEEPEST_LEVEL - 1)
    return 0


def _rank(line: Marked) -> int | None:
    if line.marker is None:
        return -1 if line.heading else None
    return next((rank for rank, kind in enumerate(MARKER_KINDS) if re.fullmatch(kind, line.marker)), None)
