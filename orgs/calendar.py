"""Working days and rest days of Vietnam: Saturdays, Sundays and the public holidays of the labour code (article 112).

A holiday on a Saturday or Sunday is made up on the next working day (article 111). Days of the lunar calendar and days
that the State decides for one year stand in `orgs/holidays.py`. Since 2026 the day of Vietnamese culture, 24/11, is one
more holiday (Resolution 80-NQ/TW of 07/01/2026).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from orgs.holidays import HUNG_KINGS, NATIONAL_DAY_BEGINS, NEW_YEAR, SWAPPED, TET_BEGINS

DAY = timedelta(days=1)
TET_DAYS = 5
SATURDAY = 5
FIRST_SECOND_DAY = 2021
"""The year from which the national day has a second day of rest (labour code of 2019)."""
FIRST_CULTURE_DAY = 2026


def is_working_day(day: date) -> bool:
    """Whether the offices work on this day."""
    if day in _made_up():
        return True
    return day.weekday() < SATURDAY and day not in _rest_days(day.year)


def next_working_day(day: date) -> date:
    """This day, or the first working day after it."""
    while not is_working_day(day):
        day += DAY
    return day


def previous_working_day(day: date) -> date:
    """This day, or the last working day before it."""
    while not is_working_day(day):
        day -= DAY
    return day


def after_days(day: date, count: int) -> date:
    """The last day of a term of `count` days that begins after `day`; at rest it moves to the next working day."""
    return next_working_day(day + count * DAY)


def after_working_days(day: date, count: int) -> date:
    """The last day of a term of `count` working days that begins after `day`."""
    for _ in range(count):
        day = next_working_day(day + DAY)
    return day


def holidays(year: int) -> frozenset[date]:
    """The public holidays of a year, without the days on which they are made up."""
    found = {date(year, 1, 1), date(year, 4, 30), date(year, 5, 1)} | _tet(year) | _national_day(year)
    if year in HUNG_KINGS:
        found.add(HUNG_KINGS[year])
    if year >= FIRST_CULTURE_DAY:
        found.add(date(year, 11, 24))
    return frozenset(found)


def _national_day(year: int) -> set[date]:
    if year < FIRST_SECOND_DAY:
        return {date(year, 9, 2)}
    first = NATIONAL_DAY_BEGINS.get(year, date(year, 9, 2))
    return {first, first + DAY}


def _tet(year: int) -> set[date]:
    """Five days: as decided for the year, otherwise the last of the old year and the first four of the new."""
    if year not in NEW_YEAR:
        return set()
    first = TET_BEGINS.get(year, NEW_YEAR[year] - DAY)
    return {first + place * DAY for place in range(TET_DAYS)}


@cache
def _rest_days(year: int) -> frozenset[date]:
    """Holidays, the days on which those of a weekend are made up, and days swapped for a Saturday."""
    own = holidays(year)
    rest = set(own)
    for holiday in sorted(own):
        if holiday.weekday() >= SATURDAY:
            instead = holiday
            while instead.weekday() >= SATURDAY or instead in rest:
                instead += DAY
            rest.add(instead)
    return frozenset(rest | {free for free, _made_up_on in SWAPPED})


@cache
def _made_up() -> frozenset[date]:
    return frozenset(made_up for _free, made_up in SWAPPED)
