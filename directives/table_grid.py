"""Where the cells of a table stand: the column of each, beside and beneath cells that span several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar


class Spanning(Protocol):
    """What a cell must say of itself."""

    @property
    def columns(self) -> int: ...

    @property
    def rows(self) -> int: ...


SpanningCell = TypeVar("SpanningCell", bound=Spanning)

MOST_COLUMNS = 200
"""No table of an office has so many; cells that span push those beneath them aside, row after row."""


def is_too_wide(rows: Sequence[Sequence[SpanningCell]]) -> bool:
    """Whether cells that span make the table wider than its longest row of single cells, or than any table is."""
    most = max([MOST_COLUMNS, *map(len, rows)])
    if any(sum(cell.columns for cell in row) > most for row in rows):
        return True
    return any(column + cell.columns > most for placed in placed_cells(rows) for column, cell in placed)


def placed_cells(rows: Iterable[Sequence[SpanningCell]]) -> Iterator[list[tuple[int, SpanningCell]]]:
    """Yield for each row its cells and the column (from 0) where each begins, beside cells that reach down into it."""
    covered: dict[int, int] = {}
    for row in rows:
        below = {column: left - 1 for column, left in covered.items() if left > 1}
        column, placed = 0, []
        for cell in row:
            while column in covered:
                column += 1
            placed.append((column, cell))
            if cell.rows > 1:
                below |= dict.fromkeys(range(column, column + cell.columns), cell.rows - 1)
            column += cell.columns
        yield placed
        covered = below


def covering_cells(rows: Iterable[Sequence[SpanningCell]]) -> Iterator[dict[int, SpanningCell]]:
    """Yield for each row the cell that covers each column, its own or one from above or from the left."""
    reaching: dict[int, tuple[SpanningCell, int]] = {}
    for placed in placed_cells(rows):
        reaching = {column: (cell, left - 1) for column, (cell, left) in reaching.items() if left > 1}
        for first, cell in placed:
            reaching |= dict.fromkeys(range(first, first + cell.columns), (cell, cell.rows))
        yield {column: cell for column, (cell, _left) in reaching.items()}
