"""The pages of a paper larger and smaller in a real browser, by button, by key and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test.client import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import factories
from tests.factories import ClockAt

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = ".page-images img >> nth=0"
WIDTH = "document.querySelector('.page-images img').getBoundingClientRect().width"


Opened = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, live_server: LiveServer) -> Opened:
    """Opens the clerk's page of an issued paper, with or without `scripts`, and `pictures` that come."""
    committee = factories.committee(ClockAt(timezone.now()))
    paper = factories.delivered(committee)
    client = Client()
    client.force_login(committee.clerk)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}

    def open_page(*, scripts: bool = True, pictures: bool = True) -> Page:
        window = {"width": 1366, "height": 768}
        context = browser.new_context(viewport=window, java_script_enabled=scripts)
        context.add_cookies([cookie])
        page = context.new_page()
        if not pictures:
            page.route("**/trang/**", lambda route: route.abort())
        page.goto(f"{live_server.url}/van-ban/{paper.pk}/")
        return page

    return open_page


def test_a_page_is_enlarged_with_a_sharper_picture_and_shown_whole(opened: Opened) -> None:
    page = opened()
    fitting = page.evaluate(WIDTH)
    page.keyboard.press("+")
    assert page.evaluate(WIDTH) == 1191 > fitting
    expect(page.locator(FIRST)).to_have_attribute("src", re.compile(r"\?dpi=192$"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page itself does not move sideways"
    page.keyboard.press("0")
    height = page.locator(FIRST).bounding_box()["height"]
    assert height <= 768
    expect(page.locator("[data-zoom-page]")).to_have_attribute("aria-pressed", "true")
    page.locator("[data-zoom-page]").click()
    assert page.evaluate(WIDTH) == fitting
    page.locator(FIRST).click()
    assert page.evaluate(WIDTH) == 1191
    page.locator("[data-zoom-out]").click()
    page.keyboard.press("-")
    expect(page.locator("[data-zoom-out]")).to_be_disabled()


def test_without_javascript_a_page_leads_to_its_large_picture(opened: Opened) -> None:
    page = opened(scripts=False)
    expect(page.locator(".zoom")).to_be_hidden()
    page.locator(FIRST).click()
    assert page.url.endswith("?dpi=192")
    assert page.locator("img").evaluate("image => image.naturalWidth") > 1500


def test_a_page_that_does_not_come_is_told_in_words(opened: Opened) -> None:
    page = opened(pictures=False)
    expect(page.locator(".page-lost figcaption").first).to_contain_text("Chưa tải được trang này.")
    assert not page.locator(FIRST).is_visible()
