"""From the deadline of an item to the day of each unit's share: on a day, of receipt, in periods, standing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from directives.actions import delivering, tracking
from directives.actions.tracking import ReportFacts
from directives.document import Document
from directives.models import Assignment, Delivery, Directive, Policy, Report
from directives.timeliness import Pace, timeliness
from directives.workflow import AssignmentState, Step
from orgs.models import Event, Organization, Person
from tests import factories
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db

ISSUED = date(2026, 11, 16)  # a Monday


@pytest.fixture
def committee() -> Committee:
    return factories.committee(ClockAt.on(ISSUED))


def timed_letter(timing: str | None, **facts: Any) -> Document:
    """A letter whose first item, for each commune, has this timing."""
    content = factories.letter().to_json()
    content["body"][1] |= {"timing": timing, **facts} if timing else facts
    return Document.from_json(content)


def delivered(committee: Committee, timing: str | None, **facts: Any) -> Directive:
    return factories.delivered(committee, timed_letter(timing, **facts))


def share_of(directive: Directive, unit: Organization) -> Assignment:
    return Assignment.objects.select_related("task").get(directive=directive, organization=unit, part="each")


def receive(committee: Committee, directive: Directive, unit: int = 0) -> Assignment:
    delivery = Delivery.objects.get(directive=directive, organization=committee.units[unit])
    delivering.receive(delivery.pk, by=committee.member(committee.unit_clerks[unit]), clock=committee.clock)
    return share_of(directive, committee.units[unit])


def report(committee: Committee, share: Assignment, unit: int = 0) -> Assignment:
    facts = ReportFacts(dated_on=committee.clock.today(), text="Đã kiểm tra xong.")
    tracking.report([share.pk], facts, by=committee.member(committee.unit_clerks[unit]), clock=committee.clock)
    return Assignment.objects.select_related("task").get(pk=share.pk)


def due_on(share: Assignment) -> date | None:
    return share.due_at and timezone.localdate(share.due_at)


class TestDaysOfReceipt:
    def test_a_share_has_no_day_until_the_paper_arrives_at_its_unit(self, committee: Committee) -> None:
        directive = delivered(committee, "within 10 days")
        waiting = share_of(directive, committee.units[0])
        assert waiting.due_at is None
        assert "10 ngày kể từ khi nhận" in timeliness(waiting, committee.clock.now()).words

    def test_each_unit_counts_from_its_own_receipt(self, committee: Committee) -> None:
        directive = delivered(committee, "within 10 days")
        committee.clock.forward(days=1)
        assert due_on(receive(committee, directive, unit=0)) == date(2026, 11, 27)
        committee.clock.forward(days=3)
        assert due_on(receive(committee, directive, unit=1)) == date(2026, 11, 30)
        assert share_of(directive, committee.units[2]).due_at is None

    def test_working_days_leave_out_days_of_rest(self, committee: Committee) -> None:
        share = receive(committee, delivered(committee, "within 5 working days"))
        assert due_on(share) == date(2026, 11, 23)

    def test_the_time_begins_when_the_mail_arrives_or_the_paper_is_opened_whichever_is_first(
        self, committee: Committee
    ) -> None:
        directive = delivered(committee, "within 10 days")
        mailed = Delivery.objects.get(directive=directive, organization=committee.units[0])
        delivering.mark_arrived(mailed.pk, at=committee.clock.now())
        delivering.mark_seen(directive, by=committee.member(committee.unit_clerks[1]), at=committee.clock.now())
        committee.clock.forward(days=4)
        assert due_on(receive(committee, directive, unit=0)) == date(2026, 11, 26)
        assert due_on(share_of(directive, committee.units[1])) == date(2026, 11, 26)

    def test_a_unit_that_begins_has_the_paper_though_nobody_opened_it(self, committee: Committee) -> None:
        share = share_of(delivered(committee, "within 10 days"), committee.units[0])
        begun = tracking.start_work(share.pk, by=committee.member(committee.unit_clerks[0]), clock=committee.clock)
        begun.refresh_from_db()
        assert due_on(begun) == date(2026, 11, 26)

    def test_other_shares_keep_the_day_of_their_task(self, committee: Committee) -> None:
        share = receive(committee, delivered(committee, None, deadline="2026-12-01"))
        assert due_on(share) == date(2026, 12, 1)


class TestPeriods:
    def test_the_first_deadline_is_that_of_the_running_period(self, committee: Committee) -> None:
        directive = delivered(committee, "every month on 25")
        assert due_on(share_of(directive, committee.units[0])) == date(2026, 11, 25)

    def test_an_accepted_report_opens_the_next_period(self, committee: Committee) -> None:
        share = receive(committee, delivered(committee, "every month on 25"))
        committee.clock.forward(days=2)
        after = report(committee, share)
        assert (after.state, due_on(after)) == (AssignmentState.WORKING, date(2026, 12, 25))
        assert (after.reported_at, after.done_at) == (None, None)
        assert Report.objects.filter(answers=share).count() == 1
        [event] = Event.objects.about(share).filter(step=Step.NEXT_PERIOD)
        assert "25/11/2026" in event.facts["reason"]

    def test_no_period_is_passed_over(self, committee: Committee) -> None:
        share = receive(committee, delivered(committee, "every month on 25"))
        committee.clock.forward(days=40)
        first = report(committee, share)
        assert due_on(first) == date(2026, 12, 25)
        assert timeliness(first, committee.clock.now()).pace == Pace.LATE
        assert due_on(report(committee, first)) == date(2027, 1, 25)

    def test_where_reports_are_confirmed_the_period_waits_for_it(self, committee: Committee) -> None:
        Policy.objects.create(organization=committee.organization, reports_need_confirmation=True)
        share = report(committee, receive(committee, delivered(committee, "every quarter")))
        assert (share.state, due_on(share)) == (AssignmentState.REPORTED, date(2026, 12, 31))
        monitor = committee.member(committee.monitor)
        tracking.ask_more(share.pk, what="Số liệu từng hồ", by=monitor, clock=committee.clock)
        tracking.confirm(report(committee, share).pk, by=monitor, clock=committee.clock)
        share.refresh_from_db()
        assert (share.state, due_on(share), share.more_asked) == (AssignmentState.WORKING, date(2027, 3, 31), "")

    def test_a_task_with_a_day_is_done_once(self, committee: Committee) -> None:
        share = receive(committee, delivered(committee, None, deadline="2026-12-01"))
        assert report(committee, share).state == AssignmentState.DONE


def test_a_standing_task_is_never_late(committee: Committee) -> None:
    share = receive(committee, delivered(committee, "standing"))
    committee.clock.forward(days=400)
    standing = timeliness(share, committee.clock.now())
    assert (standing.pace, standing.words) == (Pace.NO_DEADLINE, "Thường xuyên")


class TestWhoFollowsAndTakes:
    def test_the_task_says_who_takes_its_product_and_each_share_who_follows_it(self, committee: Committee) -> None:
        facts = {"receiving_level": "Thường trực Tỉnh ủy", "monitor": committee.monitor.username}
        share = share_of(delivered(committee, None, **facts), committee.units[0])
        assert share.task.receiving_level == "Thường trực Tỉnh ủy"
        assert share.monitor == committee.monitor

    @pytest.mark.parametrize("left", ["post", "account", "stranger"])
    def test_who_no_longer_follows_tasks_of_the_issuer_is_left_out(self, committee: Committee, left: str) -> None:
        who: Person = committee.drafter if left == "stranger" else committee.monitor
        if left == "post":
            who.posts.update(ends_on=date(2026, 11, 15))
        elif left == "account":
            Person.objects.filter(pk=who.pk).update(is_active=False)
        directive = delivered(committee, None, monitor=who.username)
        assert share_of(directive, committee.units[0]).monitor is None
