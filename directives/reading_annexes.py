"""The text with its annexes to and from the plain text of a box.

A line `[Phụ lục] Danh mục nhiệm vụ` opens an annex, `[Phụ lục ngang] …` one whose pages lie across; " // " breaks a
title into lines. All else is as in reading_text.
"""

from __future__ import annotations

from collections.abc import Iterator

from directives.annexes import ANNEX, Annex, FullText, Orientation
from directives.blocks import Block, BlockKind, Run
from directives.reading_text import read_blocks, write_blocks

_SIGNS: dict[Orientation, str] = {"portrait": ANNEX, "landscape": f"{ANNEX} ngang"}
_ORIENTATIONS = {sign: orientation for orientation, sign in _SIGNS.items()}
_LINE_BREAK = " // "


def write_full_text(text: FullText) -> str:
    """Write text and annexes as the text of the box."""
    return write_blocks(_in_a_row(text))


def read_full_text(written: str, keep: FullText) -> FullText:
    """Read the box; blocks that come back keep what was noted on them, also when they moved to another annex."""
    body: list[Block] = []
    annexes: list[Annex] = []
    part = body
    for block in read_blocks(written, keep=tuple(_in_a_row(keep))):
        if block.marker in _ORIENTATIONS:
            part = list(block.children)
            annexes.append(Annex(block.text.replace(_LINE_BREAK, "\n"), (), _ORIENTATIONS[block.marker]))
        else:
            part.append(block)
        if annexes:
            annexes[-1] = annexes[-1].with_body(part)
    return FullText(tuple(body), tuple(annexes))


def _in_a_row(text: FullText) -> Iterator[Block]:
    yield from text.body
    for annex in text.annexes:
        title = Run(annex.title.replace("\n", _LINE_BREAK))
        yield Block(BlockKind.PARAGRAPH, _SIGNS[annex.orientation], (title,))
        yield from annex.body
