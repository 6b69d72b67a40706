"""The order of the Vietnamese alphabet, and words without their accents."""

from __future__ import annotations

import pytest

from orgs.vietnamese import fold, sort_key, sort_key_of_person


@pytest.mark.parametrize(
    "names",
    [
        ["An", "Ăn", "Ân", "Ba", "Ca", "Da", "Đa", "Ea"],
        ["Ba", "Bà", "Bả", "Bã", "Bá", "Bạ"],
        ["Ba Vì", "Bà Rịa", "Bá Thước"],
        ["An", "Ạn", "Anh"],
        ["Hòa An", "Hòa Ân", "Hòa Bình", "Hóa An"],
        ["Xã Thử 2", "Xã Thử 10"],
        ["Tỉnh ủy", "Tỉnh ủy Bắc", "Tỉnh ủy Đông"],
        ["Oanh", "Ông", "Ở", "Phú", "Uyên", "Ưng"],
    ],
)
def test_names_stand_as_in_a_vietnamese_list(names: list[str]) -> None:
    mixed = names[1::2] + names[::2]
    assert sorted(mixed, key=sort_key) == names


def test_the_place_of_the_tone_and_the_way_of_composing_do_not_move_a_name() -> None:
    assert sort_key("Hòa An") == sort_key("Hoà An") == sort_key("Ho\u0300a an")


def test_folding_leaves_bare_letters() -> None:
    assert fold("Đảng ủy Xuyên Mộc, thường trực") == "dang uy xuyen moc, thuong truc"


def test_people_stand_by_their_given_name() -> None:
    people = ["Trần Văn An", "Bùi Thị Ân", "Lê Văn Bình", "Trần Bình", "Đỗ Thị Ngân"]
    assert sorted(people[::2] + people[1::2], key=sort_key_of_person) == people
