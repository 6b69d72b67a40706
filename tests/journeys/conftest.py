"""What journeys at the page of a draft share: an office, browsers, and a window in which its drafter has signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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


@pytest.fixture
def drafting_office(transactional_db: None) -> Committee:
    """A committee whose drafter has a password."""
    made = factories.committee(ClockAt(timezone.now()))
    made.drafter.set_password(PASSWORD)
    made.drafter.save()
    return made


@pytest.fixture
def session(drafting_office: Committee) -> str:
    """A session of the drafter; made before a browser runs, which keeps an event loop in this thread."""
    return session_of(drafting_office.drafter)


@pytest.fixture
def colleague(drafting_office: Committee) -> Person:
    """Another drafter of the same body."""
    return factories.person("Trần Thị Đồng Nghiệp", (drafting_office.organization, Role.DRAFTER))


@pytest.fixture
def session_of_colleague(colleague: Person) -> str:
    """A session of the colleague; asked for before the browser, as that of the drafter."""
    return session_of(colleague)


@pytest.fixture
def draft_browser(session: str, live_server: LiveServer) -> Iterator[Browser]:
    """A browser that is started after the database and closed before it."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture
def open_desk(session: str, draft_browser: Browser, live_server: LiveServer) -> Iterator[OpenDesk]:
    """Opens windows of the drafter, or of `whose` session is given, each in a browser of its own.

    A fault of a script in any of them fails the test.
    """
    opened: list[DraftDesk] = []

    def open_one(whose: str = session, **options: Any) -> DraftDesk:
        context = new_context(draft_browser, **options)
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
