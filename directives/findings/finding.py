"""What looking through a paper finds: which rule, how grave, where, and what to do, in the user's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import pgettext_lazy

from directives.blocks import walk
from directives.document import Document
from directives.findings.remedies import Fix

_SHOWN = 60
_EDITIONS = {"HD36": "36-HD/VPTW", "HD05": "05-HD/VPTW"}


class Severity(StrEnum):
    """How grave a finding is; only errors make a paper unfit."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The word for it on the page."""
        return str(_SEVERITIES[self])


class Part(StrEnum):
    """The part of a paper in which something was found."""

    HEAD = "head"
    SUBJECT = "subject"
    ADDRESSEES = "addressees"
    BODY = "body"
    DISTRIBUTION = "distribution"
    SIGNATURE = "signature"
    ANNEX = "annex"

    @property
    def label(self) -> str:
        """The word for it on the page."""
        return str(_PARTS[self])


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding; `block` is the id of the block where there is one, `quote` the words that it is about.

    `clause` is empty where it is a matter of custom and not of a rule. `fix` is what one press can do about it.
    """

    rule: str
    severity: Severity
    part: Part
    words: str
    clause: str = ""
    quote: str = ""
    block: str = ""
    fix: Fix | None = None


def clause(document: Document, place: str) -> str:
    """Return a place in the edition of the format that this paper follows, as in "36-HD/VPTW, ô 3"."""
    return f"{_EDITIONS.get(document.profile, document.profile)}, {place}"


def last_words(text: str) -> str:
    """Return the end of a text, from the beginning of a word, to be looked for on the page."""
    return text if len(text) <= _SHOWN else text[-_SHOWN:].partition(" ")[2]


def pieces(document: Document) -> Iterator[tuple[Part, str, str]]:
    """Yield every paragraph of the text and of the annexes with its part and the id of its block, in reading order."""
    for ground in document.grounds:
        yield Part.BODY, "", ground
    for block, _ancestors in walk(document.body):
        yield Part.BODY, block.id or "", block.text
    if document.dissemination:
        yield Part.BODY, "", document.dissemination
    for annex in document.annexes:
        yield Part.ANNEX, "", annex.title
        for block, _ancestors in walk(annex.body):
            yield Part.ANNEX, block.id or "", block.text


_SEVERITIES = {
    Severity.ERROR: pgettext_lazy("finding", "Wrong"),
    Severity.WARNING: pgettext_lazy("finding", "To check"),
    Severity.NOTE: pgettext_lazy("finding", "Note"),
}
_PARTS = {
    Part.HEAD: pgettext_lazy("part of a paper", "Head"),
    Part.SUBJECT: pgettext_lazy("part of a paper", "Subject"),
    Part.ADDRESSEES: pgettext_lazy("part of a paper", "Addressees"),
    Part.BODY: pgettext_lazy("part of a paper", "Text"),
    Part.DISTRIBUTION: pgettext_lazy("part of a paper", "Distribution list"),
    Part.SIGNATURE: pgettext_lazy("part of a paper", "Signature"),
    Part.ANNEX: pgettext_lazy("part of a paper", "Annex"),
}
