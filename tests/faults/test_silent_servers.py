"""Servers that take the line and say nothing, or take no more: work waits for them, and the rest goes on."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
import redis as redis_client
from pytest_django.fixtures import Settings

from directives import notices, outbox
from directives.actions import mailing
from directives.models import CopyKind, IssuedCopy, OutboxRow, Work
from directives.workflow import WorkState
from orgs.clock import CLOCK
from tests import factories
from tests.factories import Committee
from tests.faults.broker import OwnBroker
from tests.faults.many import signed_papers
from tests.faults.test_worker_and_broker import all_done, issue
from tests.mail_server import MailServer
from tests.processes import Program, until

Start = Callable[..., Program]
NO_MORE = 1  # byte: from here on Redis refuses whatever would need room


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a mail server that takes every line and never says a word."""
    taken: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take() -> None:
            while True:
                try:
                    taken.append(server.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=take)
        thread.start()
        yield int(server.getsockname()[1])
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
    for line in taken:
        line.close()


def mails() -> list[OutboxRow]:
    return list(OutboxRow.objects.filter(work=Work.MAIL))


def test_a_silent_mail_server_is_left_after_the_time_limit_and_costs_no_attempt(
    committee: Committee, smtp: MailServer, silent: int, settings: Settings
) -> None:
    factories.delivered(committee)
    settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = silent, 1
    began = time.monotonic()
    mailing.send_mails([row.pk for row in mails()], clock=CLOCK)
    assert time.monotonic() - began < 5
    assert {(row.state, row.attempts) for row in mails()} == {(WorkState.FAILED, 0)}
    assert "timed out" in mails()[0].last_error
    settings.EMAIL_PORT = smtp.port
    for row in mails():
        outbox.again(row.pk)
    mailing.send_mails([row.pk for row in mails()], clock=CLOCK)
    assert smtp.per_recipient() == Counter(f"{unit.code}@chidao.example" for unit in committee.units)


def test_without_a_time_limit_a_silent_mail_server_is_waited_for(silent: int, settings: Settings) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = settings.SMTP, "127.0.0.1"
    settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = silent, None

    def connect() -> None:
        with suppress(OSError), notices.open_connection():
            pass

    waiting = threading.Thread(target=connect, daemon=True)
    waiting.start()
    waiting.join(3)
    assert waiting.is_alive()


def test_copies_are_made_while_a_silent_mail_server_holds_up_the_mails(
    committee: Committee, program: Start, silent: int
) -> None:
    environment = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(silent)}
    program("worker", **environment)
    program("relay", **environment)
    first, *others = signed_papers(committee, 4)
    issue(committee, [first])
    until(lambda: OutboxRow.objects.filter(work=Work.MAIL, state=WorkState.CLAIMED), "the mails are held up")
    issue(committee, others)
    until(lambda: IssuedCopy.objects.filter(kind=CopyKind.FINAL).count() == 4, "the copies are made all the same")
    assert all(row.state != WorkState.DONE for row in mails())


def test_what_a_full_redis_does_not_take_waits_and_is_done_when_it_has_room(
    committee: Committee, program: Start, mail_server: MailServer, own_broker: OwnBroker
) -> None:
    environment = mail_server.environment | own_broker.environment
    worker, relay = program("worker", **environment), program("relay", **environment)
    until(lambda: "ready." in worker.said, "the worker is ready")
    with redis_client.Redis.from_url(own_broker.url) as broker:
        broker.config_set("maxmemory-policy", "noeviction")
        broker.config_set("maxmemory", NO_MORE)
        issue(committee, signed_papers(committee, 3))
        until(lambda: "The broker does not answer" in relay.said, "the relay says so", seconds=60)
        assert not OutboxRow.objects.filter(state=WorkState.DONE).exists()
        broker.config_set("maxmemory", 0)

    def done_under_watch() -> bool:
        # A worker that cannot note what it has taken ends; whatever watches over the processes starts it again.
        if not worker.runs:
            worker.start()
        return all_done()

    until(done_under_watch, "everything is done when there is room", seconds=120)
    assert IssuedCopy.objects.filter(kind=CopyKind.FINAL).count() == 3
    assert mail_server.per_recipient() == Counter({f"{unit.code}@chidao.example": 3 for unit in committee.units})
