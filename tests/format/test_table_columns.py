"""Columns of tables get their widths from their words."""

from __future__ import annotations

import pytest

from directives.column_widths import with_columns
from directives.document import Block
from directives.formats import HD05
from directives.printed_page.body import blocks_of
from tests.directives.documents import row, table


def shares(block: Block) -> list[float]:
    """The per cents that the columns of a table get on an upright page."""
    [printed] = blocks_of((block,))
    return list(with_columns(printed, HD05, HD05.text_width_mm).columns)


def test_columns_fill_the_table() -> None:
    assert sum(shares(table(row("TT", "Nội dung"), row("1", "Kênh")))) == pytest.approx(100, abs=0.01)


def test_a_long_text_leaves_short_ones_on_one_line() -> None:
    short, name, long = shares(table(row("TT", "Xã", "Ghi chú"), row("1", "Xã Mộc Lâm 12", "Việc nhiều " * 40)))
    assert short < name < long
    # "Xã Mộc Lâm 12" in 13 pt and the padding around it take 32 mm of 165.
    assert name > 100 * 30 / 165


def test_widths_that_the_drafter_chose_are_kept() -> None:
    assert shares(table(row("TT", "Nội dung"), row("1", "Kênh"), widths=(1, 3))) == [25, 75]


def test_a_word_too_long_for_its_column_does_not_take_the_whole_table() -> None:
    first, second = shares(table(row("Mã", "Nội dung"), row("A" * 300, "Kênh mương nội đồng")))
    assert first < 80 < 100 - second + first
