"""The days of the demo, counted from the day of loading, so that its papers never grow old.

In any text `{ngày 5}` is the day in five days (27/11/2026), `{hôm 5}` the working day then, `{thứ 5}` the same with its
name, `{tháng -30}` the month thirty days ago (10/2026) and `{năm 60}` the year in sixty days; `deadline_days` counts a
deadline in the same way, and `deadline_hour` gives it an hour.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
SATURDAY = 5
COUNTED = re.compile(r"\{(ngày|hôm|thứ|tháng|năm) (-?\d+)\}")
COUNTED_DEADLINE = ("deadline_days", "deadline_hour")


def with_dates(value: Any, today: date) -> Any:
    """Return the JSON value with every counted day as a date and every `deadline_days` as a `deadline`."""
    if isinstance(value, str):
        return COUNTED.sub(lambda found: _printed(found[1], int(found[2]), today), value)
    if isinstance(value, list):
        return [with_dates(part, today) for part in value]
    if not isinstance(value, dict):
        return value
    dated = {key: with_dates(part, today) for key, part in value.items() if key not in COUNTED_DEADLINE}
    if "deadline_days" in value:
        dated["deadline"] = _deadline(today + timedelta(days=value["deadline_days"]), value.get("deadline_hour"))
    return dated


def _deadline(day: date, hour: int | None) -> str:
    return day.isoformat() if hour is None else datetime.combine(day, time(hour)).isoformat()


def _printed(unit: str, days: int, today: date) -> str:
    day = today + timedelta(days=days)
    match unit:
        case "ngày":
            return _short(day)
        case "hôm":
            return _short(_working_day(day, step=-1 if days < 0 else 1))
        case "thứ":
            day = _working_day(day, step=-1 if days < 0 else 1)
            return f"{WEEKDAYS[day.weekday()]}, ngày {_short(day)}"
        case "tháng":
            return f"{_month(day)}/{day.year}"
        case _:
            return str(day.year)


def _working_day(day: date, *, step: int) -> date:
    """Move a Saturday or Sunday away from today: an office does not meet then."""
    while day.weekday() >= SATURDAY:
        day += timedelta(days=step)
    return day


def _short(day: date) -> str:
    return f"{day.day:02d}/{_month(day)}/{day.year}"


def _month(day: date) -> str:
    """January and February take a zero, the other months do not (format.md 2.5)."""
    return f"{day.month:02d}" if day.month <= 2 else str(day.month)
