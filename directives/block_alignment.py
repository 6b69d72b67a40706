"""Finds in a text that was read again the blocks that were there before, so that what was noted on them is not lost."""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from directives.blocks import Block, BlockKind, Cell
from directives.inline_text import merged
from directives.table_grid import covering_cells

# Half of the words the same: a reworded order, not another one.
_STILL_THE_SAME_ORDER = 0.5
# A text that was written wholly anew is taken line by line.
_MOST_COMPARED = 10_000


def keep_facts(blocks: tuple[Block, ...], keep: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with the facts of those in `keep` that they continue.

    Same words and marker: everything is kept, also where a line moved. Reworded in the same place: the id, and while
    half of the words are still the same also how it is followed, by whom, until when; named units only as far as the
    new words still name them. A table is the one with which it has most rows in common.
    """
    read = [block for top in blocks for block, _ancestors in top.walk()]
    known = [block for top in keep for block, _ancestors in top.walk()]
    continued = _Pairs(read, known).found()
    order = iter(range(len(read)))

    def with_facts(block: Block) -> Block:
        before = continued.get(next(order))
        children = tuple(with_facts(child) for child in block.children)
        return replace(block if before is None else _continuing(block, known[before]), children=children)

    return tuple(with_facts(block) for block in blocks)


class _Pairs:
    """Which block that was read continues which one that was known; each is named by its place."""

    def __init__(self, read: Sequence[Block], known: Sequence[Block]) -> None:
        self._read, self._known = read, known
        self._keys = [_key(block) for block in read]
        self._known_keys = [_key(block) for block in known]
        self._pairs: dict[int, int] = {}
        self._taken: set[int] = set()

    def found(self) -> dict[int, int]:
        """The place of the known block for each block that continues one."""
        self._align(_outside_of_tables(self._read), _outside_of_tables(self._known))
        for place, before in list(self._pairs.items()):
            if self._read[place].kind is BlockKind.TABLE:
                self._align(_rows_of(self._read, place), _rows_of(self._known, before))
        # A row may have moved to another table.
        self._pair_moved(range(len(self._read)), range(len(self._known)))
        return self._pairs

    def _align(self, read: Sequence[int], known: Sequence[int]) -> None:
        before, after = [self._known_keys[place] for place in known], [self._keys[place] for place in read]
        stretches = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        for tag, known_from, known_to, read_from, read_to in stretches:
            if tag == "equal":
                self._pair_in_order(read[read_from:read_to], known[known_from:known_to])
        self._pair_moved(read, known)
        self._pair_tables(read, known)
        for tag, known_from, known_to, read_from, read_to in stretches:
            if tag == "replace":
                self._pair_alike(read[read_from:read_to], known[known_from:known_to])
                self._pair_in_order(read[read_from:read_to], known[known_from:known_to])

    def _pair_in_order(self, read: Sequence[int], known: Sequence[int]) -> None:
        waiting = [place for place in read if place not in self._pairs]
        left = [place for place in known if place not in self._taken]
        for place, before in zip(waiting, left, strict=False):
            self._pair(place, before)

    def _pair_moved(self, read: Sequence[int], known: Sequence[int]) -> None:
        """What stands once now and stood once before is the same, wherever it stands."""
        stood = _standing_once(self._known_keys, known)
        for key, place in _standing_once(self._keys, read).items():
            if key in stood:
                self._pair(place, stood[key])

    def _pair_tables(self, read: Sequence[int], known: Sequence[int]) -> None:
        tables = {place: _row_keys(self._known[place]) for place in known if place not in self._taken}
        in_common = [
            (len(_row_keys(self._read[place]) & rows), place, before)
            for place in read
            if place not in self._pairs
            for before, rows in tables.items()
        ]
        for count, place, before in sorted(in_common, key=lambda each: -each[0]):
            if count:
                self._pair(place, before)

    def _pair_alike(self, read: Sequence[int], known: Sequence[int]) -> None:
        """Of several lines that were reworded or taken out each goes on in the one that says most of its words."""
        if len(read) * len(known) > _MOST_COMPARED:
            return
        words = {place: Counter(_all_words(self._read[place])) for place in read if place not in self._pairs}
        words_before = {place: Counter(_all_words(self._known[place])) for place in known if place not in self._taken}
        shares = [
            (2 * (own & other).total() / max((own + other).total(), 1), place, before)
            for place, own in words.items()
            for before, other in words_before.items()
        ]
        for share, place, before in sorted(shares, key=lambda each: -each[0]):
            if share >= _STILL_THE_SAME_ORDER:
                self._pair(place, before)

    def _pair(self, place: int, before: int) -> None:
        """A paragraph never continues a table or a row, and nothing is continued twice."""
        alike = _table_part(self._read[place]) == _table_part(self._known[before])
        if alike and place not in self._pairs and before not in self._taken:
            self._pairs[place] = before
            self._taken.add(before)


def _outside_of_tables(blocks: Sequence[Block]) -> list[int]:
    return [place for place, block in enumerate(blocks) if block.kind is not BlockKind.ROW]


def _rows_of(blocks: Sequence[Block], table: int) -> range:
    """The places of the rows: they follow their table."""
    return range(table + 1, table + 1 + len(blocks[table].children))


def _row_keys(table: Block) -> frozenset[Hashable]:
    return frozenset(map(_key, table.children)) if table.kind is BlockKind.TABLE else frozenset()


def _standing_once(keys: Sequence[Hashable], places: Sequence[int]) -> dict[Hashable, int]:
    counts = Counter(keys[place] for place in places)
    return {keys[place]: place for place in places if counts[keys[place]] == 1}


def _key(block: Block) -> Hashable:
    if block.kind is BlockKind.TABLE:
        return block.kind, tuple(map(_key, block.children))
    if block.kind is BlockKind.ROW:
        return block.kind, tuple(_words(cell) for cell in block.cells)
    return block.marker, _words(block)


def _words(holder: Block | Cell) -> str:
    return "".join(run.text for run in merged(holder.runs))


def _all_words(block: Block) -> list[str]:
    return " ".join(map(_words, block.cells or (block,))).split()


def _table_part(block: Block) -> BlockKind | None:
    return block.kind if block.kind in {BlockKind.TABLE, BlockKind.ROW} else None


def _continuing(block: Block, before: Block) -> Block:
    if block.kind is BlockKind.TABLE:
        widths = before.widths if _columns(block) == _columns(before) else ()
        return replace(before, head_rows=block.head_rows, widths=widths)
    if not _same_order(block, before):
        return replace(block, id=before.id)
    named_units = tuple(_still_named(block, before))
    if block.kind is BlockKind.ROW:
        unchanged = tuple(map(_plain, before.cells)) == block.cells
        return replace(before, cells=before.cells if unchanged else block.cells, named_units=named_units)
    # A heading is visible in the box; whether other blocks are items is not, so it is kept.
    visible = BlockKind.HEADING in {block.kind, before.kind}
    return replace(
        before,
        kind=block.kind if visible else before.kind,
        marker=block.marker,
        runs=before.runs if merged(before.runs) == block.runs else block.runs,
        named_units=named_units,
    )


def _columns(table: Block) -> int:
    return max(len(covered) for covered in covering_cells(row.cells for row in table.children))


def _plain(cell: Cell) -> Cell:
    """The cell as it is read from the box."""
    return replace(cell, runs=merged(cell.runs))


def _same_order(block: Block, before: Block) -> bool:
    if _key(block) == _key(before):
        return True
    return SequenceMatcher(None, _all_words(before), _all_words(block), autojunk=False).ratio() >= _STILL_THE_SAME_ORDER


def _still_named(block: Block, before: Block) -> Iterator[str]:
    same_words = _key(block) == _key(before)
    return (unit for unit in before.named_units if same_words or unit in block.text)
