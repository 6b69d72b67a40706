"""My work tells what others did since the member's last sign-in, and only what the member may see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directives.models import Directive
from directives.workflow import DirectiveState, Step
from orgs.models import Person
from tests import factories
from tests.browsing import as_person, press, step
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db
PASSWORD = "mot-mat-khau-dai"


@pytest.fixture
def committee() -> Committee:
    """A committee of today: pages read the machine's own clock."""
    return factories.committee(ClockAt(timezone.now()))


def away(person: Person, *, last: timedelta | None = timedelta(hours=1)) -> Any:
    """What my work tells this person, who signed in for the last time so long ago."""
    person.set_password(PASSWORD)
    person.last_login = timezone.now() - last if last is not None else None
    person.save()
    client = Client()
    client.post(reverse("sign_in"), {"username": person.username, "password": PASSWORD})
    return client.get(reverse("my_work")).context["away"]


def test_the_staff_sees_what_others_did_with_its_papers_once_for_each(committee: Committee) -> None:
    paper = factories.directive(committee, DirectiveState.SUBMITTED)
    press(as_person(committee.signer), step(paper, Step.RETURN), reason="Thiếu thời hạn")
    seen = away(committee.drafter)
    [change] = seen.changes
    assert change.address == reverse("directive", args=[paper.pk])
    assert change.what == str(Step.RETURN.label)
    assert change.who == committee.signer.full_name
    assert change.before == 0


def test_own_acts_are_not_told(committee: Committee) -> None:
    factories.directive(committee, DirectiveState.DRAFT)
    assert away(committee.drafter).changes == []


def test_a_unit_is_told_of_papers_that_came_and_of_none_that_another_unit_received(committee: Committee) -> None:
    paper = factories.delivered(committee)
    other = paper.deliveries.get(organization=committee.units[1])
    press(as_person(committee.unit_clerks[1]), reverse("receive", args=[other.pk]))
    seen = away(committee.unit_clerks[0])
    assert seen.came == 1
    assert seen.changes == []


def test_a_unit_is_told_that_a_paper_was_recalled(committee: Committee) -> None:
    paper = factories.delivered(committee)
    facts = {"decision": "Công văn số 9-CV/TU", "reason": "Nhầm số liệu"}
    press(as_person(committee.clerk), step(paper, Step.RECALL), **facts)
    told = {change.address: change.what for change in away(committee.unit_clerks[0]).changes}
    assert told[reverse("directive", args=[paper.pk])] == str(Step.RECALL.label)


def test_of_a_recalled_paper_a_unit_is_told_the_recall_and_nothing_of_other_units(committee: Committee) -> None:
    paper = factories.delivered(committee)
    facts = {"decision": "Công văn số 9-CV/TU", "reason": "Nhầm số liệu"}
    press(as_person(committee.clerk), step(paper, Step.RECALL), **facts)
    other = paper.deliveries.get(organization=committee.units[1])
    press(as_person(committee.unit_clerks[1]), reverse("receive", args=[other.pk]))
    [change] = [each for each in away(committee.unit_clerks[0]).changes if "van-ban" in each.address]
    assert (change.what, change.who) == (str(Step.RECALL.label), committee.clerk.full_name)
    assert change.before == 0


def test_what_was_done_with_a_restricted_paper_is_told_to_nobody_else(committee: Committee) -> None:
    draft = factories.draft(committee, restricted=True)
    press(as_person(committee.drafter), step(draft, Step.SUBMIT))
    assert Directive.objects.get(pk=draft.pk).state == DirectiveState.SUBMITTED
    assert away(committee.monitor).changes == []
    assert len(away(committee.signer).changes) == 1


def test_the_first_visit_tells_nothing(committee: Committee) -> None:
    factories.directive(committee, DirectiveState.SUBMITTED)
    assert away(committee.signer, last=None) is None
    assert away(committee.signer, last=timedelta(0)).changes == []
