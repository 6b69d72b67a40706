"""Tables of tasks as offices write them: which column says what, and which rows are tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from directives.blocks import Block, Cell
from directives.table_grid import covering_cells
from orgs.vietnamese import fold


class Column(StrEnum):
    """What a column of a table of tasks says."""

    NUMBER = "number"
    CONTENT = "content"
    LEAD = "lead"
    COORDINATING = "coordinating"
    PRODUCT = "product"
    DEADLINE = "deadline"
    RECEIVING = "receiving"


# The first that fits the folded head counts; "cấp nhận sản phẩm" is not the product.
_HEADS = (
    (Column.NUMBER, re.compile(r"(s ?)?tt|so (tt|thu tu)")),
    (
        Column.RECEIVING,
        re.compile(r".*\b(cap (nhan|trinh|co tham quyen|tham quyen|quyet dinh)|(noi|co quan) nhan)\b.*"),
    ),
    (Column.LEAD, re.compile(r".*\b(chu tri|(co quan|don vi)( duoc giao)? thuc hien)\b.*")),
    (Column.COORDINATING, re.compile(r".*\bphoi hop\b.*")),
    (Column.PRODUCT, re.compile(r".*\b(san pham|ket qua)\b.*")),
    (Column.DEADLINE, re.compile(r".*\b(thoi (han|gian|diem)|hoan thanh|tien do)\b.*")),
    (Column.CONTENT, re.compile(r".*\b(noi dung|nhiem vu|dau viec|cong viec)\b.*")),
)
_NEEDED = {Column.CONTENT, Column.LEAD}
# A table may carry its own name in the rows above its head.
_ROWS_LOOKED_AT = 5
_LONGEST_HEAD = 80
_NUMBER_OF_A_COLUMN = re.compile(r"\(?\d{1,2}\)?")
_NUMBER_OF_A_GROUP = re.compile(r"([IVXLC]+|[A-ZĐ])[.)]?")
_AS_ABOVE = frozenset({"nt", "n t", "nhu tren", '"', "''", "〃", "”", "“"})


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A row that is a task: its number and what it says, column by column, "như trên" filled in from above."""

    row: Block
    number: str
    said: Mapping[Column, str]

    @property
    def content(self) -> str:
        """What is to be done, on one line."""
        return " ".join(self.said[Column.CONTENT].split())


@dataclass(frozen=True, slots=True)
class Heads:
    """The head of a table of tasks: the row (from 0) where it begins, the first row beneath it, and its columns."""

    first: int
    end: int
    columns: Mapping[Column, int]


def heads_of(table: Block) -> Heads | None:
    """Find the head of a table of tasks; None for any other table."""
    grid = list(covering_cells(row.cells for row in table.children))
    for first in range(min(_ROWS_LOOKED_AT, len(grid))):
        found = [(end, _columns(grid[first:end])) for end in _ends(table, grid, first)]
        end, columns = max(found, key=lambda each: len(each[1]), default=(0, {}))
        if columns.keys() >= _NEEDED:
            return Heads(first, end + _numbered_columns(grid[end : end + 1]), columns)
    return None


def task_rows(table: Block) -> list[TaskRow]:
    """The rows that are tasks, in order; headings of groups and rows without content are none."""
    heads = heads_of(table)
    if heads is None:
        return []
    found: list[TaskRow] = []
    grid = covering_cells(row.cells for row in table.children)
    above: dict[Column, str] = {}
    for place, (row, cells) in enumerate(zip(table.children, grid, strict=True)):
        if place < heads.end or _is_heading(cells, heads):
            continue
        above = dict(_said(cells, heads, above))
        if above[Column.CONTENT]:
            number = above.get(Column.NUMBER, "").rstrip(".)").strip() or str(len(found) + 1)
            found.append(TaskRow(row, number, above))
    return found


def _ends(table: Block, grid: Sequence[Mapping[int, Cell]], first: int) -> Iterator[int]:
    """Where a head that begins at `first` may end: as far as its cells reach, and one row on that has no number."""
    end = first + max(cell.rows for cell in table.children[first].cells)
    if end <= len(grid):
        yield end
    if end < len(grid) and not _words(grid[end].get(0)):
        yield end + 1


def _columns(head: Sequence[Mapping[int, Cell]]) -> dict[Column, int]:
    found: dict[Column, int] = {}
    for column in sorted({column for cells in head for column in cells}):
        named = [kind for cells in reversed(head) if (kind := _kind(_words(cells.get(column))))]
        if named:
            found.setdefault(named[0], column)
    return found


def _kind(words: str) -> Column | None:
    folded = " ".join(re.findall(r"\w+", fold(words)))
    if not folded or len(folded) > _LONGEST_HEAD:
        return None
    return next((column for column, pattern in _HEADS if pattern.fullmatch(folded)), None)


def _numbered_columns(rows: Sequence[Mapping[int, Cell]]) -> int:
    """How many rows beneath a head only number its columns: (1), (2), (3)."""
    return sum(all(_NUMBER_OF_A_COLUMN.fullmatch(_words(cell)) for cell in cells.values()) for cells in rows)


def _is_heading(cells: Mapping[int, Cell], heads: Heads) -> bool:
    """A row that only names a group: its words reach over the column of the lead, or stand alone beside "I" or "A"."""
    content, lead = (cells.get(heads.columns[column]) for column in (Column.CONTENT, Column.LEAD))
    if content is lead:
        return True
    others = {column for kind, column in heads.columns.items() if kind not in {Column.NUMBER, Column.CONTENT}}
    if any(_words(cells.get(column)) for column in others):
        return False
    number = _words(cells.get(heads.columns[Column.NUMBER])) if Column.NUMBER in heads.columns else ""
    return not number or _NUMBER_OF_A_GROUP.fullmatch(number) is not None


def _said(cells: Mapping[int, Cell], heads: Heads, above: Mapping[Column, str]) -> Iterator[tuple[Column, str]]:
    for kind, column in heads.columns.items():
        words = _words(cells.get(column))
        as_above = " ".join(re.findall(r"\w+|[\"'〃”“]+", fold(words))) in _AS_ABOVE
        yield kind, above.get(kind, "") if as_above else words


def _words(cell: Cell | None) -> str:
    return cell.text.strip() if cell else ""
