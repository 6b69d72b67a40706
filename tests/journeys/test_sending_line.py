"""The line of stages asks again while work is done, and stops by itself."""

from __future__ import annotations

import pytest
from django.test.client import Client
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from directives.workflow import DirectiveState
from tests import factories
from tests.factories import ClockAt

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_that_is_left_open_asks_ever_more_slowly_and_stops_after_two_minutes(
    browser: Browser, live_server: LiveServer
) -> None:
    committee = factories.committee(ClockAt(timezone.now()))
    paper = factories.directive(committee, DirectiveState.ISSUED)
    client = Client()
    client.force_login(committee.clerk)
    asked: list[str] = []
    context = browser.new_context()
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/dang-gui/") else None)
    page.clock.install()
    page.goto(f"{live_server.url}/van-ban/{paper.pk}/")
    counts = []
    for _half_minute in range(8):
        for _turn in range(10):
            page.clock.run_for(3000)
            page.wait_for_timeout(60)
        counts.append(len(asked))
    assert counts[0] > counts[1] - counts[0] > 0
    assert counts[3] > counts[2]
    assert counts[5] == counts[7]
