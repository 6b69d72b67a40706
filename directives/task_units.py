"""The units that a cell of a table names, one by one, and how sure it is whom each name means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from orgs.directory import Directory, Meaning, in_full, parts_of

_LINES = re.compile(r"[\n;]")
_BULLET = re.compile(r"^\s*(?:[-–+•*]|\(?\d{1,2}[.)])\s*|[\s.,:]+$")
_COORDINATING = re.compile(r"\b(?:đơn vị |cơ quan )?phối hợp(?:\s+với)?\s*:", re.IGNORECASE)
_LEADING = re.compile(r"\b(?:đơn vị |cơ quan )?chủ trì\s*:", re.IGNORECASE)
_NOBODY = re.compile(r"[-–—/.\s]*|không(?: có)?", re.IGNORECASE)
MOST_MEANINGS = 4


class Standing(Enum):
    """How a name stands to the directory: clear, or what a person has to say."""

    CLEAR = auto()
    SHORT = auto()
    SHARED = auto()
    ENDED = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit as the cell names it, whom it may mean, and when it ended."""

    words: str
    standing: Standing
    meanings: tuple[Meaning, ...] = ()
    ended_name: str = ""
    ended_on: date | None = None

    @property
    def meaning(self) -> Meaning | None:
        """The body or group, where there is no doubt."""
        return self.meanings[0] if self.standing is Standing.CLEAR else None


def units_in(cell: str, directory: Directory) -> tuple[list[NamedUnit], list[NamedUnit]]:
    """The units of a cell in its order: those before "phối hợp:" and those after it."""
    leading, *coordinating = _COORDINATING.split(_LEADING.sub("", cell))
    return _units(leading, directory), _units("\n".join(coordinating), directory)


def _units(words: str, directory: Directory) -> list[NamedUnit]:
    found = {name: _unit(name, directory) for name in _names(words, directory)}
    return list(found.values())


def _names(words: str, directory: Directory) -> Iterator[str]:
    for line in _LINES.split(words):
        name = _BULLET.sub("", _BULLET.sub("", " ".join(line.split())))
        if not _NOBODY.fullmatch(name):
            yield from _apart(name, directory)


def _apart(name: str, directory: Directory) -> list[str]:
    """A name that the directory knows stays whole; others are taken apart where that gives names it knows."""
    if _is_known(name, directory):
        return [name]
    parts = [part for part in re.split(r"\s*,\s*", name) if part]
    if len(parts) > 1:
        apart = [each for part in parts for each in _apart(part, directory)]
        return apart if any(_is_known(each, directory) for each in apart) else [name]
    halves = parts_of(name)
    return halves if all(_is_known(half, directory) for half in halves) else [name]


def _is_known(name: str, directory: Directory) -> bool:
    return directory.ended(name) is not None or bool(directory.bearing(name))


def _unit(name: str, directory: Directory) -> NamedUnit:
    meanings = directory.bearing(name)
    if len(meanings) == 1:
        standing = Standing.CLEAR if in_full(name, meanings[0].name) else Standing.SHORT
        return NamedUnit(name, standing, meanings)
    if meanings:
        return NamedUnit(name, Standing.SHARED, meanings[:MOST_MEANINGS])
    ended = directory.ended(name)
    if ended is None:
        return NamedUnit(name, Standing.UNKNOWN)
    return NamedUnit(name, Standing.ENDED, ended.successors[:MOST_MEANINGS], ended.name, ended.ended_on)
