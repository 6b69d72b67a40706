"""Before a paper goes out its clerk reads who gets it, who has ended or reported, and who is new or left out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from directives.actions import tracking
from directives.actions.tracking import ReportFacts
from directives.models import Directive, Policy
from directives.similar_papers import last_similar
from directives.views.before_issue import BeforeIssue
from directives.workflow import DirectiveState, Step
from orgs.models import GroupMember, Organization
from tests import factories
from tests.browsing import as_person, press, step
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Committee:
    """A committee of today: pages read the machine's own clock."""
    return factories.committee(ClockAt(timezone.now()))


def told(of: Committee, paper: Directive) -> BeforeIssue:
    """What the page of the step tells its clerk."""
    shown: BeforeIssue = as_person(of.clerk).get(step(paper, Step.ISSUE)).context["before"]
    return shown


def to_units(of: Committee, *places: int) -> list[dict[str, Any]]:
    return [{"text": "Các xã", "targets": [{"organization": of.units[place].code} for place in places]}]


class TestBesideTheLastSimilarPaper:
    def test_units_that_were_added_and_left_out_are_named(self, committee: Committee) -> None:
        factories.delivered(committee)
        [first] = GroupMember.objects.filter(organization=committee.units[2])
        first.delete()
        new = factories.body("tu-xa-4", "Đảng ủy xã Thử 4", superior=committee.organization)
        GroupMember.objects.create(
            group=committee.organization.recipient_groups.get(),
            organization=new,
            position=9,
            starts_on=factories.LONG_AGO,
        )
        paper = factories.directive(committee, DirectiveState.NUMBERED)
        compared = told(committee, paper).compared
        assert compared is not None
        assert (compared.added, compared.left_out) == (["Đảng ủy xã Thử 4"], ["Đảng ủy xã Thử 3"])
        page = as_person(committee.clerk).get(step(paper, Step.ISSUE)).content.decode()
        assert compared.paper.printed_number in page

    def test_the_same_recipients_are_said_to_be_the_same(self, committee: Committee) -> None:
        factories.delivered(committee)
        compared = told(committee, factories.directive(committee, DirectiveState.NUMBERED)).compared
        assert compared is not None
        assert compared.added == compared.left_out == []

    def test_of_several_the_one_with_the_nearest_subject_is_taken(self, committee: Committee) -> None:
        near = factories.delivered(committee, factories.letter("tăng cường kiểm tra hồ chứa"))
        factories.delivered(committee, factories.letter("chuẩn bị đại hội chi bộ"))
        paper = factories.directive(committee, DirectiveState.NUMBERED)
        assert last_similar(paper, committee.member(committee.clerk)) == near

    def test_a_paper_that_has_nothing_in_common_is_not_compared_with(self, committee: Committee) -> None:
        other = factories.letter("chuẩn bị đại hội chi bộ", addressees=to_units(committee, 0))
        factories.delivered(committee, other)
        assert told(committee, factories.directive(committee, DirectiveState.NUMBERED)).compared is None

    def test_a_draft_of_the_same_words_is_no_issued_paper(self, committee: Committee) -> None:
        factories.directive(committee, DirectiveState.SUBMITTED)
        assert told(committee, factories.directive(committee, DirectiveState.NUMBERED)).compared is None


def test_every_unit_that_gets_it_is_counted_also_one_that_only_has_a_task(committee: Committee) -> None:
    paper = factories.directive(
        committee, DirectiveState.NUMBERED, factories.letter(addressees=to_units(committee, 1, 2))
    )
    before = told(committee, paper)
    assert before.executing == ["Đảng ủy xã Thử 2", "Đảng ủy xã Thử 3"]
    assert before.count == 3


def test_a_member_of_a_group_that_has_ended_since_is_named_with_its_successor(committee: Committee) -> None:
    unit, successor = committee.units[2], committee.units[1]
    paper = factories.directive(committee, DirectiveState.NUMBERED)
    Organization.objects.filter(pk=unit.pk).update(ended_on=timezone.localdate())
    unit.successors.add(successor)
    [ended] = told(committee, paper).ended
    assert (ended.name, ended.successors) == ("Đảng ủy xã Thử 3", ["Đảng ủy xã Thử 2"])
    Organization.objects.filter(pk=unit.pk).update(ended_on=timezone.localdate() - timedelta(days=400))
    assert told(committee, paper).ended == [], "nobody thought that it would get the paper"


def test_a_recipient_that_ended_is_said_before_the_number_is_given(committee: Committee) -> None:
    paper = factories.directive(committee, DirectiveState.APPROVED)
    number = step(paper, Step.NUMBER)
    client = as_person(committee.clerk)
    assert not client.get(number).context["ahead"]
    Organization.objects.filter(pk=committee.units[0].pk).update(ended_on=timezone.localdate())
    committee.units[0].successors.add(committee.units[1])
    shown = client.get(number).context
    assert not shown["ahead"], "its successor may get it"
    assert [body.name for body in shown["ended"]] == ["Đảng ủy xã Thử 1"]


def test_who_issues_with_the_number_hears_before_it_that_a_recipient_ended(committee: Committee) -> None:
    paper = factories.directive(committee, DirectiveState.APPROVED)
    Policy.objects.create(organization=committee.organization, issue_with_number=True)
    Organization.objects.filter(pk=committee.units[0].pk).update(ended_on=timezone.localdate())
    committee.units[0].successors.add(committee.units[1])
    [reason] = as_person(committee.clerk).get(step(paper, Step.NUMBER)).context["ahead"]
    assert "Đảng ủy xã Thử 1" in str(reason)


def test_a_unit_that_reported_since_the_letter_was_drafted_is_named(committee: Committee) -> None:
    urged = factories.delivered(committee)
    letter = factories.letter(
        "đôn đốc báo cáo",
        body=[
            {
                "kind": "paragraph",
                "marker": None,
                "children": [],
                "runs": [{"text": f"Đề nghị báo cáo theo Công văn số {urged.printed_number} ngày 23/11/2026."}],
            }
        ],
    )
    paper = factories.directive(committee, DirectiveState.NUMBERED, letter)
    assert told(committee, paper).reported == []
    share = urged.tasks.get(follow="each").assignments.get(organization=committee.units[1])
    committee.clock.forward(minutes=1)
    facts = ReportFacts(dated_on=timezone.localdate(), text="Đã kiểm tra.", number="12", symbol="BC/ĐU")
    tracking.report([share.pk], facts, by=committee.member(committee.unit_clerks[1]), clock=committee.clock)
    [row] = told(committee, paper).reported
    assert (row.name, row.report.printed_number) == ("Đảng ủy xã Thử 2", "12-BC/ĐU")
    assert "12-BC/ĐU" in as_person(committee.clerk).get(step(paper, Step.ISSUE)).content.decode()


def test_it_is_all_only_told_and_the_paper_is_issued(committee: Committee) -> None:
    factories.delivered(committee)
    paper = factories.directive(committee, DirectiveState.NUMBERED)
    assert press(as_person(committee.clerk), step(paper, Step.ISSUE)).status_code == 302
