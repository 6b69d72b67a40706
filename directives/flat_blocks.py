"""The body as the editor holds it: a row of blocks with levels, from which the tree follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from directives.blocks import DEEPEST_LEVEL, Block, BlockKind


@dataclass(frozen=True, slots=True)
class FlatBlock:
    """A block without what stands beneath it, a table with its rows; and its level from 0 on."""

    level: int
    block: Block


@dataclass(slots=True)
class _Growing:
    block: Block
    children: list[_Growing] = field(default_factory=list)

    def grown(self) -> Block:
        children = tuple(child.grown() for child in self.children)
        return replace(self.block, children=(*self.block.children, *children))


def flattened(blocks: Iterable[Block], level: int = 0) -> Iterator[FlatBlock]:
    """Yield every block in reading order, each without its children; the rows of a table stay within it."""
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            yield FlatBlock(level, block)
            continue
        yield FlatBlock(level, replace(block, children=()))
        yield from flattened(block.children, level + 1)


def nested(row: Iterable[FlatBlock]) -> tuple[Block, ...]:
    """Return the tree: a block stands beneath the last one of an outer level; a level that skips one is mended."""
    outermost: list[_Growing] = []
    path: list[_Growing] = []
    for flat in row:
        level = max(0, min(flat.level, len(path), DEEPEST_LEVEL - 1))
        growing = _Growing(flat.block)
        (path[level - 1].children if level else outermost).append(growing)
        # Nothing but its rows stands beneath a table.
        path[level:] = [] if flat.block.kind is BlockKind.TABLE else [growing]
    return tuple(growing.grown() for growing in outermost)
