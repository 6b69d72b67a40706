"""The page of one directive: the paper on the left, where it stands and what can be done on the right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directives import permissions, requirements, taking_over
from directives.models import Consulted, Correction, Directive
from directives.recipients import Expansion
from directives.views import status, waiting
from directives.views.enclosures import enclosures_of
from directives.views.findings import NOTHING, findings_of
from directives.views.paper import is_staff, paper_of, shows_pages
from directives.views.round_numbers import RoundNumbers
from directives.views.rounds import submitted_before, submitted_versions
from directives.views.rows import (
    Deliveries,
    TaskRow,
    deliveries_of,
    history_of_paper,
    joint_of,
    reviews_of,
    tasks_of,
)
from directives.views.sending import progress_of
from directives.views.status import Status
from directives.views.steps import asks_nothing
from directives.views.task_lines import task_lines
from directives.workflow import DIRECTIVE, DirectiveState, Step
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.requests import MemberRequest
from orgs.verdicts import Reason, Verdict
from orgs.views.names import names_on

FORWARD = (
    Step.SUBMIT,
    Step.PASS_ON,
    Step.APPROVE,
    Step.APPROVE_JOINTLY,
    Step.NOTE_SIGNATURE,
    Step.NUMBER,
    Step.NOTE_SEAL,
    Step.ISSUE,
)
"""Steps that carry the paper on; the first that is possible is the page's one primary button."""

MOST_TASK_LINES, LONGEST_TASK = 40, 90


@dataclass(frozen=True, slots=True)
class Button:
    """A step that may be taken now: pressed on this page (it asks for nothing) or on a page of its own."""

    step: Step
    word: str
    address: str
    pressed_here: bool


@dataclass(frozen=True, slots=True)
class NextStep:
    """What may be done now, what stands in the way of going on, and who sends the paper on otherwise."""

    primary: Button | None
    others: list[Button]
    missing: tuple[Reason, ...]


@require_safe
def directive(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The page; what of it is shown depends on whose staff the member is."""
    papers = Directive.objects.visible_to(request.member).select_related("authority__person", "drafter")
    paper = get_object_or_404(papers.prefetch_related("copies"), pk=pk)
    names = names_on(CLOCK.today(), [paper.issuer_id, paper.drafting_body_id])
    staff = is_staff(paper, request.member)
    shown = paper_of(paper, request.member)
    deliveries = deliveries_of(paper, request.member)
    tasks = tasks_of(paper, request.member)
    may_edit = bool(permissions.may(request.member, Step.EDIT, paper))
    # What is out, or will never be, gives nothing out any more.
    to_come = staff and paper.state not in {DirectiveState.ISSUED, DirectiveState.VOIDED}
    expansion = Expansion.of(paper, CLOCK.today()) if to_come else None
    onward = next_step(paper, request.member)
    corrects, corrected_by = _changes(paper, request.member)
    answers = list(paper.opinions.values_list("answer", flat=True)) if staff else []
    context = {
        "directive": paper,
        "issuer": names[paper.issuer_id],
        "drafting_body": names[paper.drafting_body_id],
        "statuses": _statuses(paper, deliveries, staff=staff),
        "paper": shown,
        "as_pages": shows_pages(shown, request.GET.get("xem", ""), staff=staff),
        "next": onward,
        "recipients_first": bool(may_edit and expansion and _lacks_recipients_alone(onward, expansion)),
        "workload": expansion.workload() if expansion else None,
        "task_lines": _task_lines(expansion) if expansion else [],
        "progress": progress_of(paper) if staff else None,
        "file": paper.text_file,
        "enclosures": enclosures_of(paper, request.member),
        "corrects": corrects,
        "corrected_by": corrected_by,
        "deliveries": deliveries,
        "mine": [row for row in deliveries.rows if permissions.may(request.member, Step.RECEIVE, row.delivery)],
        "tasks": tasks,
        "history": history_of_paper(paper, request.member) if staff else [],
        "reviews": reviews_of(paper) if staff else [],
        "joint": joint_of(paper) if staff else [],
        "may_begin": bool(request.member.organizations_as(*DIRECTIVE[Step.CREATE].roles)),
        "may_keep": bool(permissions.may_create(request.member, paper.drafting_body_id)) and not paper.restricted,
        "opinions": len(answers),
        "unanswered": answers.count(""),
        "may_give_opinion": bool(permissions.may_give_opinion(request.member, paper)),
        "may_consult": bool(permissions.may_consult(request.member, paper)),
        "consulted": staff and paper.consultations.exists(),
        "rounds": RoundNumbers(paper).last if staff else 0,
        "read_before": submitted_before(paper) if staff else None,
        "findings": findings_of(paper, expansion, may_edit=may_edit) if expansion else NOTHING,
        "staff": staff,
        "report_address": _report_address(tasks, request.member),
        "here": "outgoing" if staff else "inbox",
        "may_set_recipients": may_edit,
        "waiting_words": _waiting_words(paper, request.member) if staff else "",
        "comments_words": _comments_words(paper) if staff and paper.state == DirectiveState.DRAFT else "",
        "key": uuid4(),
    }
    return render(request, "directives/directive.html", context)


def _task_lines(expansion: Expansion) -> list[str]:
    return task_lines(expansion.followed_items(), most=MOST_TASK_LINES, longest=LONGEST_TASK)


@dataclass(frozen=True, slots=True)
class Change:
    """What one paper does to another; `unfinished` shares of the earlier one, of those that the member follows.

    Its tasks go on though it is no longer in force: only a person ends them.
    """

    row: Correction
    unfinished: int


def _changes(paper: Directive, member: Member) -> tuple[list[Change], list[Change]]:
    """What this paper does to others, and what others do to it."""
    corrects, corrected_by = Correction.objects.made_by(paper, member), Correction.objects.of(paper, member)
    in_force = paper.state == DirectiveState.ISSUED and not paper.is_recalled
    ended = {row.paper_id for row in [*corrects, *corrected_by] if row.ends_it and in_force}
    unfinished = waiting.unfinished_of(ended, member)

    def changes(rows: Iterable[Correction]) -> list[Change]:
        return [Change(row, unfinished.get(row.paper_id, 0) if row.ends_it else 0) for row in rows]

    return changes(corrects), changes(corrected_by)


def next_step(paper: Directive, member: Member) -> NextStep:
    """The steps this member may take now, and what is still missing before the one that carries the paper on.

    First stands that one; a draft that lacks something, or came back and was not repaired yet, is edited first.
    """
    known = (*DIRECTIVE, Step.PASS_ON, Step.APPROVE_JOINTLY)
    steps = [step for step in known if step != Step.CREATE and permissions.may(member, step, paper)]
    forward = next((step for step in FORWARD if step in steps and not _is_beside(step, paper)), None)
    missing = _missing(forward, paper)
    # A body without a seal issues at once; a signature may be noted again.
    beside = {Step.NOTE_SIGNATURE, Step.ISSUE}
    shown = [step for step in steps if step not in FORWARD or step in beside]
    onward = None if missing else forward
    edits_first = Step.EDIT in steps and (onward is None or _waits_for_repair(paper))
    first = Step.EDIT if edits_first else onward
    others = ([onward] if onward and edits_first else []) + [step for step in shown if step not in {first, forward}]
    return NextStep(
        primary=_button(first, paper) if first else None,
        others=[_button(step, paper) for step in others],
        missing=missing,
    )


def _lacks_recipients_alone(onward: NextStep, expansion: Expansion) -> bool:
    """All that is missing is mended on the page of tasks and recipients, not in the text."""
    return bool(onward.missing) and onward.missing == requirements.recipients_are_known(expansion).reasons


def _waits_for_repair(paper: Directive) -> bool:
    """Came back with a reason, and its text is still the one that was submitted."""
    return bool(paper.returned_reason) and paper.version in submitted_versions(paper)


def _is_beside(step: Step, paper: Directive) -> bool:
    """Beside the paper's way: a signature on record, or before the approval; an issue whose hour is set."""
    if step == Step.ISSUE:
        return paper.issue_at is not None
    return step == Step.NOTE_SIGNATURE and (paper.signed_on is not None or paper.state == DirectiveState.SUBMITTED)


def _missing(forward: Step | None, paper: Directive) -> tuple[Reason, ...]:
    checks = {
        Step.SUBMIT: requirements.before_submission,
        Step.PASS_ON: requirements.before_approval,
        Step.APPROVE: requirements.before_approval,
        Step.APPROVE_JOINTLY: requirements.before_submission,
        Step.NUMBER: requirements.before_number,
        Step.ISSUE: _before_the_page_of_issue,
    }
    check = checks.get(forward) if forward else None
    return check(paper, CLOCK.today()).reasons if check else ()


def _before_the_page_of_issue(paper: Directive, day: date) -> Verdict:
    """What speaks against an issue, but for recipients that have ended: the page of the step asks who took over."""
    return requirements.before_issue(paper, day, taking_over.proposed(paper, day))


def _button(step: Step, paper: Directive) -> Button:
    address = reverse("edit", args=[paper.pk]) if step == Step.EDIT else reverse("step", args=[paper.pk, step])
    return Button(step, str(step.label), address, asks_nothing(step, paper))


def _waiting_words(paper: Directive, member: Member) -> str:
    """Whose hand the paper waits for, when it is not this member's."""
    if any(permissions.may(member, step, paper) for step in FORWARD if not _is_beside(step, paper)):
        return ""
    if review := paper.waiting_review:
        return _("Waits for the review of %(name)s.") % {"name": review.person.full_name}
    if authority := paper.waits_for_authority:
        return _("Waits for the approval of %(name)s.") % {"name": authority.person.full_name}
    if paper.state in {DirectiveState.APPROVED, DirectiveState.NUMBERED}:
        return _("Waits for the clerk of the issuing body.")
    return ""


def _comments_words(draft: Directive) -> str:
    """How many of the units that are asked for comments now have answered, and what submitting means for the others."""
    asked = Consulted.objects.filter(consultation__directive=draft, consultation__closed_at=None)
    answers = list(asked.values_list("answered_at", flat=True))
    if not answers:
        return ""
    words = _("Out for comments: %(answered)s of %(all)s units have answered. Submitting the draft ends it.")
    return words % {"answered": f"{sum(map(bool, answers)):02d}", "all": f"{len(answers):02d}"}


def _statuses(paper: Directive, deliveries: Deliveries, *, staff: bool) -> list[Status]:
    """Where the paper stands; a unit is told how far it has come to the unit itself, several units each by its name."""
    own = [] if staff or paper.is_recalled else deliveries.rows
    if not own:
        return [status.of_one_directive(paper)]
    return [own[0].status] if len(own) == 1 else []


def _report_address(tasks: list[TaskRow], member: Member) -> str:
    """Where the member reports the first share of this paper that is still to be reported; empty when there is none."""
    for row in tasks:
        for cell in row.cells:
            if permissions.may(member, Step.REPORT, cell.assignment):
                return f"{reverse('report')}?phan-viec={cell.assignment.pk}"
    return ""
