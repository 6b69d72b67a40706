"""What is looked for letter by letter: signs that the document font lacks, and signs that nobody sees."""

import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from directives.document import Document
from directives.document_fonts import missing_letters
from directives.findings.finding import Finding, Part, Severity, clause, last_words, pieces


def letters(document: Document) -> Iterator[Finding]:
    """One finding for each text that holds a sign which cannot be printed or cannot be seen."""
    for part, block, text in _every_text(document):
        unknown = missing_letters([text])
        if unknown:
            words = _("The document font has no sign for %(letters)s. Replace it.")
            yield _finding(document, Severity.ERROR, words, unknown, part, block, text)
        unseen = sorted({letter for letter in text if unicodedata.category(letter) == "Cf"})
        if unseen:
            words = _("There is a sign that nobody sees: %(letters)s. Take it away.")
            yield _finding(document, Severity.WARNING, words, unseen, part, block, text)


def _every_text(document: Document) -> Iterator[tuple[Part, str, str]]:
    head = [document.issuer.superior_line, document.issuer.name_line, document.place]
    head += [issuer.name_line for issuer in document.co_issuers]
    subject = [document.author_line, document.subject.printed, document.meeting_note, document.enacting_line]
    yield from ((Part.HEAD, "", text) for text in head if text)
    yield from ((Part.SUBJECT, "", text) for text in subject if text)
    yield from ((Part.ADDRESSEES, "", addressee.text) for addressee in document.addressees)
    yield from pieces(document)
    yield from ((Part.BODY, block.id or "", block.marker) for block, _ancestors in document.walk() if block.marker)
    for line in document.distribution:
        yield Part.DISTRIBUTION, "", f"{line.heading or ''}{line.printed}"
    for signature in (document.second_signature, document.signature, document.confirmation):
        if signature is not None:
            lines = [*(line.text for line in signature.lines), signature.signer or ""]
            yield from ((Part.SIGNATURE, "", text) for text in lines)


def _finding(
    document: Document, severity: Severity, words: str, found: list[str], part: Part, block: str, text: str
) -> Finding:
    first = min(text.index(letter) for letter in found)
    return Finding(
        rule="letters",
        severity=severity,
        part=part,
        words=words % {"letters": ", ".join(_named(letter) for letter in found)},
        clause=clause(document, "TCVN 6909:2001"),
        quote=last_words(text[:first].strip()),
        block=block,
    )


def _named(letter: str) -> str:
    """Write a sign with its code and its name, as in "U+200B ZERO WIDTH SPACE"."""
    return f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".strip()
