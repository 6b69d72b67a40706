"""Put work with the transaction; claim, finish, fail, quarantine. PostgreSQL is the truth, the queue only rings."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q

from directives.models import Notice, OutboxRow, Work
from directives.workflow import WorkState
from orgs.clock import CLOCK, Clock

MOST_ATTEMPTS = 12
MOST_DEATHS = 3
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(minutes=10)
RING_AGAIN_AFTER = timedelta(seconds=30)
"""A ring that was lost (the broker was flushed, a worker died) is repeated after this time."""


class NotNow(Exception):
    """The work cannot be done at this moment and loses nothing by waiting; the message says for what."""


class TooMuch(Exception):
    """The work asks for more than one piece of work may take; the message says of what."""


def lease() -> timedelta:
    """How long a claim holds; a claim that outlives it belongs to a worker that died."""
    return timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)


def put(
    work: Work, subject: models.Model, *, at: datetime, revision: str = "", due_at: datetime | None = None
) -> OutboxRow:
    """Note that `work` must follow for `subject`, at once or when it is due.

    Putting the same work twice (same revision) gives the same row.
    """
    key = f"{work}:{subject.pk}:{revision}"
    row, _created = OutboxRow.objects.get_or_create(
        key=key, defaults={"work": work, "object_id": subject.pk, "put_at": at, "due_at": due_at or at}
    )
    return row


def put_many(work: Work, subjects: Iterable[models.Model], *, at: datetime) -> None:
    """Note the same work for many objects in one statement."""
    rows = [
        OutboxRow(work=work, object_id=each.pk, key=f"{work}:{each.pk}:", put_at=at, due_at=at) for each in subjects
    ]
    OutboxRow.objects.bulk_create(rows, ignore_conflicts=True)


def put_mails(notices: Sequence[Notice], *, at: datetime) -> None:
    """Write these mails, and that each has to be sent."""
    Notice.objects.bulk_create(notices)
    put_many(Work.MAIL, notices, at=at)


def due(now: datetime) -> models.QuerySet[OutboxRow]:
    """Rows that should be rung: queued or failed ones whose time has come, and claims whose lease ran out."""
    waiting = Q(state__in=[WorkState.QUEUED, WorkState.FAILED], due_at__lte=now)
    left = Q(state=WorkState.CLAIMED, lease_until__lte=now)
    not_rung = Q(rung_at__isnull=True) | Q(rung_at__lte=now - RING_AGAIN_AFTER) | Q(rung_at__lt=F("due_at"))
    not_rung_since_left = Q(state=WorkState.CLAIMED, rung_at__lt=F("lease_until"))
    return OutboxRow.objects.filter(waiting | left, not_rung | not_rung_since_left).order_by("due_at", "pk")


def claim(row_ids: Iterable[int], *, clock: Clock = CLOCK) -> list[OutboxRow]:
    """Take those of these rows that nobody else has, for the length of a lease; a second ring finds nothing to take."""
    now = clock.now()
    _set_aside_killers(now)
    with transaction.atomic():
        free = OutboxRow.objects.select_for_update(skip_locked=True).filter(
            Q(state__in=[WorkState.QUEUED, WorkState.FAILED], due_at__lte=now)
            | Q(state=WorkState.CLAIMED, lease_until__lte=now),
            pk__in=list(row_ids),
        )
        rows = list(free.order_by("pk"))
        for row in rows:
            row.deaths += row.state == WorkState.CLAIMED
            row.attempts += 1
            row.state, row.lease_until = WorkState.CLAIMED, now + lease()
        OutboxRow.objects.bulk_update(rows, ["attempts", "deaths", "state", "lease_until"])
    return rows


def finish(row: OutboxRow, *, clock: Clock = CLOCK) -> None:
    """The work is done."""
    _close(row, WorkState.DONE, done_at=clock.now(), last_error="")


def fail(row: OutboxRow, error: str, *, clock: Clock = CLOCK, retry: bool = True) -> None:
    """The work failed: try again after a growing pause with jitter, or set it aside after too many attempts."""
    if not retry or row.attempts >= MOST_ATTEMPTS:
        _close(row, WorkState.QUARANTINED, last_error=error)
        return
    pause = min(FIRST_PAUSE * 2 ** (row.attempts - 1), LONGEST_PAUSE) * random.uniform(0.8, 1.2)
    _close(row, WorkState.FAILED, last_error=error, due_at=clock.now() + pause)


def leave(row: OutboxRow, why: str, *, clock: Clock = CLOCK) -> None:
    """The work would have killed its worker, and counts as if it had; it is set aside after as many tries."""
    row.deaths += 1
    fail(row, why, clock=clock, retry=row.deaths < MOST_DEATHS)


def postpone(row: OutboxRow, why: str, *, clock: Clock = CLOCK) -> None:
    """The world outside is away (no mail server): wait without counting an attempt, longer the longer it lasts."""
    now = clock.now()
    pause = min(max((now - row.put_at) / 4, FIRST_PAUSE), LONGEST_PAUSE)
    _close(row, WorkState.FAILED, last_error=why, due_at=now + pause, attempts=row.attempts - 1)


def doubt(row: OutboxRow, why: str) -> None:
    """Nobody can tell whether the work was done; a person decides (see `again`)."""
    _close(row, WorkState.UNCERTAIN, last_error=why)


@transaction.atomic
def again(row_id: int, *, clock: Clock = CLOCK) -> None:
    """A person pressed "again": the work starts over with all its attempts; a mail in doubt is then sent once more."""
    open_again = OutboxRow.objects.filter(
        pk=row_id, state__in=[WorkState.FAILED, WorkState.QUARANTINED, WorkState.UNCERTAIN]
    )
    in_doubt = open_again.filter(work=Work.MAIL, state=WorkState.UNCERTAIN)
    # The person has decided that it did not arrive; left handed over, it would only fall into doubt again.
    Notice.objects.filter(pk__in=in_doubt.values("object_id"), accepted_at__isnull=True).update(handed_over_at=None)
    open_again.update(state=WorkState.QUEUED, attempts=0, deaths=0, due_at=clock.now(), rung_at=None, lease_until=None)


def work_through(row_ids: Iterable[int], do: Callable[[UUID], None], *, clock: Clock = CLOCK) -> None:
    """Claim these rows and do the work of each; an error of one is noted on it and the others go on."""
    for row in claim(row_ids, clock=clock):
        try:
            do(row.object_id)
        except NotNow as reason:
            postpone(row, str(reason), clock=clock)
        except TooMuch as reason:
            leave(row, str(reason), clock=clock)
        except Exception as error:  # whatever went wrong belongs on the row, where a person can see it
            fail(row, f"{type(error).__name__}: {error}", clock=clock)
        else:
            finish(row, clock=clock)


def _set_aside_killers(now: datetime) -> None:
    """Work whose worker died each time it was tried would kill workers for ever; it is set aside for a person.

    Deaths are counted apart from attempts: a worker that is stopped once, after attempts that failed, proves nothing.
    """
    last_chance = Q(deaths__gte=MOST_DEATHS - 1) | Q(attempts__gte=MOST_ATTEMPTS)
    left = OutboxRow.objects.filter(last_chance, state=WorkState.CLAIMED, lease_until__lte=now)
    left.update(
        state=WorkState.QUARANTINED,
        lease_until=None,
        deaths=F("deaths") + 1,
        last_error="the worker died at this work each time",
    )


def _close(row: OutboxRow, state: WorkState, **facts: object) -> None:
    """Write the end of a claim, unless the lease ran out and another worker has taken the row since."""
    claim = {"attempts": row.attempts, "lease_until": row.lease_until}
    held = OutboxRow.objects.filter(pk=row.pk, state=WorkState.CLAIMED, **claim)
    held.update(state=state, lease_until=None, deaths=row.deaths, **facts)
