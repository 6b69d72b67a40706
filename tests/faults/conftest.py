"""What the tests of faults share: a committee that works today, and a Redis to stop, freeze and empty."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from orgs.clock import CLOCK
from tests import factories
from tests.factories import ClockAt, Committee
from tests.faults.broker import Broker, OwnBroker
from tests.mail_server import MailServer


@pytest.fixture
def clock() -> ClockAt:
    """A clock that shows the moment at which the test began, so that real processes find its work due."""
    return ClockAt(CLOCK.now())


@pytest.fixture
def committee(transactional_db: None, clock: ClockAt) -> Committee:
    """A committee with three units below it."""
    return factories.committee(clock)


@pytest.fixture
def broker(transactional_db: None, settings: Settings) -> Iterator[Broker]:
    """The Redis that the running test and its processes use; it is thawed after the test."""
    redis = Broker(settings.REDIS_URL)
    yield redis
    redis.thaw()


@pytest.fixture
def own_broker() -> Iterator[OwnBroker]:
    """A Redis server of this test alone, to be stopped for a while."""
    with OwnBroker() as redis:
        yield redis


@pytest.fixture
def mail_log(mail_server: MailServer, tmp_path: Path) -> Path:
    """The file in which the mail server notes every mail that it took."""
    mail_server.log = tmp_path / "mail.log"
    mail_server.log.touch()
    return mail_server.log


@pytest.fixture
def smtp(settings: Settings, mail_server: MailServer) -> MailServer:
    """The mail server, to which the running test itself sends."""
    settings.EMAIL_BACKEND = settings.SMTP
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server.port
    return mail_server
