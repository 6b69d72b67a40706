"""Mails that a mail server did not take, or that are in doubt, with what is to be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db.models import Exists, OuterRef, Q, QuerySet

from directives.mail_answers import plain_words
from directives.models import Notice, OutboxRow, Work
from directives.workflow import WorkState
from orgs.clock import CLOCK
from orgs.views.names import names_on

NEEDS_A_PERSON = (WorkState.QUARANTINED, WorkState.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class FailedMail:
    """A mail that did not arrive: what it means in plain words, and what the server said."""

    notice: Notice
    unit: str
    words: str
    answer: str
    key: UUID


def not_sent(notices: QuerySet[Notice]) -> QuerySet[OutboxRow]:
    """The work on those of these mails that the server refused or that are in doubt, the oldest first."""
    notices = notices.filter(pk=OuterRef("object_id"))
    refused = Q(state=WorkState.FAILED) & Exists(notices.exclude(answer=""))
    # By the word for what is not done the index is known that holds the few rows that are not.
    mails = OutboxRow.objects.filter(work=Work.MAIL).exclude(state=WorkState.DONE)
    stopped = mails.filter(Q(Exists(notices), state__in=NEEDS_A_PERSON) | refused)
    return stopped.order_by("put_at", "pk")


def failed_mails(rows: Iterable[OutboxRow]) -> list[FailedMail]:
    """The mails of this work, each with its unit and its words."""
    rows = list(rows)
    found = Notice.objects.filter(pk__in=[row.object_id for row in rows]).with_what_they_tell()
    notices = {notice.pk: notice for notice in found}
    names = names_on(CLOCK.today(), [notice.organization.pk for notice in notices.values()])
    return [
        FailedMail(
            notice=notices[row.object_id],
            unit=names[notices[row.object_id].organization.pk],
            words=plain_words(row, notices[row.object_id].answer or row.last_error),
            answer=notices[row.object_id].answer or row.last_error,
            key=uuid4(),
        )
        for row in rows
    ]
