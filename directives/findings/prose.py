"""What is looked for in the text: marks at the end, tone marks, annexes."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from directives.annexes import roman
from directives.blocks import Block, BlockKind, walk
from directives.document import Document
from directives.findings.finding import Finding, Part, Severity, clause, last_words, pieces

_END_MARKS = (".", ";", ":", ",", "…", "?")
_QUOTES = "”\"'’»"
# Open syllables in which the tone may stand on either vowel; in "quý" and "giá" there is no choice.
_TONE_LATE = re.compile(r"(?<![qQ])(o[àáảãạ]|o[èéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
_TONE_EARLY = re.compile(r"(?<!\w[qQ])([òóỏõọ]a|[òóỏõọ]e|[ùúủũụ]y)(?!\w)", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"\w*$")
_ANNEX = re.compile(
    r"phụ lục(?: số)? (?P<number>[IVX]+|\d{1,2})(?!\w)|phụ lục[^.;]{0,40}kèm|kèm[^.;]{0,40}phụ lục", re.I
)


def end_marks(document: Document) -> Iterator[Finding]:
    """Paragraphs that end with the mark of state papers, or with none; the last one ends with a full stop."""
    blocks = [block for block, _ancestors in walk(document.body) if block.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM}]
    for block in blocks:
        text = block.text.rstrip()
        is_last = block is blocks[-1] and not document.dissemination
        if text.endswith("./."):
            words = _("Party papers end with “.”, not with “./.”.")
            yield _of_block(document, "state-end-mark", words, block, last_words(text))
        elif _lacks_end(block, is_last=is_last):
            words = _("The text ends with a full stop.") if is_last else _("The paragraph has no mark at its end.")
            yield _of_block(document, "end-mark-missing", words, block, last_words(text))


def tone_marks(document: Document) -> Iterator[Finding]:
    """Both placings of the tone mark in one text; which of them is the body's own choice."""
    late = early = None
    for part, block, text in pieces(document):
        late = late or _first(_TONE_LATE, text, part, block)
        early = early or _first(_TONE_EARLY, text, part, block)
    if late is None or early is None:
        return
    word, part, block = late
    yield Finding(
        rule="tone-marks",
        severity=Severity.NOTE,
        part=part,
        words=_("The text writes both “%(late)s” and “%(early)s”; keep to one way of placing the tone mark.")
        % {"late": word, "early": early[0]},
        quote=word,
        block=block,
    )


def annexes(document: Document) -> Iterator[Finding]:
    """Annexes that the text promises and the paper lacks, and annexes of which the text says nothing."""
    mentions = list(_mentions(document))
    if document.annexes and not mentions:
        yield Finding(
            rule="annex-unmentioned",
            severity=Severity.WARNING,
            part=Part.ANNEX,
            words=_("The text does not name its annexes; write “(có phụ lục kèm theo)” where they belong."),
            clause=clause(document, "phụ lục"),
            quote=document.annexes[0].title.split("\n")[0],
        )
    for number, quote, block in mentions:
        if number > len(document.annexes):
            name = roman(number) if number > 1 else ""
            yield Finding(
                rule="annex-missing",
                severity=Severity.WARNING,
                part=Part.BODY,
                words=_("The text names an annex %(number)s that the paper does not have.") % {"number": name},
                clause=clause(document, "phụ lục"),
                quote=quote,
                block=block,
            )
            return


def _mentions(document: Document) -> Iterator[tuple[int, str, str]]:
    """Yield the number of each annex that the text names (1 where none is said), the words and the block."""
    numbers = {roman(number): number for number in range(1, 40)}
    for part, block, text in pieces(document):
        for found in _ANNEX.finditer(text) if part is Part.BODY else ():
            written = found["number"]
            number = 1 if not written else int(written) if written.isdecimal() else numbers.get(written.upper(), 1)
            yield number, found[0], block


def _lacks_end(block: Block, *, is_last: bool) -> bool:
    text = block.text.rstrip().rstrip(_QUOTES)
    # An item with others beneath it may be their heading.
    if not text or (block.children and not is_last):
        return False
    return not text.endswith("." if is_last else _END_MARKS)


def _first(pattern: re.Pattern[str], text: str, part: Part, block: str) -> tuple[str, Part, str] | None:
    found = pattern.search(text)
    if found is None:
        return None
    before = _WORD_BEFORE.search(text[: found.start()])
    return (before[0] if before else "") + found[0], part, block


def _of_block(document: Document, rule: str, words: str, block: Block, quote: str) -> Finding:
    return Finding(
        rule=rule,
        severity=Severity.WARNING,
        part=Part.BODY,
        words=words,
        clause=clause(document, "ô 6"),
        quote=quote,
        block=block.id or "",
    )
