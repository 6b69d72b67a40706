"""A paper that amends or replaces an issued one: who chooses it, where it is told, and to whom it is never told."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from directives import requirements
from directives.actions import (
    approving,
    copying,
    correcting,
    delivering,
    drafting,
    numbering_and_issuing,
    tracking,
)
from directives.models import Correction, CorrectionKind, Delivery, Directive
from directives.workflow import DeliveryState, DirectiveState, Step
from orgs.models import OrganizationVersion, Person
from orgs.verdicts import Refused
from tests import factories
from tests.browsing import as_person, press
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db

OLD, NEW = "phòng cháy mùa khô", "phòng cháy mùa Tết"
REPLACES = CorrectionKind.REPLACES


@pytest.fixture
def of() -> Committee:
    return factories.committee(ClockAt(timezone.now()))


@pytest.fixture
def old(of: Committee) -> Directive:
    return factories.delivered(of, factories.letter(OLD))


@pytest.fixture
def hidden(of: Committee) -> Directive:
    """A paper that nobody but its drafter, its signer and the clerk may read."""
    return factories.delivered(of, factories.letter("việc riêng"), restricted=True)


def page(who: Person, paper: Directive, route: str = "directive", **query: Any) -> str:
    answer = as_person(who).get(reverse(route, args=[paper.pk]), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def choose(of: Committee, draft: Directive, paper: Directive, who: Person | None = None, kind: str = REPLACES) -> Any:
    address = reverse("corrections", args=[draft.pk])
    return press(as_person(who or of.drafter), address, paper=str(paper.pk), kind=kind)


class TestChoosing:
    def test_a_drafter_finds_the_paper_by_its_number_chooses_it_and_both_pages_are_linked_after_the_issue(
        self, of: Committee, old: Directive
    ) -> None:
        draft = factories.draft(of, factories.letter(NEW))
        assert old.subject in page(of.drafter, draft, "corrections", q=old.printed_number)
        assert choose(of, draft, old).status_code == 302
        shown = page(of.drafter, draft)
        assert "Thay thế" in shown
        assert reverse("directive", args=[old.pk]) in shown
        assert "Được thay thế bởi" not in page(of.drafter, old)
        issue(of, drafting.submit(draft.pk, by=of.member(of.drafter), clock=of.clock))
        for who in (of.drafter, of.unit_clerks[0]):
            shown = page(who, old)
            assert "Được thay thế bởi" in shown
            assert reverse("directive", args=[draft.pk]) in shown

    def test_what_was_chosen_is_left_as_it_is_again_and_the_history_tells_both(
        self, of: Committee, old: Directive
    ) -> None:
        draft = factories.draft(of, replaced=[old])
        assert old.printed_number in page(of.drafter, draft, "corrections")
        assert choose(of, draft, old, kind="").status_code == 302
        assert not draft.corrections.exists()
        shown = page(of.drafter, draft)
        assert "Ghi văn bản đã phát hành được thay đổi" in shown
        assert "Giữ nguyên văn bản đã phát hành" in shown
        assert choose(of, draft, old, kind="").status_code == 404

    def test_the_page_says_when_the_text_does_not_name_the_number_of_the_paper(
        self, of: Committee, old: Directive
    ) -> None:
        silent = factories.draft(of, replaced=[old])
        said = factories.draft(of, factories.letter(f"thay thế Công văn số {old.printed_number}"), replaced=[old])
        assert "Nội dung chưa nêu" in page(of.drafter, silent, "corrections")
        assert "Nội dung chưa nêu" not in page(of.drafter, said, "corrections")

    def test_another_kind_takes_the_place_of_the_one_that_was_chosen(self, of: Committee, old: Directive) -> None:
        draft = factories.draft(of, replaced=[old])
        choose(of, draft, old, kind=CorrectionKind.AMENDS)
        assert draft.corrected() == [(CorrectionKind.AMENDS, str(old.pk))]

    def test_a_paper_that_is_not_issued_or_was_recalled_is_refused(self, of: Committee, old: Directive) -> None:
        draft, other = factories.draft(of), factories.draft(of)
        assert "đã phát hành" in choose(of, draft, other).content.decode()
        clerk = of.member(of.clerk)
        numbering_and_issuing.recall(old.pk, decision="Công văn số 9-CV", reason="Nhầm.", by=clerk, clock=of.clock)
        assert choose(of, draft, old).status_code == 409
        assert "Không tìm thấy văn bản đã phát hành" in page(of.drafter, draft, "corrections", q=OLD)

    def test_only_the_issuing_body_its_successor_or_a_body_above_amends_a_paper(
        self, of: Committee, old: Directive
    ) -> None:
        day = of.clock.today()
        draft = factories.draft(of)
        elsewhere = factories.body("khac", "Huyện ủy Nơi Khác")
        assert requirements.may_be_corrected(old, draft, day)
        draft.issuer = elsewhere
        assert not requirements.may_be_corrected(old, draft, day)
        old.issuer.successors.add(elsewhere)
        assert requirements.may_be_corrected(old, draft, day)
        old.issuer.successors.clear()
        OrganizationVersion.objects.filter(organization=old.issuer).update(superior=elsewhere)
        assert requirements.may_be_corrected(Directive.objects.get(pk=old.pk), draft, day)
        draft.issuer = of.units[0]
        assert not requirements.may_be_corrected(old, draft, day)

    def test_a_paper_of_a_body_above_is_neither_found_nor_taken(self, of: Committee, old: Directive) -> None:
        draft = factories.draft(of)
        draft.issuer = draft.drafting_body = of.units[0]
        draft.drafter = factories.person("Soạn Xã", (of.units[0], "drafter"), (of.units[0], "clerk"))
        draft.save()
        assert "Không tìm thấy văn bản đã phát hành" in page(draft.drafter, draft, "corrections", q=OLD)
        answer = choose(of, draft, old, draft.drafter)
        assert answer.status_code == 409
        assert "chỉ cơ quan đó, đơn vị kế thừa hoặc cấp trên" in answer.content.decode()

    @pytest.mark.parametrize("state", [DirectiveState.SUBMITTED, DirectiveState.NUMBERED])
    def test_only_a_draft_chooses(self, of: Committee, old: Directive, state: DirectiveState) -> None:
        paper = factories.directive(of, state)
        with pytest.raises(Refused):
            correcting.correct(paper.pk, old.pk, REPLACES, by=of.member(of.drafter), clock=of.clock)


class TestApproval:
    def test_what_a_paper_does_to_others_is_part_of_what_is_approved(self, of: Committee, old: Directive) -> None:
        draft, day = factories.draft(of), of.clock.today()
        plain = draft.hash_of(draft.under_head_of(day))
        correcting.correct(draft.pk, old.pk, REPLACES, by=of.member(of.drafter), clock=of.clock)
        replacing = draft.hash_of(draft.under_head_of(day))
        correcting.correct(draft.pk, old.pk, CorrectionKind.AMENDS, by=of.member(of.drafter), clock=of.clock)
        assert len({plain, replacing, draft.hash_of(draft.under_head_of(day))}) == 3
        correcting.leave(draft.pk, old.pk, by=of.member(of.drafter), clock=of.clock)
        assert draft.hash_of(draft.under_head_of(day)) == plain

    def test_who_read_the_paper_before_it_replaced_another_does_not_approve_it_unread(
        self, of: Committee, old: Directive
    ) -> None:
        paper = factories.directive(of, DirectiveState.SUBMITTED)
        read, by = paper.version, of.member(of.drafter)
        drafting.pull_back(paper.pk, by=by, clock=of.clock)
        correcting.correct(paper.pk, old.pk, REPLACES, by=by, clock=of.clock)
        drafting.submit(paper.pk, by=by, clock=of.clock)
        with pytest.raises(Refused, match="đã được sửa sau khi"):
            approving.approve(paper.pk, read_version=read, by=of.member(of.signer), clock=of.clock)
        assert f"<ins>Thay thế {old}</ins>" in page(of.signer, paper, "rounds", tu=read, den=read + 1)


class TestAfterTheIssue:
    def test_a_replacement_that_was_itself_recalled_is_told_no_more(self, of: Committee, old: Directive) -> None:
        new = factories.delivered(of, replaced=[old])
        clerk = of.member(of.clerk)
        assert "Được thay thế bởi" in page(of.unit_clerks[0], old)
        numbering_and_issuing.recall(new.pk, decision="Công văn số 9-CV", reason="Nhầm.", by=clerk, clock=of.clock)
        assert "Được thay thế bởi" not in page(of.unit_clerks[0], old)

    def test_the_issued_text_is_compared_word_by_word_with_the_draft_that_replaces_it(
        self, of: Committee, old: Directive
    ) -> None:
        draft = factories.draft(of, factories.letter(NEW), replaced=[old])
        shown = page(of.drafter, draft, "rounds", tu=str(old.pk))
        assert f"Từ {old.printed_number} đã phát hành" in shown
        assert "<del>khô</del><ins>Tết</ins>" in shown
        assert "Quán triệt" not in shown
        assert "Quán triệt" in page(of.drafter, draft, "rounds", tu=str(old.pk), xem="het")


class TestMarksOfRows:
    def test_every_list_marks_the_row_of_a_replaced_paper_and_leads_to_the_later_one(
        self, of: Committee, old: Directive
    ) -> None:
        unit_clerk, number = of.unit_clerks[0], {"q": old.printed_number}
        before = [(who, address) for who, address in rows_of(of, old, unit_clerk)]
        assert all(MARK not in listed(who, address) for who, address in before)
        new = factories.delivered(of, factories.letter(NEW), replaced=[old])
        for who, address in before:
            shown = listed(who, address)
            assert old.printed_number in shown, address
            assert re.search(rf'{MARK}</span> <a href="[^"]*{new.pk}[^"]*"[^>]*>{new.printed_number}<', shown), address
        draft = factories.draft(of)
        assert MARK in page(of.drafter, draft, "enclosures", **number)
        assert MARK in page(of.drafter, draft, "corrections", **number)

    def test_a_row_is_marked_once_by_what_ended_its_paper_else_by_the_latest(
        self, of: Committee, old: Directive
    ) -> None:
        first, second = changing(of, old, CorrectionKind.RECTIFIES), changing(of, old, CorrectionKind.AMENDS)
        assert marks(of, old) == [("Đã được sửa đổi, bổ sung", second)]
        repeal = changing(of, old, CorrectionKind.REPEALS)
        changing(of, old, CorrectionKind.RECTIFIES)
        assert marks(of, old) == [("Đã bị bãi bỏ", repeal)]
        recall(of, repeal)
        recall(of, second)
        assert marks(of, old)[0][0] == "Đã được đính chính"
        assert marks(of, old) != [("Đã được đính chính", first)]

    def test_a_draft_that_will_replace_a_paper_marks_nothing(self, of: Committee, old: Directive) -> None:
        factories.directive(of, DirectiveState.NUMBERED, replaced=[old])
        assert marks(of, old) == []

    def test_who_may_not_read_the_later_paper_finds_no_mark_on_any_list(self, of: Committee, old: Directive) -> None:
        without = of.unit_clerks[2]
        new = factories.delivered(of, factories.letter(NEW), replaced=[old])
        Delivery.objects.filter(directive=new, organization=of.units[2]).update(state="misdirected")
        for who, address in rows_of(of, old, without):
            assert (MARK in listed(who, address)) == (who != without), address

    def test_who_may_not_read_the_earlier_paper_is_not_told_of_it_in_a_register(
        self, of: Committee, hidden: Directive
    ) -> None:
        new = factories.delivered(of, factories.letter(NEW), replaced=[hidden])
        address = reverse("outgoing_register", args=[new.entry.series_id])
        assert MARK in listed(of.clerk, address)
        assert "Hạn chế người xem" in listed(of.head, address)
        assert MARK not in listed(of.head, address)


class TestTasksOfAReplacedPaper:
    def test_the_monitor_is_told_on_both_pages_how_many_shares_go_on_and_led_to_exactly_these(
        self, of: Committee, old: Directive
    ) -> None:
        factories.delivered(of, factories.letter("việc khác"))
        new = factories.delivered(of, factories.letter(NEW), replaced=[old])
        going_on = old.assignments.count()
        for paper in (old, new):
            assert f"{going_on} phần việc của văn bản cũ chưa hoàn thành" in page(of.monitor, paper)
        address = f"{reverse('tasks')}?xem=theo-doi&vb={old.pk}"
        assert address.replace("&", "&amp;") in page(of.monitor, new)
        answer = as_person(of.monitor).get(address)
        assert {cell.assignment for cell, _text in answer.context["rows"]} == set(old.assignments.all())
        assert f"Văn bản: {old.printed_number}" in answer.content.decode()

    def test_nothing_ends_by_itself_and_what_a_person_has_ended_is_told_no_more(
        self, of: Committee, old: Directive
    ) -> None:
        factories.delivered(of, factories.letter(NEW), replaced=[old])
        assert old.assignments.still_open().count() == old.assignments.count()
        for share in old.assignments.all():
            tracking.end(share.pk, reason="Đã thay thế.", by=of.member(of.monitor), clock=of.clock)
        assert "chưa hoàn thành" not in page(of.monitor, old)

    def test_neither_a_unit_nor_the_monitor_of_an_amended_paper_is_told(self, of: Committee, old: Directive) -> None:
        amending = changing(of, old, CorrectionKind.AMENDS)
        assert "chưa hoàn thành" not in page(of.monitor, old) + page(of.monitor, amending)
        changing(of, old, REPLACES)
        assert "chưa hoàn thành" not in page(of.unit_clerks[0], old)
        assert "chưa hoàn thành" in page(of.monitor, old)

    def test_a_draft_that_will_replace_it_tells_nothing_yet(self, of: Committee, old: Directive) -> None:
        paper = factories.directive(of, DirectiveState.NUMBERED, replaced=[old])
        assert "chưa hoàn thành" not in page(of.monitor, paper)

    def test_the_list_does_not_name_a_paper_that_is_not_in_sight(self, of: Committee, hidden: Directive) -> None:
        shown = listed(of.monitor, f"{reverse('tasks')}?xem=theo-doi&vb={hidden.pk}")
        assert hidden.printed_number not in shown


class TestWhoMayNotReadTheOther:
    """Everything below compares a page with the page of a paper that changes nothing: no word, no count, no event."""

    def test_a_drafter_chooses_no_paper_that_is_not_in_sight_and_does_not_find_it(
        self, of: Committee, hidden: Directive
    ) -> None:
        colleague = factories.person("Đồng Nghiệp", (of.organization, "drafter"))
        draft = factories.draft(of)
        assert choose(of, draft, hidden, colleague).status_code == 404
        assert hidden.subject not in page(colleague, draft, "corrections", q=hidden.printed_number)
        assert hidden.subject in page(of.drafter, draft, "corrections", q=hidden.printed_number)

    def test_who_may_not_read_the_replaced_paper_sees_the_later_one_as_if_it_replaced_nothing(
        self, of: Committee, hidden: Directive
    ) -> None:
        colleague = factories.person("Đồng Nghiệp", (of.organization, "drafter"))
        text = factories.letter().with_ids()
        plain, replacing = factories.draft(of, text), factories.draft(of, text, replaced=[hidden])
        for route in ("directive", "edit", "corrections", "rounds"):
            without = alike(page(colleague, plain, route), plain)
            assert alike(page(colleague, replacing, route), replacing) == without
            assert "việc riêng" in page(of.drafter, replacing, "corrections")
        assert choose(of, replacing, hidden, colleague, kind="").status_code == 404
        as_issued = page(colleague, replacing, "rounds", tu=str(hidden.pk))
        assert "việc riêng" not in as_issued
        assert hidden.printed_number not in as_issued

    def test_the_round_that_a_hidden_paper_caused_shows_no_change(self, of: Committee, hidden: Directive) -> None:
        paper = factories.directive(of, DirectiveState.SUBMITTED)
        by = of.member(of.drafter)
        drafting.pull_back(paper.pk, by=by, clock=of.clock)
        correcting.correct(paper.pk, hidden.pk, REPLACES, by=by, clock=of.clock)
        drafting.submit(paper.pk, by=by, clock=of.clock)
        assert "Thay thế" in page(of.drafter, paper, "rounds", tu=1, den=2)
        assert "Thay thế" not in page(of.head, paper, "rounds", tu=1, den=2)

    def test_a_unit_that_did_not_get_the_later_paper_sees_the_earlier_one_as_it_was(
        self, of: Committee, old: Directive
    ) -> None:
        page(of.unit_clerks[2], old)
        before = alike(page(of.unit_clerks[2], old), old)
        new = factories.delivered(of, factories.letter(NEW), replaced=[old])
        Delivery.objects.filter(directive=new, organization=of.units[2]).update(state="misdirected")
        assert alike(page(of.unit_clerks[2], old), old) == before
        assert "Được thay thế bởi" in page(of.unit_clerks[0], old)

    def test_the_verdict_of_no_step_speaks_of_the_other_paper(self, of: Committee, hidden: Directive) -> None:
        paper = factories.directive(of, DirectiveState.SUBMITTED, replaced=[hidden])
        clerk = of.member(of.clerk)
        numbering_and_issuing.recall(hidden.pk, decision="Công văn số 9-CV", reason="Nhầm.", by=clerk, clock=of.clock)
        assert requirements.before_approval(paper, of.clock.today())
        assert as_person(of.signer).get(reverse("step", args=[paper.pk, Step.APPROVE])).status_code == 200


def alike(shown: str, paper: Directive) -> str:
    """The page without what differs from paper to paper and from request to request."""
    shown = shown.replace(str(paper.pk), "")
    return re.sub(r'(name="(key|csrfmiddlewaretoken)" value|nonce|content|"token")[=:]? ?"[^"]*"', "", shown)


MARK = "Đã được thay thế"


def rows_of(of: Committee, paper: Directive, unit_clerk: Person) -> list[tuple[Person, str]]:
    """Every page on which a row stands for this paper or one of its shares, for its issuer's people and a unit's."""
    line = paper.deliveries.get(organization=unit_clerk.posts.get().organization)
    if line.state != DeliveryState.RECEIVED:
        delivering.receive(line.pk, by=of.member(unit_clerk), clock=of.clock)
        line = Delivery.objects.get(pk=line.pk)
    share = paper.assignments.filter(organization=line.organization)[0]
    found, tasks = f"{reverse('find')}?q={paper.printed_number}", reverse("tasks")
    return [
        (of.clerk, reverse("outgoing")),
        (of.clerk, f"{reverse('clerk')}?xem=da-phat-hanh"),
        (of.clerk, reverse("outgoing_register", args=[paper.entry.series_id])),
        (of.clerk, found),
        (of.monitor, f"{tasks}?xem=theo-doi"),
        (unit_clerk, reverse("inbox")),
        (unit_clerk, reverse("incoming_register", args=[line.incoming_entry.book_id])),
        (unit_clerk, found),
        (unit_clerk, tasks),
        (unit_clerk, reverse("task", args=[share.pk])),
        (unit_clerk, reverse("my_work")),
    ]


def listed(who: Person, address: str) -> str:
    answer = as_person(who).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def marks(of: Committee, paper: Directive) -> list[tuple[str, Directive]]:
    """What the list of outgoing papers marks this paper with, for the clerk."""
    rows = as_person(of.clerk).get(reverse("outgoing")).context["rows"]
    return [
        (change.mark, change.directive) for row in rows if row.directive == paper for change in row.directive.changes
    ]


def changing(of: Committee, paper: Directive, kind: CorrectionKind) -> Directive:
    """A paper that was issued and does this to another."""
    made = factories.draft(of)
    correcting.correct(made.pk, paper.pk, kind, by=of.member(of.drafter), clock=of.clock)
    of.clock.forward(minutes=1)
    issue(of, drafting.submit(made.pk, by=of.member(of.drafter), clock=of.clock))
    return Directive.objects.get(pk=made.pk)


def recall(of: Committee, paper: Directive) -> None:
    clerk = of.member(of.clerk)
    numbering_and_issuing.recall(paper.pk, decision="Công văn số 9-CV", reason="Nhầm.", by=clerk, clock=of.clock)


def issue(of: Committee, paper: Directive) -> None:
    """Take a submitted paper on until its units have it."""
    approving.approve(paper.pk, read_version=paper.version, by=of.member(of.signer), clock=of.clock)
    factories.sign(of, Directive.objects.get(pk=paper.pk))
    numbering_and_issuing.number(paper.pk, by=of.member(of.clerk), clock=of.clock)
    numbering_and_issuing.issue(paper.pk, by=of.member(of.clerk), clock=of.clock)
    copying.make_final_copy(paper.pk, clock=of.clock)


def test_the_rows_are_there_for_who_may_read_both(of: Committee, old: Directive) -> None:
    new = factories.delivered(of, replaced=[old])
    [row] = Correction.objects.of(old, of.member(of.inspector))
    assert (row.directive, row.passive, row.ends_it) == (new, "Được thay thế bởi", True)
