"""Holidays that no rule gives: days of the lunar calendar, and what the State decided for single years.

The lunar days are computed from the new moons and the longitude of the sun in the zone UTC+7, the zone of the
Vietnamese calendar (Decision 121-CP of 08/08/1967), and agree with the holidays announced until 2026. The other tables
hold what the ministry that is responsible for labour announced for public servants, a line a year: add the next one
when it is announced. A year without a line follows the rule in `orgs/calendar.py`. A test compares all of them with
the library `holidays`, which keeps tables of its own.
"""

from __future__ import annotations

from datetime import date

NEW_YEAR = {
    day.year: day
    for day in (
        date(2018, 2, 16),
        date(2019, 2, 5),
        date(2020, 1, 25),
        date(2021, 2, 12),
        date(2022, 2, 1),
        date(2023, 1, 22),
        date(2024, 2, 10),
        date(2025, 1, 29),
        date(2026, 2, 17),
        date(2027, 2, 6),
        date(2028, 1, 26),
        date(2029, 2, 13),
        date(2030, 2, 2),
        date(2031, 1, 23),
        date(2032, 2, 11),
        date(2033, 1, 31),
        date(2034, 2, 19),
        date(2035, 2, 8),
    )
}
"""The first day of the first lunar month."""

HUNG_KINGS = {
    day.year: day
    for day in (
        date(2018, 4, 25),
        date(2019, 4, 14),
        date(2020, 4, 2),
        date(2021, 4, 21),
        date(2022, 4, 10),
        date(2023, 4, 29),
        date(2024, 4, 18),
        date(2025, 4, 7),
        date(2026, 4, 26),
        date(2027, 4, 16),
        date(2028, 4, 4),
        date(2029, 4, 23),
        date(2030, 4, 12),
        date(2031, 4, 1),
        date(2032, 4, 19),
        date(2033, 4, 9),
        date(2034, 4, 28),
        date(2035, 4, 17),
    )
}
"""The tenth day of the third lunar month."""

TET_BEGINS = {
    day.year: day
    for day in (
        date(2018, 2, 14),
        date(2019, 2, 4),
        date(2020, 1, 23),
        date(2021, 2, 10),
        date(2022, 1, 31),
        date(2023, 1, 20),
        date(2024, 2, 8),
        date(2025, 1, 27),
        date(2026, 2, 16),
    )
}
"""The first of the five days of Tết."""

NATIONAL_DAY_BEGINS = {
    day.year: day
    for day in (
        date(2021, 9, 2),
        date(2022, 9, 1),
        date(2023, 9, 1),
        date(2024, 9, 2),
        date(2025, 9, 1),
        date(2026, 9, 1),
    )
}
"""The first of the two days of the national day."""

SWAPPED = (
    (date(2018, 12, 31), date(2019, 1, 5)),
    (date(2019, 4, 29), date(2019, 5, 4)),
    (date(2024, 4, 29), date(2024, 5, 4)),
    (date(2025, 5, 2), date(2025, 4, 26)),
    (date(2026, 1, 2), date(2026, 1, 10)),
    (date(2026, 8, 31), date(2026, 8, 22)),
)
"""A day of rest, and the Saturday on which its work is made up."""
