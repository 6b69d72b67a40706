"""How many clicks it takes, besides typing, to bring a one-page công văn with two tasks from nothing to its signer."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from playwright.sync_api import Locator, expect

from directives.document import Follow
from directives.models import Directive
from directives.workflow import DirectiveState, Step
from tests.factories import Committee
from tests.journeys.clicks import Clicks
from tests.journeys.draft_desk import LONGEST_WAIT_MS, DraftDesk, beside_the_browser

MOST_CLICKS = 25
TO_CHOOSE = 2
"""A list is opened by one click, and its entry chosen by another."""
OPENING = "Mùa mưa năm nay đến sớm. Ban Thường vụ yêu cầu:"
ITEMS = ("Đảng ủy xã Thử 1 kiểm tra hồ chứa trước ngày 30/12/2030.", "Đảng ủy xã Thử 2 diễn tập ứng phó sự cố.")


def test_a_letter_with_two_tasks_is_submitted_within_the_budget(desk: DraftDesk, drafting_office: Committee) -> None:
    page, clicks = desk.page, Clicks(desk.page)
    page.goto(desk.address + reverse("my_work"))
    begins(clicks)
    writes(desk, clicks)
    for place in (1, 2):
        gives(clicks, page.locator(".sheet__text p").nth(place), f"Đảng ủy xã Thử {place}")
    clicks.click(".lines[data-lines=distribution] [data-quick] >> nth=0")
    clicks.click(".lines[data-lines=distribution] [data-quick] >> nth=1")
    page.select_option("[name=authority]", str(drafting_office.authority.pk))
    clicks.count += TO_CHOOSE
    clicks.click("button[value=paper]")
    clicks.click(page.get_by_role("button", name=str(Step.SUBMIT.label)))
    expect(page.locator("body")).to_contain_text(str(DirectiveState.SUBMITTED.label), timeout=LONGEST_WAIT_MS)
    assert clicks.count <= MOST_CLICKS
    assert beside_the_browser(tasks_on_record) == [("tu-xa-1", "2030-12-30"), ("tu-xa-2", None)]


def begins(clicks: Clicks) -> None:
    """From the first page to an empty draft."""
    clicks.click(clicks.page.get_by_role("link", name=_("Draft a paper")).first)
    clicks.click(clicks.page.get_by_role("link", name=_("No, draft it here")))
    expect(clicks.page.locator(".sheet__text")).to_be_visible(timeout=LONGEST_WAIT_MS)


def writes(desk: DraftDesk, clicks: Clicks) -> None:
    """The subject, the addressees, the text."""
    page = desk.page
    clicks.click("[name=subject]")
    page.keyboard.insert_text("tăng cường kiểm tra hồ chứa")
    clicks.click(".lines[data-lines=addressees] [data-add]")
    page.keyboard.type("cac dang uy")
    desk.press("Enter")
    expect(page.locator(".lines[data-lines=addressees] [data-line]")).to_have_count(1, timeout=LONGEST_WAIT_MS)
    clicks.click(".sheet__text")
    desk.type(OPENING)
    desk.press("Enter")
    desk.type("1. ")
    for place, words in enumerate(ITEMS):
        if place:
            desk.press("Enter")
        page.keyboard.insert_text(words)


def gives(clicks: Clicks, item: Locator, unit: str) -> None:
    """Make an item a task of the unit that it names, until the day that it names."""
    clicks.click(item)
    if not clicks.page.locator("[data-panel]").is_visible():
        clicks.click("#tab-task")
    offers = clicks.page.locator("[data-offer-list] button")
    expect(offers.filter(has_text=unit)).to_be_visible(timeout=LONGEST_WAIT_MS)
    clicks.click(offers.filter(has_text=unit))
    day = offers.filter(has_text="30/12/2030")
    if day.count():
        clicks.click(day)


def tasks_on_record() -> list[tuple[str, str | None]]:
    """The leading unit and the deadline of each task of the paper."""
    paper = Directive.objects.get()
    document = paper.under_head_of(paper.created_at.date())
    tasks = [block for block, _ancestors in document.walk() if block.follow == Follow.TASK]
    return [(block.targets[0].code, block.deadline) for block in tasks]
