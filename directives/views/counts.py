"""How much waits for a member: every question of the rail counted at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest

from directives.views import waiting
from orgs.member import Member
from orgs.models import Person, Post

Question = Callable[[Member], QuerySet[Any]]

FOR_THE_HAND: tuple[Question, ...] = (
    waiting.returned_to,
    waiting.to_review,
    waiting.to_approve,
    waiting.at_the_counter,
    waiting.to_receive,
    waiting.to_comment,
    waiting.to_confirm,
)
"""What waits for this member's own hand; nobody else sees these counts."""
COUNTED: tuple[Question, ...] = (*FOR_THE_HAND, waiting.my_shares)
"""Everything that the rail shows a count of. None of these asks for the time."""
REMEMBERED = 300
"""For so many people a process keeps the question as SQL, some ten kilobytes for each."""


def counts_of(request: HttpRequest, member: Member) -> Mapping[Question, int]:
    """How many rows each of COUNTED has for the member of this request; asked of the database once a request."""
    kept = vars(request)
    if "counts" not in kept:
        kept["counts"] = counted(member)
    counts: Mapping[Question, int] = kept["counts"]
    return counts


def in_hand(counts: Mapping[Question, int]) -> int:
    """How much of what is counted waits for the member's own hand."""
    return sum(counts[question] for question in FOR_THE_HAND)


def counted(member: Member) -> dict[Question, int]:
    """How many rows each of COUNTED has for this member now."""
    sql, params = _put_together(member.person.pk, frozenset((post.organization_id, post.role) for post in member.posts))
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return dict(zip(COUNTED, cursor.fetchone(), strict=True))


@lru_cache(maxsize=REMEMBERED)
def _put_together(person: int, held: frozenset[tuple[UUID, str]]) -> tuple[str, tuple[Any, ...]]:
    """The one question about a person with these posts; it takes longer to put together than to answer."""
    member = Member(Person(pk=person), tuple(Post(organization_id=body, role=role) for body, role in held))
    parts = [_count(question(member)) for question in COUNTED]
    columns = ", ".join(f"({sql})" for sql, _values in parts)
    return f"SELECT {columns}", tuple(value for _sql, values in parts for value in values)


def _count(rows: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    try:
        sql, params = rows.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return "SELECT 0", ()
    return f"SELECT count(*) FROM ({sql}) AS found", params
