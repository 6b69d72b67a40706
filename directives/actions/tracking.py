"""Tasks at work: the units start and report, the issuer's monitor confirms, asks for more or ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directives import permissions
from directives.actions.locking import locked_assignment, locked_assignments
from directives.models import Answer, Assignment, Delivery, Directive, PastPeriod, Policy, Report, Task
from directives.recipients import FollowedItem
from directives.timing import Every, Within, end_of
from directives.workflow import ASSIGNMENT, AssignmentState, Step
from orgs.clock import Clock
from orgs.member import Acting, Member
from orgs.models import Event
from orgs.verdicts import Refused


@dataclass(frozen=True, kw_only=True)
class ReportFacts:
    """The paper with which a unit answers: its number and symbol (may be empty), date and text."""

    number: str = ""
    symbol: str = ""
    dated_on: date
    text: str


def assign(directive: Directive, items: Iterable[FollowedItem], *, at: datetime) -> None:
    """Write the tasks of a directive that is being issued, and each unit's share of them."""
    tasks, assignments = [], []
    for position, item in enumerate(items, start=1):
        due_at, has_hour = item.due()
        first_due = item.first_due(timezone.localdate(at))
        task = Task(
            directive=directive,
            block_id=item.block.id or "",
            position=position,
            marker=item.marker,
            text=item.words,
            follow=item.block.follow or "",
            product=item.block.product or "",
            due_at=due_at,
            due_has_hour=has_hour,
            timing=item.block.timing or "",
            receiving_level=item.block.receiving_level or "",
        )
        tasks.append(task)
        assignments += [
            Assignment(
                task=task,
                directive=directive,
                issuer_id=directive.issuer_id,
                organization=body,
                part=part,
                due_at=first_due,
                monitor=item.monitor,
                changed_at=at,
            )
            for body, part in item.shares
        ]
    Task.objects.bulk_create(tasks)
    Assignment.objects.bulk_create(assignments)


def begin_time(delivery: Delivery, *, at: datetime) -> None:
    """The paper has arrived at a unit: its shares that are due within some days of receipt get their day."""
    shares = Assignment.objects.filter(directive=delivery.directive_id, organization=delivery.organization_id)
    for share in shares.waiting_for_arrival().select_related("task"):
        _begin_time_of(share, at)
        share.save(update_fields=["due_at"])


@transaction.atomic
def start_work(assignment_id: UUID, *, by: Member, clock: Clock) -> Assignment:
    """A unit says that it has begun with its share; whoever begins has the paper, opened or not."""
    assignment = locked_assignment(assignment_id)
    permissions.may(by, Step.START_WORK, assignment).enforce()
    _begin_time_of(assignment, clock.now())
    _move(assignment, Step.START_WORK, by=by, clock=clock)
    return assignment


@transaction.atomic
def report(assignment_ids: Collection[UUID], facts: ReportFacts, *, by: Member, clock: Clock) -> Report:
    """Answer one or many shares of one unit with one paper; they are completed unless the committee confirms first."""
    assignments = locked_assignments(assignment_ids)
    _check_report(assignments, facts, clock)
    for assignment in assignments:
        permissions.may(by, Step.REPORT, assignment).enforce()
    now = clock.now()
    paper = Report.objects.create(
        organization=assignments[0].organization,
        number=facts.number.strip(),
        symbol=facts.symbol.strip(),
        dated_on=facts.dated_on,
        text=facts.text.strip(),
        reported_by=by.person,
        reported_at=now,
    )
    Answer.objects.bulk_create([Answer(report=paper, assignment=assignment) for assignment in assignments])
    for assignment in assignments:
        assignment.reported_at = now
        _move(assignment, Step.REPORT, by=by, clock=clock, report=str(paper.pk))
        if not Policy.of(assignment.task.directive.issuer).reports_need_confirmation:
            _complete(assignment, clock)
    return paper


@transaction.atomic
def confirm(assignment_id: UUID, *, by: Member, clock: Clock) -> Assignment:
    """The issuer's monitor takes a report as the completion of the share."""
    assignment = locked_assignment(assignment_id)
    permissions.may(by, Step.CONFIRM, assignment).enforce()
    assignment.done_at = assignment.reported_at
    _move(assignment, Step.CONFIRM, by=by, clock=clock)
    _open_next_period(assignment, clock)
    return assignment


@transaction.atomic
def ask_more(assignment_id: UUID, *, what: str, by: Member, clock: Clock) -> Assignment:
    """A report does not suffice: the share is open again and the unit is told what is still needed."""
    assignment = locked_assignment(assignment_id)
    permissions.may(by, Step.ASK_MORE, assignment).enforce()
    if not what.strip():
        raise Refused(_("Write what is still needed."))
    assignment.more_asked, assignment.more_asked_at = what.strip(), clock.now()
    assignment.done_at = None
    _move(assignment, Step.ASK_MORE, by=by, clock=clock, what=what.strip())
    return assignment


@transaction.atomic
def end(assignment_id: UUID, *, reason: str, by: Member, clock: Clock) -> Assignment:
    """The issuer no longer follows a share, with the reason."""
    assignment = locked_assignment(assignment_id)
    permissions.may(by, Step.END, assignment).enforce()
    if not reason.strip():
        raise Refused(_("Write why this is no longer followed."))
    assignment.ended_reason = reason.strip()
    _move(assignment, Step.END, by=by, clock=clock, reason=reason.strip())
    return assignment


def end_without_asking(assignments: Iterable[Assignment], *, reason: str, by: Acting, clock: Clock) -> None:
    """End open shares because the paper itself was recalled or returned; the reason is written on each."""
    for assignment in assignments:
        assignment.state, assignment.ended_reason = AssignmentState.ENDED, reason
        assignment.changed_at = clock.now()
        assignment.save(update_fields=["state", "ended_reason", "changed_at"])
        Event.record(assignment, Step.END, at=clock.now(), by=by, reason=reason)


def _begin_time_of(share: Assignment, at: datetime) -> None:
    """Set the day of a share that is due within some days of receipt and has none yet; the caller saves it."""
    timed = share.task.timed
    if isinstance(timed, Within) and share.due_at is None:
        share.due_at = end_of(timed.due_on(timezone.localdate(at)))


def faults_of(facts: ReportFacts, today: date) -> Iterator[tuple[str, str]]:
    """What is wrong with a report as it is written: the name of the fact and what to do."""
    if not facts.text.strip():
        yield "text", _("Write the result.")
    if facts.dated_on > today:
        yield "dated_on", _("The date of the report lies in the future.")
    if facts.number.strip() and not facts.symbol.strip():
        yield "symbol", _("Write the symbol that goes with the number of the report.")


def _check_report(assignments: list[Assignment], facts: ReportFacts, clock: Clock) -> None:
    if not assignments:
        raise Refused(_("Choose the tasks that this report answers."))
    if len({assignment.organization_id for assignment in assignments}) > 1:
        raise Refused(_("One report answers the tasks of one unit only."))
    if faults := [words for _name, words in faults_of(facts, clock.today())]:
        raise Refused(*faults)


def _move(assignment: Assignment, step: Step, *, by: Member, clock: Clock, **facts: object) -> None:
    """Take the step whose verdict was enforced, and write it into the history."""
    acting = permissions.acting(by, step, assignment)
    assignment.state = ASSIGNMENT[step].target
    assignment.changed_at = clock.now()
    assignment.save()
    Event.record(assignment, step, at=clock.now(), by=acting, **facts)


def _complete(assignment: Assignment, clock: Clock) -> None:
    """A report completes the share as of the moment it was handed in (format.md 7.2)."""
    assignment.state, assignment.done_at = AssignmentState.DONE, assignment.reported_at
    assignment.save(update_fields=["state", "done_at"])
    _open_next_period(assignment, clock)


def _open_next_period(assignment: Assignment, clock: Clock) -> None:
    """A periodic share whose report was accepted goes on to its next period; no period is passed over."""
    timed = assignment.task.timed
    if not isinstance(timed, Every) or assignment.due_at is None or assignment.reported_at is None:
        return
    PastPeriod.objects.create(assignment=assignment, due_at=assignment.due_at, reported_at=assignment.reported_at)
    ended_on = timezone.localdate(assignment.due_at)
    due_on = timed.next_after(ended_on)
    assignment.state = ASSIGNMENT[Step.NEXT_PERIOD].target
    assignment.due_at, assignment.reported_at, assignment.done_at = end_of(due_on), None, None
    assignment.more_asked, assignment.more_asked_at = "", None
    assignment.save()
    words = _("The period until %(ended)s is reported; the next one is due on %(due)s.")
    facts = {"ended": f"{ended_on:%d/%m/%Y}", "due": f"{due_on:%d/%m/%Y}"}
    Event.record(assignment, Step.NEXT_PERIOD, at=clock.now(), reason=words % facts)
