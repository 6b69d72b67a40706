"""Markers become Word's own numbering where Word counts as the paper does, and stay words where it does not."""

from __future__ import annotations

import pytest

from directives.blocks import Block, BlockKind, Run
from directives.wordfile import word_file
from directives.wordfile.numbering import Numbering, read_marker
from tests.directives.documents import item, letter, paragraph
from tests.wordfile.papers import W, part

COUNTED = {
    "1.": ("%1.", "decimal", 1),
    "12-": ("%1-", "decimal", 12),
    "1.2.": ("1.%1.", "decimal", 2),
    "(3)-": ("(%1)-", "decimal", 3),
    "a)": ("%1)", "lowerLetter", 1),
    "d)": ("%1)", "lowerLetter", 4),
    "B.": ("%1.", "upperLetter", 2),
    "I-": ("%1-", "upperRoman", 1),
    "XIV.": ("%1.", "upperRoman", 14),
    "Điều 7.": ("Điều %1.", "decimal", 7),
    "-": ("-", "bullet", 0),
    "+": ("+", "bullet", 0),
    "*": ("*", "bullet", 0),
}


@pytest.mark.parametrize("marker", COUNTED)
def test_a_marker_that_word_can_count_is_read(marker: str) -> None:
    read = read_marker(marker)
    assert read is not None
    assert (read[0].level_text, read[0].counting, read[1]) == COUNTED[marker]


@pytest.mark.parametrize("marker", ["đ)", "e)", "ă)", "01.", "0.", "1%.", "Phần thứ nhất", "IIII.", "", " 1."])
def test_a_marker_that_word_cannot_count_stays_words(marker: str) -> None:
    assert read_marker(marker) is None


def lists(*markers: str) -> list[int | None]:
    """The list in which each of these markers is counted."""
    numbering = Numbering()
    return [numbering.list_of(marker) for marker in markers]


def test_a_list_goes_on_over_what_stands_beneath_its_items() -> None:
    assert lists("1.", "a)", "b)", "2.", "a)", "3.") == [1, 2, 2, 1, 3, 1]


def test_a_count_that_begins_anew_begins_a_list() -> None:
    assert lists("1.", "2.", "1.", "2.") == [1, 1, 2, 2]


def test_a_gap_in_the_counts_begins_a_list_that_starts_there() -> None:
    content = word_file(letter(item("1.", "Một."), item("3.", "Ba."), item("4.", "Bốn.")))
    starts = [each.get(f"{W}val") for each in part(content, "numbering").iter(f"{W}startOverride")]
    assert starts == ["1", "3"]


def test_bullets_are_one_list() -> None:
    assert lists("-", "-", "+", "-") == [1, 1, 2, 1]


def test_a_counted_marker_is_not_written_as_words_and_another_one_is() -> None:
    content = word_file(letter(item("1.", "Kiểm tra."), item("đ)", "Báo cáo.")))
    words = ["".join(each.itertext()) for each in part(content, "document").iter(f"{W}p")]
    assert "Kiểm tra." in words
    assert "đ) Báo cáo." in words


def test_the_number_of_a_heading_that_runs_on_is_bold_as_the_heading_is() -> None:
    run_in = Block(BlockKind.ITEM, "1.", (Run("Mục tiêu:", bold=True), Run(" giữ đê.")))
    content = word_file(letter(run_in, paragraph("Thực hiện nghiêm túc.")))
    numbered = [each for each in part(content, "document").iter(f"{W}pPr") if each.find(f"{W}numPr") is not None]
    assert [each.find(f"{W}rPr/{W}b") is not None for each in numbered] == [True]
