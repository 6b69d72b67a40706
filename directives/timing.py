"""Deadlines that are no day of the calendar: some days after the paper arrives, every month, or standing.

A timing is written as a short line of words: `within 10 days`, `within 5 working days`, `every month`,
`every month on 25`, `standing`. What cannot be read raises ValueError.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from orgs.calendar import after_days, after_working_days

LONGEST = 40
MOST_DAYS = 366
MONDAY_IS = 2
"""A weekday has the number that the office gives it: Monday is the second day of the week."""
WRITTEN = (
    r"^(within [1-9][0-9]{0,2} (working )?days|every (week|month|quarter|half-year|year)( on [1-9][0-9]?)?|standing)?$"
)
"""What the column of the database takes."""
_WITHIN = re.compile(r"within ([1-9][0-9]{0,2}) (working )?days")
_EVERY = re.compile(r"every (week|month|quarter|half-year|year)(?: on ([1-9][0-9]?))?")


class Period(StrEnum):
    """How often a periodic task returns."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"

    @property
    def label(self) -> str:
        """The words for it, as in "every month"."""
        return str(PERIODS[self])


PERIODS = {
    Period.WEEK: pgettext_lazy("period", "every week"),
    Period.MONTH: pgettext_lazy("period", "every month"),
    Period.QUARTER: pgettext_lazy("period", "every quarter"),
    Period.HALF_YEAR: pgettext_lazy("period", "every half year"),
    Period.YEAR: pgettext_lazy("period", "every year"),
}
_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}
_WEEKDAYS = {
    2: pgettext_lazy("weekday", "Monday"),
    3: pgettext_lazy("weekday", "Tuesday"),
    4: pgettext_lazy("weekday", "Wednesday"),
    5: pgettext_lazy("weekday", "Thursday"),
    6: pgettext_lazy("weekday", "Friday"),
    7: pgettext_lazy("weekday", "Saturday"),
}
FRIDAY = 6


@dataclass(frozen=True, slots=True)
class Within:
    """So many days, or working days, after the paper arrives at the unit."""

    days: int
    working: bool = False

    def __str__(self) -> str:
        return f"within {self.days} {'working ' if self.working else ''}days"

    @property
    def words(self) -> str:
        """As lists say it before the paper has arrived."""
        words = ngettext("within %(days)s day of receipt", "within %(days)s days of receipt", self.days)
        if self.working:
            words = ngettext(
                "within %(days)s working day of receipt", "within %(days)s working days of receipt", self.days
            )
        return words % {"days": f"{self.days:02d}"}

    def due_on(self, arrived: date) -> date:
        """The last day for a unit at which the paper arrived on this day."""
        return (after_working_days if self.working else after_days)(arrived, self.days)


@dataclass(frozen=True, slots=True)
class Every:
    """Once in each period: on a weekday (2 to 7), or on a day of the period's last month; else at its end."""

    period: Period
    on: int | None = None

    def __str__(self) -> str:
        return f"every {self.period}{f' on {self.on}' if self.on else ''}"

    @property
    def words(self) -> str:
        """As in "every month, before the 25th"."""
        if self.on is None:
            return self.period.label
        if self.period == Period.WEEK:
            return pgettext("period", "%(period)s, on %(day)s") % {
                "period": self.period.label,
                "day": _WEEKDAYS[self.on],
            }
        words = pgettext("period", "%(period)s, by day %(day)s")
        if self.period != Period.MONTH:
            words = pgettext("period", "%(period)s, by day %(day)s of its last month")
        return words % {"period": self.period.label, "day": self.on}

    def due_from(self, day: date) -> date:
        """The deadline of the period that runs on this day; after it, that of the next one."""
        if self.period == Period.WEEK:
            weekday = (self.on or FRIDAY) - MONDAY_IS
            return day + timedelta(days=(weekday - day.weekday()) % 7)
        due = self._in_last_month(day)
        return due if due >= day else self._in_last_month(_months_on(day, _MONTHS[self.period]))

    def next_after(self, due: date) -> date:
        """The deadline of the period after the one that ends on `due`."""
        return self.due_from(due + timedelta(days=1))

    def _in_last_month(self, day: date) -> date:
        months = _MONTHS[self.period]
        month = (day.month + months - 1) // months * months
        last = calendar.monthrange(day.year, month)[1]
        return date(day.year, month, min(self.on or last, last))


@dataclass(frozen=True, slots=True)
class Standing:
    """Always, without an end."""

    def __str__(self) -> str:
        return "standing"

    @property
    def words(self) -> str:
        """The word for it."""
        return pgettext("deadline", "standing")


Timing = Within | Every | Standing


def timing_of(written: str) -> Timing:
    """Read a timing; raises ValueError."""
    if written == "standing":
        return Standing()
    if within := _WITHIN.fullmatch(written):
        if int(within[1]) <= MOST_DAYS:
            return Within(int(within[1]), bool(within[2]))
    elif every := _EVERY.fullmatch(written):
        period, on = Period(every[1]), int(every[2]) if every[2] else None
        if on is None or on in (_WEEKDAYS if period == Period.WEEK else range(1, 32)):
            return Every(period, on)
    raise ValueError(written)


def end_of(day: date) -> datetime:
    """The last moment of a day in the office's zone."""
    return timezone.make_aware(datetime.combine(day, time.max))


def _months_on(day: date, months: int) -> date:
    """The first day of the month that comes so many months later."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
