"""What a name in prose means."""

from __future__ import annotations

from datetime import date

import pytest

from orgs.directory import Directory, directory_of, key_of
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


def test_a_body_is_known_by_its_name_also_after_its_end(province: Organization) -> None:
    factories.body("xa-cu", "Đảng ủy xã Cũ")
    Organization.objects.filter(code="xa-cu").update(ended_on=DAY)
    directory = Directory(province, DAY)
    assert directory.name_of("organization", "xa-cu") == "Đảng ủy xã Cũ"
    assert directory.name_of("organization", "tu-son-ha") == "Tỉnh ủy Sơn Hà"
    assert directory.name_of("organization", "khong-co") == ""


def test_a_part_that_is_not_known_leaves_the_line_uncertain(province: Organization) -> None:
    factories.body("ubnd", "Ủy ban nhân dân tỉnh")
    assert codes(province, "UBND tỉnh, Trung tâm chỉ huy") == (["ubnd"], False)


def test_accents_other_than_the_place_of_the_tone_are_kept() -> None:
    assert key_of("Hòa An") == key_of("Hoà An")
    assert key_of("Hòa An") != key_of("Hóa An")
    assert key_of("Đảng ủy") != key_of("Dang uy")


class TestNamesInAText:
    TEXT = "Giao UBND huyện, Uỷ ban Kiểm tra và các phòng, ban chủ trì; Sở Tài chính phối hợp."

    @pytest.fixture
    def directory(self, db: None) -> Directory:
        owner = factories.body("hu", "Huyện ủy Thử")
        factories.body("ubnd", "Ủy ban nhân dân huyện")
        factories.body("ubkt", "Ủy ban Kiểm tra")
        factories.body("ubkt-hu", "Ủy ban Kiểm tra Huyện ủy")
        factories.group(owner, "phong", "Các phòng, ban", [])
        return Directory(owner, date(2026, 5, 4))

    def test_short_forms_tones_and_leading_words_are_found_where_they_stand(self, directory: Directory) -> None:
        found = list(directory.named_in(self.TEXT))
        assert [self.TEXT[named.start : named.end] for named in found] == [
            "UBND huyện",
            "Uỷ ban Kiểm tra",
            "các phòng, ban",
        ]
        assert [named.meanings[0].code for named in found] == ["ubnd", "ubkt", "phong"]

    def test_the_longest_name_is_meant_and_none_runs_over_the_end_of_a_clause(self, directory: Directory) -> None:
        [named] = directory.named_in("Ủy ban Kiểm tra Huyện ủy báo cáo")
        assert named.meanings[0].code == "ubkt-hu"
        assert [each.meanings[0].code for each in directory.named_in("Ủy ban Kiểm tra; Huyện ủy")] == ["ubkt"]

    def test_an_abbreviation_is_meant_only_where_it_is_written_in_capitals(self, db: None) -> None:
        owner = factories.body("tu", "Tỉnh ủy Thử", aliases=["TU"])
        directory = Directory(owner, date(2026, 5, 4))
        text = "TU yêu cầu tu sửa hồ chứa"
        assert [text[named.start : named.end] for named in directory.named_in(text)] == ["TU"]

    def test_typed_beginnings_of_words_find_names_with_or_without_accents(self, directory: Directory) -> None:
        assert [each.code for each in directory.beginning_with("kiem tra h", 5)] == ["ubkt-hu"]
        assert [each.code for each in directory.beginning_with("Kiểm", 1)] == ["ubkt"]
        assert directory.beginning_with("iem", 5) == []

    def test_a_directory_is_built_again_when_a_body_is_added(self, db: None) -> None:
        owner = factories.body("tu", "Tỉnh ủy Thử")
        day = date(2026, 5, 4)
        assert not list(directory_of(owner, day).named_in("Sở Y tế"))
        assert directory_of(owner, day) is directory_of(owner, day)
        factories.body("syt", "Sở Y tế")
        assert [named.meanings[0].code for named in directory_of(owner, day).named_in("Sở Y tế")] == ["syt"]
