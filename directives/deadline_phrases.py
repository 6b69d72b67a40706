"""Deadlines that a text names in words: offered to the drafter, never taken without a yes."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directives.blocks import is_deadline
from directives.timing import MOST_DAYS, Every, Period, Standing, Timing, Within

_DAY = (
    r"(?:ngày\s+)?(?P<day>\d{1,2})\s*(?:[/.-]|\s*tháng\s*)\s*(?P<month>\d{1,2})"
    r"(?:\s*(?:[/.-]|\s*năm\s*)\s*(?P<year>\d{4}))?(?!\d|[/.-]\d)"
)
_HOUR = r"(?:(?P<hour>\d{1,2})\s*(?:giờ|h|g|:)\s*(?P<minute>\d{2})?(?:\s*phút)?\s*,?\s*)?"
_BEFORE = r"(?:trước|chậm nhất(?:\s+là)?|muộn nhất(?:\s+là)?|hạn cuối(?:\s+là)?|hết|đến hết|xong trong|thời hạn)"
_ON_A_DAY = re.compile(rf"\b{_BEFORE}(?:\s*:)?(?:\s+(?:vào|là|lúc|đến))?\s+{_HOUR}{_DAY}", re.IGNORECASE)
_WITHIN = re.compile(
    r"\btrong\s+(?:vòng\s+|thời hạn\s+|thời gian\s+)?(?P<days>\d{1,3})\s+ngày"
    r"(?P<working>\s+làm việc)?(?!\s+(?:cuối|đầu|qua|gần|vừa|nghỉ)\b)"
    r"(?:,?\s+(?:kể\s+)?từ\s+(?:ngày|khi)\s+(?P<from>nhận(?:\s+được)?(?:\s+(?:công văn|văn bản)(?:\s+này)?)?|\w+))?",
    re.IGNORECASE,
)
_DAY_OF_PERIOD = r"(?:trước|chậm nhất(?:\s+là)?|vào)\s+(?:ngày\s+(?P<{0}>\d{{1,2}})(?!\d|\s*[/.-]\s*\d|\s+tháng\s+\d))"
_EVERY = re.compile(
    rf"\b(?:{_DAY_OF_PERIOD.format('before')}\s+)?(?:định kỳ\s+)?(?:hằng|hàng|mỗi|định kỳ)\s+"
    r"(?P<period>tuần|tháng|quý|0?6 tháng|sáu tháng|nửa năm|năm)\b"
    rf"(?:,?\s+{_DAY_OF_PERIOD.format('after')}|,?\s+(?:vào\s+|trước\s+)?thứ\s+(?P<weekday>hai|ba|tư|năm|sáu|bảy))?",
    re.IGNORECASE,
)
_YEAR = r"(?:\s*[/.-]\s*|\s*năm\s*)(?P<{0}_year>\d{{4}})"
_UNTIL_ITS_END = re.compile(
    r"\b(?:(?:trong|hết)\s+tháng\s+(?P<month>\d{1,2})(?!\d)"
    rf"(?:{_YEAR.format('month')}(?!\d)|(?!\s*[/.-]\s*\d|\s+(?:vừa|qua)\b))"
    rf"|(?:trong|hết)\s+quý\s+(?P<quarter>IV|I{{1,3}}|[1-4]){_YEAR.format('quarter')}(?!\d)"
    r"|hết\s+năm\s+(?P<year>\d{4})(?!\d))",
    re.IGNORECASE,
)
_STANDING = re.compile(r"\bthường xuyên\b", re.IGNORECASE)
_PERIODS = {
    "tuần": Period.WEEK,
    "tháng": Period.MONTH,
    "quý": Period.QUARTER,
    "nửa năm": Period.HALF_YEAR,
    "năm": Period.YEAR,
}
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}
_WEEKDAYS = {"hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7}


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline in words: where they stand (`text[start:end]`), and the ISO date (and hour) or the timing meant."""

    start: int
    end: int
    iso: str = ""
    timing: Timing | None = None

    @property
    def words(self) -> str:
        """What is offered, as the office says it."""
        if self.timing is not None:
            return capfirst(self.timing.words)
        day, _t, hour = self.iso.partition("T")
        written = f"{date.fromisoformat(day):%d/%m/%Y}"
        return _("until %(day)s") % {"day": f"{hour} {written}" if hour else written}


def deadlines_in(text: str, today: date) -> Iterator[Deadline]:
    """Yield the deadlines of the text in its order; days without a year are the next ones after `today`.

    Days that do not exist are no deadlines, nor are terms that begin with another day than that of receipt, nor months
    that are over.
    """
    patterns = {
        _ON_A_DAY: _on_a_day,
        _UNTIL_ITS_END: _until_its_end,
        _WITHIN: _within,
        _EVERY: _every,
        _STANDING: _standing,
    }
    found = [(match, read) for pattern, read in patterns.items() for match in pattern.finditer(text)]
    for match, read in sorted(found, key=lambda pair: pair[0].start()):
        meant = read(match, today)
        if isinstance(meant, str):
            yield Deadline(match.start(), match.end(), iso=meant)
        elif meant is not None:
            yield Deadline(match.start(), match.end(), timing=meant)


def _on_a_day(match: re.Match[str], today: date) -> str | None:
    try:
        day = date(int(match["year"] or today.year), int(match["month"]), int(match["day"]))
        if not match["year"] and day < today:
            day = day.replace(year=today.year + 1)
        if match["hour"] is None:
            return day.isoformat()
        hour = time(int(match["hour"]), int(match["minute"] or 0))
    except ValueError:
        return None
    moment = datetime.combine(day, hour).isoformat(timespec="minutes")
    return moment if is_deadline(moment) else None


def _until_its_end(match: re.Match[str], today: date) -> str | None:
    month = _last_month(match)
    year = match["month_year"] or match["quarter_year"] or match["year"]
    try:
        end = _end_of(int(year or today.year), month)
        if not year and end < today:
            end = _end_of(today.year + 1, month)
    except ValueError:
        return None
    return end.isoformat() if end >= today else None


def _last_month(match: re.Match[str]) -> int:
    if match["month"]:
        return int(match["month"])
    quarter = (match["quarter"] or "IV").upper()
    return 3 * (_QUARTERS[quarter] if quarter in _QUARTERS else int(quarter))


def _end_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _within(match: re.Match[str], today: date) -> Timing | None:
    days, begins = int(match["days"]), match["from"]
    if not 0 < days <= MOST_DAYS or (begins and not begins.lower().startswith("nhận")):
        return None
    return Within(days, working=bool(match["working"]))


def _every(match: re.Match[str], today: date) -> Timing | None:
    period = _PERIODS.get(match["period"].lower(), Period.HALF_YEAR)
    if period == Period.WEEK:
        return Every(period, _WEEKDAYS.get((match["weekday"] or "").lower()))
    day = int(match["before"] or match["after"] or 0)
    return Every(period, day or None) if day <= 31 else None


def _standing(match: re.Match[str], today: date) -> Timing | None:
    return Standing()
