"""Tables on the clipboard: cells apart by tabs as blocks, and a table of tasks as an annex."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace

from directives.annexes import Annex
from directives.blocks import Block, BlockKind, Cell, Run, walk
from directives.inline_text import merged, printable
from directives.task_columns import Heads, heads_of

FEWEST_COLUMNS = 3
"""With fewer, lines with a tab are markers and their words rather than a table."""
TITLE = "Danh mục nhiệm vụ"
# A name of a table is short; longer text above it is text.
_MOST_LINES_ABOVE = 4
# The page itself writes the number of an annex and what it belongs to.
_PRINTED_BY_ITSELF = re.compile(r"phụ lục[\s\dIVX.:]*|\(?\s*kèm theo.*|[-–—_*\s]*", re.IGNORECASE)


def read_text_table(text: str) -> Block | None:
    """Read lines of cells apart by tabs, as Excel gives them; None where they are no table."""
    try:
        lines = list(csv.reader(io.StringIO(text), dialect="excel-tab"))
    except csv.Error:
        return None
    filled = [line for line in lines if any(cell.strip() for cell in line)]
    columns = max(map(len, filled), default=0)
    if columns < FEWEST_COLUMNS or 2 * sum(len(line) > 1 for line in filled) < len(filled):
        return None
    rows = (line + [""] * (columns - len(line)) for line in filled)
    return Block(BlockKind.TABLE, children=tuple(Block(BlockKind.ROW, cells=tuple(map(_cell, row))) for row in rows))


def annex_of(pasted: Sequence[Block]) -> Annex | None:
    """The annex that a pasted table of tasks makes, at most with its name above it; None for anything else."""
    blocks = [block for block, _above in walk(pasted) if block.kind is not BlockKind.ROW]
    if [block.kind for block in blocks].count(BlockKind.TABLE) != 1 or len(blocks) > _MOST_LINES_ABOVE + 1:
        return None
    *above, table = blocks
    heads = heads_of(table)
    if heads is None:
        return None
    names = [*(block.line for block in above), *(_words(row) for row in table.children[: heads.first])]
    title = "\n".join(name for name in names if not _PRINTED_BY_ITSELF.fullmatch(name))
    return Annex(title or TITLE, (_without_name(table, heads),), "landscape")


def _without_name(table: Block, heads: Heads) -> Block:
    rows = list(table.children[heads.first :])
    while not _words(rows[-1]):
        rows.pop()
    return replace(table, children=tuple(rows), head_rows=heads.end - heads.first)


def _words(row: Block) -> str:
    return " ".join(cell.text.strip() for cell in row.cells if cell.text.strip())


def _cell(written: str) -> Cell:
    lines = (" ".join(printable(line).split()) for line in written.splitlines())
    return Cell(merged([Run("\n".join(filter(None, lines)))]))
