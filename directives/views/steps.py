"""The steps of a directive: a page that asks what the step needs, and the press that takes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from directives import numbering, requirements, taking_over
from directives.actions import (
    approving,
    drafting,
    issuing_at_an_hour,
    joint_issuing,
    numbering_and_issuing,
    reviewing,
    uploading,
)
from directives.actions.approving import SignedPaper
from directives.forms.pressing import PressForm
from directives.forms.steps import (
    ApproveForm,
    GivenNumberForm,
    HourForm,
    IssueForm,
    NumberForm,
    PassOnForm,
    PlainStepForm,
    ReasonForm,
    RecallForm,
    ScanForm,
    SealForm,
    SignatureForm,
    SubmitForm,
    VoidForm,
)
from directives.models import Directive, Policy, RegisterEntry, Upload
from directives.numbering import GivenNumber
from directives.recipients import Expansion
from directives.views import status
from directives.views.before_issue import before_issue, ended_recipients
from directives.views.pressing import page_of, press, refusal_page, status_of_refusal
from directives.views.uploading import with_files_kept
from directives.workflow import Step
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.requests import MemberRequest
from orgs.verdicts import Reason, Refused

PRESSED_HERE = frozenset({Step.SUBMIT, Step.PULL_BACK, Step.APPROVE, Step.APPROVE_JOINTLY, Step.CALL_OFF})
"""Steps that ask for nothing, as a rule, and are then pressed on the directive's own page."""


def asks_nothing(step: Step, directive: Directive) -> bool:
    """Whether the step is pressed where its button stands; a submission may ask for reviewers and for a reason."""
    if step == Step.SUBMIT and (reviewing.way(directive, CLOCK) or _departures(directive)):
        return False
    return step in PRESSED_HERE


WITH_SCAN: dict[Step, type[ScanForm]] = {Step.NOTE_SIGNATURE: SignatureForm, Step.NOTE_SEAL: SealForm}
"""Steps that may bring a scan."""


class _ScanRefused(Refused):
    """What is wrong is the scan."""


@dataclass(frozen=True, slots=True)
class StepPage:
    """The form of a step, what it does with the form's facts, and the quiet line afterwards."""

    form: type[PressForm]
    do: Callable[[UUID, dict[str, Any], Member], object]
    done: str | Promise


def _submit(pk: UUID, facts: dict[str, Any], by: Member) -> object:
    return drafting.submit(
        pk,
        reviewers=facts.get("reviewers"),
        skip_reason=facts.get("skip_reason", ""),
        departure_reason=facts.get("departure_reason", ""),
        by=by,
        clock=CLOCK,
    )


def _pull_back(pk: UUID, facts: dict[str, Any], by: Member) -> object:
    return drafting.pull_back(pk, by=by, clock=CLOCK)


def _pass_on(pk: UUID, facts: dict[str, Any], by: Member) -> object:
    return reviewing.pass_on(pk, opinion=facts["opinion"], read_version=facts["read_version"], by=by, clock=CLOCK)


def _return(pk: UUID, facts: dict[str, Any], by: Member) -> object:
    return approving.return_for_repair(pk, reason=facts["reason"], by=by, clock=CLOCK)


def _approve(pk: UUID, facts: dict[str, Any], by: Member) -> object:
    return approving.approve(pk, read_version=facts["read_version"], by=by, clock=CLOCK)


def _approve_jointly(pk: UUID, facts: dict[str, Any], by: Member) -> object:
    return joint_issuing.approve_jointly(pk, read_version=facts["read_version"], by=by, clock=CLOCK)


def _note_signature(pk: UUID, facts: dict[str, Any], by: Member) -> object:
    told = {name: facts[name] for name in ("signed_on", "sealed_on", "signer", "lines", "reason")}
    paper = SignedPaper(scan=_scan(pk, facts, by), **told)
    return approving.note_signature(pk, paper, by=by, clock=CLOCK)


def _scan(pk: UUID, facts: dict[str, Any], by: Member) -> bytes | None:
    """The files that were sent as one scan; what was sent is forgotten with the step that takes it."""
    directive = Directive.objects.get(pk=pk)
    try:
        scan = uploading.scan_of(directive, facts["uploaded"], by=by)
    except Refused as refusal:
        raise _ScanRefused(*refusal.reasons) from refusal
    uploading.forget(directive, by=by)
    return scan


def _number(pk: UUID, facts: dict[str, Any], by: Member) -> object:
    if facts.get("kept"):
        kept = RegisterEntry.objects.get(pk=facts["kept"])
        return numbering_and_issuing.number(pk, reserved=kept, by=by, clock=CLOCK)
    if "expected" in facts:
        return numbering_and_issuing.number(pk, expected=facts["expected"], by=by, clock=CLOCK)
    given = GivenNumber(facts["value"], facts["suffix"], facts["dated_on"])
    return numbering_and_issuing.number(pk, given=given, by=by, clock=CLOCK)


def _note_seal(pk: UUID, facts: dict[str, Any], by: Member) -> object:
    scan = _scan(pk, facts, by)
    return approving.note_seal(pk, sealed_on=facts["sealed_on"], scan=scan, by=by, clock=CLOCK)


def _issue(pk: UUID, facts: dict[str, Any], by: Member) -> object:
    return numbering_and_issuing.issue(pk, instead=facts["instead"], by=by, clock=CLOCK)


def _issue_later(pk: UUID, facts: dict[str, Any], by: Member) -> object:
    return issuing_at_an_hour.issue_later(pk, moment=facts["moment"], by=by, clock=CLOCK)


def _call_off(pk: UUID, facts: dict[str, Any], by: Member) -> object:
    return issuing_at_an_hour.call_off(pk, by=by, clock=CLOCK)


def _void(pk: UUID, facts: dict[str, Any], by: Member) -> object:
    decided_by = facts["decided_by"]
    return numbering_and_issuing.void_number(pk, reason=facts["reason"], decided_by=decided_by, by=by, clock=CLOCK)


def _recall(pk: UUID, facts: dict[str, Any], by: Member) -> object:
    decision = facts["decision"]
    return numbering_and_issuing.recall(pk, decision=decision, reason=facts["reason"], by=by, clock=CLOCK)


PAGES = {
    Step.SUBMIT: StepPage(SubmitForm, _submit, _("Submitted for signature.")),
    Step.PULL_BACK: StepPage(PlainStepForm, _pull_back, _("Pulled back; the draft may be edited again.")),
    Step.PASS_ON: StepPage(PassOnForm, _pass_on, _("You agreed; the paper goes on.")),
    Step.RETURN: StepPage(ReasonForm, _return, _("Returned to the drafter with your reason.")),
    Step.APPROVE: StepPage(ApproveForm, _approve, _("Approved; the print for signature is being made.")),
    Step.APPROVE_JOINTLY: StepPage(
        ApproveForm, _approve_jointly, _("Approved; the paper goes on to the signer of the issuing body.")
    ),
    Step.NOTE_SIGNATURE: StepPage(SignatureForm, _note_signature, _("The signature is on record.")),
    Step.NUMBER: StepPage(NumberForm, _number, _("Number %(number)s is given; the official copy is being made.")),
    Step.NOTE_SEAL: StepPage(SealForm, _note_seal, _("The seal is on record.")),
    Step.ISSUE: StepPage(IssueForm, _issue, _("Issued. The paper goes to its recipients; you may leave this page.")),
    Step.ISSUE_LATER: StepPage(HourForm, _issue_later, _("The hour is set; until then you may call it off.")),
    Step.CALL_OFF: StepPage(PlainStepForm, _call_off, _("Called off; the paper waits at the counter.")),
    Step.VOID_NUMBER: StepPage(VoidForm, _void, _("The number is voided and keeps its line in the register.")),
    Step.RECALL: StepPage(RecallForm, _recall, _("Recalled; every unit that has the paper is told.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: MemberRequest, pk: UUID, step: Step) -> HttpResponse:
    """Show what the step asks for, or take it; a refusal shows its reasons and keeps what was typed."""
    if step not in PAGES:
        raise Http404
    papers = Directive.objects.visible_to(request.member).select_related("issuer", "authority__person")
    directive = get_object_or_404(papers, pk=pk)
    if request.method != "POST":
        refusal = refusal_page(request, step, directive)
        return refusal or _page(request, directive, step, _fresh_form(request.member, directive, step))
    try:
        sent = with_files_kept(request, directive) if step in WITH_SCAN else request.POST
    except Refused as refusal:
        form = _form(request.member, directive, step, request.POST)
        return _refused(request, directive, step, form, _ScanRefused(*refusal.reasons))
    form = _form(request.member, directive, step, sent)
    if not form.is_valid():
        return _page(request, directive, step, form, code=400)
    try:
        response = press(request, form.cleaned_data["key"], lambda: _take(request, directive, step, form))
    except Refused as refusal:
        return _refused(request, directive, step, form, refusal)
    messages.success(request, _done(step, pk))
    return response


def _done(step: Step, pk: UUID) -> str:
    words = str(PAGES[step].done)
    return words % {"number": Directive.objects.get(pk=pk).printed_number} if step == Step.NUMBER else words


def _take(request: MemberRequest, directive: Directive, step: Step, form: PressForm) -> str:
    PAGES[step].do(directive.pk, form.cleaned_data, request.member)
    return page_of(directive, request.member)


def _refused(
    request: MemberRequest, directive: Directive, step: Step, form: PressForm, refusal: Refused
) -> HttpResponse:
    """The form again with the reasons; a number that is gone is replaced by the next one, so a second press may do."""
    code = status_of_refusal(request.member, step, directive)
    if step == Step.NUMBER and "expected" in form.fields:
        form = _fresh_form(request.member, directive, step, bound=True)
    form.refuse(refusal, "scan" if isinstance(refusal, _ScanRefused) else None)
    return _page(request, directive, step, form, code=code)


def _form(by: Member, directive: Directive, step: Step, *data: Any, **initial: Any) -> PressForm:
    """The step's form; a number from another book is typed, a submission names the reviewers on the paper's way."""
    if step in WITH_SCAN:
        uploads = list(Upload.objects.of(by.person, directive).whole())
        return WITH_SCAN[step](*data, uploads=uploads, **initial)
    if step == Step.NUMBER and _next_number(directive) is None:
        return GivenNumberForm(*data, **initial)
    if step == Step.NUMBER:
        kept = numbering.kept_for_papers_like(directive, CLOCK.today(), by)
        return NumberForm(*data, kept=list(kept), **initial)
    if step == Step.ISSUE:
        return IssueForm(*data, ended=ended_recipients(directive, CLOCK.today()), **initial)
    if step == Step.SUBMIT:
        return SubmitForm(
            *data,
            stops=reviewing.way(directive, CLOCK),
            may_go_past=reviewing.may_go_past(directive),
            departs=bool(_departures(directive)),
            **initial,
        )
    return PAGES[step].form(*data, **initial)


def _departures(directive: Directive) -> tuple[Reason, ...]:
    """Why the table of types speaks against a submission; it needs a reason then."""
    return requirements.type_of_the_issuer(directive, CLOCK.today()).reasons


def _fresh_form(by: Member, directive: Directive, step: Step, *, bound: bool = False) -> PressForm:
    """The form with what the page knows already: today, the round that was read, the number that is expected."""
    facts: dict[str, Any] = {}
    if step in {Step.APPROVE, Step.APPROVE_JOINTLY, Step.PASS_ON}:
        facts["read_version"] = directive.version
    if step == Step.NUMBER:
        facts = {"expected": _next_number(directive), "dated_on": CLOCK.today()}
    if step == Step.NOTE_SEAL:
        facts = {"sealed_on": CLOCK.today()}
    if step == Step.ISSUE_LATER:
        facts = {"day": CLOCK.today()}
    if step == Step.NOTE_SIGNATURE:
        approved = directive.under_head_of(CLOCK.today()).signature
        facts = {
            "signed_on": directive.signed_on or CLOCK.today(),
            "sealed_on": directive.sealed_on,
            "signer": approved.signer if approved else "",
            "lines": [line.text for line in approved.lines] if approved else [],
            "reason": directive.signature_reason,
        }
    if not bound:
        return _form(by, directive, step, initial=facts)
    return _form(by, directive, step, {**facts, "key": str(uuid4())})


def _next_number(directive: Directive) -> int | None:
    return numbering.next_number(directive, CLOCK.today())


def _page(
    request: MemberRequest, directive: Directive, step: Step, form: PressForm, *, code: int = 200
) -> HttpResponse:
    context = {
        "directive": directive,
        "step": step,
        "word": step.label,
        "here": "outgoing",
        "form": form,
        "status": status.of_one_directive(directive),
        "template": f"directives/steps/{step.value}.html",
        **_facts(directive, step, request.member),
    }
    return render(request, "directives/step.html", context, status=code)


def _facts(directive: Directive, step: Step, by: Member) -> dict[str, Any]:
    """What the page of a step tells besides its form."""
    if step == Step.NUMBER:
        day, issues_too = CLOCK.today(), Policy.of(directive.issuer).issue_with_number
        instead = None if issues_too else taking_over.proposed(directive, day)
        return {
            "expected": _next_number(directive),
            "today": day,
            "ahead": requirements.before_issue(directive, day, instead).reasons,
            "ended": [] if issues_too else ended_recipients(directive, day),
            "workload": Expansion.of(directive, day).workload() if issues_too else None,
        }
    if step == Step.SUBMIT:
        workload = Expansion.of(directive, CLOCK.today()).workload()
        return {"departures": _departures(directive), "workload": workload}
    if step == Step.NOTE_SIGNATURE:
        return {"warnings": requirements.before_signature_is_noted(directive, CLOCK.today()).reasons}
    if step == Step.PASS_ON and (review := directive.waiting_review):
        return {"in_place_of": review.person.full_name if review.person != by.person else ""}
    if step == Step.ISSUE:
        return {"before": before_issue(directive, by)}
    if step == Step.ISSUE_LATER:
        return {"before": before_issue(directive, by), "ended": ended_recipients(directive, CLOCK.today())}
    if step == Step.RECALL:
        return {"count": directive.deliveries.count()}
    return {}
