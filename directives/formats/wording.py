"""How numbers and dates are written on the page."""

import datetime
import re

# What the clerk's hand fills while the number or the day is not yet known; no-break, so that a line end keeps it.
BLANK = "\u00a0" * 6

# How a sentence writes areas and then kinds of bodies, whose names may begin with one; "ủy" and "uỷ" are both in use.
_SMALL_LETTERED = (
    *("xã", "phường", "quận", "huyện", "tỉnh", "đặc khu", "thành phố", "thị trấn", "thị xã", "các cơ quan"),
    *(
        f"{area} {committee}"
        for area in ("Tỉnh", "Thành", "Huyện", "Quận", "Thị", "Đảng")
        for committee in ("ủy", "uỷ")
    ),
    *("Đảng bộ", "Chi bộ", "Ban Chấp hành", "Ban Thường vụ", "Thường trực", "Văn phòng", "Ban Chỉ đạo"),
    *("Ban Tổ chức", "Ban Tuyên giáo", "Ban Dân vận", "và Dân vận", "Ban Nội chính", "Ban Xây dựng"),
    *("Ủy ban Kiểm tra", "Uỷ ban Kiểm tra", "Trung tâm Chính trị"),
)


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
    return f"ngày {BLANK if day_blank else f'{date.day:02d}'} tháng {_month(date)} năm {date.year}"


def slashed_date_text(date: datetime.date | None, *, day_blank: bool = False) -> str:
    """Write a date as citations do, as in "ngày 05/02/2026" or "ngày 24/3/2026", with the zeros of `date_text`."""
    if date is None:
        return f"ngày{BLANK}/{BLANK}/{BLANK}"
    day = BLANK if day_blank else f" {date.day:02d}"
    return f"ngày{day}/{_month(date)}/{date.year}"


def body_in_words(line: str) -> str:
    """Write the name of a body as a sentence does: "TỈNH ỦY BẠCH SƠN" becomes "Tỉnh ủy Bạch Sơn".

    The kinds of bodies and areas keep their own small letters; every other word is taken as a part of a name.
    """
    named = " ".join(word.capitalize() for word in line.split())
    for words in _SMALL_LETTERED:
        named = re.sub(rf"\b{words}\b", words, named, flags=re.IGNORECASE)
    return named[:1].upper() + named[1:]


def _month(date: datetime.date) -> str:
    return f"{date.month:02d}" if date.month <= 2 else str(date.month)
