"""The annexes of a directive: pages of their own after the signature, each upright or across."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, cast

from directives.blocks import Block
from directives.json_object import JsonObject

Orientation = Literal["portrait", "landscape"]
ORIENTATIONS: tuple[Orientation, ...] = ("portrait", "landscape")
ANNEX = "Phụ lục"


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex: its title, its text, and how its pages lie. Number and reference line follow from its place."""

    title: str
    body: tuple[Block, ...] = ()
    orientation: Orientation = "portrait"

    @classmethod
    def from_json(cls, value: object, where: str) -> "Annex":
        """Read an annex; its pages stand upright where nothing is said."""
        source = JsonObject.of(value, where, required=("title", "body"), optional=("orientation",))
        orientation = source.choice("orientation", ORIENTATIONS) if "orientation" in source.values else "portrait"
        return cls(
            title=source.text("title", line_breaks=True),
            body=tuple(Block.from_json(entry, at) for at, entry in source.entries("body")),
            orientation=cast(Orientation, orientation),
        )

    def to_json(self) -> dict[str, Any]:
        """Write the annex; upright pages are left out."""
        written = {"title": self.title, "body": [block.to_json() for block in self.body]}
        return written if self.orientation == "portrait" else {**written, "orientation": self.orientation}

    def with_body(self, body: Iterable[Block]) -> "Annex":
        """Return the same annex with another text."""
        return dataclasses.replace(self, body=tuple(body))


@dataclass(frozen=True, slots=True)
class FullText:
    """The text of a directive and the annexes that follow it, as a drafter writes them in one go."""

    body: tuple[Block, ...] = ()
    annexes: tuple[Annex, ...] = ()


def name_of(place: int, among: int) -> str:
    """Name the annex at a place (from 1) as people speak of it: "Phụ lục II", or "Phụ lục" where there is only one."""
    return f"{ANNEX} {roman(place)}" if among > 1 else ANNEX


def roman(number: int) -> str:
    """Write a number from 1 upwards in Roman figures, as annexes are numbered where there are several (2.9)."""
    figures = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, figure in figures:
        times, number = divmod(number, value)
        written += figure * times
    return written
