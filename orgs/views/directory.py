"""The directory of bodies, for everybody who signs in: the list, and each body with its names over time."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from orgs.clock import CLOCK
from orgs.models import Organization, OrganizationVersion
from orgs.permissions import administered_by
from orgs.requests import MemberRequest
from orgs.views import facts
from orgs.views.facts import BodyLink

ENDED = "da-ket-thuc"
ROWS = 100


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """One body of the list, by the names that it has today, or had last."""

    version: OrganizationVersion
    superior: BodyLink | None


@require_safe
def directory(request: MemberRequest) -> HttpResponse:
    """Bodies by the alphabet, found with or without accents; those that have ended stand in a list of their own."""
    day = CLOCK.today()
    words, chosen = request.GET.get("q", "").strip()[:200], request.GET.get("loc", "")
    ended = Q(organization__ended_on__lte=day)
    versions = OrganizationVersion.objects.in_force_on(day).filter(ended if chosen == ENDED else ~ended)
    found = versions.with_words(words).select_related("organization").order_by("sort_key", "pk")
    page: Page[OrganizationVersion] = Paginator(found, ROWS).get_page(request.GET.get("trang"))
    superiors = facts.links(day, [version.superior_id for version in page])
    context = {
        "rows": [DirectoryRow(v, superiors.get(v.superior_id) if v.superior_id else None) for v in page],
        "page": page,
        "words": words,
        "chosen": chosen,
        "choices": [("", _("Active"), not chosen), (ENDED, _("Ended"), chosen == ENDED)],
        "administers": bool(administered_by(request.member, day)),
        "here": "directory",
    }
    return render(request, "orgs/directory.html", context)


@require_safe
def body(request: MemberRequest, code: str) -> HttpResponse:
    """One body: what it is called and was called, who serves in it, what stands above, below, before and after it."""
    organization = get_object_or_404(Organization, code=code)
    day = CLOCK.today()
    now = organization.as_of(day)
    context = {
        "organization": organization,
        "now": now,
        "superior": next(iter(facts.links(day, [now.superior_id]).values()), None),
        "has_ended": organization.has_ended(day),
        "names": facts.names_over_time(organization, day),
        "subordinates": facts.subordinates(organization, day),
        "holders": facts.holders(organization, day),
        "memberships": facts.memberships(organization, day),
        "successors": list(facts.links(day, organization.successors.values_list("pk", flat=True)).values()),
        "predecessors": list(facts.links(day, organization.predecessors.values_list("pk", flat=True)).values()),
        "terms": list(organization.terms.order_by("-starts_on")),
        "administers": organization.pk in administered_by(request.member, day),
        "here": "directory",
    }
    return render(request, "orgs/body.html", context)
