"""Cells that span others make a table no wider than a table is."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from directives.document import Block, Document, DocumentError
from directives.editor_html import read_html, write_html
from directives.table_grid import MOST_COLUMNS
from tests.directives.documents import letter, row, table


def html(rows: int, cell: str) -> str:
    return f"<table>{f'<tr>{8 * cell}</tr>' * rows}</table>"


def spans(block: Block) -> set[tuple[int, int]]:
    return {(cell.columns, cell.rows) for each in block.children for cell in each.cells}


def test_spans_that_push_each_row_further_aside_are_left_out() -> None:
    [read] = read_html(html(200, '<td colspan="100" rowspan="100">x</td>'))
    assert spans(read) == {(1, 1)}
    assert len(read.children) == 200


def test_the_spans_of_a_table_as_offices_have_it_stay() -> None:
    [read] = read_html(html(2, '<td colspan="3" rowspan="2">x</td>'))
    assert spans(read) == {(3, 2)}


def test_a_table_of_many_single_cells_stays_as_it_is() -> None:
    wide = table(row(*["x"] * 4 * MOST_COLUMNS))
    assert Document.from_json(letter(wide).to_json()) == letter(wide)
    assert spans(read_html(write_html([wide]))[0]) == {(1, 1)}


@pytest.mark.parametrize("columns", [MOST_COLUMNS, 10**9])
def test_a_file_that_claims_more_columns_is_refused(columns: int) -> None:
    first, second = row("một", "hai"), row("ba", "bốn")
    cells = (dataclasses.replace(first.cells[0], columns=columns), first.cells[1])
    written: dict[str, Any] = letter(table(dataclasses.replace(first, cells=cells), second)).to_json()
    with pytest.raises(DocumentError):
        Document.from_json(written)
