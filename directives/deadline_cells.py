"""The cell of a table that says until when: a day, or what a person has to make a day of."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from directives.deadline_phrases import Deadline, deadlines_in

_DAY = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(?P<month>\d{1,2})"
    r"(?:(?:\s*[/.-]\s*|\s+năm\s+)(?P<year>\d{4}|\d{2}))?(?![\d/.-])",
    re.IGNORECASE,
)
_ISO_DAY = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
_MONTH = re.compile(
    r"(?:\btháng\s*|\bT|(?<![\d/.-]))(?P<month>\d{1,2})\s*(?:[/.-]|năm)\s*(?P<year>\d{4})", re.IGNORECASE
)
_BARE_MONTH = re.compile(r"\btháng\s*(?P<month>\d{1,2})\b", re.IGNORECASE)
_QUARTER = re.compile(
    r"\bq(?:uý|úy|uí|u[yi])?\.?\s*(?P<quarter>IV|I{1,3}|[1-4])\b(?:\D{0,6}(?P<year>\d{4}))?", re.IGNORECASE
)
_YEAR = re.compile(r"(?:\bnăm\s*|^)(?P<year>20\d\d)$", re.IGNORECASE)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class CellDeadline:
    """What a cell says: the deadline that is certain, a day (ISO) or a timing, else the days that it may mean.

    `is_clear` when nobody has to be asked, `is_impossible` when it names a day that no month has.
    """

    iso: str | None = None
    timing: str | None = None
    says: str = ""
    offers: tuple[str, ...] = ()
    is_clear: bool = False
    is_impossible: bool = False


def read_deadline(cell: str, today: date) -> CellDeadline:
    """Read a cell. A month, a quarter or a year offers its last day."""
    text = " ".join(cell.split())
    if not text:
        return CellDeadline(is_clear=True)
    written = [*_DAY.finditer(text), *_ISO_DAY.finditer(text)]
    days = list(dict.fromkeys(day.isoformat() for found in written for day in _day(found, today)))
    # In a column of deadlines the word before the day may be left out.
    phrased = [*deadlines_in(text, today)] or [*deadlines_in(f"trước {text}", today)]
    if not phrased and days:
        phrased = [Deadline(0, len(text), iso=day) for day in days]
    if len(phrased) == 1 and len(written) <= 1:
        [found] = phrased
        return CellDeadline(found.iso or None, str(found.timing or "") or None, found.words, is_clear=True)
    if written:
        mended = (day.isoformat() for found in written for day in _mended(found, today))
        return CellDeadline(offers=tuple(days or mended), is_impossible=not days)
    return CellDeadline(offers=tuple(day.isoformat() for day in _ends_of_periods(text, today)))


def _day(found: re.Match[str], today: date) -> Iterator[date]:
    """The day of the calendar; without its year the next one after today."""
    day = _on(_year(found, today), int(found["month"]), int(found["day"]))
    if day and not found["year"] and day < today:
        day = _on(day.year + 1, day.month, day.day)
    if day:
        yield day


def _mended(found: re.Match[str], today: date) -> Iterator[date]:
    """What a day that does not exist may have meant: month and day changed places, or the last day of the month."""
    year, month, day = _year(found, today), int(found["month"]), int(found["day"])
    swapped = _on(year, day, month)
    if swapped:
        yield swapped
    elif 1 <= month <= 12 and year:
        yield _end_of(year, month)


def _ends_of_periods(text: str, today: date) -> Iterator[date]:
    if found := _QUARTER.search(text):
        month = 3 * _QUARTERS[found["quarter"].upper()]
        yield from _next_end(int(found["year"] or 0), month, today)
    elif found := _MONTH.search(text) or _BARE_MONTH.search(text):
        year = int(found["year"]) if "year" in found.re.groupindex else 0
        yield from _next_end(year, int(found["month"]), today)
    elif found := _YEAR.search(text):
        yield _end_of(int(found["year"]), 12)


def _next_end(year: int, month: int, today: date) -> Iterator[date]:
    if not 1 <= month <= 12 or (year and not date.min.year <= year <= date.max.year):
        return
    end = _end_of(year or today.year, month)
    yield end if year or end >= today else _end_of(today.year + 1, month)


def _end_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _year(found: re.Match[str], today: date) -> int:
    written = found["year"]
    if not written:
        return today.year
    return int(written) + (2000 if len(written) == 2 else 0)


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
