"""The Word file on the page of a paper: who gets it, and what it says of a paper that is not in force."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest
from django.urls import reverse
from django.utils import timezone

from directives.actions import numbering_and_issuing
from directives.models import Directive
from directives.workflow import DirectiveState
from orgs.models import Person
from tests import factories
from tests.browsing import as_person, page
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Committee:
    """A committee of today: pages read the machine's own clock."""
    return factories.committee(ClockAt(timezone.now()))


def asked(paper: Directive, who: Person) -> Any:
    """The answer to somebody who presses the link."""
    return as_person(who).get(reverse("word", args=[paper.pk]))


def words_of(answer: Any) -> str:
    """Every word of the file, with those at the foot of its pages."""
    opened = docx.Document(BytesIO(answer.content))
    tables = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    feet = [part.text for part in opened.sections[0].footer.paragraphs]
    return "\n".join([*(part.text for part in opened.paragraphs), *tables, *feet])


def test_the_page_offers_the_file(committee: Committee) -> None:
    draft = factories.draft(committee)
    shown = as_person(committee.drafter).get(page(draft)).content.decode()
    assert f'href="{reverse("word", args=[draft.pk])}"' in shown
    assert "Tải tệp Word" in shown


def test_a_draft_says_so_and_has_neither_number_nor_day(committee: Committee) -> None:
    words = words_of(asked(factories.draft(committee), committee.drafter))
    assert words.endswith("Dự thảo, chưa ban hành")
    assert "Kiểm tra toàn bộ hồ chứa" in words


def test_a_submitted_paper_says_where_it_stands(committee: Committee) -> None:
    paper = factories.directive(committee, DirectiveState.SUBMITTED)
    assert "Dự thảo, chưa ban hành (Chờ ký)" in words_of(asked(paper, committee.signer))


def test_a_paper_with_its_number_says_until_its_issue_that_it_is_not_issued(committee: Committee) -> None:
    paper = factories.directive(committee, DirectiveState.NUMBERED)
    answer = asked(paper, committee.clerk)
    assert "Chưa phát hành (Đã cấp số)" in words_of(answer)
    assert f"Số 01-{paper.symbol}" in words_of(answer)
    assert f"01-{paper.symbol}.docx".replace("/", "-") in answer["Content-Disposition"]


def test_a_unit_gets_the_issued_text_without_a_note(committee: Committee) -> None:
    paper = factories.delivered(committee)
    words = words_of(asked(paper, committee.unit_clerks[0]))
    assert f"Số 01-{paper.symbol}" in words
    assert "hưa ban hành" not in words
    assert "hưa phát hành" not in words


def test_a_recalled_paper_says_by_what(committee: Committee) -> None:
    paper = factories.directive(committee, DirectiveState.ISSUED)
    clerk = committee.member(committee.clerk)
    numbering_and_issuing.recall(
        paper.pk, decision="Công văn số 9-CV/TU", reason="Nhầm.", by=clerk, clock=committee.clock
    )
    assert "Văn bản đã thu hồi theo Công văn số 9-CV/TU." in words_of(asked(paper, committee.clerk))


def test_a_unit_does_not_get_a_draft(committee: Committee) -> None:
    assert asked(factories.draft(committee), committee.unit_clerks[0]).status_code == 404


def test_the_same_paper_gives_the_same_file_each_time(committee: Committee) -> None:
    paper = factories.directive(committee, DirectiveState.ISSUED)
    assert asked(paper, committee.clerk).content == asked(paper, committee.clerk).content
