"""What the bodies that issue a paper jointly do: each of them approves the text that the issuer will approve."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from directives import permissions, requirements
from directives.actions.locking import locked_directive
from directives.joint_issue import joint_bodies
from directives.models import Directive, JointIssuer
from directives.signers import signed_for
from directives.workflow import JOINT, JointState, Step
from orgs.clock import Clock
from orgs.member import Member
from orgs.models import Event


def name(directive: Directive, clock: Clock) -> None:
    """Keep who issues the draft too, as its text says now; within the transaction that writes the text."""
    directive.joint_issuers.all().delete()
    if not directive.text.get("co_issuers"):
        return
    document = directive.under_head_of(clock.today())
    JointIssuer.objects.bulk_create(
        JointIssuer(directive=directive, position=position, organization=body.organization, authority=body.authority)
        for position, body in enumerate(joint_bodies(document, clock.today()), start=1)
    )


def ask(directive: Directive, clock: Clock) -> None:
    """Ask the joint issuers for their approval, within the transaction of the submission.

    Who signs for a body is settled on this day; where the directory knows nobody, it signs on paper.
    """
    name(directive, clock)
    directive.joint_issuers.filter(authority__isnull=False).update(state=JOINT[Step.SUBMIT].target)
    directive.joint_issuers.filter(authority__isnull=True).update(state=JointState.ON_PAPER)


@transaction.atomic
def approve_jointly(directive_id: UUID, *, read_version: int, by: Member, clock: Clock) -> Directive:
    """Approve for a joint issuer exactly the text that was read; the issuer's approval needs the same hash.

    `read_version` is the round that stood on the page; raises Refused when it is no longer the last one.
    """
    directive = locked_directive(directive_id)
    permissions.may(by, Step.APPROVE_JOINTLY, directive).enforce()
    joint = permissions.asked_jointly(by, directive)
    assert joint is not None and joint.authority is not None, "a step that is allowed has an approval to give"
    requirements.is_as_it_was_read(directive, read_version).enforce()
    day = clock.today()
    requirements.before_joint_approval(directive, joint, day).enforce()
    by_signer = permissions.acting(by, Step.APPROVE_JOINTLY, directive)
    joint.state = JOINT[Step.APPROVE_JOINTLY].target
    joint.approved_hash = directive.hash_of(directive.under_head_of(day))
    joint.approved_at = directive.changed_at = clock.now()
    joint.save()
    directive.save(update_fields=["changed_at"])
    facts = {"content_hash": joint.approved_hash, **signed_for(joint.authority)}
    Event.record(directive, Step.APPROVE_JOINTLY, at=clock.now(), by=by_signer, **facts)
    return directive


def take_back(directive: Directive, step: Step) -> None:
    """Every approval of a joint issuer is void: the paper goes back to its drafter by this step."""
    move = JOINT[step]
    given = directive.joint_issuers.filter(state__in=move.sources)
    given.update(state=move.target, approved_hash="", approved_at=None)


def note_on_paper(directive: Directive) -> None:
    """The clerk holds the signed paper: whoever was still asked has signed on it."""
    move = JOINT[Step.NOTE_SIGNATURE]
    directive.joint_issuers.filter(state__in=move.sources).update(state=move.target)
