"""A conclusion with a pasted annex of 25 tasks goes to 60 units in few presses; its faults are mended on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from directives.models import Assignment, Delivery, Directive, Part, Task
from directives.workflow import DirectiveState, Step
from orgs.models import Organization
from tests import factories
from tests.factories import ClockAt, Committee
from tests.journeys.clicks import Clicks
from tests.journeys.draft_desk import DraftDesk, add_lines, beside_the_browser, new_context, session_of

UNITS, TASKS, MOST_CLICKS = 60, 25, 40
HEADS = (
    "TT",
    "Nội dung nhiệm vụ",
    "Cơ quan chủ trì",
    "Đơn vị phối hợp",
    "Sản phẩm",
    "Thời gian hoàn thành",
    "Cấp nhận",
)
TWO_LEADS, ALIAS, ENDED = 4, 11, 18


class Windows(NamedTuple):
    """The window of each of the three people."""

    drafter: Page
    signer: Page
    clerk: Page


@pytest.fixture
def drafting_office(transactional_db: None) -> Committee:
    """A committee with sixty units below it, one of which took over from a body that has ended."""
    made = factories.committee(ClockAt(timezone.now()), units=UNITS)
    version = made.units[ALIAS].versions.get()
    version.aliases = ["ĐU Thử 12"]
    version.save()
    old = factories.body("xa-cu", "Đảng ủy xã Thử Cũ")
    old.successors.add(made.units[ENDED])
    Organization.objects.filter(pk=old.pk).update(ended_on=made.clock.today() - timedelta(days=30))
    return made


@pytest.fixture
def sessions(drafting_office: Committee) -> list[str]:
    """Of the drafter, the signer and the clerk."""
    return [session_of(each) for each in (drafting_office.drafter, drafting_office.signer, drafting_office.clerk)]


@pytest.fixture
def windows(sessions: list[str], browser: Browser, live_server: LiveServer) -> Iterator[Windows]:
    contexts = [new_context(browser) for _session in sessions]
    for context, session in zip(contexts, sessions, strict=True):
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    yield Windows(*(context.new_page() for context in contexts))
    for context in contexts:
        context.close()


def cells_of(place: int) -> list[str]:
    """A row of the table: one unit leads, the next one coordinates."""
    lead = {
        TWO_LEADS: f"Đảng ủy xã Thử {place + 1}; Đảng ủy xã Thử 50",
        ALIAS: "ĐU Thử 12",
        ENDED: "Đảng ủy xã Thử Cũ",
    }.get(place, f"Đảng ủy xã Thử {place + 1}")
    due = timezone.localdate() + timedelta(days=30 + place)
    helper = f"Đảng ủy xã Thử {place + 2}"
    return [str(place + 1), f"Rà soát tuyến đê số {place + 1}", lead, helper, "Báo cáo", f"{due:%d/%m/%Y}", "Tỉnh ủy"]


def table() -> str:
    """The table as Excel puts it on the clipboard."""
    rows = [HEADS, *(cells_of(place) for place in range(TASKS))]
    lines = ("<tr height=20>" + "".join(f"<td class=xl65>{cell}</td>" for cell in cells) + "</tr>" for cells in rows)
    return f"<html><body><table border=0><col width=64 span=7>{''.join(lines)}</table></body></html>"


def test_a_conclusion_with_an_annex_of_tasks_reaches_sixty_units_in_forty_presses(
    drafting_office: Committee, windows: Windows, live_server: LiveServer
) -> None:
    drafter, signer, clerk = map(Clicks, windows)
    drafts_and_submits(drafter, live_server.url)
    approves(signer, live_server.url)
    numbers_and_issues(clerk, live_server.url)
    assert drafter.count + signer.count + clerk.count <= MOST_CLICKS

    directive, shares = beside_the_browser(lambda: (Directive.objects.get(), list(Assignment.objects.order_by("pk"))))
    assert directive.state == DirectiveState.ISSUED
    assert beside_the_browser(Delivery.objects.count) == UNITS
    # Each row has a lead and one that coordinates; the second of two leads coordinates as well.
    assert len(shares) == 2 * TASKS + 1
    assert sum(share.part == Part.LEAD for share in shares) == TASKS
    tasks = beside_the_browser(lambda: list(Task.objects.order_by("position")))
    assert [task.marker for task in tasks] == [f"Phụ lục, {place}" for place in range(1, TASKS + 1)]
    assert tasks[0].text == "Rà soát tuyến đê số 1"
    assert all(task.due_at and task.product == "Báo cáo" for task in tasks)
    units = {unit.pk: place for place, unit in enumerate(drafting_office.units)}
    leads = {share.task_id: units[share.organization_id] for share in shares if share.part == Part.LEAD}
    assert [leads[task.pk] for task in tasks] == list(range(TASKS))


def drafts_and_submits(clicks: Clicks, address: str) -> None:
    page = clicks.page
    desk = DraftDesk(page, address)
    page.goto(address)
    clicks.follow(_("Draft a paper"))
    clicks.follow(_("No, draft it here"))
    clicks.pick("[name=type]", "Kết luận")
    page.fill("[name=subject]", "công tác phòng, chống thiên tai")
    add_lines(page, "distribution", "cac dang uy xa", "Lưu Văn phòng Tỉnh ủy")
    page.locator(".line [data-purpose]").first.fill("để thực hiện")
    clicks.pick("[name=authority]", page.locator("[name=authority] option").last.inner_text())
    desk.into_the_text()
    desk.type("Giao nhiệm vụ theo phụ lục kèm theo.")
    desk.paste(html=table())
    faults = page.locator("[data-faults] .task-row")
    for left in (3, 2, 1):
        expect(faults).to_have_count(left)
        clicks.press("F8")
    expect(faults).to_have_count(0)
    clicks.click("[data-accept-all]")
    expect(page.locator(".sheet__text tr[data-follow=task]")).to_have_count(TASKS)
    clicks.follow(_("Save and go on to tasks and recipients"))
    expect(page.locator(".item-card")).to_have_count(TASKS)
    clicks.follow(_("Save recipients and tasks"))
    clicks.follow(str(Step.SUBMIT.label))
    expect(page.locator("body")).to_contain_text(str(DirectiveState.SUBMITTED.label))


def approves(clicks: Clicks, address: str) -> None:
    clicks.page.goto(address)
    clicks.follow(_("Read and approve"))
    clicks.follow(str(Step.APPROVE.label))
    expect(clicks.page.locator("body")).to_contain_text(str(DirectiveState.APPROVED.label))


def numbers_and_issues(clicks: Clicks, address: str) -> None:
    clicks.page.goto(address)
    clicks.follow(str(Step.NOTE_SIGNATURE.label))
    for name in ("signed_on", "sealed_on"):
        clicks.page.fill(f"[name={name}]", f"{timezone.localdate():%d/%m/%Y}")
    for step in (Step.NOTE_SIGNATURE, Step.NUMBER, Step.NUMBER, Step.ISSUE, Step.ISSUE):
        clicks.follow(str(step.label))
    expect(clicks.page.locator("body")).to_contain_text(str(DirectiveState.ISSUED.label))
