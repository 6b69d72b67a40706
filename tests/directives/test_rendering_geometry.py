"""Where things stand on the printed page, measured in the PDF."""

import datetime

import pytest

from directives.document import (
    Addressee,
    Block,
    BlockKind,
    DistributionLine,
    Issuer,
    Run,
    Signature,
    SignatureLine,
    Subject,
)
from directives.rendering import render
from tests.directives.documents import item, letter, paragraph, twin
from tests.directives.pages import MM, Pages

TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM"
SENTENCE = "Các cấp ủy thường xuyên kiểm tra, đôn đốc việc thực hiện và báo cáo kết quả về Văn phòng Tỉnh ủy. "
SIGNATURE = Signature((SignatureLine("T/M BAN THƯỜNG VỤ", "authority"), SignatureLine("BÍ THƯ", "position")), "Lê An")
DISTRIBUTION = (DistributionLine("Như trên", same_as_addressees=True), DistributionLine("Lưu VPTU", archive=True))


def _pages(number: int = 0) -> Pages:
    return Pages(render(twin(number)).pdf)


@pytest.mark.parametrize("number", range(5))
def test_words_stay_inside_the_margins(number: int) -> None:
    pages = _pages(number)
    for page in range(1, len(pages) + 1):
        for line in pages.lines(page):
            assert line.left >= 30 * MM - 0.5
            assert line.right <= (210 - 15) * MM + 0.5
            assert line.bottom <= (297 - 20) * MM
            # Only the number of the page stands above the text.
            assert line.top >= 20 * MM or (page > 1 and line.right - line.left < 15)


def test_paper_is_a4() -> None:
    width, height = _pages().document[0].get_size()
    assert width == pytest.approx(210 * MM, abs=0.5)
    assert height == pytest.approx(297 * MM, abs=0.5)


@pytest.mark.parametrize("number", range(5))
def test_the_rule_under_the_title_is_as_long_as_the_title(number: int) -> None:
    pages = _pages(number)
    title = pages.find(TITLE)
    left, right = pages.rule(title.baseline + 1, title.baseline + 10)
    assert right - left == pytest.approx(206.7, abs=1)
    assert left == pytest.approx(title.left, abs=1)
    assert right == pytest.approx(title.right, abs=1)


def test_no_rule_is_drawn_under_the_issuing_body() -> None:
    pages = _pages()
    left, right = pages.rule(pages.find("HUYỆN ỦY").bottom + 1, pages.find("Số ").top)
    assert right - left < 10


@pytest.mark.parametrize("superior", [None, "ĐẢNG BỘ TỈNH BẠCH SƠN", "ĐẢNG BỘ THÀNH PHỐ HỒ CHÍ MINH"])
def test_number_and_date_share_a_baseline_however_long_the_head(superior: str | None) -> None:
    document = letter(
        paragraph("Một."),
        issuer=Issuer(superior, "ĐẢNG ỦY PHƯỜNG", "ĐU"),
        place="Bạch Sơn",
        date=datetime.date(2026, 6, 1),
    )
    pages = Pages(render(document).pdf)
    assert pages.find("Số 12").baseline == pytest.approx(pages.find("Bạch Sơn, ngày").baseline, abs=0.1)


def test_both_columns_of_the_head_are_centred_on_their_own_axis() -> None:
    pages = _pages()
    left, right = (30 + 78 / 2) * MM, (30 + 78 + 87 / 2) * MM
    assert pages.find(TITLE).middle == pytest.approx(right, abs=1)
    for words in ("HUYỆN ỦY BẠCH TÙNG", "*", twin(0).printed_number or ""):
        assert pages.find(words).middle == pytest.approx(left, abs=1)


def test_sizes_are_those_of_the_edition() -> None:
    pages = _pages()
    sizes = {words: pages.find(words).size for words in (TITLE, "HUYỆN ỦY", "Số ", "V/v", "Kính gửi", "1. ")}
    assert sizes == pytest.approx({TITLE: 15, "HUYỆN ỦY": 14, "Số ": 14, "V/v": 12, "Kính gửi": 14, "1. ": 14}, abs=0.1)
    last = len(pages)
    assert pages.find("Nơi nhận", last).size == pytest.approx(14, abs=0.1)
    assert pages.find("- Như trên", last).size == pytest.approx(12, abs=0.1)


def test_the_first_line_is_indented_by_ten_millimetres() -> None:
    assert _pages().find("1. ").left == pytest.approx((30 + 10) * MM, abs=2)


@pytest.mark.parametrize("number", range(5))
def test_the_first_page_carries_no_number(number: int) -> None:
    pages = _pages(number)
    assert all(line.top >= 20 * MM for line in pages.lines(1))


def test_the_second_page_carries_its_number_ten_millimetres_from_the_top() -> None:
    number = _pages().lines(2)[-1]
    assert number.size == pytest.approx(14, abs=0.1)
    # Its ink begins a little below the top of its line.
    assert number.top == pytest.approx(10 * MM, abs=5)
    assert number.middle == pytest.approx((30 + 165 / 2) * MM, abs=1)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_signature_and_noi_nhan_begin_on_one_line(number: int) -> None:
    pages = _pages(number)
    last = len(pages)
    assert pages.find("Nơi nhận", last).baseline == pytest.approx(pages.find("BAN THƯỜNG VỤ", last).baseline, abs=0.5)


def test_four_blank_lines_stand_above_the_name() -> None:
    pages = Pages(render(letter(paragraph("Một."), signature=SIGNATURE)).pdf)
    gap = pages.find("Lê An").baseline - pages.find("BÍ THƯ").baseline
    assert gap == pytest.approx(5 * 18, abs=1)


@pytest.mark.parametrize("closing", [SENTENCE * 3, "Đề nghị thực hiện nghiêm túc."])
def test_two_lines_of_the_body_always_stand_by_the_signature(closing: str) -> None:
    for length in range(14, 34, 2):
        body = (paragraph(SENTENCE * length), paragraph(closing))
        pages = Pages(render(letter(*body, signature=SIGNATURE, distribution=DISTRIBUTION)).pdf)
        last = len(pages)
        above = [
            line
            for line in pages.lines(last)
            if line.bottom < pages.find("T/M BAN", last).top and line.top >= 20 * MM and line.size > 13
        ]
        assert len(above) >= 2, f"{length} sentences leave the signature alone on page {last}"


def test_a_heading_never_ends_a_page() -> None:
    heading = Block(BlockKind.HEADING, "2.", (Run("Nhiệm vụ trọng tâm"),), (item("-", SENTENCE * 2),))
    for length in range(18, 34, 2):
        pages = Pages(render(letter(paragraph(SENTENCE * length), heading)).pdf)
        page = next(page for page in range(1, len(pages) + 1) if "Nhiệm vụ trọng tâm" in pages.text(page))
        spot = pages.find("Nhiệm vụ trọng tâm", page)
        assert [line for line in pages.lines(page) if line.baseline > spot.baseline + 5]


def test_no_line_breaks_early_before_words_in_another_style() -> None:
    """WeasyPrint may leave one word alone on a line where a styled run ends in a space; the page must hide that."""
    words = (SENTENCE * 2).split()
    for cut in range(10, len(words) - 3):
        runs = (Run(" ".join(words[:cut]) + " "), Run(" ".join(words[cut:]), bold=True))
        mixed = Pages(render(letter(Block(BlockKind.PARAGRAPH, runs=runs))).pdf)
        body = [line for line in mixed.lines(1) if line.top > mixed.find("V/v").bottom + 20]
        for line in body[:-1]:
            assert line.right > (210 - 15) * MM - 20


def test_a_long_directive_fills_its_pages() -> None:
    body = tuple(item(f"{place}.", SENTENCE * 4) for place in range(1, 61))
    pages = Pages(render(letter(*body, signature=SIGNATURE, distribution=DISTRIBUTION)).pdf)
    assert len(pages) > 5
    for page in range(1, len(pages)):
        lowest = max(line.bottom for line in pages.lines(page))
        assert lowest > (297 - 20) * MM - 4 * 18


def test_a_line_break_in_the_subject_is_kept() -> None:
    document = letter(paragraph("Một."), subject=Subject("V/v", "chống bão\nmùa mưa"))
    pages = Pages(render(document).pdf)
    assert pages.find("mùa mưa").baseline > pages.find("chống bão").baseline + 10


def test_several_addressees_stand_below_each_other_and_one_beside_its_label() -> None:
    several = Pages(render(letter(paragraph("Một."), addressees=(Addressee("Các xã"), Addressee("Sở Y tế")))).pdf)
    assert several.find("- Các xã").baseline == pytest.approx(several.find("Kính gửi").baseline, abs=0.1)
    assert several.find("- Sở Y tế").left == pytest.approx(several.find("- Các xã").left, abs=0.5)
    one = Pages(render(letter(paragraph("Một."), addressees=(Addressee("Sở Y tế"),))).pdf)
    assert "- Sở Y tế" not in one.text(1)
    assert one.find("Sở Y tế").baseline == pytest.approx(one.find("Kính gửi").baseline, abs=0.1)
