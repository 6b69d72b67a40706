"""The rounds of a draft: who saved which when, and what changed from one to another, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from directives.comparison import Part, Passage, changed_only, compare, compare_corrections, compare_enclosed
from directives.document import Document
from directives.models import Correction, CorrectionKind, Directive, Draft
from directives.views.paper import staff_paper
from directives.views.round_numbers import RoundNumbers
from directives.workflow import Step
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.models import Event
from orgs.requests import MemberRequest

PART_NAMES = {
    Part.HEAD: _("Head and subject"),
    Part.ADDRESSEES: _("Addressees"),
    Part.BODY: _("Text"),
    Part.DISTRIBUTION: _("Distribution list"),
    Part.SIGNATURE: _("Signature"),
    Part.ANNEX: _("Annexes"),
    Part.ENCLOSURES: _("Enclosures"),
    Part.CORRECTIONS: _("What this paper does to others"),
}


@dataclass(frozen=True, slots=True)
class Round:
    """One saved round, its number, and whether it was submitted."""

    draft: Draft
    number: int
    submitted: bool


@require_safe
def rounds(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The list for the staff of the paper, and the comparison of the two that `tu` and `den` name.

    `tu` may also be the issued text of a paper that this one replaces or amends.
    """
    directive = staff_paper(request, pk)
    kept = list(directive.drafts.select_related("saved_by").order_by("-version"))
    submitted = set(submitted_versions(directive))
    numbers = [draft.version for draft in kept]
    to = _asked(request.GET.get("den"), numbers, numbers[0])
    since = _asked(request.GET.get("tu"), numbers, max((one for one in numbers if one < to), default=to))
    issued = _issued_texts(directive, request.member)
    earlier = next((paper for paper in issued if str(paper.pk) == request.GET.get("tu")), None)
    if earlier is not None:
        passages = _compared_with(earlier, directive, to)
    else:
        passages = _compared(directive, since, to, request.member) if since != to else []
    changed = changed_only(passages)
    of = RoundNumbers(directive).of
    context = {
        "directive": directive,
        "rounds": [Round(draft, of(draft.version), draft.version in submitted) for draft in kept],
        "issued": issued,
        "earlier": earlier,
        "since": since,
        "to": to,
        "numbers": {"since": of(since), "to": of(to)},
        "changes": len(changed),
        "parts": by_part(passages if request.GET.get("xem") == "het" else changed),
        "whole": request.GET.get("xem") == "het",
        "here": "outgoing",
    }
    return render(request, "directives/rounds.html", context)


def submitted_before(directive: Directive) -> int | None:
    """The round that was submitted before the present one; None where the present one is the first or unchanged."""
    earlier = [version for version in submitted_versions(directive) if version < directive.version]
    return max(earlier, default=None)


def submitted_versions(directive: Directive) -> list[int]:
    """The version of each submission, the first first."""
    events = Event.objects.about(directive).filter(step=Step.SUBMIT)
    return [facts["version"] for facts in events.values_list("facts", flat=True)]


def _asked(value: str | None, numbers: list[int], otherwise: int) -> int:
    return int(value) if value and value.isdecimal() and int(value) in numbers else otherwise


def _issued_texts(directive: Directive, member: Member) -> list[Directive]:
    """The papers that this one changes and the member may read, where both have their text here."""
    if directive.text_file:
        return []
    rows = Correction.objects.made_by(directive, member)
    return [row.paper for row in rows if row.paper.text_file is None]


def _compared_with(earlier: Directive, directive: Directive, to: int) -> list[Passage]:
    """The issued text of another paper, and what this round makes of it."""
    after = Document.from_json(directive.drafts.get(version=to).text)
    return compare(earlier.document(CLOCK.today()), after, one_paper=False)


def _compared(directive: Directive, since: int, to: int, member: Member) -> list[Passage]:
    kept = {draft.version: draft for draft in directive.drafts.filter(version__in=[since, to])}
    before, after = kept[since], kept[to]
    texts = compare(Document.from_json(before.text), Document.from_json(after.text))
    corrections = compare_corrections(*(_corrections_in(draft, member) for draft in (before, after)))
    return [*texts, *compare_enclosed(before.enclosed, after.enclosed), *corrections]


def _corrections_in(draft: Draft, member: Member) -> list[str]:
    """What this round did to papers that the member may read, in words."""
    papers = Directive.objects.visible_to(member).in_bulk([paper for _kind, paper in draft.corrects])
    named = ((kind, papers.get(UUID(paper))) for kind, paper in draft.corrects)
    return [f"{CorrectionKind(kind).label} {paper}" for kind, paper in named if paper]


def by_part(passages: list[Passage]) -> list[tuple[str, list[Passage]]]:
    """The passages of each part under its name."""
    return [(str(PART_NAMES[part]), list(group)) for part, group in groupby(passages, key=lambda one: one.part)]
