"""Look through a Word or Excel file: no macro, nothing fetched from elsewhere, no definitions that grow."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from django.utils.translation import gettext as _

from directives.uploads.kinds import FileKind
from directives.uploads.packages import damaged, unpacked
from orgs.verdicts import Refused

MAIN_PART = {FileKind.WORD: "word/document.xml", FileKind.EXCEL: "xl/workbook.xml"}
CONTENTS = "[content_types].xml"
_WRITTEN_IN_XML = (".xml", ".rels", ".vml")


def check_office_file(content: bytes, kind: FileKind) -> None:
    """Raise Refused unless this is a sound file of this kind that holds nothing but what is shown."""
    seen: set[str] = set()
    for name, pieces in unpacked(content):
        seen.add(name.lower())
        if name.lower().endswith("vbaproject.bin"):
            raise _macro(kind)
        if name.lower().endswith(_WRITTEN_IN_XML):
            _Part(name.lower(), kind).read(pieces)
        for _rest in pieces:
            pass
    if not {CONTENTS, MAIN_PART[kind]} <= seen:
        raise not_of_this_kind(kind)


def not_of_this_kind(kind: FileKind) -> Refused:
    """The name promises what the content is not."""
    return Refused(
        _("By its name this is a %(kind)s file, by its content it is not. Save it anew in the right kind.")
        % {"kind": kind.label}
    )


def _macro(kind: FileKind) -> Refused:
    return Refused(
        _("The file has a macro: save it as .%(ending)s without macros, then upload it.") % {"ending": kind.value}
    )


class _Part:
    """One part that is written in XML, read from end to end without keeping it."""

    def __init__(self, name: str, kind: FileKind) -> None:
        self._kind = kind
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._definition
        if name.endswith(".rels"):
            self._parser.StartElementHandler = self._relation
        elif name == CONTENTS:
            self._parser.StartElementHandler = self._content_type

    def read(self, pieces: Iterator[bytes]) -> None:
        """Read the pieces; raises Refused."""
        try:
            for piece in pieces:
                self._parser.Parse(piece)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise damaged() from error

    def _definition(self, *_facts: object) -> None:
        raise Refused(_("The file has definitions (DTD) that no office program writes. Save it anew in Word or Excel."))

    def _relation(self, _name: str, facts: dict[str, str]) -> None:
        if facts.get("TargetMode", "").strip().lower() == "external":
            raise Refused(
                _(
                    "The file has a link to the outside (%(target)s). Take its links away "
                    "(select all, Ctrl+Shift+F9 in Word), save it, then upload it."
                )
                % {"target": facts.get("Target", "")[:80]}
            )

    def _content_type(self, _name: str, facts: dict[str, str]) -> None:
        said = facts.get("ContentType", "").lower()
        if "macroenabled" in said or "vbaproject" in said:
            raise _macro(self._kind)
