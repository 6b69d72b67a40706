"""Deadlines that are no day of the calendar: read, written, and the day that they come to."""

from __future__ import annotations

from datetime import date

import pytest

from directives.timing import Every, Within, timing_of


@pytest.mark.parametrize(
    "written",
    ["within 10 days", "within 5 working days", "every month", "every week on 6", "every half-year on 15", "standing"],
)
def test_a_timing_is_written_as_it_is_read(written: str) -> None:
    assert str(timing_of(written)) == written


@pytest.mark.parametrize(
    "written",
    ["within 0 days", "within 400 days", "every day", "every week on 9", "every month on 32", "Standing", "soon"],
)
def test_what_is_no_timing_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=written):
        timing_of(written)


@pytest.mark.parametrize(
    ("written", "arrived", "due"),
    [
        ("within 10 days", date(2026, 11, 16), date(2026, 11, 26)),
        ("within 10 days", date(2026, 11, 18), date(2026, 11, 30)),
        ("within 5 working days", date(2026, 11, 13), date(2026, 11, 20)),
    ],
)
def test_days_of_receipt_are_counted_from_the_day_after_it(written: str, arrived: date, due: date) -> None:
    timing = timing_of(written)
    assert isinstance(timing, Within)
    assert timing.due_on(arrived) == due


@pytest.mark.parametrize(
    ("written", "day", "due", "after"),
    [
        ("every week", date(2026, 11, 18), date(2026, 11, 20), date(2026, 11, 27)),
        ("every week on 2", date(2026, 11, 18), date(2026, 11, 23), date(2026, 11, 30)),
        ("every month", date(2027, 1, 31), date(2027, 1, 31), date(2027, 2, 28)),
        ("every month on 25", date(2026, 11, 25), date(2026, 11, 25), date(2026, 12, 25)),
        ("every month on 25", date(2026, 12, 26), date(2027, 1, 25), date(2027, 2, 25)),
        ("every month on 31", date(2027, 2, 1), date(2027, 2, 28), date(2027, 3, 31)),
        ("every quarter", date(2026, 11, 18), date(2026, 12, 31), date(2027, 3, 31)),
        ("every quarter on 15", date(2026, 12, 20), date(2027, 3, 15), date(2027, 6, 15)),
        ("every half-year", date(2026, 11, 18), date(2026, 12, 31), date(2027, 6, 30)),
        ("every year on 15", date(2026, 11, 18), date(2026, 12, 15), date(2027, 12, 15)),
    ],
)
def test_a_period_ends_on_its_day_and_the_next_one_follows(written: str, day: date, due: date, after: date) -> None:
    timing = timing_of(written)
    assert isinstance(timing, Every)
    assert timing.due_from(day) == due
    assert timing.next_after(due) == after
