"""How many clicks the jobs of every day take, and that a scan goes on after a broken line."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from directives.actions import approving
from directives.models import CopyKind, Delivery, Directive
from directives.workflow import DeliveryState, DirectiveState, Step
from orgs.models import Person
from tests import factories
from tests.factories import ClockAt, Committee
from tests.journeys.clicks import Clicks
from tests.journeys.draft_desk import LONGEST_WAIT_MS, beside_the_browser, new_context, session_of

pytestmark = pytest.mark.django_db(transaction=True)

SEND = "main form.card button[type=submit]"
FROM_SCAN_TO_ISSUE = 8
TO_RECEIVE = 2


@pytest.fixture
def committee(transactional_db: None) -> Committee:
    return factories.committee(ClockAt(timezone.now()))


@pytest.fixture
def paper(committee: Committee) -> Directive:
    """Approved, on the signer's desk."""
    made = factories.directive(committee, DirectiveState.SUBMITTED)
    approving.approve(made.pk, read_version=1, by=committee.member(committee.signer), clock=committee.clock)
    return made


@pytest.fixture
def delivered(committee: Committee) -> Directive:
    return factories.delivered(committee)


def window(browser: Browser, live_server: LiveServer, session: str) -> Page:
    """My work of the person of this session."""
    context = new_context(browser)
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url)
    return page


@pytest.fixture
def at_work(browser: Browser, live_server: LiveServer) -> Callable[[Person], Page]:
    """Opens my work of a person."""
    return lambda person: window(browser, live_server, session_of(person))


def picture() -> bytes:
    """One page as a camera gives it: too large for one part."""
    written = BytesIO()
    Image.effect_noise((1240, 1754), 60).save(written, "JPEG")
    return written.getvalue()


def test_from_the_scan_to_the_issue(paper: Directive, committee: Committee, at_work: Callable[[Person], Page]) -> None:
    page = at_work(committee.clerk)
    clicks = Clicks(page)
    broken = lines_broken_after_one_part(page)
    clicks.click(page.get_by_role("link", name=str(Step.NOTE_SIGNATURE.label)))
    clicks.choose("input[name=scan]", [{"name": "trang-1.jpg", "mimeType": "image/jpeg", "buffer": picture()}])
    expect(page.locator("[data-scan-says]")).not_to_be_empty(timeout=LONGEST_WAIT_MS)
    assert broken, "the line broke while the file was on its way"
    page.fill("[name=sealed_on]", f"{timezone.localdate():%d/%m/%Y}")
    # Pressed too early: the form waits for the file.
    clicks.click(SEND)
    clicks.click(page.get_by_role("link", name=str(Step.NUMBER.label)))
    clicks.click(SEND)
    clicks.click(page.get_by_role("link", name=str(Step.ISSUE.label), exact=True))
    clicks.click(SEND)
    expect(page.locator(".statuses")).to_contain_text(str(DirectiveState.ISSUED.label), timeout=LONGEST_WAIT_MS)
    assert clicks.count <= FROM_SCAN_TO_ISSUE
    assert beside_the_browser(lambda: paper.copies.get(kind=CopyKind.SCAN).pages) == 1


def lines_broken_after_one_part(page: Page) -> list[str]:
    """The second part is lost on its way, once; returns the addresses that broke."""
    broken: list[str] = []

    def some(route: Route) -> None:
        if not broken and not route.request.url.endswith("tu=0"):
            broken.append(route.request.url)
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route("**/ban-quet/*/?tu=*", some)
    return broken


def test_to_receive_and_enter_into_the_book(
    delivered: Directive, committee: Committee, at_work: Callable[[Person], Page]
) -> None:
    page = at_work(committee.unit_clerks[0])
    clicks = Clicks(page)
    clicks.click(page.get_by_role("button", name=str(Step.RECEIVE.label)))
    expect(page.locator(".statuses")).to_contain_text(str(DeliveryState.RECEIVED.label), timeout=LONGEST_WAIT_MS)
    assert clicks.count <= TO_RECEIVE
    received = Delivery.objects.filter(organization=committee.units[0], state=DeliveryState.RECEIVED)
    assert beside_the_browser(received.count) == 1
