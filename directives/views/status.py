"""Status words with their colours; a colour never stands alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import pgettext

from directives.models import Assignment, Delivery, Directive, JointIssuer, Review
from directives.timeliness import Pace, Timeliness
from directives.workflow import AssignmentState, DeliveryState, DirectiveState, JointState, ReviewState


@dataclass(frozen=True, slots=True)
class Status:
    """A word and the name of its tone: late, soon, done, info or idle."""

    word: str
    tone: str


DIRECTIVE_TONES = {
    DirectiveState.DRAFT: "idle",
    DirectiveState.SUBMITTED: "soon",
    DirectiveState.APPROVED: "info",
    DirectiveState.NUMBERED: "info",
    DirectiveState.ISSUED: "done",
    DirectiveState.VOIDED: "idle",
}
DELIVERY_TONES = {
    DeliveryState.WAITING: "idle",
    DeliveryState.SENT: "info",
    DeliveryState.ARRIVED: "info",
    DeliveryState.RECEIVED: "done",
    DeliveryState.MISDIRECTED: "late",
}
REVIEW_TONES = {
    ReviewState.AHEAD: "idle",
    ReviewState.WAITING: "soon",
    ReviewState.PASSED: "done",
    ReviewState.RETURNED: "late",
    ReviewState.SKIPPED: "idle",
    ReviewState.WITHDRAWN: "idle",
}
JOINT_TONES = {
    JointState.NAMED: "idle",
    JointState.ASKED: "soon",
    JointState.APPROVED: "done",
    JointState.ON_PAPER: "info",
}
ASSIGNMENT_TONES = {
    AssignmentState.ASSIGNED: "idle",
    AssignmentState.WORKING: "info",
    AssignmentState.REPORTED: "soon",
    AssignmentState.DONE: "done",
    AssignmentState.ENDED: "idle",
}
PACE_TONES = {
    Pace.NO_DEADLINE: "idle",
    Pace.ON_TIME: "idle",
    Pace.SOON: "soon",
    Pace.TODAY: "soon",
    Pace.LATE: "late",
    Pace.DONE_ON_TIME: "done",
    Pace.DONE_LATE: "soon",
    Pace.ENDED: "idle",
}


def of_directive(directive: Directive) -> Status:
    """Where the directive stands; the facts signed, returned and recalled are part of the word."""
    if directive.is_recalled:
        return Status(pgettext("directive", "Recalled"), "late")
    if directive.issue_at is not None:
        at = timezone.localtime(directive.issue_at)
        return Status(pgettext("directive", "Will be issued at %(at)s") % {"at": f"{at:%H:%M %d/%m/%Y}"}, "soon")
    if directive.issue_failure:
        return Status(pgettext("directive", "Not issued at its hour"), "late")
    if directive.state == DirectiveState.APPROVED and directive.signed_on is not None:
        return Status(pgettext("directive", "Signed, waiting for its number"), "info")
    if directive.state == DirectiveState.DRAFT and directive.returned_reason:
        return Status(pgettext("directive", "Returned for repair"), "soon")
    return Status(directive.get_state_display(), DIRECTIVE_TONES[DirectiveState(directive.state)])


def of_one_directive(directive: Directive) -> Status:
    """The same on a page of its own, where the review that it waits for is looked up."""
    review = directive.waiting_review
    return of_review(review) if review else of_directive(directive)


def of_review(review: Review) -> Status:
    """How far the paper has come to this reviewer."""
    state = ReviewState(review.state)
    return Status(str(state.label), REVIEW_TONES[state])


def of_joint(joint: JointIssuer) -> Status:
    """How a body that issues the paper jointly stands to it."""
    state = JointState(joint.state)
    return Status(str(state.label), JOINT_TONES[state])


def of_delivery(delivery: Delivery) -> Status:
    """How far the paper has come to this unit; "seen" stands between arrived and received."""
    if delivery.withdrawn_at is not None:
        return Status(pgettext("delivery", "Withdrawn from this unit"), "idle")
    state = DeliveryState(delivery.state)
    if delivery.seen_at is not None and state in {DeliveryState.SENT, DeliveryState.ARRIVED}:
        return Status(pgettext("delivery", "Seen"), "info")
    return Status(str(state.label), DELIVERY_TONES[state])


def of_assignment(assignment: Assignment, *, received: bool = False) -> Status:
    """How the unit stands with its share; `received` when it has received the paper, though work has not begun."""
    if assignment.state == AssignmentState.ASSIGNED and received:
        return Status(pgettext("assignment", "Received"), "info")
    if assignment.state == AssignmentState.WORKING and assignment.more_asked_at is not None:
        return Status(pgettext("assignment", "More is asked for"), "soon")
    state = AssignmentState(assignment.state)
    return Status(str(state.label), ASSIGNMENT_TONES[state])


def of_time(timeliness: Timeliness) -> Status:
    """The deadline in words."""
    return Status(timeliness.words, PACE_TONES[timeliness.pace])
