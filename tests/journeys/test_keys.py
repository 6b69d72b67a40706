"""The keyboard in a real browser: search, rows, help, and rest while somebody types."""

from __future__ import annotations

import pytest
from django.test.client import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from directives.workflow import DirectiveState
from tests import factories
from tests.factories import ClockAt

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Page:
    """The clerk's list of outgoing papers with three rows."""
    committee = factories.committee(ClockAt(timezone.now()))
    for _paper in range(3):
        factories.directive(committee, DirectiveState.NUMBERED)
    client = Client()
    client.force_login(committee.clerk)
    cookie = client.cookies["sessionid"].value
    context = browser.new_context()
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/van-ban-di/")
    return page


def test_the_keys_lead_to_search_rows_and_help(page: Page) -> None:
    rows = page.locator(".list tbody tr")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(rows.nth(1).locator("a").first).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0).locator("a").first).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("jk?/")
    expect(page.locator("#find")).to_have_value("jk?/")
    expect(page.locator("#keys")).to_be_hidden()


def test_enter_opens_the_row(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".directive-title")).to_be_visible()


def test_a_letter_that_is_being_composed_is_no_key(page: Page) -> None:
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '?', isComposing: true, bubbles: true}))"
    )
    expect(page.locator("#keys")).to_be_hidden()


def test_keys_that_were_switched_off_stay_off_on_the_next_page(page: Page) -> None:
    page.keyboard.press("?")
    page.check("#keys-off")
    page.reload()
    page.keyboard.press("?")
    page.keyboard.press("j")
    expect(page.locator("#keys")).to_be_hidden()
    expect(page.locator(".list tbody tr a").first).not_to_be_focused()
    page.click(".top .menu > summary")
    page.click("[data-keys]")
    page.uncheck("#keys-off")
    page.reload()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
