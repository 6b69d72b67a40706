"""Finds in a text that was read again the blocks that were there before, so that what was noted on them is not lost."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from directives.blocks import Block, BlockKind
from directives.inline_text import merged

# Half of the words the same: a reworded order, not another one.
_STILL_THE_SAME_ORDER = 0.5


def keep_facts(blocks: tuple[Block, ...], keep: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with the facts of those in `keep` that they continue.

    Same words and marker: everything is kept. Reworded in the same place: the id, and while half of the words are still
    the same also how it is followed, by whom, until when; named units only as far as the new words still name them.
    """
    read = [block for top in blocks for block, _ancestors in top.walk()]
    known = [block for top in keep for block, _ancestors in top.walk()]
    continued = _continued(read, known)
    order = iter(range(len(read)))

    def with_facts(block: Block) -> Block:
        before = continued.get(next(order))
        children = tuple(with_facts(child) for child in block.children)
        return replace(block if before is None else _continuing(block, before), children=children)

    return tuple(with_facts(block) for block in blocks)


def _continued(read: Sequence[Block], known: Sequence[Block]) -> dict[int, Block]:
    matcher = SequenceMatcher(None, [_key(block) for block in known], [_key(block) for block in read], autojunk=False)
    pairs: dict[int, Block] = {}
    for tag, known_from, known_to, read_from, read_to in matcher.get_opcodes():
        if tag in {"equal", "replace"}:
            pairs.update(zip(range(read_from, read_to), known[known_from:known_to], strict=False))
    return {place: before for place, before in pairs.items() if _table_part(before) == _table_part(read[place])}


def _key(block: Block) -> tuple[BlockKind | None, str | None, str]:
    words = "".join(run.text for run in merged(block.runs))
    return _table_part(block), block.marker, block.text if block.kind is BlockKind.ROW else words


def _table_part(block: Block) -> BlockKind | None:
    """A paragraph never continues a table or a row."""
    return block.kind if block.kind in {BlockKind.TABLE, BlockKind.ROW} else None


def _continuing(block: Block, before: Block) -> Block:
    if not _same_order(block, before):
        return replace(block, id=before.id)
    # A heading is visible in the box; whether other blocks are items is not, so it is kept.
    visible = BlockKind.HEADING in {block.kind, before.kind}
    return replace(
        before,
        kind=block.kind if visible else before.kind,
        marker=block.marker,
        runs=before.runs if merged(before.runs) == block.runs else block.runs,
        named_units=tuple(_still_named(block, before)),
    )


def _same_order(block: Block, before: Block) -> bool:
    if _key(block) == _key(before):
        return True
    return (
        SequenceMatcher(None, before.text.split(), block.text.split(), autojunk=False).ratio() >= _STILL_THE_SAME_ORDER
    )


def _still_named(block: Block, before: Block) -> Iterator[str]:
    same_words = _key(block) == _key(before)
    return (unit for unit in before.named_units if same_words or unit in block.text)
