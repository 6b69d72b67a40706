"""The main job in a real browser: a paper from its first words to the task that it asked for being done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from playwright.sync_api import Browser, Page, expect

from directives.models import Assignment, CopyKind, Delivery, Notice
from directives.workflow import AssignmentState, DeliveryState, DirectiveState, Step
from orgs.models import Person
from tests import factories
from tests.factories import ClockAt, Committee
from tests.journeys.draft_desk import add_lines
from tests.mail_server import MailServer
from tests.processes import Program, answers, until

PASSWORD = "mot-mat-khau-dai"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
LONGEST_WAIT_MS = 30_000

TEXT = """Mùa mưa năm nay đến sớm, nhiều hồ chứa nhỏ chưa được kiểm tra. Ban Thường vụ yêu cầu:
1. Kiểm tra toàn bộ hồ chứa trên địa bàn, báo cáo kết quả.
2. Đảng ủy xã Thử 1 chủ trì diễn tập ứng phó sự cố vỡ đập.
3. Quán triệt nội dung này đến các chi bộ.
Giao Văn phòng Tỉnh ủy theo dõi, đôn đốc."""


@pytest.fixture
def committee(transactional_db: None) -> Committee:
    made = factories.committee(ClockAt(timezone.now()))
    made.first_number(749)
    for person in Person.objects.all():
        person.set_password(PASSWORD)
        person.save()
    return made


@pytest.fixture
def address(program: Callable[..., Program], committee: Committee) -> str:
    web = program("web")
    own = f"http://127.0.0.1:{web.port}"
    until(lambda: answers(f"{own}/healthz"), "the web server answers")
    return own


class Desk:
    """One person's browser window, and the pictures that are taken of it."""

    def __init__(self, page: Page, address: str, pictures: Path) -> None:
        self.page = page
        self.address = address
        self.pictures = pictures

    def go(self, path: str) -> None:
        """Open a page."""
        self.page.goto(self.address + path)

    def press(self, word: str) -> None:
        """Press the button, or follow the link that looks like one, and wait for the page it leads to."""
        # Asked as one: the page before may still be standing, and then neither is there yet.
        button, link = (self.page.get_by_role(role, name=word) for role in ("button", "link"))
        with self.page.expect_navigation():
            button.or_(link).first.click()

    def sees(self, words: str) -> None:
        """Wait until the page shows these words."""
        expect(self.page.locator("body")).to_contain_text(words, timeout=LONGEST_WAIT_MS)

    def picture(self, name: str) -> None:
        """Keep pictures of the page at the width of a desk and of a phone; nothing may stand outside of either."""
        own = self.page.viewport_size
        for size in (DESK, PHONE):
            self.page.set_viewport_size(size)
            assert self.page.evaluate("document.documentElement.scrollWidth") <= size["width"], name
            self.page.screenshot(path=self.pictures / f"{name}-{size['width']}.png", full_page=True)
        if own:
            self.page.set_viewport_size(own)


@contextmanager
def signed_in(browser: Browser, address: str, person: Person, pictures: Path, **window: object) -> Iterator[Desk]:
    """A window in which this person has signed in; a fault of a script or of the policy fails the test."""
    context = browser.new_context(viewport=window or DESK)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    desk = Desk(page, address, pictures)
    desk.go("/dang-nhap/")
    page.fill("[name=username]", person.username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    yield desk
    assert faults == []
    context.close()


def test_a_paper_goes_from_its_first_words_to_a_task_that_is_done(
    committee: Committee,
    address: str,
    background: tuple[Program, Program],
    mail_server: MailServer,
    browser: Browser,
    tmp_path: Path,
) -> None:
    def at_desk(who: Person, **window: object):
        return signed_in(browser, address, who, tmp_path, **window)

    with at_desk(committee.drafter) as desk:
        paper = drafts(desk)
    with at_desk(committee.signer) as desk:
        returns(desk, "Mục 2 chưa có thời hạn.")
    with at_desk(committee.drafter) as desk:
        repairs(desk, "Mục 2 chưa có thời hạn.")
    with at_desk(committee.signer) as desk:
        approves(desk)
    with at_desk(committee.clerk) as desk:
        notes_numbers_and_issues(desk, paper)
    with at_desk(committee.unit_clerks[0], **PHONE) as desk:
        receives(desk)
        reports(desk, "Đã diễn tập ngày hôm nay.", "12")
    with at_desk(committee.monitor) as desk:
        asks_for_more(desk, "Gửi kèm danh sách lực lượng tham gia.")
    with at_desk(committee.unit_clerks[0], **PHONE) as desk:
        desk.go("/nhiem-vu/")
        desk.sees(pgettext("assignment", "More is asked for"))
        reports(desk, "Lực lượng tham gia gồm 45 đồng chí.", "13")
    with at_desk(committee.monitor) as desk:
        sees_it_done(desk)

    led = Assignment.objects.get(part="lead")
    assert led.state == AssignmentState.DONE
    assert led.reports.count() == 2
    assert Delivery.objects.filter(state=DeliveryState.RECEIVED).count() == 1
    until(lambda: Notice.objects.filter(accepted_at__isnull=False).count() == 3, "three mails were taken")
    assert len(list(tmp_path.glob("*-390.png"))) >= 10


def drafts(desk: Desk) -> str:
    """Write the paper, say whom it means and what is followed, submit it; returns the address of its page."""
    page = desk.page
    desk.press(_("Draft a paper"))
    desk.press(_("No, draft it here"))
    page.select_option("[name=begins]", "về")
    page.fill("[name=subject]", "tăng cường kiểm tra hồ chứa trước mùa mưa")
    add_lines(page, "addressees", "cac dang uy xa")
    page.get_by_role("textbox", name=_("Text"), exact=True).fill(TEXT)
    add_lines(page, "distribution", "Như trên", "Lưu Văn phòng Tỉnh ủy")
    page.select_option("[name=authority]", index=1)
    desk.picture("draft")
    desk.press(_("Save and go on to tasks and recipients"))
    assert page.input_value(".line-card input >> nth=0") == "Các đảng ủy xã"
    first, second = page.locator(".item-card").nth(0), page.locator(".item-card").nth(1)
    first.locator("[value=each]").check()
    second.locator("[value=task]").check()
    second.locator(".only-task input").first.fill("Đảng ủy xã Thử 1")
    desk.picture("recipients")
    desk.press(_("Save recipients and tasks"))
    desk.picture("draft-page")
    paper = page.url.removeprefix(desk.address)
    desk.press(str(Step.SUBMIT.label))
    desk.sees(str(DirectiveState.SUBMITTED.label))
    return paper


def returns(desk: Desk, reason: str) -> None:
    desk.sees("tăng cường kiểm tra hồ chứa")
    desk.picture("signer-work")
    desk.press(_("Read and approve"))
    desk.picture("signer-page")
    desk.press(str(Step.RETURN.label))
    desk.page.fill("[name=reason]", reason)
    desk.picture("return")
    desk.page.click("main form.card button[type=submit]")
    desk.sees(_("My work"))


def repairs(desk: Desk, reason: str) -> None:
    desk.sees(reason)
    desk.picture("drafter-work")
    desk.page.locator(".work-row .button").first.click()
    desk.press(_("Tasks and recipients"))
    due = timezone.localdate() + timedelta(days=3)
    desk.page.locator(".item-card").nth(1).locator("input.day").fill(f"{due:%d/%m/%Y}")
    desk.press(_("Save recipients and tasks"))
    desk.press(str(Step.SUBMIT.label))
    desk.sees(str(DirectiveState.SUBMITTED.label))


def approves(desk: Desk) -> None:
    desk.press(_("Read and approve"))
    desk.press(str(Step.APPROVE.label))
    desk.sees(str(DirectiveState.APPROVED.label))
    desk.sees(f"{CopyKind.PROOF.label} (PDF)")


def notes_numbers_and_issues(desk: Desk, paper: str) -> None:
    page = desk.page
    desk.picture("clerk-work")
    desk.press(str(Step.NOTE_SIGNATURE.label))
    today = f"{timezone.localdate():%d/%m/%Y}"
    page.fill("[name=signed_on]", today)
    page.fill("[name=sealed_on]", today)
    desk.picture("signature")
    page.click("main form.card button[type=submit]")
    desk.press(str(Step.NUMBER.label))
    desk.sees("749")
    desk.picture("number")
    page.click("main form.card button[type=submit]")
    desk.sees("749-CV/TU")
    desk.press(str(Step.ISSUE.label))
    desk.sees("Đảng ủy xã Thử 3")
    desk.picture("issue")
    page.click("main form.card button[type=submit]")
    assert page.url == desk.address + paper
    expect(page.locator(".stage--done").last).to_contain_text("3/3", timeout=LONGEST_WAIT_MS)
    desk.sees(f"{CopyKind.FINAL.label} (PDF)")
    desk.picture("issued")
    desk.go("/van-ban-di/")
    desk.picture("outgoing")


def receives(desk: Desk) -> None:
    desk.picture("unit-work")
    desk.go("/van-ban-den/")
    desk.picture("inbox")
    desk.press(str(Step.RECEIVE.label))
    desk.sees(str(DeliveryState.RECEIVED.label))
    desk.picture("unit-page")


def reports(desk: Desk, text: str, number: str) -> None:
    desk.go("/nhiem-vu/")
    desk.picture("unit-tasks")
    led = desk.page.locator(".list tbody tr", has_text="chủ trì diễn tập")
    led.get_by_role("link", name=str(Step.REPORT.label)).click()
    desk.page.fill("[name=text]", text)
    desk.page.fill("[name=number]", number)
    desk.page.fill("[name=symbol]", "BC/ĐU")
    desk.picture("report")
    desk.press(_("Hand in the report"))
    desk.sees(f"{number}-BC/ĐU")
    desk.picture("unit-task")


def asks_for_more(desk: Desk, what: str) -> None:
    desk.go("/nhiem-vu/?loc=hoan-thanh")
    desk.picture("monitor-tasks")
    desk.page.locator(".list__subject a.clamp").first.click()
    desk.press(str(Step.ASK_MORE.label))
    desk.page.fill("[name=words]", what)
    desk.picture("ask-more")
    desk.page.click("main form.card button[type=submit]")
    desk.sees(what)


def sees_it_done(desk: Desk) -> None:
    desk.go("/nhiem-vu/?loc=hoan-thanh")
    desk.page.locator(".list__subject a.clamp").first.click()
    desk.sees(str(AssignmentState.DONE.label))
    desk.sees("12-BC/ĐU")
    desk.sees("13-BC/ĐU")
    desk.picture("monitor-task")
