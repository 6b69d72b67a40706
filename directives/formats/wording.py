"""How numbers and dates are written on the page."""

import datetime

# What the clerk's hand fills while the number or the day is not yet known; no-break, so that a line end keeps it.
BLANK = "\u00a0" * 6


def printed_number(value: int | None, suffix: str, symbol: str) -> str:
    """Write a number with its symbol, as in "07-CV/TU" or "12a-CV/TU"; without a value its place stays blank."""
    written = BLANK if value is None else f"{value:02d}{suffix}"
    return f"{written}-{symbol}" if symbol else written


def number_text(value: int | None, suffix: str, symbol: str) -> str:
    """Write a number with its symbol, as in "Số 07-CV/TU".

    Numbers below ten carry a leading zero. Without a value the place before the hyphen stays blank.
    """
    return f"Số {printed_number(value, suffix, symbol)}"


def date_text(date: datetime.date | None, *, day_blank: bool = False) -> str:
    """Write a date, as in "ngày 05 tháng 02 năm 2026"; an unknown date, or on request the day alone, stays blank.

    Days below ten and the months January and February carry a leading zero, the other months do not.
    """
    if date is None:
        return f"ngày {BLANK} tháng {BLANK} năm {BLANK}"
    day = BLANK if day_blank else f"{date.day:02d}"
    month = f"{date.month:02d}" if date.month <= 2 else str(date.month)
    return f"ngày {day} tháng {month} năm {date.year}"
