"""What a draft does to issued papers: chosen among those that the drafter may read, shown to who may read both."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.forms.utils import ErrorDict
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from directives import requirements
from directives.actions import correcting
from directives.forms.corrections import CorrectionForm
from directives.models import Correction, CorrectionKind, Directive
from directives.views.issued_papers import issued_papers
from directives.views.pressing import refusal_page, taken
from directives.workflow import Step
from orgs.clock import CLOCK
from orgs.requests import MemberRequest


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One paper that the draft changes, whether the text names its number, and the key under which it is left."""

    correction: Correction
    named: bool
    key: UUID


@require_http_methods(["GET", "HEAD", "POST"])
def corrections(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Choose a paper and what the draft does to it, or leave one as it is."""
    directive = get_object_or_404(Directive.objects.visible_to(request.member), pk=pk)
    if refusal := refusal_page(request, Step.EDIT, directive):
        return refusal
    if request.method != "POST":
        return _page(request, directive)
    form = CorrectionForm(request.POST)

    def change() -> str:
        _change(request, directive, form)
        return reverse("corrections", args=[pk])

    return taken(request, form, change, show=lambda form, code: _page(request, directive, form.errors, code=code))


def _change(request: MemberRequest, directive: Directive, form: CorrectionForm) -> None:
    paper, kind = form.cleaned_data["paper"], form.cleaned_data["kind"]
    try:
        if kind:
            correcting.correct(directive.pk, paper, CorrectionKind(kind), by=request.member, clock=CLOCK)
        else:
            correcting.leave(directive.pk, paper, by=request.member, clock=CLOCK)
    except (Directive.DoesNotExist, Correction.DoesNotExist):
        raise Http404 from None


def _page(
    request: MemberRequest, directive: Directive, refused: ErrorDict | None = None, *, code: int = 200
) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    chosen = Correction.objects.made_by(directive, request.member)
    text = directive.under_head_of(CLOCK.today()).to_text()
    already = Directive.objects.filter(pk__in=chosen.values("paper"))
    # It reads the whole directory: only for who looks for a paper.
    bodies = requirements.bodies_corrected_by(directive.issuer, CLOCK.today()) if query else ()
    found = issued_papers(query, request.member, already, of=bodies)
    context = {
        "directive": directive,
        "rows": [CorrectionRow(row, row.paper.printed_number in text, uuid4()) for row in chosen],
        "kinds": CorrectionKind.choices,
        "usual": CorrectionKind.REPLACES.value,
        "refused": [words for each in (refused or {}).values() for words in each],
        "query": query,
        "found": [(paper, uuid4()) for paper in found],
        "here": "outgoing",
    }
    return render(request, "directives/corrections.html", context, status=code)
