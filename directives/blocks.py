"""The body of a directive: blocks in a tree, each with its marker and its runs of words."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, cast

from django.utils.translation import gettext_lazy as _

from directives.json_object import DocumentError, JsonObject, clean_text
from directives.table_grid import is_too_wide
from directives.timing import Timing, timing_of

DEEPEST_LEVEL = 12

TargetKind = Literal["organization", "group", "posts"]
TargetRole = Literal["lead", "coordinating", "informed"]
TARGET_KINDS: tuple[TargetKind, ...] = ("organization", "group", "posts")
TARGET_ROLES: tuple[TargetRole, ...] = ("lead", "coordinating", "informed")


class BlockKind(StrEnum):
    """What a block is: a plain paragraph, a heading, an item that may be an order, a table, or one row of it."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    TABLE = "table"
    ROW = "row"


class Follow(StrEnum):
    """How an item is followed: not singly, as one task with one lead, or by every unit for itself."""

    GUIDANCE = "guidance"
    TASK = "task"
    EACH = "each"


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a line of text means: an organization, a group of organizations or a group of posts, by its code."""

    kind: TargetKind
    code: str
    role: TargetRole | None = None

    @classmethod
    def from_json(cls, value: object, where: str) -> "Target":
        """Read `{"organization": "code", "role": "lead"}`; the key names the kind, the role may be left out."""
        source = JsonObject.of(value, where, required=(), optional=(*TARGET_KINDS, "role"))
        kinds = [kind for kind in TARGET_KINDS if kind in source.values]
        if len(kinds) != 1:
            raise DocumentError(where, _("must name exactly one organization, group or posts"))
        role = None if source.values.get("role") is None else source.choice("role", TARGET_ROLES)
        return cls(kind=kinds[0], code=source.text(kinds[0]), role=cast(TargetRole | None, role))

    def to_json(self) -> dict[str, Any]:
        """Write the target as it is read."""
        written: dict[str, Any] = {self.kind: self.code}
        return written if self.role is None else {**written, "role": self.role}


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one style."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False

    @classmethod
    def from_json(cls, value: object, where: str, *, line_breaks: bool = False) -> "Run":
        """Read a run; a style that is left out is plain."""
        source = JsonObject.of(value, where, required=("text",), optional=("bold", "italic", "underline"))
        text = source.text("text", line_breaks=line_breaks)
        return cls(text, source.flag("bold"), source.flag("italic"), source.flag("underline"))

    def to_json(self) -> dict[str, Any]:
        """Write the run with only those styles that it has."""
        written: dict[str, Any] = {"text": self.text}
        for style in ("bold", "italic", "underline"):
            if getattr(self, style):
                written[style] = True
        return written


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row; it covers `columns` columns and `rows` rows."""

    runs: tuple[Run, ...] = ()
    columns: int = 1
    rows: int = 1

    @property
    def text(self) -> str:
        """The words of the cell; a line break within a cell is a newline."""
        return "".join(run.text for run in self.runs)

    @classmethod
    def from_json(cls, value: object, where: str) -> "Cell":
        """Read a cell; one column and one row where nothing is said."""
        source = JsonObject.of(value, where, required=("runs",), optional=("columns", "rows"))
        return cls(
            runs=tuple(Run.from_json(entry, at, line_breaks=True) for at, entry in source.entries("runs")),
            columns=source.whole_number("columns") if "columns" in source.values else 1,
            rows=source.whole_number("rows") if "rows" in source.values else 1,
        )

    def to_json(self) -> dict[str, Any]:
        """Write the cell; a span of one is left out."""
        spans = {"columns": self.columns, "rows": self.rows}
        return {"runs": [run.to_json() for run in self.runs], **{key: span for key, span in spans.items() if span > 1}}


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of the body with what stands beneath it, or a table whose children are its rows.

    `marker` is verbatim ("1.", "(1)-", "-") or None. `task` says that the text gives an order which could be followed,
    `follow` how the drafter wants it followed (None: not chosen). `deadline` is an ISO date or a datetime; where it is
    no day, `timing` says it (directives/timing.py). `receiving_level` is who takes the product, `monitor` the sign-in
    name of the person of the issuer who follows the item. A row has `cells` and no runs. A table may have `widths`, the
    weights of its columns, and `head_rows`, the number of rows at its top that every page repeats.
    """

    kind: BlockKind
    marker: str | None = None
    runs: tuple[Run, ...] = ()
    children: tuple["Block", ...] = ()
    task: bool = False
    named_units: tuple[str, ...] = ()
    id: str | None = None
    follow: Follow | None = None
    targets: tuple[Target, ...] = ()
    deadline: str | None = None
    product: str | None = None
    timing: str | None = None
    receiving_level: str | None = None
    monitor: str | None = None
    cells: tuple[Cell, ...] = ()
    widths: tuple[int, ...] = ()
    head_rows: int = 0

    @property
    def text(self) -> str:
        """The words of this block without its marker and without its children; the cells of a row one by one."""
        if self.kind is BlockKind.ROW:
            return " | ".join(cell.text.replace("\n", " ") for cell in self.cells)
        return "".join(run.text for run in self.runs)

    @property
    def has_words(self) -> bool:
        """Whether there is something to read in it; the cells of a row may all be empty."""
        return any(cell.text.strip() for cell in self.cells) if self.kind is BlockKind.ROW else bool(self.text)

    @property
    def timed(self) -> Timing | None:
        """The deadline that is no day of the calendar, where there is one."""
        return timing_of(self.timing) if self.timing else None

    @property
    def line(self) -> str:
        """Marker and words as one line of plain text."""
        return " ".join(part for part in (self.marker, self.text) if part)

    def walk(self, ancestors: tuple["Block", ...] = ()) -> Iterator[tuple["Block", tuple["Block", ...]]]:
        """Yield this block and every block beneath it, depth first, each with its ancestors, outermost first."""
        yield self, ancestors
        for child in self.children:
            yield from child.walk((*ancestors, self))

    @classmethod
    def from_json(cls, value: object, where: str, level: int = 1) -> "Block":
        """Read a block and its children."""
        if level > DEEPEST_LEVEL:
            raise DocumentError(where, _("is nested too deeply"))
        source = JsonObject.of(
            value,
            where,
            required=("kind", "marker", "runs", "children"),
            optional=(
                "task",
                "named_units",
                "id",
                "follow",
                "targets",
                "deadline",
                "product",
                "timing",
                "receiving_level",
                "monitor",
                "cells",
                "widths",
                "head_rows",
            ),
        )
        follow = None if source.values.get("follow") is None else Follow(source.choice("follow", list(Follow)))
        block = cls(
            kind=BlockKind(source.choice("kind", list(BlockKind))),
            marker=_filled(source, "marker"),
            runs=tuple(Run.from_json(entry, at) for at, entry in source.entries("runs")),
            children=tuple(cls.from_json(entry, at, level + 1) for at, entry in source.entries("children")),
            task=source.flag("task"),
            named_units=tuple(clean_text(entry, at) for at, entry in source.entries("named_units")),
            id=_filled(source, "id"),
            follow=follow,
            targets=tuple(Target.from_json(entry, at) for at, entry in source.entries("targets")),
            deadline=_deadline(source),
            product=_filled(source, "product"),
            timing=_timing(source),
            receiving_level=_filled(source, "receiving_level"),
            monitor=_filled(source, "monitor"),
            cells=tuple(Cell.from_json(entry, at) for at, entry in source.entries("cells")),
            widths=source.whole_numbers("widths"),
            head_rows=source.whole_number("head_rows") if "head_rows" in source.values else 0,
        )
        block._refuse_misplaced_rows(where)
        return block

    def to_json(self) -> dict[str, Any]:
        """Write the block; optional facts that it does not have are left out."""
        facts: dict[str, Any] = {
            "task": self.task,
            "named_units": list(self.named_units),
            "id": self.id,
            "follow": self.follow and self.follow.value,
            "targets": [target.to_json() for target in self.targets],
            "deadline": self.deadline,
            "product": self.product,
            "timing": self.timing,
            "receiving_level": self.receiving_level,
            "monitor": self.monitor,
            "cells": [cell.to_json() for cell in self.cells],
            "widths": list(self.widths),
            "head_rows": self.head_rows,
        }
        return {
            "kind": self.kind.value,
            "marker": self.marker,
            "runs": [run.to_json() for run in self.runs],
            "children": [child.to_json() for child in self.children],
            **{key: fact for key, fact in facts.items() if fact},
        }

    def _refuse_misplaced_rows(self, where: str) -> None:
        """Rows stand in a table, a table holds nothing but rows, and only rows have cells."""
        is_table = self.kind is BlockKind.TABLE
        if any((child.kind is BlockKind.ROW) != is_table for child in self.children):
            raise DocumentError(where, _("a table holds rows, and rows stand only in a table"))
        if bool(self.cells) != (self.kind is BlockKind.ROW):
            raise DocumentError(where, _("a row has cells, and nothing else has them"))
        if (is_table or self.cells) and self.runs:
            raise DocumentError(where, _("the words of a table stand in the cells of its rows"))
        if is_table and (not self.children or self.head_rows > len(self.children)):
            raise DocumentError(where, _("a table has at least one row, and no more head rows than rows"))
        if is_table and is_too_wide([row.cells for row in self.children]):
            raise DocumentError(where, _("is a table with too many columns"))


def walk(blocks: Iterable[Block]) -> Iterator[tuple[Block, tuple[Block, ...]]]:
    """Yield these blocks and all beneath them, depth first, each with its ancestors, outermost first."""
    for block in blocks:
        yield from block.walk()


def _filled(source: JsonObject, key: str) -> str | None:
    text = source.text_or_none(key)
    if text is not None and not text.strip():
        raise DocumentError(source.path(key), _("must not be empty"))
    return text


def _deadline(source: JsonObject) -> str | None:
    written = source.text_or_none("deadline")
    if written is None:
        return None
    if not is_deadline(written):
        raise DocumentError(source.path("deadline"), _("is not a date; write it as 2026-05-27"))
    return written


def is_deadline(written: str) -> bool:
    """Whether it is a day, or a day and an hour apart by a T that is a moment everywhere on earth."""
    try:
        if "T" not in written:
            datetime.date.fromisoformat(written)
            return True
        return datetime.MINYEAR < datetime.datetime.fromisoformat(written).year < datetime.MAXYEAR
    except ValueError:
        return False


def _timing(source: JsonObject) -> str | None:
    written = source.text_or_none("timing")
    if written is None:
        return None
    if source.values.get("deadline") is not None:
        raise DocumentError(source.path("timing"), _("a deadline is a day or a timing, not both"))
    try:
        return str(timing_of(written))
    except ValueError:
        raise DocumentError(
            source.path("timing"), _("is no timing; write it as “within 10 days”, “every month on 25” or “standing”")
        ) from None
