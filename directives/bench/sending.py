"""To whom the bench's directives went, and how far they came."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection

from directives import search
from directives.bench.bodies import Body, Office
from directives.bench.loading import copy_rows
from directives.bench.papers import Paper, Papers
from directives.workflow import DeliveryState, DirectiveState
from orgs.models import Role

COLUMNS = (
    "id directive_id organization_id executes state sent_at arrived_at seen_at seen_by_id received_at received_by_id"
    " told_by_telephone_at paper_received_at misdirected_at misdirected_reason withdrawn_at"
)
STATES = (DeliveryState.RECEIVED, DeliveryState.ARRIVED, DeliveryState.SENT, DeliveryState.MISDIRECTED)
FRESH_WEIGHTS = (50, 30, 19, 1)
OLD_WEIGHTS = (980, 10, 5, 5)


NEAR = """
    UPDATE directives_searchentry entry SET words = words || near.marks
    FROM (
        SELECT paper.id, array_agg(DISTINCT %(mark)s || key) AS marks
        FROM directives_directive paper, LATERAL (
            SELECT issuer_id::text UNION ALL SELECT drafting_body_id::text
            UNION ALL SELECT organization_id::text FROM directives_delivery WHERE directive_id = paper.id
            UNION ALL SELECT person_id::text FROM directives_reader WHERE directive_id = paper.id
        ) near (key)
        GROUP BY paper.id
    ) near
    WHERE near.id = entry.directive_id
"""


def note_who_is_near() -> None:
    """Add to the words of each paper the marks that `search.index` gives it, for all papers at once."""
    with connection.cursor() as cursor:
        cursor.execute(NEAR, {"mark": search.NEAR})


class Sending:
    """Sends the issued papers to units drawn at random, so many that all papers together make `deliveries` of them."""

    def __init__(self, office: Office, papers: Papers, deliveries: int, random: Random) -> None:
        self._units = office.units
        self._issued = [paper for paper in papers.written if paper.state == DirectiveState.ISSUED]
        self._each = deliveries / max(1, len(self._issued))
        self._random = random
        self._fresh_since = papers.fresh_since

    def send(self) -> int:
        """Write the deliveries; returns how many there are."""
        return copy_rows("directives_delivery", COLUMNS, self._rows())

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        for paper in self._issued:
            # Few papers go to everybody, many to a handful.
            count = 1 + int(self._random.expovariate(1 / self._each))
            for unit in self._random.sample(self._units, min(count, len(self._units))):
                yield self._delivery(paper, unit)

    def _delivery(self, paper: Paper, unit: Body) -> tuple[Any, ...]:
        at = paper.changed_at
        weights = FRESH_WEIGHTS if at >= self._fresh_since else OLD_WEIGHTS
        state = self._random.choices(STATES, weights)[0]
        arrived = state != DeliveryState.SENT
        received = state == DeliveryState.RECEIVED
        misdirected = state == DeliveryState.MISDIRECTED
        clerk = unit.staff[Role.CLERK]
        return (
            *(UUID(int=self._random.getrandbits(128), version=4), paper.pk, unit.pk, True, state.value, at),
            *((at, at, clerk) if arrived else (None, None, None)),
            *((at, clerk) if received else (None, None)),
            *(None, None),
            *((at, "Gửi nhầm đơn vị") if misdirected else (None, "")),
            None,
        )
