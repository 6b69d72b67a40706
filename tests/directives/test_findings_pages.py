"""Findings beside the paper, the reason for a type that the body does not issue, and `manage.py lint`."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from directives.actions import drafting
from directives.document import Document, Subject
from directives.models import Directive
from directives.workflow import DirectiveState, Step
from orgs.models import Event, OrganizationKind
from orgs.verdicts import Refused
from tests import factories
from tests.browsing import as_person, page, press, step
from tests.factories import ClockAt, Committee

TWINS = Path(__file__).parents[1] / "twins"


@pytest.fixture
def committee() -> Committee:
    """A committee of today: pages read the machine's own clock."""
    return factories.committee(ClockAt(timezone.now()))


def wrong_letter() -> Document:
    """A letter whose subject begins twice."""
    return dataclasses.replace(factories.letter(), subject=Subject("V/v", "về đê điều"))


def clear_letter(**parts: Any) -> Document:
    """A letter in which nothing is to be found: its orders say what they must bring and until when."""
    content = factories.letter(**parts).to_json()
    for block in content["body"][1:3]:
        block |= {"product": "Báo cáo", "timing": "within 10 days"}
    return Document.from_json(content)


@pytest.fixture
def cell_draft(committee: Committee) -> Directive:
    """A draft of a cell, which issues no guidance by the table of types."""
    version = committee.organization.as_of(committee.clock.today())
    version.kind, version.superior_line, version.name_line = OrganizationKind.CELL, "ĐẢNG BỘ XÃ VÂN KHÊ", "CHI BỘ TRUNG"
    version.save()
    return factories.draft(committee, guidance())


def guidance() -> Document:
    """A hướng dẫn to the communes."""
    return factories.letter(
        "sinh hoạt chi bộ",
        type="HD",
        addressees=[],
        distribution=[
            {"text": "Các xã", "purpose": "để thực hiện", "targets": [{"group": "cac-xa"}]},
            {"text": "Lưu Chi bộ", "purpose": None, "archive": True},
        ],
    )


@pytest.mark.django_db
class TestDirectivePage:
    def test_findings_stand_beside_the_draft_with_a_link_to_the_words(self, committee: Committee) -> None:
        draft = factories.draft(committee, wrong_letter())
        shown = as_person(committee.drafter).get(page(draft)).content.decode()
        assert "mở đầu hai lần" in shown
        assert "?xem=chu#:~:text=V%2Fv%20v%E1%BB%81%20%C4%91%C3%AA%20%C4%91i%E1%BB%81u" in shown

    def test_a_good_draft_shows_no_findings(self, committee: Committee) -> None:
        shown = as_person(committee.drafter).get(page(factories.draft(committee, clear_letter()))).content.decode()
        assert "findings-card" not in shown

    def test_a_unit_sees_no_findings(self, committee: Committee) -> None:
        paper = factories.directive(committee, DirectiveState.ISSUED, wrong_letter())
        assert "mở đầu hai lần" not in as_person(committee.unit_clerks[0]).get(page(paper)).content.decode()

    def test_nothing_is_found_any_more_once_the_words_are_frozen(self, committee: Committee) -> None:
        wrong = wrong_letter()
        paper = factories.directive(committee, DirectiveState.NUMBERED, wrong)
        assert "findings-card" not in as_person(committee.clerk).get(page(paper)).content.decode()

    def test_a_body_that_has_ended_is_named_with_its_successor(self, committee: Committee) -> None:
        old = factories.body("huyen-cu", "Huyện ủy Mỏ Bạch", kind=OrganizationKind.DISTRICT_COMMITTEE)
        old.ended_on = date(2025, 7, 1)
        old.save()
        old.successors.add(committee.units[0])
        to_all = {"text": "Các đảng ủy xã trực thuộc, Huyện uỷ Mỏ Bạch", "targets": [{"group": "cac-xa"}]}
        draft = factories.draft(committee, factories.letter(addressees=[to_all]))
        shown = as_person(committee.drafter).get(page(draft)).content.decode()
        assert "đã kết thúc hoạt động ngày 01/07/2025; đơn vị kế thừa: Đảng ủy xã Thử 1" in shown

    def test_a_name_that_a_living_body_bears_is_not_ended(self, committee: Committee) -> None:
        old = factories.body("xa-cu", "Đảng ủy xã Thử 1", kind=OrganizationKind.COMMUNE_COMMITTEE)
        old.ended_on = date(2025, 7, 1)
        old.save()
        to_one = {"text": "Đảng ủy xã Thử 1", "targets": [{"organization": "tu-xa-1"}]}
        draft = factories.draft(committee, clear_letter(addressees=[to_one]))
        assert "kết thúc hoạt động" not in as_person(committee.drafter).get(page(draft)).content.decode()


@pytest.mark.django_db
class TestTypeOutsideTheTable:
    def test_the_submission_asks_for_the_reason_on_a_page_of_its_own(
        self, committee: Committee, cell_draft: Directive
    ) -> None:
        drafter = as_person(committee.drafter)
        assert f'href="{step(cell_draft, Step.SUBMIT)}"' in drafter.get(page(cell_draft)).content.decode()
        asked = drafter.get(step(cell_draft, Step.SUBMIT))
        assert "departure_reason" in asked.context["form"].fields
        assert "không ban hành hướng dẫn" in asked.content.decode()

    def test_a_type_of_the_table_is_submitted_with_one_press(self, committee: Committee) -> None:
        draft = factories.draft(committee)
        asked = as_person(committee.drafter).get(step(draft, Step.SUBMIT))
        assert "departure_reason" not in asked.context["form"].fields

    def test_without_a_reason_it_is_not_submitted(self, committee: Committee, cell_draft: Directive) -> None:
        answer = press(as_person(committee.drafter), step(cell_draft, Step.SUBMIT), departure_reason=" ")
        cell_draft.refresh_from_db()
        assert (answer.status_code, cell_draft.state) == (400, DirectiveState.DRAFT)
        with pytest.raises(Refused, match="nêu lý do"):
            drafting.submit(cell_draft.pk, by=committee.member(committee.drafter), clock=committee.clock)

    def test_the_reason_and_the_warning_stay_in_the_history(self, committee: Committee, cell_draft: Directive) -> None:
        drafter = as_person(committee.drafter)
        press(drafter, step(cell_draft, Step.SUBMIT), departure_reason="Theo ý kiến của Đảng ủy")
        event = Event.objects.about(cell_draft).get(step=Step.SUBMIT)
        assert event.facts["reason"] == "Theo ý kiến của Đảng ủy"
        assert "không ban hành hướng dẫn" in event.facts["warnings"][0]
        assert "Theo ý kiến của Đảng ủy" in drafter.get(page(cell_draft)).content.decode()

    def test_what_was_signed_by_pen_is_registered_all_the_same(
        self, committee: Committee, cell_draft: Directive
    ) -> None:
        press(as_person(committee.drafter), step(cell_draft, Step.SUBMIT), departure_reason="Theo ý kiến của Đảng ủy")
        press(as_person(committee.signer), step(cell_draft, Step.APPROVE), read_version=1)
        clerk = as_person(committee.clerk)
        press(clerk, step(cell_draft, Step.NOTE_SIGNATURE), signed_on=f"{committee.clock.today():%d/%m/%Y}")
        press(clerk, step(cell_draft, Step.NUMBER), expected=1)
        cell_draft.refresh_from_db()
        assert cell_draft.state == DirectiveState.NUMBERED


class TestLint:
    def test_a_paper_with_things_to_check_only_is_fit(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("lint", str(TWINS / "000_rainy_season.json"))
        assert "[state-end-mark]" in capsys.readouterr().out

    def test_a_paper_with_an_error_is_unfit(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit, match="1"):
            call_command("lint", str(TWINS / "003_school_year.json"))
        assert capsys.readouterr().out.count("[part-missing]") == 4

    def test_a_draft_needs_no_number(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            call_command("lint", str(TWINS / "003_school_year.json"), draft=True)
        assert capsys.readouterr().out.count("[part-missing]") == 2

    def test_the_json_answer_names_rule_severity_place_words_and_clause(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call_command("lint", str(TWINS / "000_rainy_season.json"), json=True)
        (found,) = json.loads(capsys.readouterr().out)
        facts: dict[str, Any] = {"rule": "state-end-mark", "severity": "warning", "part": "body", "block": ""}
        assert found.items() >= facts.items()
        assert found["clause"] == "36-HD/VPTW, ô 6"
        assert found["quote"].endswith("./.")

    def test_a_file_that_is_no_paper_is_named(self, tmp_path: Path) -> None:
        file = tmp_path / "khong-phai.json"
        file.write_text('{"type": "CV"}', encoding="utf-8")
        with pytest.raises(CommandError, match=r"khong-phai\.json: profile"):
            call_command("lint", str(file))
