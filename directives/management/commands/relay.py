"""The relay: looks for work that is due and rings the workers."""

from __future__ import annotations

import signal
import time
from datetime import UTC, datetime, timedelta
from itertools import groupby
from types import FrameType

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from config.celery import RingFailed, ring, rings_waiting
from directives import filestore, months, outbox
from directives.jobs import AT_ONCE, JOB_OF, show_life
from directives.models import Heartbeat, OutboxRow, Work
from directives.workflow import WorkState
from orgs.clock import CLOCK

LOOK_EVERY = 0.25  # seconds
BEAT_EVERY = timedelta(seconds=10)
SWEEP_EVERY = timedelta(days=1)
KEPT_UNFINISHED = timedelta(days=1)  # whoever still writes a file after a day is dead
LONGEST_PAUSE = 15.0  # seconds to wait while the broker or the database does not answer
MOST_ROWS = 500
MOST_RINGS_WAITING = 200  # when the workers are away, more messages help nobody
LEADER_LOCK = 6_514_764  # names this program's advisory lock; any number that nobody else uses


class Command(BaseCommand):
    """Poll the outbox and ring. One relay leads; a second one stands by until the first is gone."""

    help = "Ring the workers for work that is due (runs until it is stopped)."

    def handle(self, *args: object, **options: object) -> None:
        """Run until SIGTERM or SIGINT."""
        self.stopped = False
        self.beaten_at = self.swept_at = datetime.min.replace(tzinfo=UTC)
        self.led_over: object = None
        for signal_number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signal_number, self.stop)
        pause = LOOK_EVERY
        while not self.stopped:
            try:
                self.look()
                pause = LOOK_EVERY
            except RingFailed as error:
                self.complain("The broker does not answer; work waits in the outbox", error)
                pause = min(pause * 2, LONGEST_PAUSE)
            except DatabaseError as error:
                self.complain("The database does not answer", error)
                connection.close()
                pause = min(pause * 2, LONGEST_PAUSE)
            self.rest(pause)

    def stop(self, signal_number: int, frame: FrameType | None) -> None:
        """Finish the round and leave."""
        self.stopped = True

    def complain(self, what: str, error: Exception) -> None:
        """One line for the operator."""
        self.stderr.write(f"{what}: {' '.join(str(error).split())}")

    def rest(self, seconds: float) -> None:
        """Wait, but not past a stop."""
        end = time.monotonic() + seconds
        while not self.stopped and time.monotonic() < end:
            time.sleep(LOOK_EVERY)

    def look(self) -> None:
        """One round: show life, ring for what is due, sweep once a day; raises one of RingFailed or DatabaseError."""
        if not self.leads():
            return
        now = CLOCK.now()
        if now - self.beaten_at >= BEAT_EVERY:
            Heartbeat.objects.beat("relay", now)
            self.beaten_at = now
            ring(show_life, forget_after=BEAT_EVERY)
        self.ring_for_work(now)
        if now - self.swept_at >= SWEEP_EVERY:
            self.swept_at = now
            filestore.sweep(now - KEPT_UNFINISHED)
            months.add_together()

    def leads(self) -> bool:
        """True while this relay holds the lock; the lock lives and dies with the database connection."""
        if self.led_over is not None and self.led_over is connection.connection:
            return True
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LEADER_LOCK])
            [leads] = cursor.fetchone()
        self.led_over = connection.connection if leads else None
        return bool(leads)

    def ring_for_work(self, now: datetime) -> None:
        """Ring for due rows, oldest first within each kind of work."""
        rows = sorted(outbox.due(now)[:MOST_ROWS], key=_kind)
        for (work, left_by_the_dead), due in groupby(rows, key=_kind):
            # One of them may be what killed the worker; rung alone, it does not take the others with it again.
            called, size = JOB_OF[work], 1 if left_by_the_dead else AT_ONCE[work]
            if rings_waiting(called) >= MOST_RINGS_WAITING:
                continue
            ids = [row.pk for row in due]
            for start in range(0, len(ids), size):
                some = ids[start : start + size]
                ring(called, some, forget_after=outbox.RING_AGAIN_AFTER)
                OutboxRow.objects.filter(pk__in=some).update(rung_at=now)


def _kind(row: OutboxRow) -> tuple[Work, bool]:
    return Work(row.work), row.state == WorkState.CLAIMED
