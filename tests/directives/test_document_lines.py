"""Centred words break into lines of nearly the same length."""

import pytest

from directives.balanced_lines import balanced
from directives.document_fonts import BOLD, REGULAR, width


def test_a_line_that_fits_stays_whole() -> None:
    assert balanced("ĐẢNG BỘ TỈNH BẠCH SƠN", REGULAR, 14, 78) == "ĐẢNG BỘ TỈNH BẠCH SƠN"


def test_no_single_word_is_left_for_the_last_line() -> None:
    assert balanced("ĐẢNG BỘ THÀNH PHỐ HỒ CHÍ MINH", REGULAR, 14, 78) == "ĐẢNG BỘ THÀNH\nPHỐ HỒ CHÍ MINH"


def test_breaks_of_the_drafter_stay() -> None:
    assert balanced("chống bão\nmùa mưa", BOLD, 14, 78) == "chống bão\nmùa mưa"


def test_a_word_wider_than_the_room_stands_alone() -> None:
    assert balanced("a " + "W" * 40 + " b", BOLD, 14, 78).split("\n") == ["a", "W" * 40, "b"]


def test_words_are_measured_as_the_page_sets_them() -> None:
    assert width("ĐẢNG CỘNG SẢN VIỆT NAM", BOLD, 15) == pytest.approx(206.7, abs=0.1)
