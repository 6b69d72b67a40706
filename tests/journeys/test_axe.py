"""Every page that four people reach, light and dark: no serious fault of accessibility, no request to elsewhere."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test.client import Client
from django.urls import Resolver404, resolve
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from directives.models import Assignment
from directives.uploads import checked
from directives.workflow import DirectiveState
from tests import factories
from tests.directives.upload_corpus import png
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db(transaction=True)

ROLES = ("drafter", "clerk", "monitor", "unit clerk")
NO_PAGES = {
    "consulted_file",
    "enclosure",
    "file",
    "page_image",
    "sign_out",
    "signing_list",
    "submission_slip",
    "text_file",
    "word",
}
SERIOUS = {"serious", "critical"}


@pytest.fixture
def committee() -> Committee:
    """A committee with papers in every state, one that was replaced, and a share that is late."""
    made = factories.committee(ClockAt(timezone.now()))
    for state in DirectiveState:
        if state != DirectiveState.VOIDED:
            factories.directive(made, state, enclosed=[checked("anh.png", png())])
    factories.delivered(made, replaced=[factories.delivered(made)])
    Assignment.objects.filter(organization=made.units[0]).update(due_at=timezone.now() - timedelta(days=2))
    return made


@pytest.fixture
def signed_in(committee: Committee) -> dict[str, str]:
    """The session of each of the four."""
    people = dict(
        zip(ROLES, (committee.drafter, committee.clerk, committee.monitor, committee.unit_clerks[0]), strict=True)
    )
    sessions = {}
    for role, person in people.items():
        client = Client()
        client.force_login(person)
        sessions[role] = client.cookies["sessionid"].value
    return sessions


def pages_reached(page: Page, start: str) -> Iterator[str]:
    """Open one page of each route and state that links lead to, from the first page on, and say its route."""
    host = urlsplit(start).netloc
    waiting, seen = deque([start]), set()
    while waiting:
        address = waiting.popleft()
        try:
            match = resolve(urlsplit(address).path)
        except Resolver404:
            continue
        route = (match.url_name, str(match.kwargs.get("step", "")), urlsplit(address).query.partition("=")[0])
        if match.url_name in NO_PAGES or route in seen:
            continue
        seen.add(route)
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{address} answers {answer.status}"
        yield " ".join(part for part in route if part)
        links = page.eval_on_selector_all("a[href]", "links => links.map((link) => link.href.split('#')[0])")
        waiting += [link for link in links if urlsplit(link).netloc == host]


def faults_of(page: Page, axe: Axe) -> list[str]:
    """The serious faults of the page as it stands, light and dark, each with the first element that has it."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for fault in axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]:
            if fault["impact"] in SERIOUS:
                found.append(f"{scheme}: {fault['id']} {fault['nodes'][0]['html'][:160]}")
    return found


def looked_at(browser: Browser, session: str, start: str) -> dict[str, list[str]]:
    """The faults of each route that this session reaches; a request to another host fails the test."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    context.add_cookies([{"name": "sessionid", "value": session, "url": start}])
    asked: list[str] = []
    context.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    page, axe = context.new_page(), Axe()
    faults = {route: faults_of(page, axe) for route in pages_reached(page, start)}
    context.close()
    assert set(asked) - {""} == {urlsplit(start).netloc}
    return faults


@pytest.mark.parametrize(
    "role", ["clerk", "unit clerk", *(pytest.param(role, marks=pytest.mark.long) for role in ("drafter", "monitor"))]
)
def test_no_page_has_a_serious_fault_and_no_request_leaves_the_host(
    role: str, signed_in: dict[str, str], browser: Browser, live_server: LiveServer
) -> None:
    faults = looked_at(browser, signed_in[role], f"{live_server.url}/")
    assert len(faults) > 8, "the pages were reached"
    assert {route: found for route, found in faults.items() if found} == {}
