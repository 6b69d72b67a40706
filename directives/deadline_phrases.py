"""Deadlines that a text names in words: offered to the drafter, never taken without a yes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_DAY = (
    r"(?:ngày\s+)?(?P<day>\d{1,2})\s*(?:[/.-]|\s*tháng\s*)\s*(?P<month>\d{1,2})"
    r"(?:\s*(?:[/.-]|\s*năm\s*)\s*(?P<year>\d{4}))?(?!\d|[/.-]\d)"
)
_HOUR = r"(?:(?P<hour>\d{1,2})\s*(?:giờ|h|g|:)\s*(?P<minute>\d{2})?(?:\s*phút)?\s*,?\s*)?"
_BEFORE = r"(?:trước|chậm nhất(?:\s+là)?|muộn nhất(?:\s+là)?|hạn cuối(?:\s+là)?|hết|đến hết|xong trong|thời hạn)"
_ON_A_DAY = re.compile(rf"\b{_BEFORE}(?:\s*:)?(?:\s+(?:vào|là|lúc|đến))?\s+{_HOUR}{_DAY}", re.IGNORECASE)
_WITHIN = re.compile(
    r"\btrong\s+(?:vòng\s+|thời hạn\s+|thời gian\s+)?(?P<days>\d{1,3})\s+ngày(?P<working>\s+làm việc)?", re.IGNORECASE
)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline in words: where they stand (`text[start:end]`) and the ISO date, or date and hour, that they mean."""

    start: int
    end: int
    iso: str


def deadlines_in(text: str, today: date) -> Iterator[Deadline]:
    """Yield the deadlines of the text in its order; days without a year are the next ones after `today`.

    "Within N days" counts from `today`, working days without Saturdays and Sundays. Days that do not exist are no
    deadlines.
    """
    found = [*_ON_A_DAY.finditer(text), *_WITHIN.finditer(text)]
    for match in sorted(found, key=lambda match: match.start()):
        iso = _within(match, today) if match.re is _WITHIN else _on_a_day(match, today)
        if iso:
            yield Deadline(match.start(), match.end(), iso)


def _on_a_day(match: re.Match[str], today: date) -> str:
    try:
        day = date(int(match["year"] or today.year), int(match["month"]), int(match["day"]))
        if not match["year"] and day < today:
            day = day.replace(year=today.year + 1)
        if match["hour"] is None:
            return day.isoformat()
        return datetime.combine(day, time(int(match["hour"]), int(match["minute"] or 0))).isoformat(timespec="minutes")
    except ValueError:
        return ""


def _within(match: re.Match[str], today: date) -> str:
    left, day = int(match["days"]), today
    while left:
        day += timedelta(days=1)
        if not match["working"] or day.weekday() < _SATURDAY:
            left -= 1
    return day.isoformat()
