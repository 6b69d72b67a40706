"""Directives are found by number, subject and text, with or without accents."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directives import search
from directives.actions import drafting, numbering_and_issuing
from directives.models import Directive, SearchEntry
from directives.models.directive import DirectiveQuerySet
from directives.workflow import DirectiveState
from tests import factories
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Committee:
    return factories.committee(ClockAt.on(date(2026, 11, 23)))


def subjects(query: str) -> set[str]:
    return set(search.found(Directive.objects.all(), query).values_list("subject", flat=True))


@pytest.mark.parametrize(
    "query",
    [
        "phòng cháy rừng",
        "phong chay rung",
        "Phòng Cháy",
        "PHONG CHAY",
        "chay rung",
        "phòng chay",
        unicodedata.normalize("NFD", "phòng cháy rừng"),
        "  phòng   cháy ",
    ],
)
def test_a_subject_is_found_however_it_is_typed(committee: Committee, query: str) -> None:
    factories.draft(committee, factories.letter("phòng cháy rừng mùa khô"))
    factories.draft(committee, factories.letter("thu ngân sách quý IV"))
    assert subjects(query) == {"phòng cháy rừng mùa khô"}


def test_the_stroke_of_the_letter_is_folded(committee: Committee) -> None:
    factories.draft(committee, factories.letter("đê điều"))
    assert subjects("de dieu") == {"đê điều"}
    assert subjects("đê điều") == {"đê điều"}


def test_a_tone_that_was_typed_must_be_there(committee: Committee) -> None:
    factories.draft(committee, factories.letter("hóa đơn điện tử"))
    assert subjects("hòa đơn") == set()
    assert subjects("hoá đơn") == {"hóa đơn điện tử"}


def test_the_place_of_the_tone_does_not_matter(committee: Committee) -> None:
    factories.draft(committee, factories.letter("ủy quyền ký"))
    assert subjects("uỷ quyền") == {"ủy quyền ký"}


def test_syllables_that_stand_apart_are_not_a_phrase(committee: Committee) -> None:
    factories.draft(committee, factories.letter("phòng họp, cháy nhà"))
    assert subjects("phòng cháy") == set()


def test_the_text_is_searched_down_to_its_last_item(committee: Committee) -> None:
    factories.draft(committee)
    assert len(subjects("diễn tập ứng phó")) == 1


@pytest.mark.parametrize("query", ["745", "745-CV", "745-cv/tu", "745-CV/TU"])
def test_a_paper_is_found_by_its_number_or_a_part_of_it(committee: Committee, query: str) -> None:
    committee.first_number(745)
    factories.directive(committee, DirectiveState.NUMBERED, factories.letter("số bảy bốn lăm"))
    factories.directive(committee, DirectiveState.NUMBERED, factories.letter("số kế tiếp"))
    assert subjects(query) == {"số bảy bốn lăm"}


def test_what_a_member_may_not_see_is_not_found(committee: Committee) -> None:
    factories.draft(committee, factories.letter("chuyện riêng của dự thảo"))
    seen = Directive.objects.visible_to(committee.member(committee.unit_clerks[0]))
    assert not search.found(seen, "chuyện riêng").exists()


def test_an_edited_draft_is_found_by_its_new_words_only(committee: Committee) -> None:
    draft = factories.draft(committee, factories.letter("tên cũ"))
    facts = drafting.DraftFacts(document=factories.letter("tên mới"), authority_id=committee.authority.pk)
    drafting.edit(draft.pk, facts, version=1, by=committee.member(committee.drafter), clock=committee.clock)
    assert subjects("tên cũ") == set()
    assert subjects("tên mới") == {"tên mới"}


def test_an_empty_query_and_one_of_signs_only_find_everything(committee: Committee) -> None:
    factories.draft(committee)
    assert len(subjects("")) == len(subjects("...")) == 1


def test_a_text_with_a_word_without_end_is_kept_and_found_by_its_other_words(committee: Committee) -> None:
    nonsense = "".join(chr(0x4E00 + number * 37 % 20_000) for number in range(5_000))
    body = [{"kind": "paragraph", "marker": None, "runs": [{"text": f"Ảnh {nonsense} kèm theo"}], "children": []}]
    factories.draft(committee, factories.letter("hồ chứa", body=body))
    assert subjects("kèm theo") == {"hồ chứa"}


def test_nobody_can_search_for_the_marks_of_bodies_and_people(committee: Committee) -> None:
    factories.draft(committee, factories.letter("đê điều"))
    assert subjects(search.near(committee.organization.pk)) == set()
    assert subjects(search.near(committee.drafter.pk)) == set()


WORDS = ("kiểm tra hồ chứa rừng", "kiem tra ho chua", "hồ chứa", "hồ", "", "1", "không có chữ này")


class TestTheNewest:
    @pytest.fixture
    def papers(self, committee: Committee) -> list[Directive]:
        """Drafts and issued papers with the same words, some of them restricted, changed at different times."""
        for number in range(7):
            letter = factories.letter(f"kiểm tra hồ chứa rừng số {number}")
            factories.draft(committee, letter, restricted=number % 2 == 0)
            committee.clock.forward(hours=1)
            if number % 3 == 0:
                factories.delivered(committee, letter)
                committee.clock.forward(hours=1)
        return list(Directive.objects.order_by("-changed_at"))

    @staticmethod
    def all_found(directives: DirectiveQuerySet, query: str) -> list[UUID]:
        return list(search.found(directives, query).order_by("-changed_at").values_list("pk", flat=True))

    @pytest.mark.parametrize("besides", [0, 1, 30])
    def test_they_are_the_first_of_all_that_are_found(
        self, committee: Committee, papers: list[Directive], monkeypatch: pytest.MonkeyPatch, besides: int
    ) -> None:
        monkeypatch.setattr(search, "LOOKED_AT_BESIDES", besides)
        found = set()
        for person in (committee.drafter, committee.clerk, committee.head, committee.unit_clerks[0]):
            seen = Directive.objects.visible_to(committee.member(person))
            for query in WORDS:
                everything = self.all_found(seen, query)
                for most in (1, 3, 50):
                    assert search.newest(seen, query, most) == everything[:most], (person, query, most)
                found.add(len(everything))
        assert {0, 3, 10} <= found

    @pytest.mark.parametrize("besides", [0, 30])
    def test_they_are_the_first_of_all_when_the_last_months_hold_few_many_or_none(
        self, committee: Committee, monkeypatch: pytest.MonkeyPatch, besides: int
    ) -> None:
        monkeypatch.setattr(search, "LOOKED_AT_BESIDES", besides)
        monkeypatch.setattr(search, "CLOCK", committee.clock)
        for number in range(8):
            factories.draft(committee, factories.letter("kiểm tra"), restricted=number % 3 == 0)
            committee.clock.forward(days=20)
        for _months in range(4):
            for person in (committee.drafter, committee.clerk):
                seen = Directive.objects.visible_to(committee.member(person))
                everything = self.all_found(seen, "kiểm tra")
                for most in range(1, len(everything) + 2):
                    assert search.newest(seen, "kiểm tra", most) == everything[:most], (person, most)
            committee.clock.forward(days=31)

    def test_a_page_of_what_is_common_is_found_in_the_last_months_alone(
        self, committee: Committee, papers: list[Directive], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(search, "CLOCK", committee.clock)
        seen = Directive.objects.visible_to(committee.member(committee.drafter))
        for most, asked in ((3, 1), (50, 2)):
            with CaptureQueriesContext(connection) as questions:
                search.newest(seen, WORDS[0], most)
            assert len(questions) == asked

    def test_what_was_filtered_out_is_not_among_them(self, committee: Committee, papers: list[Directive]) -> None:
        seen = Directive.objects.visible_to(committee.member(committee.drafter)).filter(state=DirectiveState.ISSUED)
        newest = search.newest(seen, WORDS[0], 2)
        assert newest == [paper.pk for paper in papers if paper.state == DirectiveState.ISSUED][:2]

    def test_an_entry_knows_when_its_paper_changed_whatever_happens_to_it(
        self, committee: Committee, papers: list[Directive]
    ) -> None:
        issued = next(paper for paper in papers if paper.state == DirectiveState.ISSUED)
        clerk = committee.member(committee.clerk)
        numbering_and_issuing.recall(issued.pk, decision="1-CV/TU", reason="Nhầm.", by=clerk, clock=committee.clock)
        Directive.objects.filter(pk=papers[0].pk).update(changed_at=committee.clock.now())
        SearchEntry.objects.filter(pk=papers[1].pk).update(changed_at=committee.clock.now())
        moments = SearchEntry.objects.values_list("changed_at", "directive__changed_at")
        assert len(moments) == len(papers)
        assert all(kept == changed for kept, changed in moments)

    def test_an_entry_is_marked_with_the_month_of_its_last_change_and_with_no_other(
        self, committee: Committee, papers: list[Directive]
    ) -> None:
        paper = papers[0].pk
        before = set(SearchEntry.objects.get(pk=paper).words)
        for moment in (datetime(2027, 1, 31, 23, 30, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)):
            Directive.objects.filter(pk=paper).update(changed_at=moment)
            words = SearchEntry.objects.get(pk=paper).words
            assert [word for word in words if word.startswith(search.MONTH)] == [f"{search.MONTH}{moment:%Y-%m}"]
            assert {word for word in words if not word.startswith(search.MONTH)} < before
            assert len(words) == len(before)
