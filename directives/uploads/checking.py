"""The one door for files that people bring: name, size, kind, structure, and what must not be in them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _

from directives.uploads.kinds import FileKind, kind_of
from directives.uploads.names import clean_name
from directives.uploads.office import check_office_file, not_of_this_kind
from directives.uploads.pdf import check_pdf
from directives.uploads.pictures import check_jpeg, check_png
from orgs.verdicts import Refused

LARGEST = 50 * 1024 * 1024
MARKS = {
    FileKind.PDF: b"%PDF-",
    FileKind.WORD: b"PK\x03\x04",
    FileKind.EXCEL: b"PK\x03\x04",
    FileKind.PNG: b"\x89PNG\r\n\x1a\n",
    FileKind.JPEG: b"\xff\xd8\xff",
}
_OLD_OFFICE_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_BEGINS_WITHIN = 1024
CHECKS: dict[FileKind, Callable[[bytes], None]] = {
    FileKind.PDF: check_pdf,
    FileKind.WORD: lambda content: check_office_file(content, FileKind.WORD),
    FileKind.EXCEL: lambda content: check_office_file(content, FileKind.EXCEL),
    FileKind.PNG: check_png,
    FileKind.JPEG: check_jpeg,
}


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that was looked through; `checked` alone makes one."""

    name: str
    kind: FileKind
    content: bytes


def checked(name: str, content: bytes) -> CheckedFile:
    """Look a file through and give it a clean name; raises Refused with what is wrong and what to do."""
    shown = clean_name(name)
    kind = kind_of(shown)
    if not content:
        raise Refused(_("The file is empty. Choose the right one."))
    if len(content) > LARGEST:
        raise Refused(_("The file is larger than 50 MB. Make its pictures smaller, or send it in parts."))
    if content.startswith(_OLD_OFFICE_OR_LOCKED):
        raise Refused(_("The file has a password or is of an old Office. Save it without a password in the new kind."))
    if not content.startswith(MARKS[kind]) or _is_another_kind_too(content, kind):
        raise not_of_this_kind(kind)
    CHECKS[kind](content)
    return CheckedFile(shown, kind, content)


def _is_another_kind_too(content: bytes, kind: FileKind) -> bool:
    """Whether other programs could open it as something else than what was looked through."""
    package = kind in {FileKind.WORD, FileKind.EXCEL}
    if not package and zipfile.is_zipfile(BytesIO(content)):
        return True
    return kind is not FileKind.PDF and MARKS[FileKind.PDF] in content[:_PDF_BEGINS_WITHIN]
