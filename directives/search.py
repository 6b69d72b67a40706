"""Find directives by number, subject and text, with or without accents.

A Vietnamese word is mostly two syllables, and syllables alone are too common to be found fast. So the index holds every
syllable and every pair of neighbouring syllables, each as written and without accents; a query of several syllables
asks for its pairs. No dictionary, no extension of the database.

Beside the words stand marks of the bodies and people near the paper, so that the index alone leaves out what lies far
from who searches. They only narrow: who may read a paper is asked all the same. A trigger adds a mark of the month in
which the paper last changed, so that a common word is first looked for in the last months alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from directives.models import Directive, SearchEntry
from directives.models.directive import DirectiveQuerySet
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.vietnamese import fold, tone_last

NUMBER_AND_SYMBOL = re.compile(r"\b(\d{1,9})([a-z]?)-([^\W\d_][\w/]*)")
SYLLABLE = re.compile(r"\w+")
LONGEST_QUERY = 200
LONGEST_SYLLABLE = 100
"""Of what is no word, a line of underscores or the bytes of a picture, only the beginning goes into the index."""
LOOKED_AT_BESIDES = 30
"""Nearly everything near a member may be read by the member; so many more papers are looked at than are shown."""
NEAR = "@"
"""How the mark of a body or a person begins; no typed word begins so."""
MONTH = "#"
"""How the mark of a month begins."""
LAST_MONTHS = 3
"""So many months, this one among them, hold a page of whatever is common near a member, and few of all papers."""


def index(directive: Directive) -> None:
    """Rebuild what this directive can be found by; called by every action that changes its words or whom it is near."""
    words = {word for text in _texts_of(directive) for word in words_in(text)}
    entry = sorted(words | _near_paper(directive))
    SearchEntry.objects.update_or_create(directive=directive, defaults={"words": entry})


def add(directive: Directive, texts: Iterable[str]) -> None:
    """Let this directive be found by these texts as well, until it is indexed anew."""
    entry = SearchEntry.objects.select_for_update().get(directive=directive)
    more = {word for text in texts for word in words_in(text)}
    if not more <= set(entry.words):
        SearchEntry.objects.filter(pk=entry.pk).update(words=sorted(more | set(entry.words)))


def found(directives: DirectiveQuerySet, query: str) -> DirectiveQuerySet:
    """Those of `directives` that hold every part of the query; an empty query finds them all.

    `12-CV` finds 12-CV/TU, `12` finds number 12 and texts with 12. Neighbouring syllables are asked for side by side;
    accents that were typed must be there, accents that were not may be.
    """
    rest = _plain(query)
    if rest.isdecimal():
        # Not as "or": the database would then look at every paper.
        numbered = Directive.objects.filter(number=int(rest[:9])).order_by().values("pk")
        return directives.filter(pk__in=numbered.union(_with_words([rest], directives.seen_by), all=True))
    for number, suffix, symbol in NUMBER_AND_SYMBOL.findall(rest):
        directives = directives.filter(number=int(number), number_suffix=suffix, symbol__istartswith=symbol)
    wanted = list(_wanted(syllables(NUMBER_AND_SYMBOL.sub(" ", rest))))
    return directives.filter(pk__in=_with_words(wanted, directives.seen_by)) if wanted else directives


def newest(directives: DirectiveQuerySet, query: str, most: int) -> list[UUID]:
    """Keys of those that `found` finds, at most so many, the last changed first.

    Entries that hold the words are put in order before anybody asks who may read them: then only the newest are asked
    about, first those of the last months, and all when too few of these may be read.
    """
    plain = _plain(query)
    wanted = list(_wanted(syllables(plain)))
    if wanted and not plain.isdecimal() and not NUMBER_AND_SYMBOL.search(plain):
        looked_at = most + LOOKED_AT_BESIDES
        entries = _with_words(wanted, directives.seen_by)
        late = entries.filter(words__overlap=_last_months(CLOCK.now()))
        keys, _were_all = _readable(late, directives, looked_at)
        if len(keys) >= most:
            return keys[:most]
        keys, were_all = _readable(entries, directives, looked_at)
        if len(keys) >= most or were_all:
            return keys[:most]
    return list(found(directives, query).order_by("-changed_at").values_list("pk", flat=True)[:most])


def _plain(query: str) -> str:
    return unicodedata.normalize("NFC", query[:LONGEST_QUERY]).lower().strip()


def syllables(text: str) -> list[str]:
    """The syllables of a text in lower case, each with its tone at the end, so that "ủy" and "uỷ" are one."""
    found = SYLLABLE.findall(unicodedata.normalize("NFC", text).lower())
    return [tone_last(syllable[:LONGEST_SYLLABLE]) for syllable in found]


def words_in(text: str) -> Iterator[str]:
    """What one line of a text can be found by: its syllables and their pairs, as written and without accents."""
    written = syllables(text)
    plain = [fold(syllable) for syllable in written]
    for some in (written, plain):
        yield from some
        yield from ("_".join(pair) for pair in pairwise(some))


def _texts_of(directive: Directive) -> Iterable[str]:
    document = directive.text
    yield directive.subject
    yield from (line for line in (document.get("author_line"), document.get("meeting_note")) if line)
    blocks = list(document["body"])
    while blocks:
        block = blocks.pop()
        yield "".join(run["text"] for run in block["runs"])
        blocks += block["children"]


def _with_words(wanted: list[str], member: Member | None) -> QuerySet[SearchEntry, Any]:
    """Entries that hold all these words; of papers near the member, which the index finds as fast as a rare word."""
    entries = SearchEntry.objects.filter(words__contains=wanted)
    if member is not None:
        entries = entries.filter(words__overlap=_near_member(member))
    return entries.values("pk")


def _readable(
    entries: QuerySet[SearchEntry, Any], directives: DirectiveQuerySet, looked_at: int
) -> tuple[list[UUID], bool]:
    """Of the newest entries, at most `looked_at`: keys of those among `directives`, and whether that was all."""
    # Not EXISTS, which the database might answer by first looking for everything that may be read.
    seen = Subquery(directives.filter(pk=OuterRef("pk")).order_by().values("pk")[:1])
    rows = entries.order_by("-changed_at").values_list("pk", seen)[:looked_at]
    return [key for key, may_be_read in rows if may_be_read is not None], len(rows) < looked_at


def _last_months(now: datetime) -> list[str]:
    """Marks of the last months, this one first; months are those of UTC, as for the trigger that writes the marks."""
    this = now.astimezone(UTC)
    month = this.year * 12 + this.month - 1
    return [f"{MONTH}{each // 12}-{each % 12 + 1:02}" for each in range(month, month - LAST_MONTHS, -1)]


def _near_paper(directive: Directive) -> set[str]:
    """Marks of everybody whom any rule of sight could mean: the paper's bodies, its units and its named readers."""
    bodies = directive.bodies
    bodies.update(directive.deliveries.values_list("organization_id", flat=True))
    people = directive.readers.values_list("person_id", flat=True)
    return {*map(near, bodies), *map(near, people)}


def _near_member(member: Member) -> list[str]:
    return [*map(near, member.organization_ids), near(member.person.pk)]


def near(key: UUID | int) -> str:
    """The mark of a body or a person among the words of an entry."""
    return f"{NEAR}{key}"


def _wanted(typed: list[str]) -> Iterator[str]:
    """The words of the index that these syllables ask for."""
    if len(typed) == 1:
        yield typed[0]
    for first, second in pairwise(typed):
        yield from _wanted_pair(first, second)


def _wanted_pair(first: str, second: str) -> Iterator[str]:
    """As written when both syllables carry accents; otherwise without accents, and those that were typed besides."""
    plain = fold(first), fold(second)
    if plain[0] != first and plain[1] != second:
        yield f"{first}_{second}"
        return
    yield "_".join(plain)
    yield from (syllable for syllable in (first, second) if fold(syllable) != syllable)
