"""What is looked for in the head: parts that are missing, the form of number and subject, the type."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from directives.document import Document
from directives.findings.finding import Finding, Part, Severity, clause
from directives.formats.authority import ADMINISTRATIVE, Acting, breach, organ_of

_OWN_SYMBOL = re.compile(r"[A-Za-zĐđ]+/[\wĐđƯư-]+")
_PREFIXED = re.compile(r"\s*(v/v|về)(?!\w)", re.IGNORECASE)


def missing_parts(document: Document, *, numbered: bool) -> Iterator[Finding]:
    """Parts that every paper must have; number and date only where the paper should have them already."""
    signature = document.signature
    # A bản sao, a giấy or a phiếu may do without subject and list.
    short = document.type in ADMINISTRATIVE
    parts: list[tuple[bool, Part, str, str]] = [
        (bool(document.issuer.name_line), Part.HEAD, _("The issuing body is missing."), "ô 2b"),
        (document.number is not None or not numbered, Part.HEAD, _("Number and symbol are missing."), "ô 3"),
        (bool(document.place), Part.HEAD, _("The place is missing."), "ô 4"),
        (document.date is not None or not numbered, Part.HEAD, _("The date is missing."), "ô 4"),
        (short or _has_subject(document), Part.SUBJECT, _("The subject is empty."), "ô 5"),
        (bool(document.body), Part.BODY, _("The text is empty."), "ô 6"),
        (signature is not None, Part.SIGNATURE, _("The signature block is missing."), "ô 7"),
        (signature is None or _is_signed(document), Part.SIGNATURE, _("The signer's name is missing."), "ô 7"),
        (short or bool(document.distribution), Part.DISTRIBUTION, _("The distribution list is missing."), "ô 9b"),
    ]
    for is_there, part, words, place in parts:
        if not is_there:
            yield Finding(
                rule="part-missing",
                severity=Severity.ERROR,
                part=part,
                words=words,
                clause=clause(document, place),
            )


def own_number(document: Document) -> Iterator[Finding]:
    """The symbol of the paper's own number: type, slash, body, and the type that it is."""
    if document.number is None or not document.document_type.symbol:
        return
    symbol, own = document.number.symbol, document.document_type.symbol
    if _OWN_SYMBOL.fullmatch(symbol) and symbol.partition("/")[0].startswith(own):
        return
    yield Finding(
        rule="number-form",
        severity=Severity.ERROR,
        part=Part.HEAD,
        words=_("Write number and symbol as “Số 07-%(symbol)s/…”, without a colon, with hyphen and slash.")
        % {"symbol": own},
        clause=clause(document, "ô 3"),
        quote=document.printed_number or "",
    )


def subject(document: Document) -> Iterator[Finding]:
    """A subject that says "về" twice, or begins with "V/v" under the name of a type."""
    prefix = document.subject.prefix
    if prefix and _PREFIXED.match(document.subject.text):
        words = _("The subject begins twice with “về”; keep one of the two.")
        place = "ô 5"
    elif not document.document_type.is_letter and (prefix or document.subject.text).strip().lower().startswith("v/v"):
        words = _("Under the name of a type the subject begins with “về”, not with “V/v”.")
        place = "ô 5a"
    else:
        return
    yield Finding(
        rule="subject-beginning",
        severity=Severity.ERROR,
        part=Part.SUBJECT,
        words=words,
        clause=clause(document, place),
        quote=document.subject.printed.split("\n")[0],
    )


def type_within_authority(document: Document, day: date) -> Iterator[Finding]:
    """A type that the body may not issue by the regulation of that day; never more than a warning."""
    organ = organ_of(document.issuer.superior_line, document.issuer.name_line)
    broken = organ and breach(document.type, day, organ, _acting(document))
    if not broken:
        return
    words = _("By the table of types this body does not issue a %(type)s.")
    if not broken.confirmed:
        words = _("By the table of types, which was not confirmed, this body does not issue a %(type)s.")
    yield Finding(
        rule="type-authority",
        severity=Severity.WARNING,
        part=Part.HEAD,
        words=words % {"type": document.document_type.name.lower()},
        clause=broken.clause,
    )


def _acting(document: Document) -> Acting | None:
    """Tell by the signature, else by the author line, whether a standing committee or the whole committee speaks."""
    lines = document.signature.lines if document.signature else ()
    said = " ".join([*(line.text for line in lines if line.role == "authority"), document.author_line or ""]).upper()
    if "BAN THƯỜNG VỤ" in said:
        return Acting.STANDING
    return Acting.COMMITTEE if said.startswith("T/M") else None


def _has_subject(document: Document) -> bool:
    return bool(document.subject.text.strip())


def _is_signed(document: Document) -> bool:
    signature = document.signature
    return signature is not None and bool(signature.signer or any(line.role == "name" for line in signature.lines))
