"""What is pasted from Word, LibreOffice or a web page, as blocks: words, markers, levels and styles.

All else is dropped. A marker that a list counts by itself becomes verbatim, as it will stand on the paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from directives.blocks import DEEPEST_LEVEL, Block, BlockKind, Run
from directives.flat_blocks import FlatBlock, nested
from directives.html_lines import HtmlLine, lines_of
from directives.html_tables import rows_of
from directives.inline_text import merged, printable
from directives.markers import is_marker, level_by_marker, marker_at_start

# A newline is the break within a cell and stays.
_SPACES = re.compile(r"[^\S\n]+")
# Shapes of bullets, and the letters of Word's symbol fonts that look like one.
_BULLETS = frozenset("•·∙●○◦▪▫■□§oüØv–—−\uf0b7\uf0a7\uf0d8\uf0fc\uf02d")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of what was pasted while its place is being found; `depth` is what its list says, 0 outside of lists."""

    heading: bool
    marker: str | None
    runs: tuple[Run, ...]
    depth: int

    def block(self) -> Block:
        kind = BlockKind.HEADING if self.heading else BlockKind.ITEM if self.marker else BlockKind.PARAGRAPH
        return Block(kind, self.marker, self.runs)


def read_pasted(html: str) -> tuple[Block, ...]:
    """Read the HTML of the clipboard as blocks without ids; a table of one column is taken for lines."""
    return nested(_placed(lines_of(html)))


def _placed(lines: Iterable[HtmlLine]) -> Iterator[FlatBlock]:
    path: list[_Line] = []
    for table, group in groupby(lines, key=lambda line: line.table):
        found = list(group)
        if table is not None and any(len(cells) > 1 for _row, cells in rows_of(found, _collapsed)):
            path = []
            yield FlatBlock(0, _table(found))
            continue
        for line in filter(None, map(_line, found)):
            level = level_by_marker(line, path)
            if line.depth > 1:
                level = max(level, min(line.depth - 1, len(path), DEEPEST_LEVEL - 1))
            path[level:] = [line]
            yield FlatBlock(level, line.block())


def _table(lines: Iterable[HtmlLine]) -> Block:
    rows = tuple(Block(BlockKind.ROW, cells=cells) for _row, cells in rows_of(lines, _collapsed))
    head = all(run.bold for cell in rows[0].cells for run in cell.runs) and len(rows) > 1
    return Block(BlockKind.TABLE, children=rows, head_rows=1 if head else 0)


def _line(found: HtmlLine) -> _Line | None:
    runs = _collapsed(found.runs)
    own = _SPACES.sub(" ", found.marker).strip()
    marker = _known(own, found.depth)
    if own and marker is None:
        # A number of a shape that no office writes stays as words.
        runs = _collapsed([Run(own + " "), *runs])
    if not runs and marker is None:
        return None
    in_words = marker_at_start(_text(runs)) if marker is None else None
    bullet = None if marker or in_words else _bullet_at_start(_text(runs))
    if in_words or bullet:
        runs = _collapsed(_cut(runs, len(in_words or bullet or "")))
        marker = in_words or "-"
    return _Line(found.tag.name in _HEADINGS, marker, runs, found.depth)


def _known(written: str, depth: int) -> str | None:
    if written in _BULLETS or (len(written) == 1 and "\uf000" <= written <= "\uf0ff"):
        return "-" if depth < 2 else "+"
    return written if is_marker(written) else None


def _bullet_at_start(text: str) -> str | None:
    found = re.match(r"[•·●▪–—](?=\s)", text)
    return found[0] if found else None


def _text(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


def _cut(runs: Iterable[Run], letters: int) -> Iterator[Run]:
    """The runs without their first letters."""
    for run in runs:
        kept = run.text[letters:]
        letters = max(0, letters - len(run.text))
        yield Run(kept, run.bold, run.italic, run.underline)


def _collapsed(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs with single spaces between words and none at the ends, as a browser shows them."""
    kept: list[Run] = []
    after_space = True
    for run in runs:
        text = _SPACES.sub(" ", printable(run.text))
        if after_space:
            text = text.lstrip(" ")
        if text:
            after_space = text.endswith(" ")
            kept.append(Run(text, run.bold, run.italic, run.underline))
    while kept and not kept[-1].text.rstrip(" "):
        kept.pop()
    if kept:
        last = kept[-1]
        kept[-1] = Run(last.text.rstrip(" "), last.bold, last.italic, last.underline)
    return merged(kept)
