"""The frame of every page, and the search that stands in it."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directives.models import Directive
from directives.views import waiting
from directives.views.counts import COUNTED, counted
from directives.workflow import DirectiveState
from orgs.models import Person, Role
from tests import factories
from tests.browsing import as_person
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Committee:
    """A committee of today: pages read the machine's own clock."""
    return factories.committee(ClockAt(timezone.now()))


def found_by(person: Person, words: str) -> list[Directive]:
    """The papers that the search of the frame shows to this person."""
    answer = as_person(person).get(reverse("find"), {"q": words})
    return [row.directive for row in answer.context["papers"]]


class TestSearch:
    def test_every_page_carries_the_search_box(self, committee: Committee) -> None:
        for place in ("my_work", "outgoing", "directory"):
            content = as_person(committee.clerk).get(reverse(place)).content.decode()
            assert f'action="{reverse("find")}"' in content

    def test_a_number_finds_the_paper_for_its_clerk_and_for_the_unit_that_has_it(self, committee: Committee) -> None:
        committee.first_number(748)
        paper = factories.delivered(committee)
        for person in (committee.clerk, committee.unit_clerks[0]):
            assert found_by(person, "748-cv") == [paper]

    def test_a_paper_that_is_not_open_to_a_person_is_not_found(self, committee: Committee) -> None:
        committee.first_number(748)
        factories.directive(committee, DirectiveState.NUMBERED)
        assert found_by(committee.unit_clerks[0], "748-cv") == []

    def test_a_body_is_found_without_accents(self, committee: Committee) -> None:
        unit = committee.units[0].versions.get()
        answer = as_person(committee.clerk).get(reverse("find"), {"q": "dang uy xa"})
        assert unit in answer.context["bodies"]
        assert reverse("body", args=[unit.organization.code]) in answer.content.decode()

    def test_the_lists_below_keep_the_words(self, committee: Committee) -> None:
        answer = as_person(committee.clerk).get(reverse("find"), {"q": "hồ chứa & đê"})
        addresses = [place.address for place in answer.context["places"]]
        assert len(addresses) == 4
        for address in addresses:
            assert as_person(committee.clerk).get(address).status_code == 200
            assert "%26" in address

    def test_without_words_the_page_says_what_can_be_found(self, committee: Committee) -> None:
        answer = as_person(committee.clerk).get(reverse("find"))
        assert answer.context["papers"] == answer.context["bodies"] == answer.context["places"] == []


class TestPlaces:
    def test_the_bottom_bar_of_a_phone_has_five_places_and_leads_to_all(self, committee: Committee) -> None:
        answer = as_person(committee.clerk).get(reverse("my_work"))
        rail = answer.content.decode().split('<nav class="rail"')[1].split("</nav>")[0]
        bar, rest = rail.split('<li class="rail__more">')
        assert len(re.findall(r"<li >", bar)) == 4
        for place in answer.context["rail"].places[4:]:
            assert f'href="{place.address}"' in rest

    def test_the_body_of_the_first_post_leads(self, committee: Committee) -> None:
        person = factories.person("Hai vai", (committee.units[1], "clerk"), (committee.units[0], "clerk"))
        rail = as_person(person).get(reverse("my_work")).context["rail"]
        names = [unit.versions.get().name for unit in (committee.units[1], committee.units[0])]
        assert rail.all_bodies == names


class TestCounts:
    @staticmethod
    def people(committee: Committee) -> list[Person]:
        """Everybody of the committee, with something waiting for most of them."""
        for state in DirectiveState:
            if state != DirectiveState.VOIDED:
                factories.directive(committee, state)
        factories.delivered(committee)
        several = factories.person("Nhiều vai", *[(unit, Role.CLERK) for unit in committee.units])
        nobody = factories.person("Không chức trách")
        staff = [committee.drafter, committee.head, committee.signer, committee.clerk, committee.monitor]
        return [*staff, *committee.unit_clerks, several, nobody]

    def test_all_counts_are_those_of_their_questions(self, committee: Committee) -> None:
        seen = set()
        for person in self.people(committee):
            member = committee.member(person)
            counts = counted(member)
            assert counts == {question: question(member).count() for question in COUNTED}
            seen.update(question for question, count in counts.items() if count)
        assert {waiting.to_approve, waiting.at_the_counter, waiting.to_receive, waiting.my_shares} <= seen

    def test_a_count_is_of_now_and_of_the_posts_of_now(self, committee: Committee) -> None:
        clerk = committee.unit_clerks[0]
        assert counted(committee.member(clerk))[waiting.to_receive] == 0
        factories.delivered(committee)
        assert counted(committee.member(clerk))[waiting.to_receive] == 1
        clerk.posts.update(role=Role.ADMINISTRATOR)
        assert counted(committee.member(clerk))[waiting.to_receive] == 0

    def test_a_page_with_the_rail_asks_for_its_counts_once(self, committee: Committee) -> None:
        for place in ("my_work", "clerk", "directory"):
            with CaptureQueriesContext(connection) as asked:
                as_person(committee.clerk).get(reverse(place))
            assert sum(question["sql"].startswith("SELECT (SELECT") for question in asked) == 1
