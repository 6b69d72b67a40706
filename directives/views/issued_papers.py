"""Find an issued paper that a draft is to name."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from directives import search
from directives.models import Directive, changes_for
from directives.workflow import DirectiveState
from orgs.member import Member

AT_MOST = 10


def issued_papers(
    query: str, member: Member, but: QuerySet[Directive], of: Collection[UUID] | None = None
) -> list[Directive]:
    """Papers in force that may be meant, the newest first, those of `but` left out; none without a query.

    Where bodies are named (`of`), only those that they issued.
    """
    if not query:
        return []
    issued = Directive.objects.visible_to(member).filter(state=DirectiveState.ISSUED, recalled_at=None)
    if of is not None:
        issued = issued.filter(issuer__in=of)
    found = search.found(issued.exclude(pk__in=but.values("pk")), query)
    return list(found.in_brief().prefetch_related(changes_for(member)).order_by("-issued_at")[:AT_MOST])
