"""Working days: weekends, public holidays with their made-up days, and days that were swapped in single years."""

from datetime import date, timedelta

import pytest
from holidays import country_holidays

from orgs.calendar import after_days, after_working_days, holidays, is_working_day, next_working_day
from orgs.calendar import previous_working_day as previous
from orgs.holidays import HUNG_KINGS, NEW_YEAR


def at_rest(first: date, last: date) -> list[date]:
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    return [day for day in days if not is_working_day(day)]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        # Tết as the offices knew it, weekends and made-up days included.
        (date(2018, 2, 14), date(2018, 2, 20)),
        (date(2021, 2, 10), date(2021, 2, 16)),
        (date(2023, 1, 20), date(2023, 1, 26)),
        (date(2024, 2, 8), date(2024, 2, 14)),
        (date(2025, 1, 25), date(2025, 2, 2)),
        (date(2026, 2, 14), date(2026, 2, 22)),
        # The Hung kings' day on a Saturday and 30/4 on a Sunday were made up after 1/5.
        (date(2023, 4, 29), date(2023, 5, 3)),
        (date(2022, 4, 30), date(2022, 5, 3)),
        # The national day with its neighbour and a swapped Monday.
        (date(2022, 9, 1), date(2022, 9, 4)),
        (date(2026, 8, 29), date(2026, 9, 2)),
        (date(2026, 1, 1), date(2026, 1, 4)),
    ],
)
def test_the_offices_rested_from_day_to_day(first: date, last: date) -> None:
    days = (last - first).days + 1
    assert len(at_rest(first, last)) == days
    assert is_working_day(first - timedelta(days=1)) or first.weekday() in {0, 6}
    assert is_working_day(last + timedelta(days=1))


def test_a_saturday_that_makes_up_for_a_swapped_day_is_a_working_day() -> None:
    assert is_working_day(date(2026, 1, 10))
    assert not is_working_day(date(2026, 1, 17))


def test_the_national_day_had_one_day_until_the_labour_code_of_2019() -> None:
    assert sorted(day for day in holidays(2020) if day.month == 9) == [date(2020, 9, 2)]
    assert sorted(day for day in holidays(2021) if day.month == 9) == [date(2021, 9, 2), date(2021, 9, 3)]


def test_the_day_of_culture_is_a_holiday_since_2026() -> None:
    assert is_working_day(date(2025, 11, 24))
    assert not is_working_day(date(2026, 11, 24))


def test_a_year_that_was_not_decided_yet_follows_the_rule() -> None:
    eve = NEW_YEAR[2031] - timedelta(days=1)
    assert {day for day in holidays(2031) if day.month == 1} == {
        date(2031, 1, 1),
        *(eve + timedelta(days=count) for count in range(5)),
    }


def test_lunar_days_are_known_until_2035() -> None:
    assert list(NEW_YEAR) == list(HUNG_KINGS) == list(range(2018, 2036))


def test_a_term_of_days_that_ends_at_rest_ends_on_the_next_working_day() -> None:
    friday = date(2026, 11, 20)
    assert after_days(friday, 10) == date(2026, 11, 30)
    assert after_days(friday, 8) == date(2026, 11, 30)
    assert after_days(date(2026, 4, 20), 10) == date(2026, 5, 4)


def test_a_term_of_working_days_counts_no_day_of_rest() -> None:
    assert after_working_days(date(2026, 11, 13), 5) == date(2026, 11, 20)
    assert after_working_days(date(2026, 11, 20), 5) == date(2026, 11, 30)
    assert after_working_days(date(2026, 4, 24), 5) == date(2026, 5, 6)
    assert after_working_days(date(2026, 2, 13), 1) == date(2026, 2, 23)


def test_the_working_day_next_to_a_day() -> None:
    sunday = date(2026, 11, 29)
    assert next_working_day(sunday) == date(2026, 11, 30)
    assert previous(sunday) == date(2026, 11, 27)
    assert next_working_day(date(2026, 11, 27)) == previous(date(2026, 11, 27)) == date(2026, 11, 27)


def test_another_calendar_knows_the_same_working_days() -> None:
    """Of the years that were announced; who keeps that one has not heard of the days swapped at New Year 2026."""
    other = country_holidays("VN", years=range(2018, 2028))
    days = [date(2018, 1, 1) + timedelta(days=count) for count in range((date(2027, 1, 1) - date(2018, 1, 1)).days)]
    differ = {day for day in days if is_working_day(day) != other.is_working_day(day)}
    assert differ == {date(2026, 1, 2), date(2026, 1, 10)}


def test_another_calendar_knows_the_same_lunar_days() -> None:
    other = country_holidays("VN", years=range(2018, 2036), observed=False, language="vi")
    known = {day.year: day for day in other.get_named("Tết Nguyên Đán", lookup="exact")}
    assert known == NEW_YEAR
    assert {day.year: day for day in other.get_named("Ngày Giỗ Tổ Hùng Vương", lookup="icontains")} == HUNG_KINGS
