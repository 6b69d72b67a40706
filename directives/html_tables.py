"""Tables of any HTML as rows of cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from directives.blocks import Cell, Run
from directives.html_lines import HtmlLine, HtmlTag
from directives.table_grid import is_too_wide

MOST_SPANNED = 100

CleanRuns = Callable[[Iterable[Run]], tuple[Run, ...]]


def rows_of(lines: Iterable[HtmlLine], clean: CleanRuns) -> Iterator[tuple[HtmlTag | None, tuple[Cell, ...]]]:
    """Yield each row of a table that has cells, with its tag and its cells; `clean` is given the runs of each line.

    In a table that its spans make too wide no cell spans others.
    """
    of_cells = (line for line in lines if line.cell is not None)
    rows = [
        (row, tuple(_cell(cell, of_cell, clean) for cell, of_cell in groupby(group, key=lambda line: line.cell)))
        for row, group in groupby(of_cells, key=lambda line: line.row)
    ]
    if is_too_wide([cells for _row, cells in rows]):
        rows = [(row, tuple(Cell(cell.runs) for cell in cells)) for row, cells in rows]
    yield from rows


def _cell(tag: HtmlTag | None, lines: Iterable[HtmlLine], clean: CleanRuns) -> Cell:
    runs: list[Run] = []
    for place, line in enumerate(lines):
        runs += ([Run("\n")] if place else []) + list(clean(line.runs))
    attributes = tag.attributes if tag else {}
    return Cell(tuple(runs), _span(attributes.get("colspan", "")), _span(attributes.get("rowspan", "")))


def _span(written: str) -> int:
    return min(max(int(written), 1), MOST_SPANNED) if re.fullmatch(r"[0-9]{1,4}", written) else 1
