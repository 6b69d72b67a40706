"""The background jobs, one line each: claim outbox rows, call the domain."""

from __future__ import annotations

from functools import partial

from django.conf import settings

from config.celery import MAIL, RENDER, job
from directives import outbox
from directives.actions import copying, issuing_at_an_hour, mailing, reading_files
from directives.beside import READY_WITHIN
from directives.models import Heartbeat, Work
from directives.printing_limits import within_limits
from orgs.clock import CLOCK


@job(queue=RENDER, seconds=settings.RENDER_SECONDS + READY_WITHIN)
def make_proofs(row_ids: list[int]) -> None:
    """Print approved texts for signature."""
    outbox.work_through(row_ids, within_limits(partial(copying.make_proof, clock=CLOCK)))


@job(queue=RENDER, seconds=settings.RENDER_SECONDS + READY_WITHIN)
def make_final_copies(row_ids: list[int]) -> None:
    """Print numbered directives and open them to their units."""
    outbox.work_through(row_ids, within_limits(partial(copying.make_final_copy, clock=CLOCK)))


@job(queue=MAIL)
def send_mails(row_ids: list[int]) -> None:
    """Send mails that wait."""
    mailing.send_mails(row_ids, clock=CLOCK)


@job(queue=RENDER, seconds=settings.RENDER_SECONDS + READY_WITHIN)
def read_files(row_ids: list[int]) -> None:
    """Let issued papers be found by the words of their files."""
    outbox.work_through(row_ids, within_limits(reading_files.read))


@job(queue=RENDER)
def issue_at_their_hour(row_ids: list[int]) -> None:
    """Issue papers whose hour has come."""
    outbox.work_through(row_ids, partial(issuing_at_an_hour.issue_at_its_hour, clock=CLOCK))


@job(queue=RENDER)
def show_life() -> None:
    """Prove that a ring of the relay reaches a worker that reaches the database."""
    Heartbeat.objects.beat("worker", CLOCK.now())


JOB_OF = {
    Work.PROOF: make_proofs,
    Work.FINAL_COPY: make_final_copies,
    Work.MAIL: send_mails,
    Work.ISSUE: issue_at_their_hour,
    Work.WORDS: read_files,
}
"""Which job does which work."""

AT_ONCE = {Work.PROOF: 1, Work.FINAL_COPY: 1, Work.MAIL: 50, Work.ISSUE: 1, Work.WORDS: 1}
"""How many rows one ring names: a page is rendered alone, mails share a connection."""
