"""What a name in prose means."""

from __future__ import annotations

from datetime import date

import pytest

from orgs.directory import Directory, key_of
from orgs.models import Organization
from tests import factories

DAY = date(2026, 11, 23)


@pytest.fixture
def province(db: None) -> Organization:
    return factories.body("tu-son-ha", "Tỉnh ủy Sơn Hà", symbol="TU")


def codes(province: Organization, text: str) -> tuple[list[str], bool]:
    match = Directory(province, DAY).suggest(text)
    return [meaning.code for meaning in match.meanings], match.certain


@pytest.mark.parametrize(
    "written",
    [
        "Ủy ban nhân dân tỉnh",
        "UBND tỉnh",
        "Uỷ ban nhân dân tỉnh",
        "ủy ban  nhân dân Tỉnh",
        "UBND tỉnh (Trung tâm chỉ huy)",
    ],
)
def test_a_body_is_found_under_every_way_of_writing_it(province: Organization, written: str) -> None:
    factories.body("ubnd", "Ủy ban nhân dân tỉnh")
    assert codes(province, written) == (["ubnd"], True)


def test_a_line_that_names_two_bodies_means_both(province: Organization) -> None:
    factories.body("ubnd", "Ủy ban nhân dân tỉnh")
    factories.body("hdnd", "Hội đồng nhân dân tỉnh")
    assert codes(province, "HĐND tỉnh, UBND tỉnh") == (["hdnd", "ubnd"], True)


def test_a_group_is_found_by_its_name_and_its_other_names(province: Organization) -> None:
    unit = factories.body("xa-1", "Đảng ủy xã Thử")
    made = factories.group(province, "cac-xa", "Các đảng ủy xã, phường", [unit])
    made.aliases = ["Các chi, đảng bộ trực thuộc"]
    made.save()
    assert codes(province, "các đảng ủy xã, phường") == (["cac-xa"], True)
    assert codes(province, "Các chi, đảng bộ trực thuộc") == (["cac-xa"], True)


def test_a_name_that_two_bodies_share_is_offered_with_both_and_decided_by_nobody(province: Organization) -> None:
    factories.body("y-te-1", "Trung tâm Y tế")
    factories.body("y-te-2", "Trung tâm Y tế")
    found, certain = codes(province, "Trung tâm y tế")
    assert sorted(found) == ["y-te-1", "y-te-2"]
    assert not certain


def test_an_ended_body_is_not_offered(province: Organization) -> None:
    ended = factories.body("hu", "Huyện ủy Cũ")
    ended.ended_on = date(2025, 7, 1)
    ended.save()
    assert codes(province, "Huyện ủy Cũ") == ([], False)


def test_a_part_that_is_not_known_leaves_the_line_uncertain(province: Organization) -> None:
    factories.body("ubnd", "Ủy ban nhân dân tỉnh")
    assert codes(province, "UBND tỉnh, Trung tâm chỉ huy") == (["ubnd"], False)


def test_accents_other_than_the_place_of_the_tone_are_kept() -> None:
    assert key_of("Hòa An") == key_of("Hoà An")
    assert key_of("Hòa An") != key_of("Hóa An")
    assert key_of("Đảng ủy") != key_of("Dang uy")
