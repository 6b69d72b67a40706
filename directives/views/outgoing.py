"""The papers that the member's bodies send out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directives.filters import PaperFilter
from directives.models import Directive, JointIssuer, changes_for
from directives.models.directive import READING_ROLES
from directives.views import status
from directives.views.filtering import filters_of, names_of
from directives.views.marking import marked
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
    subject: SafeString
    issuer: str
    status: Status
    received: int
    sent_to: int


@require_safe
def outgoing(request: MemberRequest) -> HttpResponse:
    """The list with its filters and a search by number, subject and text."""
    member = request.member
    bodies = member.organizations_as(*READING_ROLES)
    own = Q(issuer__in=bodies) | Q(drafting_body__in=bodies) | _issued_jointly(bodies)
    papers = Directive.objects.visible_to(member).filter(own).prefetch_related(changes_for(member))
    chosen = PaperFilter(request.GET, papers, issuers=names_of(bodies))
    page = page_of_list(request, chosen.qs.order_by("-changed_at").defer("text", "frozen"), first=chosen.newest)
    filters = filters_of(request, chosen)
    names = names_on(CLOCK.today(), [directive.issuer_id for directive in page.rows])
    counts = _deliveries_of(page.rows)
    rows = [
        OutgoingRow(
            directive,
            marked(f"{directive.type_name} · {directive.subject}", filters.words),
            names[directive.issuer_id],
            status.of_directive(directive),
            *counts.get(directive.pk, (0, 0)),
        )
        for directive in page.rows
    ]
    context = {
        "rows": rows,
        "page": page,
        "filters": filters,
        "search_label": _("Number, subject or words of the text"),
        "may_draft": bool(member.organizations_as(Role.DRAFTER)),
    }
    return render(request, "directives/outgoing.html", context)


def _issued_jointly(bodies: Iterable[UUID]) -> Q:
    """Papers that these bodies issue jointly with another: few, so they are named and no list is read for them."""
    return Q(pk__in=list(JointIssuer.objects.filter(organization__in=bodies).values_list("directive", flat=True)))


def _deliveries_of(directives: list[Directive]) -> dict[object, tuple[int, int]]:
    """Units that received each paper, and units it goes to."""
    received = Count("deliveries", filter=Q(deliveries__state=DeliveryState.RECEIVED))
    counted = Directive.objects.filter(pk__in=[directive.pk for directive in directives]).order_by()
    rows = counted.annotate(received=received, sent_to=Count("deliveries")).values_list("pk", "received", "sent_to")
    return {pk: (received, sent_to) for pk, received, sent_to in rows}
