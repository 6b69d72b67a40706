"""Addressees and distribution as the list editor sends them: each line with its words and with whom it means."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from directives.document import Addressee, DistributionLine, DocumentError
from directives.json_object import parsed
from directives.written_lines import recognised

MOST_LINES = 500
Line = TypeVar("Line", Addressee, DistributionLine)


def write_lines(lines: Iterable[Addressee | DistributionLine]) -> str:
    """The lines as JSON, each of them an object."""
    written = [line.to_json() for line in lines]
    return json.dumps([{"text": entry} if isinstance(entry, str) else entry for entry in written], ensure_ascii=False)


def read_addressee_lines(written: str) -> tuple[Addressee, ...]:
    """Read the addressees; raises DocumentError for what is no list of lines."""
    return _read(written, "addressees", Addressee.from_json)


def read_distribution_lines(written: str, keep: Iterable[DistributionLine]) -> tuple[DistributionLine, ...]:
    """Read the distribution; a line that is not on record gets the part that its words give it."""
    known = set(keep)
    lines = _read(written, "distribution", DistributionLine.from_json)
    return tuple(line if line in known else recognised(line) for line in lines)


def _read(written: str, key: str, read: Callable[[object, str], Line]) -> tuple[Line, ...]:
    try:
        entries: Any = parsed(written)
    except ValueError:
        entries = None
    if not isinstance(entries, list) or len(entries) > MOST_LINES:
        raise DocumentError(key, _("must be a list"))
    lines = (read(entry, f"{key}[{place}]") for place, entry in enumerate(entries))
    return tuple(line for line in lines if line.text.strip())
