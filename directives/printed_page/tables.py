"""Tables of the body and of annexes."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from directives.blocks import Block, Run
from directives.printed_page.parts import PrintedBlock, PrintedCell, PrintedLine, PrintedRow
from directives.table_grid import placed_cells

# Figures, dates and short codes stand in the middle of their column; words begin at its left.
_FIGURE = re.compile(r"[\d.,:;/%+–\-\s]*|.{0,5}")
_WORDS_OF_A_PLACE = 40
_LONGEST_HEAD = 300

Runs = Callable[[Iterable[Run]], Iterator[PrintedLine]]


def printed_table(table: Block, place: str, runs_of: Runs, *, closing: bool) -> PrintedBlock:
    """Return a table with its head rows apart; one that closes the body keeps its last rows with the signature."""
    printed = [_row(row, place, runs_of) for row in table.children]
    repeated = table.head_rows if _may_repeat(printed, table.head_rows) else 0
    return PrintedBlock(
        style="grid closing" if closing else "grid",
        place=place,
        head=tuple(printed[:repeated]),
        rows=tuple(_figures_in_the_middle(printed[repeated:])),
        columns=tuple(map(float, table.widths)),
    )


def _may_repeat(rows: list[PrintedRow], head_rows: int) -> bool:
    """A head without rows beneath it, or one so long that it leaves them no room, is printed once like any row."""
    longest = max((len(cell.text) for row in rows[:head_rows] for cell in row.cells), default=0)
    return head_rows < len(rows) and longest <= _LONGEST_HEAD


def placed_rows(rows: Iterable[PrintedRow]) -> Iterator[tuple[PrintedRow, list[tuple[int, PrintedCell]]]]:
    """Yield each row with its cells and the column (from 0) where each begins."""
    printed = list(rows)
    return zip(printed, placed_cells(row.cells for row in printed), strict=True)


def _row(row: Block, table_place: str, runs_of: Runs) -> PrintedRow:
    cells = tuple(PrintedCell(tuple(runs_of(cell.runs)), cell.columns, cell.rows) for cell in row.cells)
    return PrintedRow(cells, row.id or f"{table_place} {row.text[:_WORDS_OF_A_PLACE]}".strip())


def _figures_in_the_middle(rows: list[PrintedRow]) -> Iterator[PrintedRow]:
    """Centre the columns that hold nothing but figures."""
    placed = list(placed_rows(rows))
    wordy = {column for _row, cells in placed for column, cell in cells if not _FIGURE.fullmatch(cell.text)}
    for row, cells in placed:
        yield replace(
            row,
            cells=tuple(cell if column in wordy else replace(cell, style="middle") for column, cell in cells),
        )
