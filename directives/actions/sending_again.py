"""Send a mail again that was refused or is in doubt: a clerk for papers, a drafter for drafts."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directives import outbox, permissions
from directives.models import Notice, OutboxRow, Work
from directives.workflow import OUTBOX, Step
from orgs.clock import Clock
from orgs.member import Member
from orgs.models import Event
from orgs.verdicts import Refused


@transaction.atomic
def send_again(notice_id: UUID, *, by: Member, clock: Clock) -> Notice:
    """Let the mail start over with all its attempts; raises Refused for another post or a mail that is under way."""
    notice = Notice.objects.with_what_they_tell().get(pk=notice_id)
    directive = notice.directive
    permissions.may_send_again(by, notice).enforce()
    row = OutboxRow.objects.select_for_update().get(work=Work.MAIL, object_id=notice.pk)
    if row.state not in OUTBOX[Step.RETRY].sources:
        raise Refused(_("This mail is already on its way, or has been sent."))
    outbox.again(row.pk, clock=clock)
    Event.record(
        directive,
        Step.RETRY,
        at=clock.now(),
        by=permissions.acting(by, Step.EDIT if notice.consulted else Step.ISSUE, directive),
        unit=str(notice.organization.pk),
        address=notice.address,
    )
    return notice
