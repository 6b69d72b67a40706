"""How much will be given out is said before it is, and it is what the issue writes."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from directives.models import Assignment, Directive, Policy, Task
from directives.recipients import Expansion
from directives.workflow import DirectiveState, Step
from tests import factories
from tests.browsing import as_person, page, press, step
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db

SENTENCE = re.compile(r"Sẽ giao (\d+) nhiệm vụ, (\d+) phần việc cho (\d+) đơn vị\.")


@pytest.fixture
def committee() -> Committee:
    """A committee of today: pages read the machine's own clock."""
    return factories.committee(ClockAt(timezone.now()), units=12)


def said(html: str) -> tuple[int, ...]:
    found = SENTENCE.search(html)
    assert found is not None
    return tuple(map(int, found.groups()))


def rows_of(directive: Directive) -> tuple[int, ...]:
    shares = Assignment.objects.filter(directive=directive)
    units = shares.values("organization").distinct().count()
    return Task.objects.filter(directive=directive).count(), shares.count(), units


def test_what_is_said_on_every_page_before_is_what_the_issue_writes(committee: Committee) -> None:
    draft = factories.draft(committee)
    drafter = as_person(committee.drafter)
    before = [
        drafter.get(address).content.decode()
        for address in (page(draft), reverse("recipients_and_tasks", args=[draft.pk]), step(draft, Step.SUBMIT))
    ]
    numbered = factories.directive(committee, DirectiveState.NUMBERED)
    clerk = as_person(committee.clerk)
    before += [clerk.get(address).content.decode() for address in (page(numbered), step(numbered, Step.ISSUE))]
    press(clerk, step(numbered, Step.ISSUE))
    assert rows_of(numbered) == (2, 13, 12)
    assert {said(html) for html in before} == {(2, 13, 12)}


def test_a_unit_that_leaves_its_group_before_the_issue_is_counted_no_more(committee: Committee) -> None:
    numbered = factories.directive(committee, DirectiveState.NUMBERED)
    left = committee.units[5]
    left.ended_on = committee.clock.today()
    left.save()
    told = Expansion.of(numbered, committee.clock.today()).workload()
    press(as_person(committee.clerk), step(numbered, Step.ISSUE))
    assert rows_of(numbered) == (told.tasks, told.shares, told.units) == (2, 12, 11)


def test_where_the_number_issues_too_it_is_said_at_the_number(committee: Committee) -> None:
    approved = factories.directive(committee, DirectiveState.APPROVED)
    clerk = as_person(committee.clerk)
    assert not SENTENCE.search(clerk.get(step(approved, Step.NUMBER)).content.decode())
    Policy.objects.create(organization=committee.organization, issue_with_number=True)
    assert said(clerk.get(step(approved, Step.NUMBER)).content.decode()) == (2, 13, 12)


def test_a_paper_without_tasks_says_so(committee: Committee) -> None:
    plain = factories.letter(body=[factories.letter().to_json()["body"][0]])
    shown = as_person(committee.drafter).get(page(factories.draft(committee, plain))).content.decode()
    assert "Chưa có nhiệm vụ nào để giao." in shown


def test_what_is_out_says_nothing_of_what_will_be(committee: Committee) -> None:
    issued = factories.delivered(committee)
    assert not SENTENCE.search(as_person(committee.clerk).get(page(issued)).content.decode())
