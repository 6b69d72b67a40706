"""What is looked for in signature blocks: the marks before a body, who signs for whom, positions."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from directives.document import Document, Signature, SignatureLine
from directives.findings.finding import Finding, Part, Severity, clause
from orgs.models import Authority

_RIGHT = re.compile(r"(T/M|K/T|T/L) \S|Q\. \S")
# The letters of a form with whatever stands between and after them.
_WRITTEN = re.compile(
    r"(?P<form>T/M|K/T|T/L|(?:T\W{0,2}U\W{0,2}Q|T\W{0,2}M|K\W{0,2}T|T\W{0,2}L|T/U|Q)(?!\w))\W*", re.IGNORECASE
)
_PARTY_FORMS = {"TM": "T/M", "KT": "K/T", "TL": "T/L", "Q": "Q."}
_COMMITTEES = ("TỈNH ỦY", "THÀNH ỦY", "HUYỆN ỦY", "QUẬN ỦY", "THỊ ỦY", "ĐẢNG ỦY", "CHI BỘ")
_COLLECTIVE = (*_COMMITTEES, "BAN THƯỜNG VỤ", "BAN CHẤP HÀNH", "BÍ THƯ", "ỦY BAN KIỂM TRA", "CHỦ NHIỆM", "HỘI ĐỒNG")
_STEERING = ("TRƯỞNG BAN CHỈ ĐẠO", "BAN CHỈ ĐẠO", "TIỂU BAN")


def forms(document: Document) -> Iterator[Finding]:
    """Marks that are not written as the Party writes them: TM. and KT. of state papers, TUQ., a missing blank."""
    for line in _lines(document):
        if line.role not in {"authority", "position"} or _RIGHT.match(line.text):
            continue
        found = _WRITTEN.match(line.text)
        if found is None:
            continue
        right = _PARTY_FORMS.get(re.sub(r"\W", "", found["form"]).upper())
        if right:
            words = _("Write “%(right)s”.") % {"right": f"{right} {line.text[found.end() :]}".strip()}
        else:
            words = _("Party papers are signed T/M, K/T, T/L or Q. only.")
        yield _finding(document, "signing-form", Severity.ERROR, words, line)


def passed_on(document: Document) -> Iterator[Finding]:
    """Who signs by order must not pass the order on."""
    for signature in _signatures(document):
        by_order = False
        for line in signature.lines:
            form = _form(line)
            if by_order and form in {"KT", "TL"}:
                words = _("Who signs T/L signs in person; no further K/T or T/L stands beneath it.")
                yield _finding(document, "by-order-passed-on", Severity.ERROR, words, line)
            by_order = by_order or form == "TL"


def deputies(document: Document) -> Iterator[Finding]:
    """A collective body has no K/T: a deputy secretary signs T/M; deputies of a steering committee sign by position."""
    for line in _lines(document):
        if _form(line) != "KT":
            continue
        name = line.text[_end_of_form(line) :]
        if name.startswith(_STEERING):
            words = _("A deputy of a steering committee signs with the position alone, without K/T.")
        elif name.startswith(_COLLECTIVE):
            words = _("A collective body signs T/M; a deputy does not sign K/T for it.")
        else:
            continue
        yield _finding(document, "deputy-for-collective", Severity.ERROR, words, line)


def repeated_names(document: Document) -> Iterator[Finding]:
    """The position does not repeat the name of the body that stands in the head."""
    for line in _lines(document):
        found = next((name for name in _COMMITTEES if f" {name}" in line.text), None)
        if line.role == "position" and found and _form(line) is None:
            words = _("The position does not repeat the body: write “%(right)s”.")
            right = line.text.partition(f" {found}")[0]
            finding = _finding(document, "body-in-position", Severity.WARNING, words % {"right": right}, line)
            yield finding


def beside_authority(document: Document, authority: Authority | None) -> Iterator[Finding]:
    """The lines or the name differ from those that the signer's authority gives; it may be meant so."""
    signature = document.signature
    if signature is None or authority is None:
        return
    given = [line["text"] for line in authority.lines]
    written = [line.text for line in signature.lines]
    if given == written and signature.signer == authority.person.full_name:
        return
    words = _("The authority of %(name)s gives these lines: %(lines)s.")
    yield Finding(
        rule="signature-not-as-given",
        severity=Severity.NOTE,
        part=Part.SIGNATURE,
        words=words % {"name": authority.person.full_name, "lines": authority.printed_lines},
        quote=next((line for line in written if line not in given), signature.signer or ""),
    )


def _finding(document: Document, rule: str, severity: Severity, words: str, line: SignatureLine) -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        part=Part.SIGNATURE,
        words=words,
        clause=clause(document, "1.7, ô 7"),
        quote=line.text,
    )


def _signatures(document: Document) -> Iterator[Signature]:
    copied = document.certified_copy.signature if document.certified_copy else None
    for signature in (document.second_signature, document.signature, document.confirmation, copied):
        if signature is not None:
            yield signature


def _lines(document: Document) -> Iterator[SignatureLine]:
    for signature in _signatures(document):
        yield from signature.lines


def _form(line: SignatureLine) -> str | None:
    """Return the letters of the mark that a line begins with, however they are written; None where it has none."""
    found = _WRITTEN.match(line.text)
    return None if found is None else re.sub(r"\W", "", found["form"]).upper()


def _end_of_form(line: SignatureLine) -> int:
    found = _WRITTEN.match(line.text)
    return 0 if found is None else found.end()
