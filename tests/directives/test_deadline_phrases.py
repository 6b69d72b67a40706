"""Deadlines that a text names are found where they stand."""

from datetime import date

import pytest

from directives.deadline_phrases import deadlines_in

TODAY = date(2026, 11, 20)  # a Friday


@pytest.mark.parametrize(
    ("phrase", "iso"),
    [
        ("trước ngày 30/11/2026", "2026-11-30"),
        ("trước 30-11-2026", "2026-11-30"),
        ("Trước ngày 5 tháng 12 năm 2026", "2026-12-05"),
        ("chậm nhất là ngày 05/12/2026", "2026-12-05"),
        ("chậm nhất vào ngày 05/12", "2026-12-05"),
        ("trước ngày 15/3", "2027-03-15"),
        ("hết ngày 31.12.2026", "2026-12-31"),
        ("trước 17 giờ ngày 30/11/2026", "2026-11-30T17:00"),
        ("trước 07 giờ 30 phút, ngày 30/11/2026", "2026-11-30T07:30"),
        ("trước 7h30 ngày 30/11/2026", "2026-11-30T07:30"),
        ("trong tháng 12/2026", "2026-12-31"),
        ("trong tháng 02 năm 2028", "2028-02-29"),
        ("hết tháng 11", "2026-11-30"),
        ("trong tháng 3", "2027-03-31"),
        ("trong quý I/2027", "2027-03-31"),
        ("trong quý 4 năm 2026", "2026-12-31"),
        ("hết năm 2026", "2026-12-31"),
    ],
)
def test_a_phrase_is_found_with_the_day_it_means(phrase: str, iso: str) -> None:
    text = f"Báo cáo kết quả {phrase}."
    [deadline] = deadlines_in(text, TODAY)
    assert text[deadline.start : deadline.end] == phrase
    assert deadline.iso == iso


@pytest.mark.parametrize(
    ("phrase", "timing"),
    [
        ("trong 10 ngày", "within 10 days"),
        ("trong vòng 03 ngày", "within 3 days"),
        ("trong thời hạn 5 ngày làm việc", "within 5 working days"),
        ("trong 05 ngày làm việc kể từ ngày nhận được", "within 5 working days"),
        ("trong 10 ngày, kể từ khi nhận được công văn này", "within 10 days"),
        ("hằng tháng", "every month"),
        ("hằng tháng trước ngày 25", "every month on 25"),
        ("trước ngày 25 hàng tháng", "every month on 25"),
        ("định kỳ hằng quý, chậm nhất ngày 15", "every quarter on 15"),
        ("định kỳ 6 tháng", "every half-year"),
        ("mỗi năm", "every year"),
        ("hằng tuần, vào thứ sáu", "every week on 6"),
        ("thường xuyên", "standing"),
    ],
)
def test_a_phrase_that_names_no_day_is_found_with_its_timing(phrase: str, timing: str) -> None:
    text = f"Báo cáo kết quả {phrase}."
    [deadline] = deadlines_in(text, TODAY)
    assert text[deadline.start : deadline.end] == phrase
    assert (str(deadline.timing), deadline.iso) == (timing, "")


@pytest.mark.parametrize(
    "text",
    [
        "trong 10 ngày kể từ ngày ký",
        "trong 400 ngày",
        "không mua sắm trong 10 ngày cuối tháng",
        "trước ngày 45 hằng tháng",
        "Thông báo số 509-TB/TU, ngày 22/11/2021",
        "trước ngày 31/02/2026",
        "trước 25 giờ ngày 30/11/2026",
        "trong những ngày gần đây",
        "trước mắt 2 việc",
        "kết quả đạt được trong tháng 10/2026",
        "trong tháng 10 vừa qua",
        "trong tháng 13/2026",
        "trước tháng 12/2026",
        "nhiệm vụ trong năm 2027",
        "trong quý V/2027",
        "trong tháng 12/20260",
        "hết năm 0000",
        "trước 7 giờ ngày 01/01/0001",
        "trước 7 giờ ngày 31/12/9999",
    ],
)
def test_other_days_and_days_that_do_not_exist_are_no_deadlines(text: str) -> None:
    assert list(deadlines_in(text, TODAY)) == []


def test_several_deadlines_come_in_the_order_of_the_text() -> None:
    text = "Gửi kế hoạch trước ngày 05/12/2026, báo cáo trước ngày 20/12/2026."
    assert [deadline.iso for deadline in deadlines_in(text, TODAY)] == ["2026-12-05", "2026-12-20"]
