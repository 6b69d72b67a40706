"""Rows of an annex are tasks: chosen without a script, asked for their lead, made at issue, shown to their unit."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from directives.annexes import Annex
from directives.blocks import Block, Follow, Target
from directives.document import Document
from directives.draft_preview import Preview
from directives.models import Assignment, Directive
from directives.requirements import before_submission
from tests import factories
from tests.browsing import as_person
from tests.directives.documents import row, table
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db

HEAD = row("TT", "Nội dung", "Chủ trì")


@pytest.fixture
def committee() -> Committee:
    return factories.committee(ClockAt(timezone.now()))


def led_by(*codes: str) -> dict[str, Any]:
    return {"follow": Follow.TASK, "targets": tuple(Target("organization", code, "lead") for code in codes)}


def paper(*rows: Block, more: tuple[Annex, ...] = ()) -> Document:
    """A letter with an annex of these rows."""
    annex = Annex("Danh mục nhiệm vụ", (table(HEAD, *rows),), "landscape").to_json()
    return factories.letter(body=[], annexes=[annex, *(each.to_json() for each in more)]).with_ids()


def test_a_row_becomes_a_task_that_its_unit_sees_by_annex_and_number(committee: Committee) -> None:
    rows = (row("1", "Rà soát đê", "Xã 1"), row("2", "Rà soát cống", "Xã 1", **led_by("tu-xa-1")))
    body = factories.letter().body
    document = Document.from_json(
        {**paper(*rows, more=(Annex("Biểu"),)).to_json(), "body": [block.to_json() for block in body]}
    )
    issued = factories.delivered(committee, document)
    share = Assignment.objects.get(task__directive=issued, part="lead", task__marker__startswith="Phụ lục")
    assert (share.task.marker, share.task.text) == ("Phụ lục I, 2", "Rà soát cống")
    assert share.organization == committee.units[0]
    client = as_person(committee.unit_clerks[0])
    for address in (reverse("tasks"), reverse("task", args=[share.pk]), reverse("directive", args=[issued.pk])):
        assert "Phụ lục I, 2" in client.get(address).content.decode()


def test_a_row_with_two_leads_is_named_before_submission(committee: Committee) -> None:
    draft = factories.draft(committee, paper(row("7", "Rà soát đê", "Xã", **led_by("tu-xa-1", "tu-xa-2"))))
    reasons = [str(reason) for reason in before_submission(draft, committee.clock.today()).reasons]
    assert any("Phụ lục, 7 Rà soát đê" in reason for reason in reasons)


def test_rows_are_made_tasks_on_the_page_of_recipients_too(committee: Committee) -> None:
    draft = factories.draft(committee, paper(row("1", "Rà soát đê", "Xã 1"), row("2", "Rà soát cống", "Xã 2")))
    client = as_person(committee.drafter)
    address = reverse("recipients_and_tasks", args=[draft.pk])
    form = client.get(address).context["form"]
    assert [(card.marker, card.text) for card in form.item_cards] == [
        ("Phụ lục, 1", "Rà soát đê"),
        ("Phụ lục, 2", "Rà soát cống"),
    ]
    facts = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", [])}
    first = form.item_cards[0].follow.name.removeprefix("follow-")
    chosen = {f"follow-{first}": "task", f"lead-{first}": ["Đảng ủy xã Thử 2"], f"day-{first}": "30/06/2027"}
    assert client.post(address, {**facts, **chosen, "key": str(uuid4())}).status_code == 302
    saved = Directive.objects.get().document(committee.clock.today()).annexes[0].body[0].children[1]
    assert (saved.follow, saved.deadline) == (Follow.TASK, "2027-06-30")
    assert saved.targets == (Target("organization", "tu-xa-2", "lead"),)


def test_an_annex_that_somebody_else_saved_stands_beside_ours(committee: Committee) -> None:
    draft = factories.draft(committee, paper(row("1", "Rà soát đê", "Xã 1")))
    client = as_person(committee.drafter)
    address = reverse("edit", args=[draft.pk])
    form = client.get(address).context["form"]
    facts = {name: value for name, value in form.initial.items() if value} | {"key": str(uuid4()), "body_html": ""}
    theirs = facts["body"].replace("Danh mục nhiệm vụ", "Danh mục của đồng chí khác")
    assert client.post(address, {**facts, "body": theirs}).status_code == 302
    conflict = client.post(address, {**facts, "key": str(uuid4()), "body": f"{facts['body']}\n[Phụ lục] Biểu"})
    shown = conflict.content.decode()
    assert conflict.status_code == 409
    assert '<h3 class="changes__part">Phụ lục</h3>' in shown
    assert "đồng chí khác</del>" in shown
    assert "<ins>Biểu</ins>" in shown


def test_the_page_of_a_table_and_of_its_rows_is_the_page_of_their_annex() -> None:
    document = paper(row("1", "Rà soát đê", "Xã 1"))
    preview = Preview(document)
    assert [preview.page_of(block.id or "") for block, _above in document.walk()] == [2, 2, 2]
