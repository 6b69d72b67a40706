"""The kinds of files that are taken, and what to say of the others."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.verdicts import Refused


class FileKind(models.TextChoices):
    """What a file is, by the ending of its name."""

    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
    EXCEL = "xlsx", "Excel"
    PNG = "png", gettext_lazy("picture (PNG)")
    JPEG = "jpg", gettext_lazy("picture (JPG)")


CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
}
ENDINGS = {**{kind.value: kind for kind in FileKind}, "jpeg": FileKind.JPEG}
_OLD_OR_WITH_MACROS = {"doc": "docx", "docm": "docx", "dot": "docx", "rtf": "docx", "odt": "docx"}
_OLD_OR_WITH_MACROS |= {"xls": "xlsx", "xlsm": "xlsx", "xlsb": "xlsx", "ods": "xlsx"}


def ending_of(name: str) -> str:
    """The ending of a name in small letters, without the dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def kind_of(name: str) -> FileKind:
    """The kind that the name promises; raises Refused for any other."""
    ending = ending_of(name)
    if ending in ENDINGS:
        return ENDINGS[ending]
    if ending in _OLD_OR_WITH_MACROS:
        words = {"ending": ending, "right": _OLD_OR_WITH_MACROS[ending]}
        raise Refused(_("A .%(ending)s file is not taken. Save it as .%(right)s, then upload it.") % words)
    raise Refused(
        _("Only PDF, Word (.docx), Excel (.xlsx), PNG and JPG files are taken. Save it as one of them, then upload it.")
    )
