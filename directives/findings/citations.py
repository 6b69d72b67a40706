"""What is looked for where the text names another paper: the form of its number, and its date."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from directives.document import Document
from directives.findings.finding import Finding, Part, Severity, clause, pieces

_NUMBER = re.compile(
    r"[Ss]ố(?P<colon>\s*:)?\s*(?P<value>\d{1,5})(?P<suffix>[a-zđ]?)(?P<first>\s*[-/]\s*)"
    r"(?P<type>[A-ZĐ][A-Za-zĐđ]*)(?P<second>\s*[-/]\s*)(?P<body>[A-ZĐ][\wĐđƯư]*(?:-[A-ZĐ]+)?)"
)
# Symbols of Party bodies; papers of the state put the slash first.
_PARTY_BODY = re.compile(r"(VP|BTC|BTG|BTGDV|BDV|BNC|UBKT|BXD)?(TW|TU|HU|QU|ThU|ĐU\w*)|CB|ĐH")
_DATED = re.compile(r"[^.;]{0,60}?\b(ngày|năm)\s*\d")


def number_forms(document: Document) -> Iterator[Finding]:
    """Numbers of Party papers that are not written as "số 07-CV/TU"."""
    for part, block, found in _numbers(document):
        right = _right_form(found)
        if right:
            yield Finding(
                rule="number-form",
                severity=Severity.WARNING,
                part=part,
                words=_("Write “%(right)s”.") % {"right": right},
                clause=clause(document, "ô 3"),
                quote=found[0],
                block=block,
            )


def dates(document: Document) -> Iterator[Finding]:
    """Papers that are named for the first time without their date."""
    named: set[str] = set()
    undated: set[str] = set()
    for part, block, found in _numbers(document):
        key = found["value"] + found["type"] + found["body"]
        if key not in named and not _DATED.match(found.string, found.end()):
            undated.add(found["value"])
            yield _without_date(document, found[0], part, block)
        named.add(key)
    for citation in document.citations:
        if citation.date is None and citation.number not in undated:
            yield _without_date(document, citation.text, *_where(document, citation.text))


def named_papers(document: Document) -> set[tuple[int, str, str]]:
    """Number, late letter and symbol of every paper that the text names by its number."""
    return {
        (int(found["value"]), found["suffix"], f"{found['type']}/{found['body']}")
        for _part, _block, found in _numbers(document)
    }


def _numbers(document: Document) -> Iterator[tuple[Part, str, re.Match[str]]]:
    for part, block, text in pieces(document):
        for found in _NUMBER.finditer(text):
            yield part, block, found


def _right_form(found: re.Match[str]) -> str:
    """Return how the number should be written; empty where it is right or belongs to a state body."""
    if found["first"].strip() == "/" and not _PARTY_BODY.fullmatch(found["body"]):
        return ""
    value = f"{int(found['value']):02d}"
    right = f"{found[0][:2]} {value}{found['suffix']}-{found['type']}/{found['body']}"
    return "" if right == found[0] else right


def _where(document: Document, words: str) -> tuple[Part, str]:
    """Return the part and the block where these words stand; the text as a whole where they stand nowhere."""
    return next(((part, block) for part, block, text in pieces(document) if words in text), (Part.BODY, ""))


def _without_date(document: Document, quote: str, part: Part, block: str) -> Finding:
    return Finding(
        rule="citation-without-date",
        severity=Severity.WARNING,
        part=part,
        words=_("Where a paper is named for the first time, its date is given: “%(quote)s, ngày …”.")
        % {"quote": quote},
        clause=clause(document, "ô 6"),
        quote=quote,
        block=block,
    )
