"""The official format as data: which edition when, how numbers and dates are written, which types share a counter."""

import dataclasses
import datetime

import pytest

from directives.formats import DOCUMENT_TYPES, HD05, HD36, Profile, profile_named, profile_on, type_named
from directives.formats.types import REGULATION_399
from directives.formats.wording import BLANK, body_in_words, date_text, number_text, slashed_date_text


@pytest.mark.parametrize(
    ("day", "profile"),
    [
        (datetime.date(2018, 4, 3), HD36),
        (datetime.date(2026, 5, 26), HD36),
        (datetime.date(2026, 5, 27), HD05),
        (datetime.date(2040, 1, 1), HD05),
    ],
)
def test_the_day_of_issue_decides_the_edition(day: datetime.date, profile: Profile) -> None:
    assert profile_on(day) is profile


def test_before_the_first_edition_no_format_is_known() -> None:
    with pytest.raises(LookupError):
        profile_on(datetime.date(2018, 4, 2))


def test_an_edition_is_found_by_its_name() -> None:
    assert profile_named("HD36") is HD36
    with pytest.raises(KeyError):
        profile_named("HD99")


@pytest.mark.parametrize("profile", [HD36, HD05])
def test_margins_leave_a_text_block_of_165_by_257_millimetres(profile: Profile) -> None:
    assert profile.page_width_mm - profile.margin_left_mm - profile.margin_right_mm == 165
    assert profile.page_height_mm - profile.margin_top_mm - profile.margin_bottom_mm == 257
    assert profile.left_column_mm + profile.right_column_mm == 165


@pytest.mark.parametrize(
    ("value", "suffix", "symbol", "written"),
    [
        (7, "", "CV/TU", "Số 07-CV/TU"),
        (10, "", "CV/TU", "Số 10-CV/TU"),
        (745, "", "CV/HU", "Số 745-CV/HU"),
        (12, "a", "CT/TU", "Số 12a-CT/TU"),
        (None, "", "CV/TU", f"Số {BLANK}-CV/TU"),
    ],
)
def test_numbers_below_ten_carry_a_zero_and_an_open_number_stays_blank(
    value: int | None, suffix: str, symbol: str, written: str
) -> None:
    assert number_text(value, suffix, symbol) == written


@pytest.mark.parametrize(
    ("date", "written"),
    [
        (datetime.date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (datetime.date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (datetime.date(2021, 7, 20), "ngày 20 tháng 7 năm 2021"),
        (datetime.date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (datetime.date(2021, 11, 24), "ngày 24 tháng 11 năm 2021"),
    ],
)
def test_days_below_ten_and_the_first_two_months_carry_a_zero(date: datetime.date, written: str) -> None:
    assert date_text(date) == written


def test_the_day_may_stay_blank_for_the_pen() -> None:
    assert date_text(datetime.date(2021, 7, 20), day_blank=True) == f"ngày {BLANK} tháng 7 năm 2021"


def test_codes_of_types_are_unique() -> None:
    codes = [document_type.code for document_type in DOCUMENT_TYPES]
    assert len(codes) == len(set(codes))


def test_quyet_dinh_and_quy_dinh_print_one_symbol_and_share_one_counter() -> None:
    decision, regulation = type_named("QĐ"), type_named("QĐi")
    assert (decision.name, regulation.name) == ("Quyết định", "Quy định")
    assert decision.symbol == regulation.symbol == "QĐ"
    assert decision.symbol_group == regulation.symbol_group


def test_no_other_types_share_a_counter() -> None:
    groups = [document_type.symbol_group for document_type in DOCUMENT_TYPES if document_type.code != "QĐi"]
    assert len(groups) == len(set(groups))


def test_only_the_cong_van_is_a_letter() -> None:
    assert [document_type.code for document_type in DOCUMENT_TYPES if document_type.is_letter] == ["CV"]


def test_every_value_of_an_edition_names_its_clause() -> None:
    for profile in (HD36, HD05):
        fields = {field.name for field in dataclasses.fields(profile)} - {"name", "valid_from", "valid_until", "rules"}
        assert set(profile.rules) == fields
        assert all(rule.clause for rule in profile.rules.values())
    assert not HD36.rules["annex_title_pt"].confirmed
    assert HD36.rules["title_pt"].confirmed


def test_all_types_and_papers_of_the_regulation_are_known() -> None:
    papers = {
        kind.name for kind in DOCUMENT_TYPES if kind.code in {"GGT", "GCN", "GĐĐ", "GNP", "GM", "PC", "PG", "TCg"}
    }
    assert papers == {
        *("Giấy giới thiệu", "Giấy chứng nhận", "Giấy đi đường", "Giấy nghỉ phép"),
        *("Giấy mời", "Phiếu chuyển", "Phiếu gửi", "Thư công"),
    }
    assert len(DOCUMENT_TYPES) - len(papers) == 25 + 1, "25 types, and the copy"
    assert not any(kind.confirmed for kind in DOCUMENT_TYPES if kind.name in papers)


def test_papers_that_the_old_regulation_did_not_know_name_the_day_of_the_new_one() -> None:
    assert {kind.code for kind in DOCUMENT_TYPES if kind.since == REGULATION_399} == {"PA", "DA", "GM", "PC", "TCg"}


@pytest.mark.parametrize(
    ("date", "day_blank", "written"),
    [
        (datetime.date(2026, 2, 5), False, "ngày 05/02/2026"),
        (datetime.date(2026, 3, 24), False, "ngày 24/3/2026"),
        (datetime.date(2026, 3, 24), True, f"ngày{BLANK}/3/2026"),
        (None, False, f"ngày{BLANK}/{BLANK}/{BLANK}"),
    ],
)
def test_citations_write_dates_with_strokes(date: datetime.date | None, day_blank: bool, written: str) -> None:
    assert slashed_date_text(date, day_blank=day_blank) == written


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("TỈNH ỦY BẠCH SƠN", "Tỉnh ủy Bạch Sơn"),
        ("BAN THƯỜNG VỤ HUYỆN ỦY", "Ban Thường vụ Huyện ủy"),
        ("ĐẢNG ỦY XÃ MỘC LÂM", "Đảng ủy xã Mộc Lâm"),
        ("ĐẢNG BỘ THÀNH PHỐ CẢNG HẢI VÂN", "Đảng bộ thành phố Cảng Hải Vân"),
        ("THÀNH UỶ CẢNG HẢI VÂN", "Thành uỷ Cảng Hải Vân"),
        ("ỦY BAN KIỂM TRA", "Ủy ban Kiểm tra"),
        ("BAN TUYÊN GIÁO VÀ DÂN VẬN", "Ban Tuyên giáo và Dân vận"),
        ("VĂN PHÒNG\nTỈNH ỦY", "Văn phòng Tỉnh ủy"),
    ],
)
def test_a_sentence_writes_bodies_in_small_letters(line: str, written: str) -> None:
    assert body_in_words(line) == written
