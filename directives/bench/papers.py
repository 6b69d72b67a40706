"""The bench's directives: half of them the head committee's, most of them issued long ago, each with its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from directives import search
from directives.bench.bodies import Body, Office
from directives.bench.loading import AT_ONCE, copy_rows
from directives.bench.texts import Writer, Written, numbered, symbol_of
from directives.formats.types import type_named
from directives.models import NumberSeries
from directives.workflow import DirectiveState, EntryState
from orgs.models import Role

YEARS = timedelta(days=5 * 365)
FRESH = timedelta(days=14)
SHARE_IN_HAND = 0.01
FEWEST_IN_HAND = 40
"""The newest papers are still on somebody's desk."""
IN_HAND = (
    DirectiveState.DRAFT,
    DirectiveState.SUBMITTED,
    DirectiveState.APPROVED,
    DirectiveState.NUMBERED,
    DirectiveState.ISSUED,
)
LONG_AGO = (DirectiveState.ISSUED, DirectiveState.DRAFT, DirectiveState.VOIDED)
LONG_AGO_WEIGHTS = (98, 1, 1)
HAS_NUMBER = (DirectiveState.NUMBERED, DirectiveState.ISSUED, DirectiveState.VOIDED)
NOT_SIGNED = (DirectiveState.DRAFT, DirectiveState.SUBMITTED)

DIRECTIVE_COLUMNS = (
    "id issuer_id drafting_body_id drafter_id authority_id state restricted content type subject text profile version"
    " created_at changed_at returned_reason approved_hash approved_at signature_kind signed_on sealed_on"
    " signature_noted_by_id signature_reason number number_suffix symbol dated_on frozen issued_at voided_at"
    " recalled_at recalled_by recall_reason"
)
ENTRY_COLUMNS = (
    "series_id number suffix symbol state dated_on directive_id secret reserved_for reserved_until taken_by_id"
    " taken_at voided_at voided_by void_reason"
)


@dataclass(frozen=True, slots=True)
class Paper:
    """What is remembered of a written directive: enough for its register entry and its deliveries."""

    pk: UUID
    issuer: Body
    state: DirectiveState
    restricted: bool
    type: str
    number: int | None
    symbol: str
    changed_at: datetime

    @property
    def dated_on(self) -> date:
        """The day of its number."""
        return timezone.localdate(self.changed_at)

    @property
    def group(self) -> str:
        """The series in which it takes its number."""
        return type_named(self.type).symbol_group


class Papers:
    """Writes the directives of an office in the order of their dates, with their search entries and numbers."""

    def __init__(self, office: Office, random: Random) -> None:
        self._office = office
        self._random = random
        self._writer = Writer(random)
        self._last_number: Counter[tuple[UUID, str]] = Counter()
        self.written: list[Paper] = []

    def write(self, count: int) -> None:
        """Put `count` directives of the last five years into the database."""
        for start in range(0, count, AT_ONCE):
            places = range(start, min(start + AT_ONCE, count))
            rows, entries = [], []
            for place in places:
                text = self._writer.paper()
                in_hand = place >= count - max(FEWEST_IN_HAND, SHARE_IN_HAND * count)
                paper = self._paper(text, place / count, in_hand)
                self.written.append(paper)
                rows.append(self._directive(paper, text))
                entries.append((paper.pk, sorted(set().union(*map(_words, text.words_from)))))
            copy_rows("directives_directive", DIRECTIVE_COLUMNS, rows)
            copy_rows("directives_searchentry", "directive_id words", entries)
        self._register()
        self._name_readers()

    def _paper(self, text: Written, age: float, in_hand: bool) -> Paper:
        """The facts of a paper; `age` runs from 0, five years ago, to 1, today."""
        issuer = self._issuer()
        draw = self._random.choices
        state = draw(IN_HAND)[0] if in_hand else draw(LONG_AGO, LONG_AGO_WEIGHTS)[0]
        number, symbol = None, ""
        if state in HAS_NUMBER:
            key = (issuer.pk, type_named(text.type).symbol_group)
            self._last_number[key] += 1
            number, symbol = self._last_number[key], symbol_of(text.type, issuer.symbol)
        return Paper(
            pk=UUID(int=self._random.getrandbits(128), version=4),
            issuer=issuer,
            state=state,
            restricted=self._random.random() < 0.02,
            type=text.type,
            number=number,
            symbol=symbol,
            changed_at=timezone.now() - YEARS * (1 - age),
        )

    def _issuer(self) -> Body:
        """The head committee for half of the papers, a board for 1 % each, a unit for the rest."""
        office, drawn = self._office, self._random.random()
        if drawn < 0.5:
            return office.head
        if drawn < 0.5 + 0.01 * len(office.boards):
            return self._random.choice(office.boards)
        return self._random.choice(office.units)

    def _directive(self, paper: Paper, text: Written) -> tuple[Any, ...]:
        office, issuer, at = self._office, paper.issuer, paper.changed_at
        drafting = office.boards[-1] if issuer is office.head else issuer
        approved = paper.state not in (DirectiveState.DRAFT, DirectiveState.SUBMITTED)
        signed = approved and (paper.state != DirectiveState.APPROVED or self._random.random() < 0.5)
        frozen = None
        if paper.number is not None:
            frozen = numbered(text.document, number=paper.number, symbol=paper.symbol, dated_on=paper.dated_on)
        return (
            *(paper.pk, issuer.pk, drafting.pk, drafting.staff[Role.DRAFTER], issuer.authority),
            *(paper.state.value, paper.restricted, "structured", paper.type, text.subject, text.document, "", 1),
            *(at - timedelta(days=3), at, "", "0" * 64 if approved else "", at if approved else None),
            *(("pen", paper.dated_on, self._sealed_on(paper)) if signed else ("", None, None)),
            *(issuer.staff[Role.CLERK] if signed else None, ""),
            *(paper.number, "", paper.symbol, paper.dated_on if frozen else None, frozen),
            at if paper.state == DirectiveState.ISSUED else None,
            at if paper.state == DirectiveState.VOIDED else None,
            *(None, "", ""),
        )

    def _sealed_on(self, paper: Paper) -> date | None:
        """What is numbered still waits for its seal."""
        return None if paper.state == DirectiveState.NUMBERED else paper.dated_on

    @property
    def fresh_since(self) -> datetime:
        """Since when the newest papers are under way: two weeks, in a small office as long as its papers in hand."""
        newest = self.written[-min(FEWEST_IN_HAND, len(self.written))].changed_at
        return min(newest, timezone.now() - FRESH)

    def _register(self) -> None:
        """One series for each body and symbol, and the line of each number."""
        terms = {body.pk: body.term for body in self._office.everybody}
        series = NumberSeries.objects.bulk_create(
            NumberSeries(organization_id=body, term_id=terms[body], symbol_group=group, next_number=last + 1)
            for (body, group), last in self._last_number.items()
        )
        keys = {(each.organization_id, each.symbol_group): each.pk for each in series}
        copy_rows("directives_registerentry", ENTRY_COLUMNS, self._entries(keys))

    def _entries(self, series: dict[tuple[UUID, str], int]) -> Iterator[tuple[Any, ...]]:
        for paper in self.written:
            if paper.number is None:
                continue
            void = paper.state == DirectiveState.VOIDED
            yield (
                *(series[paper.issuer.pk, paper.group], paper.number, "", paper.symbol),
                *(EntryState.VOID.value if void else EntryState.NUMBERED.value, paper.dated_on, paper.pk),
                *(False, "", None, paper.issuer.staff[Role.CLERK], paper.changed_at),
                *((paper.changed_at, "Chánh Văn phòng", "Ghi nhầm tên loại") if void else (None, "", "")),
            )

    def _name_readers(self) -> None:
        """Restricted papers name three readers, and so does a tenth of the others."""
        people = [key for body in self._office.everybody for key in body.staff.values()]
        named = [paper.pk for paper in self.written if paper.restricted or self._random.random() < 0.1]
        rows = ((pk, person) for pk in named for person in self._random.sample(people, 3))
        copy_rows("directives_reader", "directive_id person_id", rows)


@lru_cache(maxsize=5_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(search.words_in(text))
