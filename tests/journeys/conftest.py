"""What journeys at the page of a draft share: an office, browsers, and a window in which its drafter has signed in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from orgs.models import Person, Role
from tests import factories
from tests.factories import ClockAt, Committee
from tests.journeys.draft_desk import CHROMIUM, PASSWORD, QUIET, DraftDesk, new_context, session_of

OpenDesk = Callable[..., DraftDesk]


@pytest.fixture(scope="session")
def running_browser() -> Iterator[Browser]:
    """One browser for all journeys: to start it takes longer than most of them."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"the browser {CHROMIUM} is not installed")
    # From here on its client keeps an event loop in this thread, where Django asks the database for no coroutine.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture
def browser(transactional_db: None, running_browser: Browser) -> Iterator[Browser]:
    """The browser without a window; the test's windows share nothing, and are closed before its database goes."""
    yield running_browser
    for context in running_browser.contexts:
        context.close()


@pytest.fixture
def drafting_office(transactional_db: None) -> Committee:
    """A committee whose drafter has a password."""
    made = factories.committee(ClockAt(timezone.now()))
    made.drafter.set_password(PASSWORD)
    made.drafter.save()
    return made


@pytest.fixture
def session(drafting_office: Committee) -> str:
    """A session of the drafter."""
    return session_of(drafting_office.drafter)


@pytest.fixture
def colleague(drafting_office: Committee) -> Person:
    """Another drafter of the same body."""
    return factories.person("Trần Thị Đồng Nghiệp", (drafting_office.organization, Role.DRAFTER))


@pytest.fixture
def session_of_colleague(colleague: Person) -> str:
    """A session of the colleague."""
    return session_of(colleague)


@pytest.fixture
def open_desk(session: str, browser: Browser, live_server: LiveServer) -> Iterator[OpenDesk]:
    """Opens windows of the drafter, or of `whose` session is given, each in a browser of its own.

    A fault of a script in any of them fails the test.
    """
    opened: list[DraftDesk] = []

    def open_one(whose: str = session, **options: Any) -> DraftDesk:
        context = new_context(browser, **options)
        context.add_cookies([{"name": "sessionid", "value": whose, "url": live_server.url}])
        opened.append(DraftDesk(context.new_page(), live_server.url))
        return opened[-1]

    yield open_one
    faults = [desk.faults for desk in opened]
    for desk in opened:
        desk.page.context.close()
    assert not any(faults), faults


@pytest.fixture
def desk(open_desk: OpenDesk) -> DraftDesk:
    """The drafter's window."""
    return open_desk()
