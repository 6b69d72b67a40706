"""Tables to and from the plain text of a box, without loss of words and shape: one line for each row.

`| TT | Nội dung |` is a row; cells apart by bars alone are one too where there are three, lines of cells apart by tabs
(as Excel and Word copy them) where two stand under each other. A line `|---|---|` stands beneath the head of a table.
`[2 cột]`, `[3 dòng]` or `[2 cột, 3 dòng]` before the words of a cell say how much it covers, " // " breaks its line. A
backslash takes the next sign as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from directives.blocks import Block, BlockKind, Cell
from directives.html_tables import MOST_SPANNED
from directives.inline_text import read_runs, write_runs
from directives.pasted_tables import FEWEST_COLUMNS, read_text_table
from directives.table_grid import covering_cells

_BAR = "|"
_BAR_OR_KEPT = re.compile(r"\\.|\|")
_HEAD = re.compile(r"-{3,}")
_SPAN = re.compile(r"\[(?=\d)(?:(?P<columns>\d{1,3}) cột)?(?:, )?(?:(?P<rows>\d{1,3}) dòng)?\](?= |$)")
_LINE_BREAK = re.compile(r"(?:^| )//(?: |$)")
_LIKE_A_LINE_BREAK = re.compile(r"(?<!\S)//(?!\S)")
# A cell that holds tabs or line breaks stands in quotes. Nothing is tried twice: texts are long.
_TAB_CELL = r'(?>"(?:[^"]|"")*+"(?=[\t\n]|\Z)|(?:[^\t\n\\]|\\[^\n]?)*+)'
_TAB_ROW = rf"{_TAB_CELL}(?:\t{_TAB_CELL}){{{FEWEST_COLUMNS - 1},}}+"
_TAB_TABLE = re.compile(rf"^{_TAB_ROW}(?:\n{_TAB_ROW})++$", re.MULTILINE)


def write_table(table: Block) -> Iterator[str]:
    """Yield the lines of a table, the line beneath its head among them."""
    for place, row in enumerate(table.children, start=1):
        yield _in_bars(map(_written_cell, row.cells))
        if place == table.head_rows:
            yield _BAR + "---|" * len(row.cells)


def is_row(line: str) -> bool:
    """Whether a line of the box is a row of a table."""
    return line.lstrip().startswith(_BAR) or len(_pieces(line)) >= FEWEST_COLUMNS


def read_table(lines: Sequence[str], as_before: Collection[str] = ()) -> Block:
    """Read lines that are rows; a row that is shorter than the others is filled up, unless it stood so before."""
    rows: list[Block] = []
    kept: set[int] = set()
    head = 0
    for line in map(str.strip, lines):
        cells = _cells(line)
        if rows and not head and all(_HEAD.fullmatch(cell) for cell in cells):
            head = len(rows)
            continue
        if line in as_before:
            kept.add(len(rows))
        rows.append(Block(BlockKind.ROW, cells=tuple(map(_read_cell, cells))))
    return Block(BlockKind.TABLE, children=tuple(_filled_up(rows, kept)), head_rows=head)


def with_bars(text: str) -> str:
    """Return the text with the tables of cells apart by tabs, as Excel and Word copy them, written with bars."""

    def written(found: re.Match[str]) -> str:
        table = read_text_table(found[0])
        return "\n".join(write_table(table)) if table else found[0]

    return _TAB_TABLE.sub(written, text)


def without_trailing_space(written: str) -> str:
    """Return the words without the spaces at their end; one that a backslash keeps stays."""
    stripped = written.rstrip()
    backslashes = len(stripped) - len(stripped.rstrip("\\"))
    return stripped + written[len(stripped) : len(stripped) + 1] if backslashes % 2 else stripped


def _in_bars(cells: Iterable[str]) -> str:
    return f"{_BAR} {f' {_BAR} '.join(cells)} {_BAR}"


def _written_cell(cell: Cell) -> str:
    words = _LIKE_A_LINE_BREAK.sub(r"/\\/", write_runs(cell.runs)).replace("\n", " // ")
    if _SPAN.match(words) or _HEAD.fullmatch(words):
        words = "\\" + words
    spans = [f"{cell.columns} cột"] if cell.columns > 1 else []
    spans += [f"{cell.rows} dòng"] if cell.rows > 1 else []
    return f"[{', '.join(spans)}] {words}" if spans else words


def _read_cell(written: str) -> Cell:
    span = _SPAN.match(written)
    words = written[span.end() :].lstrip() if span else written
    columns, rows = (_span(span[name]) for name in ("columns", "rows")) if span else (1, 1)
    return Cell(read_runs(_LINE_BREAK.sub("\n", words)), columns, rows)


def _span(written: str | None) -> int:
    return min(max(int(written), 1), MOST_SPANNED) if written else 1


def _cells(line: str) -> list[str]:
    """The cells of a row as they are written; the bars around a row are none between cells."""
    cells = _pieces(line)
    if line.startswith(_BAR):
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1]:
        cells.pop()
    return cells


def _pieces(line: str) -> list[str]:
    bars = [found.start() for found in _BAR_OR_KEPT.finditer(line) if found[0] == _BAR]
    return [without_trailing_space(line[before + 1 : bar].lstrip()) for before, bar in pairwise([-1, *bars, len(line)])]


def _filled_up(rows: Sequence[Block], kept: Collection[int]) -> Iterator[Block]:
    covered = [len(columns) for columns in covering_cells(row.cells for row in rows)]
    for place, row in enumerate(rows):
        missing = 0 if place in kept else max(covered) - covered[place]
        yield replace(row, cells=row.cells + (Cell(),) * missing)
