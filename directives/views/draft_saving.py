"""What the editor asks for while somebody types: keep the text, and say who else has it open."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directives import permissions
from directives.actions import drafting, drafting_together, pressing
from directives.forms.choices import pairs_of
from directives.forms.draft import DraftForm
from directives.models import Directive
from directives.views.pressing import NOT_NOW, status_of_refusal
from directives.workflow import Step
from orgs.clock import CLOCK
from orgs.requests import MemberRequest
from orgs.verdicts import Refused


@require_POST
def keep_new(request: MemberRequest) -> JsonResponse:
    """Begin the draft as soon as it has a subject; the same form sent again is the same draft."""
    day = CLOCK.today()
    pairs = pairs_of(request.member, day)
    if not pairs:
        raise Refused(_("Only a drafter may begin a draft. Your posts today do not include it."))
    form = DraftForm(request.POST, pairs=pairs, day=day, before=None)
    if not form.is_valid():
        return _faults(form)

    def create() -> str:
        pair = form.chosen_pair
        made = drafting.create(pair.issuer_id, pair.drafting_body_id, form.facts(), by=request.member, clock=CLOCK)
        return reverse("edit", args=[made.pk])

    try:
        address = pressing.once(form.cleaned_data["key"], create, person=request.member.person, clock=CLOCK)
    except Refused as refusal:
        return _refused(refusal, NOT_NOW)
    return _kept(Directive.objects.get(pk=resolve(address).kwargs["pk"]))


@require_POST
def keep(request: MemberRequest, pk: UUID) -> JsonResponse:
    """Save what stands in the editor; refused with 409 when somebody else has saved meanwhile."""
    papers = Directive.objects.visible_to(request.member).select_related("issuer", "drafting_body", "authority")
    directive = get_object_or_404(papers, pk=pk)
    verdict = permissions.may(request.member, Step.EDIT, directive)
    if not verdict:
        return _refused(Refused(*verdict.reasons), status_of_refusal(request.member, Step.EDIT, directive))
    form = DraftForm(request.POST, pairs=[], day=CLOCK.today(), before=directive)
    if not form.is_valid():
        return _faults(form)
    version = form.cleaned_data["version"] or 0
    by_itself = "by_hand" not in request.POST
    try:
        saved = drafting.edit(pk, form.facts(), version=version, by=request.member, clock=CLOCK, by_itself=by_itself)
    except Refused as refusal:
        return _refused(refusal, status_of_refusal(request.member, Step.EDIT, directive))
    return _kept(saved)


@require_POST
def stand_open(request: MemberRequest, pk: UUID) -> JsonResponse:
    """Note that this window has the draft open; answer with the round on record and who else has it open."""
    directive = get_object_or_404(Directive.objects.visible_to(request.member), pk=pk)
    try:
        window = UUID(request.POST.get("window", ""))
    except ValueError:
        return JsonResponse({"words": _("Open the page again.")}, status=400)
    try:
        others = drafting_together.stand_open(pk, window, by=request.member, clock=CLOCK)
    except Refused as refusal:
        return _refused(refusal, status_of_refusal(request.member, Step.EDIT, directive))
    own = request.member.person.pk
    names = [_("you, in another window") if other.person_id == own else str(other.person) for other in others]
    return JsonResponse({"version": directive.version, "others": list(dict.fromkeys(names))})


def _kept(directive: Directive) -> JsonResponse:
    return JsonResponse(
        {
            "version": directive.version,
            "at": f"{timezone.localtime(directive.changed_at):%H:%M:%S}",
            "address": reverse("edit", args=[directive.pk]),
            "keep": reverse("draft_keep", args=[directive.pk]),
            "open": reverse("draft_open", args=[directive.pk]),
            "next": reverse("recipients_and_tasks", args=[directive.pk]),
            "paper": reverse("directive", args=[directive.pk]),
            # The form's next press is a press of its own.
            "key": str(uuid4()),
        }
    )


def _faults(form: DraftForm) -> JsonResponse:
    faults = {name: [str(fault) for fault in errors] for name, errors in form.errors.items()}
    return JsonResponse({"faults": faults}, status=400)


def _refused(refusal: Refused, code: int) -> JsonResponse:
    return JsonResponse({"words": " ".join(str(reason) for reason in refusal.reasons)}, status=code)
