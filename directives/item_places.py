"""How people speak of an item: the annex and the markers that lead to it, and its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from directives.annexes import name_of
from directives.blocks import Block, BlockKind, walk
from directives.document import Document
from directives.task_columns import TaskRow, task_rows

LONGEST_MARKER = 40
_SHORT_NUMBER = re.compile(r"[\w.]{1,8}")


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """A block of the text with its ancestors, what it is called ("2. a)", "Phụ lục I, 3"), and its words."""

    block: Block
    ancestors: tuple[Block, ...]
    marker: str
    words: str
    is_task_row: bool = False


def item_places(document: Document) -> Iterator[ItemPlace]:
    """Yield every block of the text and of the annexes in reading order; a row of a table is called by its number."""
    yield from _places(document.body)
    for place, annex in enumerate(document.annexes, start=1):
        yield from _places(annex.body, name_of(place, len(document.annexes)))


def _places(blocks: Iterable[Block], annex: str = "") -> Iterator[ItemPlace]:
    tasks: dict[int, TaskRow] = {}
    for block, ancestors in walk(blocks):
        if block.kind is BlockKind.TABLE:
            tasks = {id(task.row): task for task in task_rows(block)}
        task = tasks.get(id(block))
        path = " ".join(each.marker for each in (*ancestors, block) if each.marker)
        if block.kind is BlockKind.ROW:
            path = " ".join(filter(None, (path, task.number if task else _number(block, ancestors[-1]))))
        marker = ", ".join(filter(None, (annex, path)))[:LONGEST_MARKER]
        yield ItemPlace(block, ancestors, marker, task.content if task else block.text, task is not None)


def _number(row: Block, table: Block) -> str:
    """The number that the row gives itself, else its place beneath the head."""
    own = row.cells[0].text.strip()
    if any(letter.isdigit() for letter in own) and _SHORT_NUMBER.fullmatch(own):
        return own.rstrip(".")
    place = next(place for place, each in enumerate(table.children) if each is row)
    return str(max(place - table.head_rows, 0) + 1)
