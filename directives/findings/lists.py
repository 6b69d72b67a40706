"""What is looked for in Kính gửi and Nơi nhận."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from directives.document import DistributionLine, Document
from directives.findings.finding import Finding, Part, Severity, clause

_WITH_ADDRESSEES = ("CV", "TTr")
_COLON_OR_STATE_FORM = re.compile(r"Lưu\s*:|\bVT\b")


def addressees(document: Document) -> Iterator[Finding]:
    """Lines of Kính gửi without words; a công văn or tờ trình that speaks to nobody."""
    place = clause(document, "ô 9a")
    if document.type in _WITH_ADDRESSEES and not document.addressees:
        words = _("A %(type)s names its addressees.") % {"type": document.document_type.name.lower()}
        yield _of_addressees(words, place)
    if any(not addressee.text.strip(" \t-.,;:") for addressee in document.addressees):
        yield _of_addressees(_("A line of the addressees is empty. Fill it in or take it away."), place)


def order(document: Document) -> Iterator[Finding]:
    """“Như trên” stands first, “Lưu …” last."""
    lines = document.distribution
    for at, line in enumerate(lines):
        if line.same_as_addressees and at:
            yield _of_line(document, "distribution-order", _("“%(line)s” stands first in the list."), line)
        if _is_archive(line) and at < len(lines) - 1:
            yield _of_line(document, "distribution-order", _("“%(line)s” stands last in the list."), line)


def archive(document: Document) -> Iterator[Finding]:
    """The last line says where the original is kept, in words and without a colon."""
    if not document.distribution:
        return
    kept = [line for line in document.distribution if _is_archive(line)]
    if not kept:
        yield Finding(
            rule="archive-line",
            severity=Severity.WARNING,
            part=Part.DISTRIBUTION,
            words=_("The list lacks its last line, “Lưu …”."),
            clause=clause(document, "ô 9b"),
        )
    for line in kept:
        if _COLON_OR_STATE_FORM.search(line.text):
            words = _("Write “%(line)s” as “Lưu Văn phòng …”, without a colon and without “VT”.")
            yield _of_line(document, "archive-line", words, line)


def _is_archive(line: DistributionLine) -> bool:
    return line.archive or line.text.startswith("Lưu")


def _of_addressees(words: str, place: str) -> Finding:
    return Finding(rule="addressee-empty", severity=Severity.ERROR, part=Part.ADDRESSEES, words=words, clause=place)


def _of_line(document: Document, rule: str, words: str, line: DistributionLine) -> Finding:
    return Finding(
        rule=rule,
        severity=Severity.WARNING,
        part=Part.DISTRIBUTION,
        words=words % {"line": line.text},
        clause=clause(document, "ô 9b"),
        quote=line.printed,
    )
