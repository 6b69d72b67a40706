"""What all tests share: the marks by folder, the samples, and the real processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from config.celery import app
from config.collecting import leave_out_what_is_loaded
from config.settings.environment import broker_from
from tests.fresh_database import copied_instead_of_emptied
from tests.mail_server import MailServer
from tests.processes import Program, own_redis, stop_all

TESTS = Path(__file__).parent
SLOW_FIRST = (
    "test_bundle.py",
    "test_samples.py",
    "journeys",
    "access",
    "faults",
    "test_production.py",
    "test_embedded.py",
    "wordfile",
)
"""Where single tests take long: begun last, one of them would run on while the others have nothing to do."""
ROOT = TESTS.parent


def pytest_configure(config: pytest.Config) -> None:
    """Stop before the first test when nobody prepared the databases."""
    if not os.environ.get("DATABASE_URL") or not os.environ.get("REDIS_URL"):
        raise pytest.UsageError("start the tests with script/test: it makes the databases they need")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs the machine for itself, begin with what is slow, leave the long runs out unless LONG=1."""
    items.sort(key=lambda item: item.path.relative_to(TESTS).parts[0] not in SLOW_FIRST)
    for item in items:
        if "broker" in getattr(item, "fixturenames", ()):
            item.add_marker("alone")  # it freezes the queue of all tests
    if os.environ.get("LONG") == "1":
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if not item.get_closest_marker("long")]


def pytest_collection_finish() -> None:
    """Spare the collector the loaded program and all tests: it took an eighth of the time to walk them."""
    leave_out_what_is_loaded()


@pytest.fixture(scope="session", autouse=True)
def own_queue() -> None:
    """A test that rings by itself rings the worker of its own run, not that of the run beside it."""
    app.conf.broker_url = broker_from(own_redis())


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the five real samples; the test is skipped where it is not at hand."""
    folder = Path(os.environ.get("SAMPLES_DIR") or ROOT.parent / "shared" / "seeds")
    if not any(folder.glob("*.json")):
        pytest.skip(f"the samples are not in {folder}; name their folder with script/test --samples DIR")
    return folder


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database, with a clean copy of it at hand for the tests that commit."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(copied_instead_of_emptied())
        yield
        with django_db_blocker.unblock():
            stack.close()


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path) -> None:
    """Copies and mails of one test stay in its own folder."""
    settings.COPY_ROOT = tmp_path / "copies"
    settings.MAIL_FOLDER = tmp_path / "mail"


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """A real SMTP server on the loopback address."""
    with MailServer() as server:
        yield server


@pytest.fixture
def program(transactional_db: None, folders: None, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Starts `web`, `relay` or `worker` on the test's database, `program("worker", **environment)`, and ends them."""
    started: list[Program] = []

    def start(name: str, **environment: str) -> Program:
        one = Program(name, tmp_path / f"{name}-{len(started)}.log", environment).start()
        started.append(one)
        return one

    yield start
    stop_all(started)


@pytest.fixture
def background(program: Callable[..., Program], mail_server: MailServer) -> tuple[Program, Program]:
    """A worker and a relay on the test's database that send their mail to `mail_server`."""
    environment = mail_server.environment
    return program("worker", **environment), program("relay", **environment)
