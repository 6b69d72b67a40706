"""A paper is issued at the hour that the clerk set: once, never before, and only if it still may be."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from directives import outbox
from directives.actions import issuing_at_an_hour, numbering_and_issuing
from directives.document import content_hash
from directives.jobs import JOB_OF
from directives.models import Directive, OutboxRow, Work
from directives.views import status
from directives.views.sending import progress_of
from directives.workflow import DirectiveState, Step, WorkState
from orgs.models import Event, Organization, Post
from orgs.verdicts import Refused
from tests import factories
from tests.browsing import as_person, page, press, step
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)


@pytest.fixture
def committee() -> Committee:
    return factories.committee(ClockAt.on(MONDAY, hour=9))


@pytest.fixture
def paper(committee: Committee) -> Directive:
    return factories.directive(committee, DirectiveState.NUMBERED)


def at(hour: int) -> datetime:
    return timezone.make_aware(datetime(2026, 11, 23, hour))


def set_hour(of: Committee, paper: Directive, hour: int) -> None:
    issuing_at_an_hour.issue_later(paper.pk, moment=at(hour), by=of.member(of.clerk), clock=of.clock)


def relay_rings(of: Committee) -> list[str]:
    """What the relay rings for at the clock's moment is worked through as the job does it."""
    rows = [row for row in outbox.due(of.clock.now()) if row.work == Work.ISSUE]
    outbox.work_through(
        [row.pk for row in rows],
        lambda pk: issuing_at_an_hour.issue_at_its_hour(pk, clock=of.clock),
        clock=of.clock,
    )
    return [row.state for row in OutboxRow.objects.filter(pk__in=[row.pk for row in rows])]


def test_it_is_issued_at_its_hour_and_not_before(committee: Committee, paper: Directive) -> None:
    set_hour(committee, paper, 14)
    committee.clock.moment = at(14) - timedelta(seconds=1)
    assert relay_rings(committee) == []
    committee.clock.moment = at(14)
    assert relay_rings(committee) == [WorkState.DONE]
    paper.refresh_from_db()
    assert (paper.state, paper.issued_at, paper.issue_at) == (DirectiveState.ISSUED, at(14), None)
    assert content_hash(paper.document(MONDAY)) == paper.approved_hash
    event = Event.objects.get(step=Step.ISSUE)
    assert event.person == committee.clerk
    assert JOB_OF.keys() == set(Work)


def test_a_second_ring_issues_nothing_twice(committee: Committee, paper: Directive) -> None:
    set_hour(committee, paper, 14)
    committee.clock.moment = at(15)
    relay_rings(committee)
    issuing_at_an_hour.issue_at_its_hour(paper.pk, clock=committee.clock)
    assert Event.objects.filter(step=Step.ISSUE).count() == 1


def test_an_hour_that_was_called_off_passes_by(committee: Committee, paper: Directive) -> None:
    set_hour(committee, paper, 14)
    issuing_at_an_hour.call_off(paper.pk, by=committee.member(committee.clerk), clock=committee.clock)
    committee.clock.moment = at(15)
    assert relay_rings(committee) == [WorkState.DONE]
    paper.refresh_from_db()
    assert (paper.state, paper.issue_at, paper.issue_failure) == (DirectiveState.NUMBERED, None, "")


def test_an_hour_that_was_moved_counts_and_the_first_one_passes_by(committee: Committee, paper: Directive) -> None:
    set_hour(committee, paper, 14)
    set_hour(committee, paper, 16)
    committee.clock.moment = at(14)
    relay_rings(committee)
    paper.refresh_from_db()
    assert paper.state == DirectiveState.NUMBERED
    committee.clock.moment = at(16)
    relay_rings(committee)
    paper.refresh_from_db()
    assert paper.issued_at == at(16)


def test_a_recipient_that_ended_meanwhile_keeps_it_back_and_the_clerk_reads_why(committee: Committee) -> None:
    unit = committee.units[0]
    named = factories.letter(addressees=[{"text": "Đảng ủy xã Thử 1", "targets": [{"organization": unit.code}]}])
    paper = factories.directive(committee, DirectiveState.NUMBERED, named)
    set_hour(committee, paper, 14)
    Organization.objects.filter(pk=unit.pk).update(ended_on=MONDAY)
    committee.clock.moment = at(14)
    assert relay_rings(committee) == [WorkState.DONE]
    paper.refresh_from_db()
    assert paper.state == DirectiveState.NUMBERED
    assert "Đảng ủy xã Thử 1" in paper.issue_failure
    assert Event.objects.filter(step=issuing_at_an_hour.NOT_ISSUED).count() == 1
    client = as_person(committee.clerk)
    for address in (page(paper), reverse("my_work"), f"{reverse('clerk')}?xem=cho-phat-hanh"):
        assert paper.issue_failure in client.get(address).content.decode()


def test_the_power_of_the_clerk_who_set_it_must_still_hold_at_the_hour(committee: Committee, paper: Directive) -> None:
    set_hour(committee, paper, 14)
    Post.objects.filter(person=committee.clerk).update(ends_on=MONDAY - timedelta(days=1))
    committee.clock.moment = at(14)
    relay_rings(committee)
    paper.refresh_from_db()
    assert paper.state == DirectiveState.NUMBERED
    assert paper.issue_failure


@pytest.mark.parametrize("moment", [at(9), at(8), at(10) + timedelta(days=31)])
def test_an_hour_lies_ahead_and_not_too_far(committee: Committee, paper: Directive, moment: datetime) -> None:
    by = committee.member(committee.clerk)
    with pytest.raises(Refused):
        issuing_at_an_hour.issue_later(paper.pk, moment=moment, by=by, clock=committee.clock)
    assert not OutboxRow.objects.filter(work=Work.ISSUE).exists()


def test_a_paper_may_still_go_out_at_once_or_lose_its_number(committee: Committee) -> None:
    by = committee.member(committee.clerk)
    first, second = (factories.directive(committee, DirectiveState.NUMBERED) for _ in range(2))
    for paper in (first, second):
        set_hour(committee, paper, 14)
    numbering_and_issuing.issue(first.pk, by=by, clock=committee.clock)
    numbering_and_issuing.void_number(second.pk, reason="Trùng.", decided_by="Đ/c Chánh", by=by, clock=committee.clock)
    committee.clock.moment = at(15)
    relay_rings(committee)
    assert [Directive.objects.get(pk=one.pk).state for one in (first, second)] == ["issued", "voided"]
    assert Event.objects.filter(step=Step.ISSUE).count() == 1


def test_everywhere_it_says_when_and_that_nothing_waits_for_the_machine() -> None:
    committee = factories.committee(ClockAt(timezone.now()))
    paper = factories.directive(committee, DirectiveState.NUMBERED)
    client = as_person(committee.clerk)
    soon = timezone.localtime() + timedelta(hours=2)
    answer = press(client, step(paper, Step.ISSUE_LATER), day=f"{soon:%d/%m/%Y}", hour=f"{soon:%H:%M}")
    assert answer.status_code == 302
    paper.refresh_from_db()
    word = status.of_directive(paper).word
    assert f"{soon:%H:%M %d/%m/%Y}" in word
    for address in (page(paper), reverse("my_work"), reverse("outgoing"), f"{reverse('clerk')}?xem=cho-phat-hanh"):
        assert word in client.get(address).content.decode(), address
    OutboxRow.objects.exclude(work=Work.ISSUE).update(state=WorkState.DONE)
    progress = progress_of(paper)
    assert progress is not None
    assert not progress.working
    assert press(client, step(paper, Step.CALL_OFF)).status_code == 302
    assert word not in client.get(page(paper)).content.decode()
    assert press(client, step(paper, Step.CALL_OFF)).status_code == 409


def test_an_hour_that_is_no_hour_is_asked_for_again(committee: Committee, paper: Directive) -> None:
    client = as_person(committee.clerk)
    wrong = press(client, step(paper, Step.ISSUE_LATER), day="23/11/2026", hour="chiều")
    assert wrong.status_code == 400
    assert "14:00" in wrong.content.decode()
