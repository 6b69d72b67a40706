"""Orders that are not clear are found where they stand, and one press mends what can be mended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from directives.actions import mending
from directives.document import Document, Follow
from directives.findings import Finding
from directives.findings.clarity import unclear
from directives.findings.remedies import mended
from directives.models import Directive
from directives.recipients import Expansion
from directives.workflow import DirectiveState
from orgs.directory import Directory
from orgs.models import Organization
from orgs.verdicts import Refused
from tests import factories
from tests.browsing import as_person, page
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 16)  # a Monday
CLEAR = {"product": "Báo cáo", "deadline": "2026-12-01"}
LED = [{"organization": "tu-xa-1", "role": "lead"}]


@pytest.fixture
def committee() -> Committee:
    return factories.committee(ClockAt.on(DAY))


def item(text: str = "Kiểm tra toàn bộ hồ chứa.", follow: str = "each", **facts: Any) -> dict[str, Any]:
    """An item for each commune in which nothing is unclear; any fact may be given, or taken away with None."""
    made = {"kind": "item", "marker": "1.", "runs": [{"text": text}], "children": [], "id": "mot", "follow": follow}
    return {key: value for key, value in {**made, **CLEAR, **facts}.items() if value is not None}


def letter(*items: dict[str, Any], **parts: Any) -> Document:
    return factories.letter(body=list(items), **parts)


def found_in(committee: Committee, document: Document) -> list[Finding]:
    issuer = committee.organization
    return list(unclear(Expansion(document, issuer, DAY), Directory(issuer, DAY)))


def rules(committee: Committee, document: Document) -> list[str]:
    return [finding.rule for finding in found_in(committee, document)]


def only_fix(committee: Committee, document: Document) -> Document:
    """The text after the one fix that is proposed."""
    [fix] = [finding.fix for finding in found_in(committee, document) if finding.fix]
    return mended(document, fix)


def test_a_clear_order_has_no_finding(committee: Committee) -> None:
    assert rules(committee, letter(item())) == []
    assert rules(committee, letter(item(deadline=None, timing="standing"))) == []


class TestWhoDoesIt:
    def test_a_followed_item_without_a_unit(self, committee: Committee) -> None:
        found = found_in(committee, letter(item(follow="task")))
        assert [each.rule for each in found] == ["item-without-unit", "recipient-without-item"]
        assert found[0].block == "mot"

    def test_two_leads_and_the_first_stays(self, committee: Committee) -> None:
        leads = [*LED, {"organization": "tu-xa-2", "role": "lead"}, {"organization": "tu-xa-3", "role": "lead"}]
        document = letter(item(follow="task", targets=leads))
        assert rules(committee, document) == ["two-leads"]
        [block] = only_fix(committee, document).items()
        assert [target.role for target in block.targets] == ["lead", "coordinating", "coordinating"]

    def test_units_of_an_item_that_nobody_follows(self, committee: Committee) -> None:
        document = letter(item(follow="guidance", targets=[{"organization": "tu-xa-1"}]))
        assert rules(committee, document) == ["units-for-nothing"]
        [block] = only_fix(committee, document).items()
        assert (block.follow, block.targets[0].role) == (Follow.TASK, "lead")

    def test_units_of_a_heading_are_those_of_the_items_beneath_it(self, committee: Committee) -> None:
        below = item(marker="-", id="hai")
        assert rules(committee, letter(item(follow="guidance", targets=[{"group": "cac-xa"}], children=[below]))) == []


class TestUntilWhen:
    def test_no_deadline_is_said_and_standing_is_offered(self, committee: Committee) -> None:
        document = letter(item(deadline=None))
        assert rules(committee, document) == ["no-deadline"]
        [block] = only_fix(committee, document).items()
        assert (block.timing, block.deadline) == ("standing", None)

    @pytest.mark.parametrize(
        ("words", "timing", "deadline"),
        [("trong 10 ngày", "within 10 days", None), ("trước ngày 30/11/2026", None, "2026-11-30")],
    )
    def test_the_one_deadline_of_the_words_is_offered(
        self, committee: Committee, words: str, timing: str | None, deadline: str | None
    ) -> None:
        [block] = only_fix(committee, letter(item(f"Báo cáo {words}.", deadline=None))).items()
        assert (block.timing, block.deadline) == (timing, deadline)

    def test_a_deadline_before_the_day_of_issue(self, committee: Committee) -> None:
        found = found_in(committee, letter(item(deadline="2026-11-13")))
        assert [(each.rule, each.fix) for each in found] == [("deadline-over", None)]
        assert rules(committee, letter(item(deadline="2026-11-16"))) == []

    def test_a_deadline_on_a_day_of_rest_moves_before_it_with_its_hour(self, committee: Committee) -> None:
        document = letter(item(deadline="2026-11-29T10:00"))
        assert rules(committee, document) == ["deadline-at-rest"]
        [block] = only_fix(committee, document).items()
        assert block.deadline == "2026-11-27T10:00"

    def test_a_day_of_rest_that_only_the_words_name(self, committee: Committee) -> None:
        assert rules(committee, letter(item("Báo cáo trước ngày 29/11/2026."))) == ["deadline-at-rest"]


class TestWhatItBringsAndWhoFollows:
    def test_an_item_without_a_product(self, committee: Committee) -> None:
        assert rules(committee, letter(item(product=None))) == ["no-product"]

    def test_somebody_who_no_longer_follows_tasks(self, committee: Committee) -> None:
        document = letter(item(monitor=committee.monitor.username))
        assert rules(committee, document) == []
        committee.monitor.posts.update(ends_on=DAY - timedelta(days=1))
        assert rules(committee, document) == ["monitor-gone"]


class TestWhoGetsIt:
    @pytest.fixture
    def health(self) -> Organization:
        return factories.body("syt", "Sở Y tế")

    def test_a_unit_that_is_named_and_not_written_to_becomes_an_addressee(
        self, committee: Committee, health: Organization
    ) -> None:
        document = letter(item("Sở Y tế và các xã chuẩn bị thuốc."))
        [finding] = found_in(committee, document)
        assert (finding.rule, finding.quote) == ("unit-not-recipient", "Sở Y tế")
        added = only_fix(committee, document)
        assert added.addressees[-1].text == "Sở Y tế"
        assert rules(committee, added) == []

    def test_a_unit_that_was_chosen_and_stands_on_no_line_goes_before_the_archive(
        self, committee: Committee, health: Organization
    ) -> None:
        led = [{"organization": "syt", "role": "lead"}]
        lines = [{"text": "Các xã", "purpose": "để thực hiện", "targets": [{"group": "cac-xa"}]}]
        lines += [{"text": "Lưu Văn phòng", "purpose": None, "archive": True}]
        document = letter(item(), item(id="hai", follow="task", targets=led), addressees=[], distribution=lines)
        assert rules(committee, document) == ["unit-not-recipient"]
        assert [line.text for line in only_fix(committee, document).distribution] == [
            "Các xã",
            "Sở Y tế",
            "Lưu Văn phòng",
        ]

    def test_who_takes_the_report_need_not_be_written_to(self, committee: Committee, health: Organization) -> None:
        assert rules(committee, letter(item("Kiểm tra, báo cáo Sở Y tế."))) == []

    def test_addressees_for_whom_there_is_nothing_are_told_together(
        self, committee: Committee, health: Organization
    ) -> None:
        document = letter(item(follow="task", targets=LED))
        [finding] = found_in(committee, document)
        assert finding.rule == "recipient-without-item"
        assert "Đảng ủy xã Thử 2, Đảng ủy xã Thử 3" in finding.words


class TestBesideTheDraft:
    """On the pages; they read the machine's own clock."""

    @pytest.fixture
    def committee(self) -> Committee:
        return factories.committee(ClockAt(timezone.now()))

    @pytest.fixture
    def draft(self, committee: Committee) -> Directive:
        return factories.draft(committee, letter(item(deadline=None)))

    def fix(self, draft: Directive, **changes: Any) -> dict[str, Any]:
        key = "b3a7c1de-0000-4000-8000-000000000001"
        sent = {"key": key, "version": draft.version, "remedy": "timing", "block": "mot", "value": "standing"}
        return {**sent, **changes}

    def test_a_finding_leads_to_the_boxes_of_its_item_and_has_its_button(
        self, committee: Committee, draft: Directive
    ) -> None:
        shown = as_person(committee.drafter).get(page(draft)).content.decode()
        boxes = reverse("recipients_and_tasks", args=[draft.pk])
        assert f'href="{boxes}#muc-mot"' in shown
        assert "Đặt thường xuyên" in shown
        assert 'id="muc-mot"' in as_person(committee.drafter).get(boxes).content.decode()

    def test_one_press_makes_a_round_and_the_finding_is_gone(self, committee: Committee, draft: Directive) -> None:
        drafter = as_person(committee.drafter)
        address = reverse("mend", args=[draft.pk])
        sent = self.fix(draft)
        first, again = drafter.post(address, sent), drafter.post(address, sent)
        assert first["Location"] == again["Location"] == f"{page(draft)}#findings"
        draft.refresh_from_db()
        [block] = draft.document(committee.clock.today()).items()
        assert (draft.version, block.timing) == (2, "standing")
        assert "Đặt thường xuyên" not in drafter.get(page(draft)).content.decode()

    def test_what_no_finding_proposes_is_not_done(self, committee: Committee, draft: Directive) -> None:
        answer = as_person(committee.drafter).post(
            reverse("mend", args=[draft.pk]), self.fix(draft, value="every month")
        )
        assert answer.status_code == 409
        assert "không còn cần sửa" in answer.content.decode()

    def test_nothing_is_changed_in_a_text_that_somebody_else_saved_meanwhile(
        self, committee: Committee, draft: Directive
    ) -> None:
        with pytest.raises(Refused):
            mending.mend(
                draft.pk,
                ("timing", "mot", "standing"),
                version=draft.version - 1,
                by=committee.member(committee.drafter),
                clock=committee.clock,
            )

    def test_who_may_not_edit_sees_the_finding_without_the_button(self, committee: Committee) -> None:
        paper = factories.directive(committee, DirectiveState.SUBMITTED, letter(item(deadline=None)))
        shown = as_person(committee.signer).get(page(paper)).content.decode()
        assert "chưa đặt thời hạn" in shown
        assert "Đặt thường xuyên" not in shown
