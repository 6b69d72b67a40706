"""Deliveries, tasks and history of one directive, as rows with their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from directives.actions import consulting, correcting, enclosing, following, issuing_at_an_hour, opining
from directives.models import Assignment, Correction, Delivery, Directive, JointIssuer, Part, Review, Task
from directives.timeliness import timeliness
from directives.views import status
from directives.views.status import Status
from directives.workflow import AssignmentState, DeliveryState, Step
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.models import Event
from orgs.vietnamese import sort_key
from orgs.views.names import names_on


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One unit's line: how far the paper has come to it, and the key under which it may be received."""

    delivery: Delivery
    unit: str
    status: Status
    seen_by: str
    incoming_number: int | None
    key: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class Deliveries:
    """The lines that the member may see, with the count of those received."""

    rows: list[DeliveryRow]
    received: int


@dataclass(frozen=True, slots=True)
class CellRow:
    """One unit's share of a task."""

    assignment: Assignment
    unit: str
    status: Status
    time: Status


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One followed item with the shares that the member may see; counts as on "17/21 reported, 3 late".

    `monitor` is who of the issuer follows it.
    """

    task: Task
    cells: list[CellRow]
    reported: int
    late: int
    monitor: str


@dataclass(frozen=True, slots=True)
class JointRow:
    """One body that issues the paper too, and how it stands to it."""

    joint: JointIssuer
    body: str
    status: Status


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of the history."""

    at: datetime
    who: str
    what: str
    reason: str


EVENT_WORDS = {
    "store_proof": pgettext_lazy("event", "The print for signature was made"),
    "store_final": pgettext_lazy("event", "The official copy was made"),
    opining.WROTE: pgettext_lazy("event", "An opinion was written"),
    opining.ANSWERED: pgettext_lazy("event", "An opinion was answered"),
    enclosing.ENCLOSED: pgettext_lazy("event", "A file was enclosed"),
    enclosing.ARRANGED: pgettext_lazy("event", "The enclosures were put in another order"),
    enclosing.TAKEN_OUT: pgettext_lazy("event", "A file was taken out of the enclosures"),
    correcting.CORRECTS: pgettext_lazy("event", "An issued paper was chosen that this one changes"),
    correcting.LEAVES: pgettext_lazy("event", "An issued paper is left as it is"),
    following.CHANGED: pgettext_lazy("event", "Somebody else follows it"),
    issuing_at_an_hour.NOT_ISSUED: pgettext_lazy("event", "Could not be issued at the hour that was set"),
    consulting.CONSULT: pgettext_lazy("event", "Sent to units for their comments"),
    consulting.COMMENTED: pgettext_lazy("event", "A unit has commented"),
    consulting.CLOSED: pgettext_lazy("event", "Units are asked for comments no more"),
    Step.SEND: pgettext_lazy("event", "Sent to the recipients"),
    Step.RETRY: pgettext_lazy("event", "A mail was sent again"),
}


def deliveries_of(directive: Directive, member: Member) -> Deliveries:
    """Who has the paper, in the order of the units' names."""
    visible = Delivery.objects.visible_to(member).filter(directive=directive)
    lines = list(visible.select_related("seen_by", "received_by", "incoming_entry"))
    names = names_on(CLOCK.today(), [line.organization_id for line in lines])
    rows = [
        DeliveryRow(
            delivery=line,
            unit=names[line.organization_id],
            status=status.of_delivery(line),
            seen_by=line.seen_by.full_name if line.seen_by else "",
            incoming_number=line.incoming_entry.number if hasattr(line, "incoming_entry") else None,
        )
        for line in lines
    ]
    received = sum(line.state == DeliveryState.RECEIVED for line in lines)
    return Deliveries(sorted(rows, key=lambda row: sort_key(row.unit)), received)


def tasks_of(directive: Directive, member: Member) -> list[TaskRow]:
    """The followed items with the shares that this member may see: who leads first, then by the names of the units."""
    visible = Assignment.objects.visible_to(member).filter(directive=directive)
    shares = list(visible.select_related("task", "monitor"))
    for share in shares:
        # Not fetched with each of them: its text is long.
        share.task.directive = directive
    names = names_on(CLOCK.today(), [share.organization_id for share in shares])
    rank = {part: place for place, part in enumerate(Part.values)}
    shares.sort(key=lambda share: (share.task.position, rank[share.part], sort_key(names[share.organization_id])))
    by_task: dict[UUID, list[Assignment]] = {}
    for share in shares:
        by_task.setdefault(share.task_id, []).append(share)
    return [_task_row(own[0].task, own, names) for own in by_task.values()]


def cells_of(shares: Iterable[Assignment], names: Mapping[UUID, str]) -> list[CellRow]:
    """The shares with their words; `task` must be at hand."""
    shares, now = list(shares), CLOCK.now()
    received = _received(shares)
    return [
        CellRow(
            assignment=share,
            unit=names[share.organization_id],
            status=status.of_assignment(share, received=(share.task.directive_id, share.organization_id) in received),
            time=status.of_time(timeliness(share, now)),
        )
        for share in shares
    ]


def _received(shares: Iterable[Assignment]) -> set[tuple[UUID, UUID]]:
    """Paper and unit of those shares whose unit has received the paper."""
    new = [share for share in shares if share.state == AssignmentState.ASSIGNED]
    if not new:
        return set()
    deliveries = Delivery.objects.filter(
        state=DeliveryState.RECEIVED,
        directive__in={share.task.directive_id for share in new},
        organization__in={share.organization_id for share in new},
    )
    return set(deliveries.values_list("directive_id", "organization_id"))


def _task_row(task: Task, shares: list[Assignment], names: Mapping[UUID, str]) -> TaskRow:
    cells = cells_of(shares, names)
    answered = {AssignmentState.REPORTED, AssignmentState.DONE}
    return TaskRow(
        task=task,
        cells=cells,
        reported=sum(share.state in answered for share in shares),
        late=sum(cell.time.tone == "late" for cell in cells),
        monitor=next((share.monitor.full_name for share in shares if share.monitor), ""),
    )


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One reviewer on the paper's way: the post, who it is, and what was said."""

    review: Review
    post: str
    body: str
    status: Status


def reviews_of(directive: Directive) -> list[ReviewRow]:
    """The reviewers of the last submission in their order; nobody while no review was asked for."""
    reviews = list(directive.reviews.select_related("person", "decided_by"))
    last = max((review.submission for review in reviews), default=0)
    rows = [review for review in reviews if review.submission == last]
    names = names_on(CLOCK.today(), [review.organization_id for review in rows])
    return [
        ReviewRow(review, review.get_role_display(), names[review.organization_id], status.of_review(review))
        for review in rows
    ]


def joint_of(directive: Directive) -> list[JointRow]:
    """The bodies that issue the paper too, in their order."""
    joint = directive.issued_jointly_with
    names = names_on(CLOCK.today(), [each.organization_id for each in joint])
    return [JointRow(each, names[each.organization_id], status.of_joint(each)) for each in joint]


def history_of_paper(paper: Directive, member: Member) -> list[EventRow]:
    """Everything that was done with the paper, oldest first; with other papers as far as the member may read them."""
    acts = list(Event.objects.about(paper).select_related("person"))
    with_others = Event.objects.filter(
        subject_kind=Correction._meta.label_lower, facts__directive=str(paper.pk)
    ).select_related("person")
    if with_others:
        others = Directive.objects.visible_to(member).filter(pk__in=[act.facts["paper"] for act in with_others])
        known = set(map(str, others.values_list("pk", flat=True)))
        acts += [act for act in with_others if act.facts["paper"] in known]
    return _event_rows(sorted(acts, key=lambda act: act.pk))


def history_of(share: Assignment) -> list[EventRow]:
    """Everything that was done with the share, oldest first."""
    return _event_rows(Event.objects.about(share).select_related("person"))


def _event_rows(events: Iterable[Event]) -> list[EventRow]:
    return [
        EventRow(
            at=event.at,
            who=event.person.full_name if event.person else _("The program"),
            what=words_of(event),
            reason=_reason_of(event),
        )
        for event in events
    ]


def _reason_of(event: Event) -> str:
    """In whose place it was done, and why."""
    facts = event.facts
    words = (facts.get("in_place_of"), facts.get("reason") or facts.get("what"))
    return "\n".join(str(each) for each in words if each)


def words_of(event: Event) -> str:
    """What was done, in the word of its step."""
    if event.step in EVENT_WORDS:
        return str(EVENT_WORDS[event.step])
    return str(Step(event.step).label) if event.step in Step.values else event.step
