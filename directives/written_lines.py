"""Lists of the paper, one line each in a text box, read without losing what was noted on a line."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from directives.document import Addressee, DistributionLine

_LAST_BRACKETS = re.compile(r"^(?P<text>.+?)\s*\((?P<purpose>[^()]+)\)$")
_MARKS = re.compile(r"^[-–+•]\s*|[,;.]$")
SAME_AS_ADDRESSEES = "như trên"
ARCHIVE = ("lưu ", "lưu:")

Line = TypeVar("Line", Addressee, DistributionLine)


def write_addressees(addressees: Iterable[Addressee]) -> str:
    """One addressee a line."""
    return "\n".join(addressee.text for addressee in addressees)


def read_addressees(text: str, keep: Sequence[Addressee]) -> tuple[Addressee, ...]:
    """Read the box; a line that was there before keeps whom it means."""
    if _same(text, write_addressees(keep)):
        return tuple(keep)
    written = [Addressee(line) for line in _lines(text)]
    return _with_what_was_known(written, keep)


def write_distribution(lines: Iterable[DistributionLine]) -> str:
    """One line of nơi nhận a line, the purpose in brackets; a sub-head stands above its first line."""
    written = ((line.heading, line.printed) if line.heading else (line.printed,) for line in lines)
    return "\n".join(text for texts in written for text in texts)


def read_distribution(text: str, keep: Sequence[DistributionLine]) -> tuple[DistributionLine, ...]:
    """Read the box; "Như trên", "Lưu ..." and sub-heads are recognised, a line that was there keeps whom it means."""
    if _same(text, write_distribution(keep)):
        return tuple(keep)
    read: list[DistributionLine] = []
    heading: str | None = None
    *others, last = _lines(text) or [""]
    for line in others:
        if heading is None and _is_heading(line):
            heading = line
            continue
        read.append(dataclasses.replace(_distribution_line(line), heading=heading))
        heading = None
    read += [dataclasses.replace(_distribution_line(last), heading=heading)] if last else []
    return _with_what_was_known(read, keep)


def recognised(line: DistributionLine) -> DistributionLine:
    """The line with the part that its words give it: "Như trên", "Lưu ..."."""
    folded = line.text.strip().lower()
    return dataclasses.replace(
        line, same_as_addressees=folded.startswith(SAME_AS_ADDRESSEES), archive=folded.startswith(ARCHIVE)
    )


def _with_what_was_known(written: list[Line], keep: Sequence[Line]) -> tuple[Line, ...]:
    """Give each line what is on record for its words; one that was only reworded in its place keeps whom it means."""
    known: dict[str, list[Line]] = defaultdict(list)
    for line in keep:
        known[_words(line)].append(line)
    found = [known[_words(line)].pop(0) if known[_words(line)] else None for line in written]
    left = {id(line) for lines in known.values() for line in lines}
    read = []
    for place, (line, before) in enumerate(zip(written, found, strict=True)):
        if before is not None:
            read.append(before if isinstance(line, Addressee) else dataclasses.replace(before, heading=line.heading))
        elif len(written) == len(keep) and id(keep[place]) in left:
            read.append(dataclasses.replace(line, targets=keep[place].targets))
        else:
            read.append(line)
    return tuple(read)


def _distribution_line(written: str) -> DistributionLine:
    found = _LAST_BRACKETS.match(written)
    return recognised(DistributionLine(found["text"], found["purpose"]) if found else DistributionLine(written))


def _is_heading(line: str) -> bool:
    """A sub-head ends with a colon; the archive line of state papers does so too ("Lưu: VT") and is none."""
    return line.endswith(":") and not line.lower().startswith(ARCHIVE)


def _words(line: Addressee | DistributionLine) -> str:
    return _bare(line.text if isinstance(line, Addressee) else line.printed)


def _same(typed: str, shown: str) -> bool:
    """Whether the box came back as it was shown; browsers send a line break as two signs."""
    return typed.replace("\r\n", "\n").strip() == shown.strip()


def _lines(text: str) -> list[str]:
    """The lines that hold something."""
    return [line for line in map(_bare, text.splitlines()) if line]


def _bare(written: str) -> str:
    """A line without the marks that the page puts around it."""
    return _MARKS.sub("", _MARKS.sub("", written.strip())).strip()
