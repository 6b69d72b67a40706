"""The search of the frame: papers, then bodies, of everything that the member may see."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directives import search
from directives.models import Directive, changes_for
from directives.search import LONGEST_QUERY
from directives.views import status
from directives.views.marking import marked
from directives.views.status import Status
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.models import OrganizationVersion
from orgs.requests import MemberRequest
from orgs.views.names import names_on

PAPERS, BODIES = 20, 8


@dataclass(frozen=True, slots=True)
class FoundPaper:
    """One paper that holds the words."""

    directive: Directive
    subject: SafeString
    issuer: str
    status: Status


@dataclass(frozen=True, slots=True)
class Place:
    """A list in which the same words may be looked for, with its own filters."""

    name: str
    address: str


@require_safe
def find(request: MemberRequest) -> HttpResponse:
    """The first papers and bodies that hold the words (`q`), and the lists that show all of them."""
    words = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    papers = _papers(request.member, words) if words else []
    context = {
        "words": words,
        "papers": papers[:PAPERS],
        "more_papers": len(papers) > PAPERS,
        "bodies": _bodies(words) if words else [],
        "places": _places(words) if words else [],
    }
    return render(request, "directives/find.html", context)


def _papers(member: Member, words: str) -> list[FoundPaper]:
    """The papers last changed first, one more than are shown."""
    keys, changes = search.newest(Directive.objects.visible_to(member), words, PAPERS + 1), changes_for(member)
    found = list(Directive.objects.filter(pk__in=keys).order_by("-changed_at").in_brief().prefetch_related(changes))
    names = names_on(CLOCK.today(), [paper.issuer_id for paper in found])
    return [
        FoundPaper(
            directive=paper,
            subject=marked(f"{paper.type_name} · {paper.subject}", words),
            issuer=names[paper.issuer_id],
            status=status.of_directive(paper),
        )
        for paper in found
    ]


def _bodies(words: str) -> list[OrganizationVersion]:
    """Bodies that exist today, by one of their names."""
    day = CLOCK.today()
    ended = Q(organization__ended_on__lte=day)
    found = OrganizationVersion.objects.in_force_on(day).exclude(ended).with_words(words)
    return list(found.select_related("organization").order_by("sort_key", "pk")[:BODIES])


def _places(words: str) -> list[Place]:
    query = urlencode({"q": words})
    return [
        Place(_("Outgoing papers"), f"{reverse('outgoing')}?{query}"),
        Place(_("Incoming papers"), f"{reverse('inbox')}?{query}"),
        Place(_("Tasks"), f"{reverse('tasks')}?{query}&loc=tat-ca"),
        Place(_("Directory of bodies"), f"{reverse('directory')}?{query}"),
    ]
