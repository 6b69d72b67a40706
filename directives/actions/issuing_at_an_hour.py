"""Issue a numbered paper at an hour that the clerk sets, unless it is called off before."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directives import outbox, permissions, requirements
from directives.actions.locking import locked_directive
from directives.actions.numbering_and_issuing import send_out
from directives.models import Directive, Work
from directives.workflow import Step
from orgs.clock import Clock
from orgs.member import Member
from orgs.models import Event
from orgs.verdicts import Refused, all_of

NOT_ISSUED = "not_issued"
"""What the history calls an hour at which the paper could not be issued."""
FARTHEST = timedelta(days=31)


@transaction.atomic
def issue_later(directive_id: UUID, *, moment: datetime, by: Member, clock: Clock) -> Directive:
    """Have a numbered paper issued at `moment`; an hour that was set before is replaced. Raises Refused."""
    directive = locked_directive(directive_id)
    permissions.may(by, Step.ISSUE_LATER, directive).enforce()
    if not clock.now() < moment <= clock.now() + FARTHEST:
        raise Refused(_("Set an hour that is still to come, at most %(days)s days ahead.") % {"days": FARTHEST.days})
    requirements.before_issue(directive, clock.today()).enforce()
    directive.forget_the_hour()
    directive.issue_at, directive.issue_set_by = moment, by.person
    _save(directive, clock)
    by_clerk = permissions.acting(by, Step.ISSUE_LATER, directive)
    Event.record(directive, Step.ISSUE_LATER, at=clock.now(), by=by_clerk, issue_at=moment)
    outbox.put(Work.ISSUE, directive, at=clock.now(), due_at=moment, revision=moment.isoformat())
    return directive


@transaction.atomic
def call_off(directive_id: UUID, *, by: Member, clock: Clock) -> Directive:
    """Keep a paper whose hour has not come yet at the counter. Raises Refused."""
    directive = locked_directive(directive_id)
    permissions.may(by, Step.CALL_OFF, directive).enforce()
    directive.forget_the_hour()
    _save(directive, clock)
    by_clerk = permissions.acting(by, Step.CALL_OFF, directive)
    Event.record(directive, Step.CALL_OFF, at=clock.now(), by=by_clerk)
    return directive


@transaction.atomic
def issue_at_its_hour(directive_id: UUID, *, clock: Clock) -> None:
    """Issue a paper whose hour has come, in the name of the clerk who set it; or note why it could not be issued.

    Safe to call again. An hour that was called off, or moved to a later one, is left alone.
    """
    directive = locked_directive(directive_id)
    if directive.issue_at is None or directive.issue_set_by is None or directive.issue_at > clock.now():
        return
    by = Member.of(directive.issue_set_by, clock.today())
    verdict = all_of([permissions.may(by, Step.ISSUE, directive), requirements.before_issue(directive, clock.today())])
    if verdict:
        send_out(directive, by=by, clock=clock)
        return
    directive.forget_the_hour()
    directive.issue_failure = "\n".join(str(reason) for reason in verdict.reasons)
    _save(directive, clock)
    Event.record(directive, NOT_ISSUED, at=clock.now(), reason=directive.issue_failure)


def _save(directive: Directive, clock: Clock) -> None:
    directive.changed_at = clock.now()
    directive.save(update_fields=["issue_at", "issue_set_by", "issue_failure", "changed_at"])
