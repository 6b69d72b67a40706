"""Search words marked in a text."""

from __future__ import annotations

import re
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from directives.search import NUMBER_AND_SYMBOL, syllables
from orgs.vietnamese import fold, tone_last

WORD = re.compile(r"\w+")


def marked(text: str, query: str) -> SafeString:
    """The text as HTML with the found words in <mark>: a lone syllable anywhere, several where two stand side by side.

    Words are compared as the search compares them: accents that were typed must be there, others may be.
    """
    wanted = syllables(NUMBER_AND_SYMBOL.sub(" ", query.lower()))
    if not wanted:
        return format_html("{}", text)
    spots = [match.span() for match in WORD.finditer(text)]
    words = [tone_last(text[start:end].lower()) for start, end in spots]
    hits: list[tuple[int, int]] = []
    for place, word in enumerate(words):
        if _stands_here(wanted, words, place) or (len(wanted) == 1 and _same(wanted[0], word)):
            hits.append(spots[place])
    return _with_marks(text, hits)


def _stands_here(wanted: list[str], words: list[str], place: int) -> bool:
    """Whether this word and a neighbour of it are two neighbouring syllables of the query."""
    for first, second in pairwise(wanted):
        after = place + 1 < len(words) and _same(first, words[place]) and _same(second, words[place + 1])
        before = place > 0 and _same(first, words[place - 1]) and _same(second, words[place])
        if after or before:
            return True
    return False


def _same(wanted: str, word: str) -> bool:
    return wanted == word or (wanted == fold(wanted) and wanted == fold(word))


def _with_marks(text: str, hits: list[tuple[int, int]]) -> SafeString:
    """Neighbouring hits become one mark."""
    spans: list[tuple[int, int]] = []
    for start, end in hits:
        if spans and not text[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    pieces = [text[start:end] for start, end in pairwise(edges)]
    parts = [(format_html("<mark>{}</mark>", piece) if place % 2 else piece,) for place, piece in enumerate(pieces)]
    return format_html_join("", "{}", parts)
