"""The list of accounts that an office keeps as .xlsx: its columns, reading it, and an empty one to fill in."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

COLUMNS = {
    "full_name": "Họ và tên",
    "username": "Tên đăng nhập",
    "email": "Thư điện tử",
    "phone": "Điện thoại",
    "organization": "Mã cơ quan",
    "role": "Vai trò",
    "title": "Chức danh",
    "starts_on": "Từ ngày",
}
"""The heads of the columns, in their order; the file is Vietnamese whatever the language of the screen."""
WIDTHS = (28, 16, 28, 16, 24, 20, 36, 12)
ROLES_SHEET, BODIES_SHEET = "Vai trò", "Cơ quan"
MOST_BYTES = 5 * 2**20
MOST_UNPACKED_BYTES = 50 * 2**20
MOST_ROWS = 5000


class FileRefused(Exception):
    """The file cannot be read as a list of accounts; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One filled row: its number in the sheet, and the text or date of each column by its key of COLUMNS."""

    number: int
    cells: dict[str, str | date]
    formulas: tuple[str, ...] = ()
    """The heads of the columns in which a formula stands; it is never calculated."""

    def text(self, key: str) -> str:
        """What is written in a column, without outer and doubled blanks."""
        value = self.cells.get(key, "")
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else " ".join(value.split())


def read(path: Path) -> list[Row]:
    """The filled rows of the first sheet.

    Raises FileRefused when it is not an .xlsx without macros, too large, or lacks a column.
    """
    _refuse_unsafe(path)
    try:
        book = load_workbook(path, read_only=True, data_only=False, keep_vba=False, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise FileRefused(_("%(file)s cannot be read as .xlsx.") % {"file": path}) from error
    try:
        rows = list(_filled_rows(book.worksheets[0]))
    finally:
        book.close()
    if not rows:
        raise FileRefused(_("%(file)s holds no row below its heads.") % {"file": path})
    if len(rows) > MOST_ROWS:
        raise FileRefused(_("A file holds at most %(rows)s rows; divide it.") % {"rows": MOST_ROWS})
    return rows


def write_template(path: Path, roles: Iterable[tuple[str, str]], bodies: Iterable[tuple[str, str]]) -> None:
    """Write an empty list to fill in, with `roles` (code, name) and `bodies` (code, name) on sheets of their own."""
    book = Workbook()
    sheet: Worksheet = book.active  # type: ignore[assignment]  # a new book has a sheet
    sheet.title = "Tài khoản"
    _head(sheet, COLUMNS.values(), WIDTHS)
    known = list(roles)
    _list(book.create_sheet(ROLES_SHEET), ("Vai trò", "Mã"), ((name, code) for code, name in known))
    _list(book.create_sheet(BODIES_SHEET), ("Mã cơ quan", "Tên cơ quan"), bodies)
    _offer(sheet, "role", f"='{ROLES_SHEET}'!$A$2:$A${len(known) + 1}")
    _offer(sheet, "organization", f"='{BODIES_SHEET}'!$A$2:$A${MOST_ROWS}")
    book.save(path)


def _refuse_unsafe(path: Path) -> None:
    """Look at the size and the parts of the file before anything in it is read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FileRefused(_("%(file)s is larger than %(size)s MB.") % {"file": path, "size": MOST_BYTES // 2**20})
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except OSError as error:
        raise FileRefused(f"{path}: {error.strerror}") from error
    except zipfile.BadZipFile as error:
        raise FileRefused(_("%(file)s cannot be read as .xlsx.") % {"file": path}) from error
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise FileRefused(_("%(file)s holds macros. Save it as .xlsx and try again.") % {"file": path})
    if sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        raise FileRefused(_("%(file)s is too large when it is unpacked.") % {"file": path})


def _filled_rows(sheet: Any) -> Iterator[Row]:
    # The size that the file itself states may be anything.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_col=len(COLUMNS) + 10, max_row=MOST_ROWS + 1000)
    head = next(rows, ())
    places = {str(cell.value).strip(): place for place, cell in enumerate(head) if cell.value is not None}
    lacking = [name for name in COLUMNS.values() if name not in places]
    if lacking:
        raise FileRefused(_("The first row lacks the heads: %(heads)s.") % {"heads": ", ".join(lacking)})
    for number, cells in enumerate(rows, start=2):
        row = _row(number, cells, {key: places[name] for key, name in COLUMNS.items()})
        if row.formulas or any(row.text(key) for key in COLUMNS):
            yield row


def _row(number: int, cells: tuple[Any, ...], places: dict[str, int]) -> Row:
    values: dict[str, str | date] = {}
    formulas = []
    for key, place in places.items():
        cell = cells[place] if place < len(cells) else None
        if cell is None or cell.value is None:
            continue
        if cell.data_type == "f":
            formulas.append(COLUMNS[key])
            continue
        values[key] = _value(cell.value)
    return Row(number, values, tuple(formulas))


def _value(found: Any) -> str | date:
    if isinstance(found, datetime):
        return found.date()
    # A telephone number that was typed without its first blank or plus is a number to the sheet.
    return str(int(found)) if isinstance(found, float) and found.is_integer() else str(found)


def _head(sheet: Worksheet, names: Iterable[str], widths: Iterable[int]) -> None:
    for place, (name, width) in enumerate(zip(names, widths, strict=True), start=1):
        cell = sheet.cell(1, place)
        _put(cell, name)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="FFE8E4DC")
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"


def _list(sheet: Worksheet, heads: tuple[str, str], rows: Iterable[tuple[str, str]]) -> None:
    _head(sheet, heads, (28, 60))
    for number, texts in enumerate(rows, start=2):
        for place, text in enumerate(texts, start=1):
            _put(sheet.cell(number, place), text)


def _put(cell: Any, text: str) -> None:
    """Write text as text: a name that begins with = must not become a formula."""
    assert isinstance(cell, Cell)
    cell.value = text
    cell.data_type = "s"


def _offer(sheet: Worksheet, key: str, source: str) -> None:
    """Let the cells of a column offer what stands on another sheet."""
    letter = get_column_letter(list(COLUMNS).index(key) + 1)
    offered = DataValidation(type="list", formula1=source, allow_blank=True)
    offered.add(f"{letter}2:{letter}{MOST_ROWS}")
    sheet.add_data_validation(offered)
