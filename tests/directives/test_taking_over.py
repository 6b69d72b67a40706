"""A numbered paper whose recipient has ended goes to who took over, as the clerk says when it is issued."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from directives import taking_over
from directives.actions import numbering_and_issuing
from directives.models import Directive
from directives.workflow import DirectiveState, Step
from orgs.models import Event, Organization
from orgs.verdicts import Refused
from tests import factories
from tests.browsing import as_person, page, press, step
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db

ADDRESSEES = [
    {"text": name, "targets": [{"organization": code}]}
    for name, code in (("Đảng ủy xã Thử 1", "tu-xa-1"), ("Đảng ủy xã Thử 2", "tu-xa-2"))
]


@pytest.fixture
def committee() -> Committee:
    """A committee of today: pages read the machine's own clock."""
    return factories.committee(ClockAt(timezone.now()))


@pytest.fixture
def paper(committee: Committee) -> Directive:
    """Numbered; to the first two communes, the first of which leads a task and has then ended."""
    numbered = factories.directive(committee, DirectiveState.NUMBERED, factories.letter(addressees=ADDRESSEES))
    end(committee.units[0])
    return numbered


def end(body: Organization, *successors: Organization) -> None:
    Organization.objects.filter(pk=body.pk).update(ended_on=timezone.localdate())
    body.successors.add(*successors)


def new_body(of: Committee) -> Organization:
    return factories.body("tu-xa-moi", "Đảng ủy xã Mới", superior=of.organization)


def issue(of: Committee, paper: Directive, **instead: str) -> Directive:
    answers = {code.replace("_", "-"): answer for code, answer in instead.items()}
    return numbering_and_issuing.issue(paper.pk, by=of.member(of.clerk), clock=of.clock, instead=answers)


def recipients(paper: Directive) -> set[str]:
    return set(paper.deliveries.values_list("organization__code", flat=True))


def lead_of(paper: Directive) -> Any:
    return paper.tasks.get(follow="task").assignments.get(part="lead").organization.code


def test_who_took_over_gets_the_paper_and_the_task_and_the_history_says_so(
    committee: Committee, paper: Directive
) -> None:
    committee.units[0].successors.add(new_body(committee))
    issued = issue(committee, paper, tu_xa_1="tu-xa-moi")
    assert recipients(issued) == {"tu-xa-moi", "tu-xa-2"}
    assert lead_of(issued) == "tu-xa-moi"
    event = Event.objects.about(issued).get(step=Step.ISSUE)
    assert event.facts["instead"] == {"tu-xa-1": "tu-xa-moi"}
    assert "Đảng ủy xã Thử 1" in event.facts["reason"]
    assert "Đảng ủy xã Mới" in event.facts["reason"]
    assert event.facts["reason"] in as_person(committee.clerk).get(page(issued)).content.decode()


def test_a_recipient_that_takes_over_from_another_gets_the_paper_once(committee: Committee, paper: Directive) -> None:
    committee.units[0].successors.add(committee.units[1])
    issued = issue(committee, paper, tu_xa_1="tu-xa-2")
    assert recipients(issued) == {"tu-xa-2"}
    assert issued.tasks.get(follow="each").assignments.count() == 1


def test_a_task_needs_a_lead_so_nobody_can_take_it_over(committee: Committee, paper: Directive) -> None:
    with pytest.raises(Refused):
        issue(committee, paper, tu_xa_1="")
    assert not paper.deliveries.exists()


def test_who_only_got_the_paper_may_be_left_out(committee: Committee) -> None:
    paper = factories.directive(committee, DirectiveState.NUMBERED, factories.letter(addressees=ADDRESSEES))
    end(committee.units[1])
    assert recipients(issue(committee, paper, tu_xa_2="")) == {"tu-xa-1"}


def test_without_an_answer_the_paper_stays(committee: Committee, paper: Directive) -> None:
    committee.units[0].successors.add(new_body(committee))
    with pytest.raises(Refused, match="Đảng ủy xã Thử 1"):
        issue(committee, paper)
    assert not paper.deliveries.exists()


def test_only_who_took_over_can_be_chosen(committee: Committee, paper: Directive) -> None:
    committee.units[0].successors.add(new_body(committee))
    with pytest.raises(Refused):
        issue(committee, paper, tu_xa_1="tu-xa-3")


def test_an_answer_for_a_body_that_has_not_ended_changes_nothing(committee: Committee, paper: Directive) -> None:
    committee.units[0].successors.add(new_body(committee))
    issued = issue(committee, paper, tu_xa_1="tu-xa-moi", tu_xa_2="")
    assert recipients(issued) == {"tu-xa-moi", "tu-xa-2"}


def test_a_successor_that_has_ended_too_is_passed_over_for_its_own(committee: Committee, paper: Directive) -> None:
    latest = new_body(committee)
    committee.units[0].successors.add(committee.units[2])
    end(committee.units[2], latest, committee.units[0])
    [(ended, others)] = taking_over.offered(paper, timezone.localdate()).items()
    assert (ended, others) == (committee.units[0], [latest])


def test_a_body_that_goes_on_until_tomorrow_still_gets_it(committee: Committee, paper: Directive) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    Organization.objects.filter(pk=committee.units[0].pk).update(ended_on=tomorrow)
    assert taking_over.offered(paper, timezone.localdate()) == {}
    assert recipients(issue(committee, paper)) == {"tu-xa-1", "tu-xa-2"}


class TestOnThePages:
    def test_one_body_alone_that_took_over_stands_there_already(self, committee: Committee, paper: Directive) -> None:
        committee.units[0].successors.add(new_body(committee))
        client = as_person(committee.clerk)
        assert step(paper, Step.ISSUE) in client.get(page(paper)).content.decode()
        shown = client.get(step(paper, Step.ISSUE))
        assert shown.context["form"]["instead_tu-xa-1"].value() == "tu-xa-moi"
        assert shown.context["before"].executing == ["Đảng ủy xã Mới", "Đảng ủy xã Thử 2"]
        assert press(client, step(paper, Step.ISSUE), **{"instead_tu-xa-1": "tu-xa-moi"}).status_code == 302
        assert recipients(paper) == {"tu-xa-moi", "tu-xa-2"}

    def test_of_several_the_clerk_chooses(self, committee: Committee, paper: Directive) -> None:
        committee.units[0].successors.add(new_body(committee), committee.units[2])
        client = as_person(committee.clerk)
        assert client.get(step(paper, Step.ISSUE)).context["form"]["instead_tu-xa-1"].value() == ""
        unanswered = press(client, step(paper, Step.ISSUE))
        assert unanswered.status_code == 400
        assert "instead_tu-xa-1" in unanswered.context["form"].errors
        assert press(client, step(paper, Step.ISSUE), **{"instead_tu-xa-1": "tu-xa-3"}).status_code == 302
        assert recipients(paper) == {"tu-xa-3", "tu-xa-2"}

    def test_who_only_got_the_paper_is_left_out_by_choice(self, committee: Committee) -> None:
        paper = factories.directive(committee, DirectiveState.NUMBERED, factories.letter(addressees=ADDRESSEES))
        end(committee.units[1])
        client = as_person(committee.clerk)
        assert press(client, step(paper, Step.ISSUE)).status_code == 400
        assert press(client, step(paper, Step.ISSUE), **{"instead_tu-xa-2": "."}).status_code == 302
        assert recipients(paper) == {"tu-xa-1"}

    def test_a_paper_whose_recipients_all_stand_asks_for_nothing(self, committee: Committee) -> None:
        paper = factories.directive(committee, DirectiveState.NUMBERED)
        form = as_person(committee.clerk).get(step(paper, Step.ISSUE)).context["form"]
        assert list(form.fields) == ["key"]

    def test_the_number_and_the_hour_say_that_a_recipient_has_ended(self, committee: Committee) -> None:
        approved = factories.directive(committee, DirectiveState.APPROVED)
        numbered = factories.directive(committee, DirectiveState.NUMBERED)
        end(committee.units[0], committee.units[1])
        client = as_person(committee.clerk)
        for paper, which in ((approved, Step.NUMBER), (numbered, Step.ISSUE_LATER)):
            [told] = client.get(step(paper, which)).context["ended"]
            assert (told.name, told.successors) == ("Đảng ủy xã Thử 1", [("tu-xa-2", "Đảng ủy xã Thử 2")])
            assert "Đảng ủy xã Thử 1" in client.get(step(paper, which)).content.decode()
