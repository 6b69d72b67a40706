"""The page of tasks and recipients in a browser."""

from __future__ import annotations

import dataclasses

from django.urls import reverse
from playwright.sync_api import expect

from directives.document import Follow
from tests import factories
from tests.directives.documents import item
from tests.factories import Committee
from tests.journeys.conftest import OpenDesk


def test_one_press_writes_the_deadline_that_an_item_names_into_its_boxes(
    drafting_office: Committee, open_desk: OpenDesk
) -> None:
    named = item("1.", "Gửi báo cáo trong 10 ngày kể từ ngày nhận được công văn này.", id="1", follow=Follow.EACH)
    draft = factories.draft(drafting_office, dataclasses.replace(factories.letter(), body=(named,)))
    desk = open_desk()
    desk.page.goto(desk.address + reverse("recipients_and_tasks", args=[draft.pk]))
    desk.page.locator("[data-boxes]").click()
    expect(desk.page.locator("[name^=due-]")).to_have_value("within")
    expect(desk.page.locator("[name^=days-]")).to_have_value("10")
    expect(desk.page.locator("form[data-typed=yes]")).to_have_count(1)
