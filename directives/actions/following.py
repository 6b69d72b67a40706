"""Who of the issuing body follows a share, changed after the issue."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directives import permissions
from directives.actions.locking import locked_assignments
from directives.models import Assignment, Directive
from directives.recipients import followers_of
from orgs.clock import Clock
from orgs.member import Member
from orgs.models import Event, Person
from orgs.verdicts import Refused

CHANGED = "change_follower"
"""The name of this act in the history."""


@transaction.atomic
def change_follower(
    assignment_id: UUID, follower: Person | None, *, whole_task: bool = False, by: Member, clock: Clock
) -> None:
    """Let another person follow a share, or nobody in particular; raises Refused.

    With `whole_task` the person follows all shares of its task that are open.
    """
    open_ones = Assignment.objects.still_open().filter(task__assignments=assignment_id).values_list("pk", flat=True)
    shares = locked_assignments([assignment_id, *(open_ones if whole_task else [])])
    for share in shares:
        permissions.may_change_follower(by, share).enforce()
    if follower is not None and follower not in who_may_follow(shares[0].task.directive, clock.today()):
        raise Refused(_("%(name)s does not follow tasks of this paper today.") % {"name": follower.full_name})
    for share in shares:
        if share.monitor != follower:
            _change(share, follower, by, clock)


def who_may_follow(directive: Directive, day: date) -> list[Person]:
    """The issuer's people who follow tasks and may read this paper, by name."""
    people = followers_of([directive.issuer_id], day).order_by("full_name", "pk")
    if not directive.restricted:
        return list(people)
    papers = Directive.objects.filter(pk=directive.pk)
    return [each for each in people if papers.visible_to(Member.of(each, day)).exists()]


def _change(share: Assignment, follower: Person | None, by: Member, clock: Clock) -> None:
    names = [each.full_name if each else _("nobody in particular") for each in (share.monitor, follower)]
    share.monitor = follower
    share.save(update_fields=["monitor"])
    by_follower = permissions.acting_as_follower(by, share)
    Event.record(share, CHANGED, at=clock.now(), by=by_follower, what=" → ".join(names))
