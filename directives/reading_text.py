"""The body of a directive to and from the plain text of a box, without loss of words, markers and levels.

One line is one block; blank lines do not count. A line may begin with a marker (`I-` `I.` `1.` `1-` `1.1.` `(1)-`
`(1)` `a)` `a-` `-` `+` `*`); any other marker stands in square brackets. `# ` makes a heading. Two spaces at the start
are one level; a line without them finds its level by its marker ("-" goes under "1."), unless `< ` says that it stands
at the margin. A backslash takes the next sign as it is. A table is one line that begins with its place among the
tables, `[|1|]`; it stays as it was.
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

_STEP = "  "
_MARGIN = "<"
_HEADING = "#"
_BRACKETED = re.compile(r"\[((?:\\.|[^\]\\])*)\]")
_TABLE = re.compile(r"\|([0-9]{1,3})\|")
_SIGN = re.compile(r"[<#](?=\s|$)|\[")


@dataclass(slots=True)
class _Line:
    """One line of the box while its place in the tree is being found."""

    level: int
    heading: bool
    marker: str | None
    runs: tuple[Run, ...]
    children: list["_Line"] = field(default_factory=list)
    table: Block | None = None

    def block(self) -> Block:
        if self.table is not None:
            return self.table
        kind = BlockKind.HEADING if self.heading else BlockKind.ITEM if self.marker else BlockKind.PARAGRAPH
        return Block(kind, self.marker, self.runs, tuple(child.block() for child in self.children))


def write_blocks(blocks: Iterable[Block]) -> str:
    """Write blocks as the text of the box, a blank line between the outermost ones."""
    written: list[str] = []
    path: list[_Line] = []
    tables = 0
    for flat in flattened(blocks):
        block, level = flat.block, flat.level
        if block.kind is BlockKind.TABLE:
            tables += 1
            block = _named_table(block, tables)
        line = _Line(level, block.kind is BlockKind.HEADING, block.marker, ())
        at_margin = level == 0 and level_by_marker(line, path) > 0
        path[level:] = [line]
        written.append(("" if level or not written else "\n") + _written(block, level, at_margin=at_margin))
    return "\n".join(written)


def read_blocks(text: str, keep: Sequence[Block] = ()) -> tuple[Block, ...]:
    """Read the text of the box as blocks.

    Blocks of `keep` that come back with the same words and marker keep their id and all that was noted on them; a block
    that was reworded in its place keeps its id.
    """
    outermost: list[_Line] = []
    path: list[_Line] = []
    tables = dict(enumerate((block for block, _above in walk(keep) if block.kind is BlockKind.TABLE), start=1))
    for written in unicodedata.normalize("NFC", printable(text)).splitlines():
        if not written.strip():
            continue
        line = _read_line(written, path)
        line.table = _table_named(line.marker, tables)
        (path[line.level - 1].children if line.level else outermost).append(line)
        path[line.level :] = [] if line.table else [line]
    return keep_facts(tuple(line.block() for line in outermost), keep)


def _named_table(table: Block, place: int) -> Block:
    """What stands in the box for a table: its place, and its first words to know it by."""
    return Block(BlockKind.PARAGRAPH, f"|{place}|", (Run(table.children[0].text),))


def _table_named(marker: str | None, tables: dict[int, Block]) -> Block | None:
    """The table of this place; it is taken once, a second line that names it stays a line."""
    named = _TABLE.fullmatch(marker or "")
    return tables.pop(int(named[1]), None) if named else None


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
    return "[" + re.sub(r"([\\\]])", r"\\\1", marker) + "]"


def _read_line(written: str, path: Sequence[_Line]) -> _Line:
    rest = _without_trailing_space(written.lstrip(" \t"))
    indent = written[: len(written) - len(written.lstrip(" \t"))].expandtabs(len(_STEP))
    at_margin, rest = _sign(rest, _MARGIN)
    heading, rest = _sign(rest, _HEADING)
    marker, rest = _marker(rest)
    line = _Line(0, heading, marker, read_runs(rest))
    if not at_margin:
        level = len(indent) // len(_STEP)
        line.level = min(level, len(path), DEEPEST_LEVEL - 1) if level else level_by_marker(line, path)
    return line


def _without_trailing_space(rest: str) -> str:
    stripped = rest.rstrip()
    backslashes = len(stripped) - len(stripped.rstrip("\\"))
    return stripped + rest[len(stripped) : len(stripped) + 1] if backslashes % 2 else stripped


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
