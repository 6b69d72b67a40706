"""The tasks of the member's units, the shares that the member follows, and the page of one share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from directives import permissions
from directives.actions import tracking
from directives.filters import ALL_SHARES, ShareFilter
from directives.forms.pressing import PressForm
from directives.forms.steps import PlainStepForm, WordsForm
from directives.models import Assignment, Directive, changes_for
from directives.views import status, waiting
from directives.views.filtering import filters_of, names_of
from directives.views.marking import marked
from directives.views.pages import page_of_list
from directives.views.pressing import Act, act_page, refusal_page, status_of_refusal, taken
from directives.views.rows import cells_of, history_of
from directives.workflow import ASSIGNMENT, UNIT_STAFF, AssignmentState, Step
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.requests import MemberRequest
from orgs.views.names import names_on

FOLLOWED = "theo-doi"


@dataclass(frozen=True, slots=True)
class TaskStep:
    """What a step of a share does with the words that its form asks for (no label: it asks for nothing)."""

    do: Callable[[UUID, str, Member], object]
    label: str | Promise
    done: str | Promise


STEPS = {
    Step.START_WORK: TaskStep(
        lambda pk, words, by: tracking.start_work(pk, by=by, clock=CLOCK), "", _("The work has begun.")
    ),
    Step.CONFIRM: TaskStep(
        lambda pk, words, by: tracking.confirm(pk, by=by, clock=CLOCK), "", _("Confirmed as completed.")
    ),
    Step.ASK_MORE: TaskStep(
        lambda pk, words, by: tracking.ask_more(pk, what=words, by=by, clock=CLOCK),
        _("What is still needed"),
        _("The unit sees what is still needed."),
    ),
    Step.END: TaskStep(
        lambda pk, words, by: tracking.end(pk, reason=words, by=by, clock=CLOCK),
        _("Reason"),
        _("This share is no longer followed."),
    ),
}


@require_safe
def tasks(request: MemberRequest) -> HttpResponse:
    """Shares by deadline, the earliest first; a monitor chooses between own tasks and those that are followed."""
    member = request.member
    follows = bool(member.organizations_as(*ASSIGNMENT[Step.CONFIRM].roles))
    works = bool(member.organizations_as(*ASSIGNMENT[Step.REPORT].roles))
    view = FOLLOWED if follows and (request.GET.get("xem") == FOLLOWED or not works) else ""
    shares = Assignment.objects
    whose = (
        shares.seen_as_issuer(member).filter(waiting.followed_by_me(member))
        if view
        else shares.visible_to(member).filter(waiting.in_my_units(member))
    )
    issuers = names_of(member.organizations_as(*ASSIGNMENT[Step.CONFIRM].roles)) if view else None
    chosen = ShareFilter(request.GET, whose, issuers=issuers)
    shares = chosen.qs.select_related("task__directive", "monitor").defer(
        "task__directive__text", "task__directive__frozen"
    )
    shares = shares.prefetch_related(changes_for(member, "task__directive__"))
    # What has no deadline comes last.
    page = page_of_list(request, shares.order_by("due_at", "pk"), in_order=_each_body(chosen, member, view))
    names = names_on(CLOCK.today(), [share.organization_id for share in page.rows])
    followers = ShareFilter.FOLLOWERS if view else None
    paper = _paper(chosen, member)
    units = None if view else names_of(member.organizations_as(*UNIT_STAFF))
    filters = filters_of(request, chosen, stays=("xem",), followers=followers, paper=paper, units=units)
    context = {
        "rows": [(cell, marked(cell.assignment.task.text, filters.words)) for cell in cells_of(page.rows, names)],
        "page": page,
        "several_units": bool(view) or len(names) > 1,
        "view": view,
        "followed": FOLLOWED,
        "filters": filters,
        "search_label": _("Number of the paper, words of the task or unit"),
        "both": follows and works,
    }
    return render(request, "directives/tasks.html", context)


def _paper(chosen: ShareFilter, member: Member) -> Directive | None:
    """The paper whose shares were asked for; None for all papers, and for one that the member may not read."""
    asked = chosen.form.cleaned_data.get("vb")
    return Directive.objects.visible_to(member).in_brief().filter(pk=asked).first() if asked else None


def _each_body(chosen: ShareFilter, member: Member, view: str) -> list[Q]:
    """Each body's part of a list of all shares: an index holds it by deadline, but not those of several bodies."""
    if chosen.form.cleaned_data.get("loc") != ALL_SHARES:
        return []
    if view:
        return [Q(issuer=body) for body in member.organizations_as(*ASSIGNMENT[Step.CONFIRM].roles)]
    return [Q(organization=body) for body in member.organizations_as(*UNIT_STAFF)]


@require_safe
def task(request: MemberRequest, pk: UUID) -> HttpResponse:
    """One share: its text and deadline, what was reported, and what can be done now."""
    share = _share(request, pk)
    return _task_page(request, share)


@require_http_methods(["GET", "HEAD", "POST"])
def task_step(request: MemberRequest, pk: UUID, step: Step) -> HttpResponse:
    """Take a step of a share, or show the form that it needs."""
    if step not in STEPS:
        raise Http404
    share = _share(request, pk)
    if request.method != "POST":
        return refusal_page(request, step, share) or _step_page(request, share, step, _form(step))
    form = _form(step, request.POST)
    return taken(
        request,
        form,
        lambda: _take(request, share, step, form),
        show=lambda form, code: _step_page(request, share, step, form, code=code),
        done=str(STEPS[step].done),
        refused=lambda: status_of_refusal(request.member, step, share),
    )


def _share(request: MemberRequest, pk: UUID) -> Assignment:
    shares = Assignment.objects.visible_to(request.member).select_related("task__directive", "organization", "monitor")
    changes = changes_for(request.member, "task__directive__")
    return get_object_or_404(shares.prefetch_related(changes), pk=pk)


def _take(request: MemberRequest, share: Assignment, step: Step, form: PressForm) -> str:
    STEPS[step].do(share.pk, form.cleaned_data.get("words", ""), request.member)
    return reverse("task", args=[share.pk])


def _form(step: Step, *args: Any) -> PressForm:
    label = STEPS[step].label
    return WordsForm(*args, words_label=str(label)) if label else PlainStepForm(*args)


def _task_page(request: MemberRequest, share: Assignment) -> HttpResponse:
    names = names_on(CLOCK.today(), [share.organization_id, share.task.directive.issuer_id])
    [cell] = cells_of([share], names)
    steps = [step for step in STEPS if permissions.may(request.member, step, share)]
    context = {
        "cell": cell,
        "share": share,
        "directive": share.task.directive,
        "issuer": names[share.task.directive.issuer_id],
        "reports": list(share.reports.select_related("reported_by")),
        "steps": [(step, str(step.label), not STEPS[step].label) for step in steps],
        "waits_for_issuer": share.state == AssignmentState.REPORTED and Step.CONFIRM not in steps,
        "may_report": bool(permissions.may(request.member, Step.REPORT, share)),
        "may_change_follower": bool(permissions.may_change_follower(request.member, share)),
        "history": history_of(share),
        "plain_form": PlainStepForm(),
        "paper_status": status.of_directive(share.task.directive),
    }
    return render(request, "directives/task.html", context)


def _step_page(
    request: MemberRequest, share: Assignment, step: Step, form: PressForm, *, code: int = 200
) -> HttpResponse:
    unit = names_on(CLOCK.today(), [share.organization_id])[share.organization_id]
    act = Act(
        word=str(step.label),
        lead=f"{unit} · {Truncator(share.task.text).chars(160)}",
        back=reverse("task", args=[share.pk]),
        back_to=gettext("Back to the task"),
        dangerous=step == Step.END,
    )
    return act_page(request, form, act, code=code)
