"""Paragraphs and tables of a Word file as blocks of the text, each on its level."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from directives.blocks import Block, BlockKind, Cell, Run
from directives.flat_blocks import FlatBlock, nested
from directives.inline_text import merged
from directives.markers import level_by_marker, marker_at_start
from directives.reading.parts import Paragraph, Table, TableCell

_NAMED = re.compile(r"(?i:phần|chương|mục|điều)\s+(?:thứ\s+)?[\wIVXLC]+\.?")
_BULLETS = frozenset("•·∙●○◦▪▫■□–—−\uf0b7\uf0a7\uf0d8\uf0fc\uf02d")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the text while its place is being found; `depth` is how many headings stand above a heading."""

    kind: BlockKind
    marker: str | None
    runs: tuple[Run, ...]
    depth: int = 0

    @property
    def heading(self) -> bool:
        """Whether it is one."""
        return self.kind is BlockKind.HEADING

    def block(self) -> Block:
        """The block without what stands beneath it."""
        return Block(self.kind, self.marker, self.runs)


def blocks_of(parts: Iterable[Line | Table]) -> tuple[Block, ...]:
    """The tree of these lines and tables: a heading by Word's own outline, beneath it what follows, by its markers.

    The file does not tell a paragraph that goes on an item from one that follows it; it is taken for the latter.
    """
    return nested(_placed(parts))


def line_of(paragraph: Paragraph, kind: BlockKind | None = None, depth: int = 0) -> Line:
    """The paragraph with its marker apart: what Word counts or its words begin with; without a kind, by the marker."""
    runs = on_one_line(paragraph.runs)
    marker = paragraph.marker or None
    if marker is None and kind is not BlockKind.PARAGRAPH:
        marker = _marker_before("".join(run.text for run in runs), kind)
        runs = words_after(len(marker or ""), runs)
    if marker and marker in _BULLETS:
        marker = "-"
    return Line(kind or (BlockKind.ITEM if marker else BlockKind.PARAGRAPH), marker, runs, depth)


def without_bold(line: Line) -> Line:
    """A heading is bold by itself."""
    return replace(line, runs=merged(replace(run, bold=False) for run in line.runs))


def _placed(parts: Iterable[Line | Table]) -> Iterator[FlatBlock]:
    path: list[Line] = []
    for part in parts:
        if isinstance(part, Table):
            path = [line for line in path if line.heading]
            yield FlatBlock(len(path), _table(part))
            continue
        above = sum(line.heading or (_is_article(line) and not _is_article(part)) for line in path)
        if part.heading:
            above = min(part.depth, above)
        level = max(level_by_marker(part, path), above)
        path[level:] = [part]
        yield FlatBlock(level, part.block())


def _is_article(line: Line) -> bool:
    """A điều holds all that follows it, as a heading does."""
    return not line.heading and (line.marker or "").casefold().startswith("điều")


def _marker_before(words: str, kind: BlockKind | None) -> str | None:
    named = _NAMED.match(words) if kind is BlockKind.HEADING else None
    if named:
        return named[0]
    return marker_at_start(words) or (words[0] if words[:1] in _BULLETS else None)


def words_after(length: int, runs: Sequence[Run]) -> tuple[Run, ...]:
    """The words behind this many letters and the space that follows them."""
    left = length
    kept: list[Run] = []
    for run in runs:
        text, left = run.text[left:], max(0, left - len(run.text))
        kept.append(replace(run, text=text if kept and kept[-1].text else text.lstrip()))
    return merged(kept)


def on_one_line(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The words without line breaks, which only cells may hold."""
    return merged(replace(run, text=re.sub(r"\s*\n\s*", " ", run.text)) for run in runs)


def _table(table: Table) -> Block:
    rows = tuple(
        Block(BlockKind.ROW, cells=tuple(_cell(cell, is_head=at < table.head_rows) for cell in row))
        for at, row in enumerate(table.rows)
    )
    return Block(BlockKind.TABLE, children=rows, head_rows=table.head_rows)


def _cell(cell: TableCell, *, is_head: bool) -> Cell:
    """The paragraphs of a cell under each other; the head of a table is bold by itself."""
    runs: list[Run] = []
    for paragraph in cell.paragraphs:
        words = [replace(run, bold=run.bold and not is_head) for run in paragraph.runs]
        if paragraph.marker:
            words.insert(0, Run(f"{paragraph.marker} "))
        if words and runs:
            runs.append(Run("\n"))
        runs += words
    return Cell(merged(runs), cell.columns, cell.rows)
