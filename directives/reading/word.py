"""A Word file as a directive."""

from __future__ import annotations

from django.utils.translation import gettext as _

from directives.document import Document
from directives.reading.own import is_own, read_own
from directives.reading.parts import sections_of
from directives.reading.plain import read_plain
from directives.uploads import CheckedFile, FileKind
from orgs.verdicts import Refused


def read_word(file: CheckedFile, profile_name: str) -> Document:
    """Read a Word file that was looked through, in a format profile; raises Refused where there is no text in it."""
    if file.kind is not FileKind.WORD:
        raise Refused(_("Choose a Word file (.docx)."))
    sections = sections_of(file.content)
    read = read_own if is_own(sections) else read_plain
    document = read(sections, profile_name)
    if not document.body:
        raise Refused(_("No text was found in the file. Open it in Word, look whether it holds only pictures."))
    # Through JSON and back: composed letters, no signs that cannot be printed.
    return Document.from_json(document.to_json())
