"""Who may take which step now. A rule is written once: the page shows its verdict, the action enforces it under the lock."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.utils.translation import gettext as _

from directives.models import Assignment, Delivery, Directive
from directives.workflow import ASSIGNMENT, DELIVERY, DIRECTIVE, Machine, Step
from orgs.member import Acting, Member
from orgs.models import Post
from orgs.verdicts import ALLOWED, Refused, Verdict, refused

Subject = Directive | Delivery | Assignment

WHERE: dict[type[Subject], tuple[Machine, Callable[..., UUID]]] = {
    Delivery: (DELIVERY, lambda delivery, step: delivery.organization_id),
    Assignment: (ASSIGNMENT, lambda assignment, step: _body_of_assignment(assignment, step)),
    Directive: (DIRECTIVE, lambda directive, step: _body_of_directive(directive, step)),
}
"""The machine of each kind of object, and the body in which a step's role must be held."""

DRAFTING_STEPS = frozenset({Step.EDIT, Step.SUBMIT, Step.PULL_BACK})
UNIT_STEPS = frozenset({Step.START_WORK, Step.REPORT})


def may(by: Member, step: Step, subject: Subject) -> Verdict:
    """Whether this member may take this step on this object as it stands now, or the reasons why not."""
    machine, body = WHERE[type(subject)]
    move = machine[step]
    if subject.state not in move.sources:
        return refused(_("“%(step)s” is not possible now: %(state)s.") % _words(step, subject))
    if by.post_as(body(subject, step), move.roles) is None:
        return refused(_("Your post does not allow “%(step)s” here.") % {"step": step.label})
    return _further(by, step, subject)


def acting(by: Member, step: Step, subject: Subject) -> Acting:
    """The post in which this member takes the step, for the history; raises Refused when there is none."""
    machine, body = WHERE[type(subject)]
    return by.acting_in(_post(by, body(subject, step), machine, step))


def may_create(by: Member, drafting_body_id: UUID) -> Verdict:
    """Whether this member may begin a draft in this body."""
    if by.post_as(drafting_body_id, DIRECTIVE[Step.CREATE].roles) is None:
        return refused(_("Only a drafter of this body may begin a draft."))
    return ALLOWED


def acting_as_drafter(by: Member, drafting_body_id: UUID) -> Acting:
    """The drafter's post in this body; raises Refused when there is none."""
    return by.acting_in(_post(by, drafting_body_id, DIRECTIVE, Step.CREATE))


def _post(by: Member, organization_id: UUID, machine: Machine, step: Step) -> Post:
    post = by.post_as(organization_id, machine[step].roles)
    if post is None:
        raise Refused(_("Your post does not allow “%(step)s” here.") % {"step": step.label})
    return post


def _words(step: Step, subject: Subject) -> dict[str, str]:
    return {"step": str(step.label), "state": str(subject.get_state_display())}


def _body_of_directive(directive: Directive, step: Step) -> UUID:
    return directive.drafting_body_id if step in DRAFTING_STEPS else directive.issuer_id


def _body_of_assignment(assignment: Assignment, step: Step) -> UUID:
    return assignment.organization_id if step in UNIT_STEPS else assignment.task.directive.issuer_id


def _further(by: Member, step: Step, subject: Subject) -> Verdict:
    """What a step asks beyond the state and the role."""
    if isinstance(subject, Directive):
        return _further_for_directive(by, step, subject)
    if isinstance(subject, Delivery) and subject.withdrawn_at is not None:
        return refused(_("This paper was withdrawn from your unit."))
    if isinstance(subject, Assignment) and step in UNIT_STEPS and subject.task.directive.is_recalled:
        return refused(_("The directive was recalled; nothing more is to be reported."))
    return ALLOWED


def _further_for_directive(by: Member, step: Step, directive: Directive) -> Verdict:
    if step in DRAFTING_STEPS and directive.restricted and directive.drafter_id != by.person.pk:
        return refused(_("Only the person who drafted a restricted paper may do this."))
    if step == Step.APPROVE and (directive.authority is None or directive.authority.person_id != by.person.pk):
        return refused(_("This paper is submitted to another signer."))
    if step == Step.RECALL and directive.is_recalled:
        return refused(_("This directive has already been recalled."))
    return ALLOWED
