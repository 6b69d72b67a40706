"""The body of a directive to and from the plain text of a box, without loss of words, markers and levels.

One line is one block; blank lines do not count. A line may begin with a marker (`I-` `I.` `1.` `1-` `1.1.` `(1)-`
`(1)` `a)` `a-` `-` `+` `*`); any other marker stands in square brackets. `# ` makes a heading. Two spaces at the start
are one level; a line without them finds its level by its marker ("-" goes under "1."), unless `< ` says that it stands
at the margin. A backslash takes the next sign as it is. Lines of cells under each other are a table
(reading_tables.py); a blank line ends it.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from directives.block_alignment import keep_facts
from directives.blocks import DEEPEST_LEVEL, Block, BlockKind, Run, walk
from directives.flat_blocks import flattened
from directives.inline_text import printable, read_runs, write_runs
from directives.markers import is_marker, level_by_marker, marker_at_start
from directives.reading_tables import is_row, read_table, with_bars, without_trailing_space, write_table

_STEP = "  "
_MARGIN = "<"
_HEADING = "#"
_BRACKETED = re.compile(r"\[((?:\\.|[^\]\\])*)\]")
_SIGN = re.compile(r"[<#](?=\s|$)|\[")


@dataclass(slots=True)
class _Line:
    """One line of the box, or the lines of one table, while its place in the tree is being found."""

    level: int
    heading: bool
    marker: str | None
    runs: tuple[Run, ...]
    children: list["_Line"] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)

    def block(self, rows_before: frozenset[str]) -> Block:
        """The block with what stands beneath it; `rows_before` are rows of tables that stand as they stood before."""
        if self.rows:
            return read_table(self.rows, rows_before)
        kind = BlockKind.HEADING if self.heading else BlockKind.ITEM if self.marker else BlockKind.PARAGRAPH
        return Block(kind, self.marker, self.runs, tuple(child.block(rows_before) for child in self.children))


def write_blocks(blocks: Iterable[Block]) -> str:
    """Write blocks as the text of the box, a blank line between the outermost ones and between two tables."""
    written: list[str] = []
    path: list[_Line] = []
    after_table = False
    for flat in flattened(blocks):
        block, level = flat.block, flat.level
        is_table = block.kind is BlockKind.TABLE
        if written and (level == 0 or (is_table and after_table)):
            written.append("")
        after_table = is_table
        if is_table:
            path[level:] = []
            written += (_STEP * level + row for row in write_table(block))
            continue
        line = _Line(level, block.kind is BlockKind.HEADING, block.marker, ())
        at_margin = level == 0 and level_by_marker(line, path) > 0
        path[level:] = [line]
        written.append(_written(block, level, at_margin=at_margin))
    return "\n".join(written)


def read_blocks(text: str, keep: Sequence[Block] = ()) -> tuple[Block, ...]:
    """Read the text of the box as blocks.

    Blocks of `keep` that come back with the same words and marker keep their id and all that was noted on them; a block
    that was reworded in its place keeps its id.
    """
    outermost: list[_Line] = []
    path: list[_Line] = []
    table: _Line | None = None
    for written in with_bars("\n".join(unicodedata.normalize("NFC", printable(text)).splitlines())).split("\n"):
        if table and is_row(written):
            table.rows.append(written)
            continue
        table = None
        if not written.strip():
            continue
        line = _read_line(written, path)
        table = line if line.rows else None
        (path[line.level - 1].children if line.level else outermost).append(line)
        path[line.level :] = [] if line.rows else [line]
    rows_before = _rows_of_tables(keep)
    return keep_facts(tuple(line.block(rows_before) for line in outermost), keep)


def _rows_of_tables(blocks: Iterable[Block]) -> frozenset[str]:
    tables = (block for block, _above in walk(blocks) if block.kind is BlockKind.TABLE)
    return frozenset(row for table in tables for row in write_table(table))


def _written(block: Block, level: int, *, at_margin: bool) -> str:
    words = write_runs(block.runs)
    parts = [_MARGIN] if at_margin else []
    if block.kind is BlockKind.HEADING:
        parts.append(_HEADING)
    if block.marker:
        parts.append(block.marker if is_marker(block.marker) else _in_brackets(block.marker))
    elif _SIGN.match(words) or marker_at_start(words):
        words = "\\" + words
    # A block without words and signs must still be a line of its own.
    return _STEP * level + (" ".join(part for part in (*parts, words) if part) or "\\")


def _in_brackets(marker: str) -> str:
    return "[" + re.sub(r"([\\\]|\t])", r"\\\1", marker) + "]"


def _read_line(written: str, path: Sequence[_Line]) -> _Line:
    rest = without_trailing_space(written.lstrip(" \t"))
    indent = written[: len(written) - len(written.lstrip(" \t"))].expandtabs(len(_STEP))
    level = min(len(indent) // len(_STEP), len(path), DEEPEST_LEVEL - 1)
    if is_row(written):
        return _Line(level, False, None, (), rows=[written])
    at_margin, rest = _sign(rest, _MARGIN)
    heading, rest = _sign(rest, _HEADING)
    marker, rest = _marker(rest)
    line = _Line(0, heading, marker, read_runs(rest))
    if not at_margin:
        line.level = level or level_by_marker(line, path)
    return line


def _sign(rest: str, sign: str) -> tuple[bool, str]:
    if rest == sign or (rest.startswith(sign) and rest[1].isspace()):
        return True, rest[1:].lstrip()
    return False, rest


def _marker(rest: str) -> tuple[str | None, str]:
    known = marker_at_start(rest)
    if known:
        return known, rest[len(known) :].lstrip()
    bracketed = _BRACKETED.match(rest)
    if bracketed and bracketed[1].strip():
        return re.sub(r"\\(.)", r"\1", bracketed[1]), rest[bracketed.end() :].lstrip()
    return None, rest
