"""The papers that the member's bodies send out."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directives.filters import PAPERS, choices, papers_matching
from directives.models import Directive
from directives.models.directive import READING_ROLES
from directives.views import status
from directives.views.pages import page_of_list
from directives.views.status import Status
from directives.workflow import DeliveryState
from orgs.clock import CLOCK
from orgs.models import Role
from orgs.requests import MemberRequest
from orgs.views.names import names_on


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """One paper of the list; `received` of `sent_to` units have received it."""

    directive: Directive
    issuer: str
    status: Status
    received: int
    sent_to: int


@require_safe
def outgoing(request: MemberRequest) -> HttpResponse:
    """The list with a filter by state and a search by number and subject."""
    member = request.member
    chosen, words = request.GET.get("loc", ""), request.GET.get("q", "")
    bodies = member.organizations_as(*READING_ROLES)
    own = Q(issuer__in=bodies) | Q(drafting_body__in=bodies)
    papers = papers_matching(Directive.objects.visible_to(member).filter(own), chosen, words)
    page = page_of_list(request, papers.order_by("-changed_at").defer("text", "frozen"))
    names = names_on(CLOCK.today(), [directive.issuer_id for directive in page.rows])
    counts = _deliveries_of(page.rows)
    rows = [
        OutgoingRow(
            directive, names[directive.issuer_id], status.of_directive(directive), *counts.get(directive.pk, (0, 0))
        )
        for directive in page.rows
    ]
    context = {
        "rows": rows,
        "page": page,
        "words": words,
        "chosen": chosen,
        "choices": choices({slug: name for slug, (name, _q) in PAPERS.items()}, chosen, q=words),
        "may_draft": bool(member.organizations_as(Role.DRAFTER)),
    }
    return render(request, "directives/outgoing.html", context)


def _deliveries_of(directives: list[Directive]) -> dict[object, tuple[int, int]]:
    """Units that received each paper, and units it goes to."""
    received = Count("deliveries", filter=Q(deliveries__state=DeliveryState.RECEIVED))
    counted = Directive.objects.filter(pk__in=[directive.pk for directive in directives]).order_by()
    rows = counted.annotate(received=received, sent_to=Count("deliveries")).values_list("pk", "received", "sent_to")
    return {pk: (received, sent_to) for pk, received, sent_to in rows}
