"""Who may take which step now. A rule is written once: the page shows its verdict, the action enforces it."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from directives.models import (
    CONSULTED_ROLES,
    Assignment,
    Consulted,
    Delivery,
    Directive,
    JointIssuer,
    Notice,
    Review,
)
from directives.workflow import (
    ASSIGNMENT,
    CHAIN,
    DELIVERY,
    DIRECTIVE,
    FOLLOWERS,
    JOINT,
    REVIEW,
    AssignmentState,
    DirectiveState,
    Machine,
    Step,
)
from orgs.member import Acting, Member
from orgs.models import Post, Role
from orgs.verdicts import ALLOWED, Refused, Verdict, refused

Subject = Directive | Review | JointIssuer | Delivery | Assignment

MACHINE_OF: dict[type[Subject], Machine] = {
    Directive: DIRECTIVE,
    Review: REVIEW,
    JointIssuer: JOINT,
    Delivery: DELIVERY,
    Assignment: ASSIGNMENT,
}

DRAFTING_STEPS = frozenset({Step.EDIT, Step.SUBMIT, Step.PULL_BACK})
UNIT_STEPS = frozenset({Step.START_WORK, Step.REPORT})
MORE_WORK = UNIT_STEPS | {Step.ASK_MORE}
"""What a paper that was recalled no longer asks of a unit."""
JOINTLY = frozenset({Step.APPROVE_JOINTLY, Step.RETURN})
"""What the signer of a joint issuer does with a paper."""


def may(by: Member, step: Step, subject: Subject) -> Verdict:
    """Whether this member may take this step on this object as it stands now, or the reasons why not."""
    subject = _whose_turn(by, step, subject)
    move = MACHINE_OF[type(subject)].get(step)
    if move is None or subject.state not in move.sources:
        return refused(_("“%(step)s” is not possible now: %(state)s.") % _words(step, subject))
    if by.post_as(_body(step, subject), move.roles) is None:
        return refused(_("Your post does not allow “%(step)s” here.") % {"step": step.label})
    return _further(by, step, subject)


def acting(by: Member, step: Step, subject: Subject) -> Acting:
    """The post in which this member takes the step, for the history; raises Refused when there is none."""
    subject = _whose_turn(by, step, subject)
    return by.acting_in(_post(by, _body(step, subject), MACHINE_OF[type(subject)], step))


def may_create(by: Member, drafting_body_id: UUID) -> Verdict:
    """Whether this member may begin a draft in this body."""
    if by.post_as(drafting_body_id, DIRECTIVE[Step.CREATE].roles) is None:
        return refused(_("Only a drafter of this body may begin a draft."))
    return ALLOWED


def acting_as_drafter(by: Member, drafting_body_id: UUID) -> Acting:
    """The drafter's post in this body; raises Refused when there is none."""
    return by.acting_in(_post(by, drafting_body_id, DIRECTIVE, Step.CREATE))


def may_give_opinion(by: Member, directive: Directive) -> Verdict:
    """Whether this member may write an opinion on a submitted draft: a post on its way, or an assistant there."""
    if directive.state != DirectiveState.SUBMITTED:
        return refused(_("Opinions are written on a paper that is submitted and not yet approved."))
    if _reading_post(by, directive) is None:
        return refused(_("Only those through whose hands the paper goes write an opinion on it."))
    return ALLOWED


def may_answer_opinion(by: Member, directive: Directive) -> Verdict:
    """Whether this member may say what was made of an opinion: who may edit the draft, also while it is submitted."""
    if directive.state not in {DirectiveState.DRAFT, DirectiveState.SUBMITTED}:
        return refused(_("The paper is approved; its opinions are closed."))
    if by.post_as(directive.drafting_body_id, DIRECTIVE[Step.EDIT].roles) is None:
        return refused(_("Only the drafter says what was made of an opinion."))
    return _further_for_directive(by, Step.EDIT, directive)


def may_consult(by: Member, directive: Directive) -> Verdict:
    """Whether this member may send the draft to units for comments: who may edit it, and nobody is asked yet."""
    edits = may(by, Step.EDIT, directive)
    if not edits:
        return edits
    if directive.restricted:
        return refused(_("A paper with restricted readers is not sent to units for comments."))
    if directive.consultations.filter(closed_at__isnull=True).exists():
        return refused(_("This draft is with the units for their comments already."))
    return ALLOWED


def acting_for_consulted(by: Member, consulted: Consulted) -> Acting:
    """The post in which a unit's comments are written; raises Refused."""
    post = by.post_as(consulted.organization_id, CONSULTED_ROLES)
    if post is None:
        raise Refused(_("Your post does not answer for this unit."))
    return by.acting_in(post)


def acting_with_opinion(by: Member, directive: Directive) -> Acting:
    """The post in which an opinion is written; raises Refused."""
    may_give_opinion(by, directive).enforce()
    post = _reading_post(by, directive)
    assert post is not None, "who may give an opinion holds a post"
    return by.acting_in(post)


def acting_on_opinion(by: Member, directive: Directive) -> Acting:
    """The drafter's post in which an opinion is answered; raises Refused."""
    may_answer_opinion(by, directive).enforce()
    return acting_as_drafter(by, directive.drafting_body_id)


def may_send_again(by: Member, notice: Notice) -> Verdict:
    """Whether this member may have a mail sent again: who issues papers of the issuer; of a draft who may edit it."""
    directive = notice.directive
    if notice.consulted is not None:
        return may(by, Step.EDIT, directive)
    if by.post_as(directive.issuer_id, DIRECTIVE[Step.ISSUE].roles) is None:
        return refused(_("Only the clerk of the issuing body may have a mail sent again."))
    return ALLOWED


def may_change_follower(by: Member, share: Assignment) -> Verdict:
    """Whether this member may say who follows a share: who follows tasks of the issuer, while the share is open."""
    if not follows(by, share):
        return refused(_("Only who follows tasks of the issuing body says who follows this one."))
    if share.state in {AssignmentState.DONE, AssignmentState.ENDED}:
        return refused(_("This share is completed or no longer followed."))
    return ALLOWED


def follows(by: Member, share: Assignment) -> bool:
    """Whether this member follows tasks of the body that gave this share."""
    return by.post_as(share.issuer_id, FOLLOWERS) is not None


def acting_as_follower(by: Member, share: Assignment) -> Acting:
    """The post in which a share is followed; raises Refused."""
    may_change_follower(by, share).enforce()
    post = by.post_as(share.issuer_id, FOLLOWERS)
    assert post is not None, "who may change the follower holds a post"
    return by.acting_in(post)


def asked_jointly(by: Member, directive: Directive) -> JointIssuer | None:
    """The joint issuer for which this member signs the paper while it is on its way to its number."""
    if directive.state not in DIRECTIVE[Step.RETURN].sources:
        return None
    own = (each for each in directive.issued_jointly_with if each.authority and each.authority.person == by.person)
    return next(own, None)


def _reading_post(by: Member, directive: Directive) -> Post | None:
    roles = (*CHAIN, Role.ASSISTANT)
    posts = (by.post_as(body, roles) for body in (directive.issuer_id, directive.drafting_body_id, *directive.bodies))
    return next((post for post in posts if post is not None), None)


def _post(by: Member, organization_id: UUID, machine: Machine, step: Step) -> Post:
    post = by.post_as(organization_id, machine[step].roles) if step in machine else None
    if post is None:
        raise Refused(_("Your post does not allow “%(step)s” here.") % {"step": step.label})
    return post


def _words(step: Step, subject: Subject) -> dict[str, str]:
    return {"step": str(step.label), "state": str(subject.get_state_display())}


def _whose_turn(by: Member, step: Step, subject: Subject) -> Subject:
    """The review or the joint issuer's approval that a step on a paper decides; otherwise the thing itself."""
    if isinstance(subject, Directive) and step in {Step.PASS_ON, Step.RETURN}:
        review = subject.waiting_review
        if review is not None and by.post_as(review.organization_id, (review.role, Role.ASSISTANT)):
            return review
    if isinstance(subject, Directive) and step in JOINTLY:
        return asked_jointly(by, subject) or subject
    return subject


def _body(step: Step, subject: Subject) -> UUID:
    """The body in which the role for this step must be held."""
    if isinstance(subject, Directive):
        return subject.drafting_body_id if step in DRAFTING_STEPS else subject.issuer_id
    if isinstance(subject, Assignment) and step not in UNIT_STEPS:
        return subject.task.directive.issuer_id
    return subject.organization_id


def _further(by: Member, step: Step, subject: Subject) -> Verdict:
    """What a step asks beyond the state and the role."""
    if isinstance(subject, Directive):
        return _further_for_directive(by, step, subject)
    if isinstance(subject, Review):
        return _further_for_review(by, subject)
    if isinstance(subject, JointIssuer):
        return _after_its_reviews(subject.directive) if step == Step.APPROVE_JOINTLY else ALLOWED
    if isinstance(subject, Delivery) and subject.withdrawn_at is not None:
        return refused(_("This paper was withdrawn from your unit."))
    if isinstance(subject, Assignment) and step in MORE_WORK and subject.task.directive.is_recalled:
        return refused(_("The directive was recalled; nothing more is to be reported."))
    return ALLOWED


def _further_for_directive(by: Member, step: Step, directive: Directive) -> Verdict:
    if step in DRAFTING_STEPS and directive.restricted and directive.drafter_id != by.person.pk:
        return refused(_("Only the person who drafted a restricted paper may do this."))
    if step == Step.APPROVE and (directive.authority is None or directive.authority.person_id != by.person.pk):
        return refused(_("This paper is submitted to another signer."))
    if step == Step.APPROVE and not (reviewed := _after_its_reviews(directive)):
        return reviewed
    if step == Step.NOTE_SEAL and directive.sealed_on is not None:
        return refused(_("The seal is on record already."))
    if step == Step.CALL_OFF and directive.issue_at is None:
        return refused(_("No hour is set for this paper."))
    if step == Step.RECALL and directive.is_recalled:
        return refused(_("This directive has already been recalled."))
    return ALLOWED


def _after_its_reviews(directive: Directive) -> Verdict:
    if review := directive.waiting_review:
        return refused(_("This paper still waits for %(name)s to review it.") % {"name": review.person.full_name})
    return ALLOWED


def _further_for_review(by: Member, review: Review) -> Verdict:
    """A review is given by its reviewer, by who holds the same post there, or written down by an assistant."""
    if review.directive.restricted and review.person_id != by.person.pk:
        return refused(_("A restricted paper is reviewed only by the person who was asked."))
    if by.post_as(review.organization_id, (review.role, Role.ASSISTANT)) is None:
        return refused(_("This paper was submitted to another reviewer."))
    return ALLOWED
