"""Workers that are killed and a Redis that forgets everything: each copy is made and each mail comes, once."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from config.celery import ring
from directives import filestore, notices, outbox
from directives.actions import numbering_and_issuing
from directives.jobs import JOB_OF, send_mails, show_life
from directives.models import CopyKind, Delivery, Directive, Heartbeat, IssuedCopy, Notice, OutboxRow, Work
from directives.workflow import DeliveryState, WorkState
from orgs.clock import CLOCK
from tests import factories
from tests.factories import Committee
from tests.faults.broker import Broker, OwnBroker
from tests.faults.many import signed_papers
from tests.mail_server import MailServer
from tests.processes import Program, own_redis, until

Start = Callable[..., Program]
RECOVERS_WITHIN = 90  # seconds after Redis has lost everything
LEASE = {"OUTBOX_LEASE_SECONDS": "20"}
SHORT_LEASE = {"OUTBOX_LEASE_SECONDS": "3"}


def done() -> int:
    return OutboxRow.objects.filter(state=WorkState.DONE).count()


def all_done() -> bool:
    return not OutboxRow.objects.exclude(state=WorkState.DONE).exists()


def issue(of: Committee, papers: list[Directive]) -> None:
    """Number and issue them by the real actions."""
    clerk = of.member(of.clerk)
    for paper in papers:
        numbering_and_issuing.number(paper.pk, by=clerk, clock=of.clock)
        numbering_and_issuing.issue(paper.pk, by=clerk, clock=of.clock)


def issue_at_another_desk(of: Committee, papers: list[Directive]) -> None:
    """The same in a thread, with the connection that belongs to it."""
    try:
        issue(of, papers)
    finally:
        connection.close()


def nothing_is_lost_or_doubled(papers: list[Directive], of: Committee, mail_server: MailServer) -> None:
    """Each paper has one whole copy, each unit has each paper, and each address got each mail once."""
    copies = IssuedCopy.objects.filter(kind=CopyKind.FINAL)
    assert Counter(copies.values_list("directive", flat=True)) == Counter(paper.pk for paper in papers)
    assert all(filestore.read(copy.sha256).startswith(b"%PDF-") for copy in copies)
    assert Delivery.objects.count() == len(papers) * len(of.units)
    assert not Delivery.objects.exclude(state=DeliveryState.ARRIVED).exists()
    wanted = Counter(notices.message_id(notice) for notice in Notice.objects.all())
    assert Counter(mail.message_id for mail in mail_server.received) == wanted
    addresses = [f"{unit.code}@chidao.example" for unit in of.units]
    assert mail_server.per_recipient() == Counter(dict.fromkeys(addresses, len(papers)))
    assert all_done()


@pytest.mark.parametrize(
    ("count", "kills", "flushes"), [(100, 4, 1), pytest.param(1000, 25, 6, marks=pytest.mark.long)]
)
def test_issues_under_killed_workers_and_a_forgetful_redis_lose_and_double_nothing(
    count: int,
    kills: int,
    flushes: int,
    committee: Committee,
    program: Start,
    mail_server: MailServer,
    mail_log: Path,
    own_broker: OwnBroker,
) -> None:
    papers = signed_papers(committee, count)
    environment = mail_server.environment | own_broker.environment | LEASE | {"MAIL_LOG": str(mail_log)}
    program("relay", **environment)
    worker = program("worker", **environment)
    work = count * (1 + len(committee.units))
    chance = random.Random(745)
    moments = sorted(chance.sample(range(work // 20, work * 19 // 20), kills + flushes))
    # The last one is Redis, so that the end measures how long a forgetful Redis holds up the work.
    faults = [*chance.sample(["kill"] * kills + ["flush"] * (flushes - 1), kills + flushes - 1), "flush"]

    with ThreadPoolExecutor(1) as other_desk:
        issuing = other_desk.submit(issue_at_another_desk, committee, papers)
        for moment, fault in zip(moments, faults, strict=True):
            until(lambda moment=moment: done() >= moment, f"{moment} of {work} pieces of work done", seconds=120)
            if fault == "kill":
                worker.kill()
                worker.start()
            else:
                own_broker.empty()
        issuing.result()
    emptied = CLOCK.now()
    until(all_done, "all work done after Redis was emptied", seconds=RECOVERS_WITHIN)

    recovered = (CLOCK.now() - emptied).total_seconds()
    left = OutboxRow.objects.filter(deaths__gt=0).count()
    print(f"n = {count} issues, {kills} workers killed ({left} rows left by them), Redis emptied {flushes} times")
    print(f"all work done {recovered:.0f} s after Redis was emptied for the last time")
    assert left > 0
    nothing_is_lost_or_doubled(papers, committee, mail_server)


def test_without_a_relay_what_an_emptied_redis_forgot_is_lost(
    committee: Committee, program: Start, mail_server: MailServer
) -> None:
    queue = Broker(own_redis())
    issue(committee, signed_papers(committee, 10))
    relay = program("relay", **mail_server.environment)
    until(lambda: not OutboxRow.objects.filter(rung_at__isnull=True).exists(), "everything was rung")
    relay.kill()
    queue.empty()

    program("worker", **mail_server.environment)
    began = CLOCK.now()
    ring(show_life, forget_after=outbox.RING_AGAIN_AFTER)
    until(lambda: Heartbeat.objects.filter(name="worker", at__gt=began).exists(), "the worker answers a ring")
    assert done() == 0


def one_mail_in_doubt(committee: Committee, program: Start, **environment: str) -> Notice:
    """The first of three mails was taken by the server, and its worker died before it could note that."""
    factories.delivered(committee)
    notice = Notice.objects.get(address="tu-xa-1@chidao.example")
    deadly = {
        "DJANGO_SETTINGS_MODULE": "tests.faults.deadly_settings",
        "DEADLY_BACKEND": "tests.faults.deadly_mail.DiesOnceAfterSending",
        "DEADLY_ADDRESS": notice.address,
    }
    program("worker", **environment, **deadly, **SHORT_LEASE)
    row = row_of(notice)
    ring(send_mails, [row.pk], forget_after=outbox.RING_AGAIN_AFTER)
    until(lambda: row_of(notice).state == WorkState.CLAIMED, "the mail was claimed", seconds=90)
    until(lambda: CLOCK.now() > (row_of(notice).lease_until or CLOCK.now()), "the worker's claim ran out")
    ring(send_mails, [row.pk], forget_after=outbox.RING_AGAIN_AFTER)
    until(lambda: row_of(notice).state != WorkState.CLAIMED, "another worker took it up")
    return notice


def row_of(notice: Notice) -> OutboxRow:
    return OutboxRow.objects.get(work=Work.MAIL, object_id=notice.pk)


def test_a_mail_taken_just_before_the_worker_died_is_recognised_by_the_log_of_the_server(
    committee: Committee, program: Start, mail_server: MailServer, mail_log: Path, tmp_path: Path
) -> None:
    environment = mail_server.environment | {"MAIL_LOG": str(mail_log), "DIED_FILE": str(tmp_path / "died")}
    notice = one_mail_in_doubt(committee, program, **environment)
    assert (tmp_path / "died").exists()
    assert (row_of(notice).state, row_of(notice).deaths) == (WorkState.DONE, 1)
    assert mail_server.per_recipient()[notice.address] == 1


def test_without_the_log_a_mail_taken_just_before_the_worker_died_waits_for_a_person(
    committee: Committee, program: Start, mail_server: MailServer, tmp_path: Path
) -> None:
    notice = one_mail_in_doubt(committee, program, **mail_server.environment, DIED_FILE=str(tmp_path / "died"))
    assert (tmp_path / "died").exists()
    assert (row_of(notice).state, row_of(notice).deaths) == (WorkState.UNCERTAIN, 1)
    assert mail_server.per_recipient()[notice.address] == 1


def test_a_message_that_comes_ten_times_is_worked_off_once(
    committee: Committee, program: Start, mail_server: MailServer
) -> None:
    [paper] = signed_papers(committee, 1)
    issue(committee, [paper])
    for _ in range(10):
        for row in OutboxRow.objects.all():
            ring(JOB_OF[Work(row.work)], [row.pk], forget_after=outbox.RING_AGAIN_AFTER)
    environment = mail_server.environment
    program("worker", **environment)
    program("relay", **environment)
    until(all_done, "all work done", seconds=60)
    nothing_is_lost_or_doubled([paper], committee, mail_server)
