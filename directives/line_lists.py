"""Lists of the paper, one line each in a text box, read without losing what was noted on a line."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator

from directives.document import Addressee, DistributionLine

_LAST_BRACKETS = re.compile(r"^(?P<text>.+?)\s*\((?P<purpose>[^()]+)\)$")
_MARKS = re.compile(r"^[-–+•]\s*|[,;.]$")
SAME_AS_ADDRESSEES = "như trên"
ARCHIVE = "lưu "


def write_addressees(addressees: Iterable[Addressee]) -> str:
    """One addressee a line."""
    return "\n".join(addressee.text for addressee in addressees)


def read_addressees(text: str, keep: Iterable[Addressee]) -> tuple[Addressee, ...]:
    """Read the box; a line that was there before keeps whom it means."""
    known = {_bare(addressee.text): addressee for addressee in keep}
    return tuple(known.get(line, Addressee(line)) for line in _lines(text))


def write_distribution(lines: Iterable[DistributionLine]) -> str:
    """One line of nơi nhận a line, the purpose in brackets."""
    return "\n".join(line.printed for line in lines)


def read_distribution(text: str, keep: Iterable[DistributionLine]) -> tuple[DistributionLine, ...]:
    """Read the box; "Như trên" and "Lưu ..." are recognised, a line that was there before keeps whom it means."""
    known = {_bare(line.printed): line for line in keep}
    return tuple(known.get(line) or _distribution_line(line) for line in _lines(text))


def _distribution_line(written: str) -> DistributionLine:
    found = _LAST_BRACKETS.match(written)
    line = DistributionLine(found["text"], found["purpose"]) if found else DistributionLine(written)
    folded = line.text.lower()
    return dataclasses.replace(
        line,
        same_as_addressees=folded.startswith(SAME_AS_ADDRESSEES),
        archive=folded.startswith(ARCHIVE),
    )


def _lines(text: str) -> Iterator[str]:
    """The lines that hold something."""
    return (line for line in map(_bare, text.splitlines()) if line)


def _bare(written: str) -> str:
    """A line without the marks that the page puts around it."""
    return _MARKS.sub("", _MARKS.sub("", written.strip())).strip()
