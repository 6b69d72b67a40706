"""Counts kept by month are those that counting anew finds, whatever happens to a paper; and a wrong one is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from directives import months, statistics
from directives.actions import delivering, numbering_and_issuing, tracking
from directives.actions.tracking import ReportFacts
from directives.management.commands import relay
from directives.models import Assignment, Delivery, Directive, MonthOfPapers, MonthOfShares, Policy
from directives.statistics import Figures, figures
from orgs.member import Member
from orgs.models import Person, Role
from tests import factories
from tests.directives.lasting_world import gone_at_the_end
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db

LONG_BEFORE = 200
"""Days of the office's work that the tests look at."""


def long_at_work() -> Committee:
    """A committee at work for half a year until today."""
    made = factories.committee(ClockAt(timezone.now() - timedelta(days=LONG_BEFORE)), units=4)
    Policy.objects.create(organization=made.organization, reports_need_confirmation=True)
    return made


def in_every_month(committee: Committee) -> Iterator[Directive]:
    """A paper every twenty days until now, each third one restricted; two units receive it, one gives it back."""
    clock = committee.clock
    for number in range(LONG_BEFORE // 20):
        restricted = number % 3 == 2
        paper = factories.delivered(committee, factories.letter(type=["CV", "CT"][number % 2]), restricted=restricted)
        if not restricted:
            first, second, third, _rest = paper.deliveries.order_by("organization__code")
            clerks = [committee.member(clerk) for clerk in committee.unit_clerks]
            delivering.receive(first.pk, by=clerks[0], clock=clock)
            delivering.receive(second.pk, by=clerks[1], clock=clock)
            delivering.return_as_misdirected(third.pk, reason="Gửi nhầm.", by=clerks[2], clock=clock)
        yield paper
        clock.forward(days=20)


def report(committee: Committee, share: Assignment) -> None:
    clerk = committee.unit_clerks[committee.units.index(share.organization)]
    facts = ReportFacts(dated_on=committee.clock.today(), text="Đã xong.")
    tracking.report([share.pk], facts, by=committee.member(clerk), clock=committee.clock)


def busy_for_long() -> Committee:
    """Everything that may happen to what is counted has happened: before and after the deadline, back and forth."""
    committee = long_at_work()
    clock, monitor = committee.clock, committee.member(committee.monitor)
    for number, paper in enumerate(in_every_month(committee)):
        if paper.restricted:
            continue
        shares = list(paper.assignments.filter(state="assigned").order_by("organization__code", "task__position"))
        for share in shares:
            share.due_at = clock.now() + timedelta(days=number % 2 * 400 - 1)
            share.save(update_fields=["due_at"])
        report(committee, shares[0])
        report(committee, shares[-1])
        tracking.confirm(shares[0].pk, by=monitor, clock=clock)
        tracking.ask_more(shares[-1].pk, what="Số liệu.", by=monitor, clock=clock)
        if number % 4 == 0:
            report(committee, shares[-1])
            tracking.end(shares[1].pk, reason="Đã sắp xếp lại.", by=monitor, clock=clock)
        if number % 4 == 1:
            clerk = committee.member(committee.clerk)
            numbering_and_issuing.recall(paper.pk, decision="Công văn 9-CV/TU", reason="Nhầm.", by=clerk, clock=clock)
    withdrawn = Delivery.objects.filter(state="received").order_by("pk")[:1]
    Delivery.objects.filter(pk__in=withdrawn).update(withdrawn_at=clock.now())
    return committee


@pytest.fixture
def committee() -> Committee:
    """A committee that begins its work."""
    return long_at_work()


@pytest.fixture(scope="class")
def busy(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Committee]:
    """A busy committee, made once for all tests that look back at its work."""
    with gone_at_the_end(django_db_blocker):
        yield busy_for_long()


def without_kept_counts(member: Member, since: dict[UUID, date], now: datetime) -> dict[UUID, Figures]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(statistics, "READING_ALL_ISSUED", ())
        return figures(member, since, now)


def same(one: dict[UUID, Figures], other: dict[UUID, Figures]) -> bool:
    for each in (*one.values(), *other.values()):
        each.shares.sort(key=lambda share: share.unit)
    return one == other


WRONG = (
    "UPDATE directives_monthofpapers SET received = received + 1 WHERE papers = 1",
    "UPDATE directives_monthofpapers SET month = month - 31 WHERE sent > 0",
    "UPDATE directives_monthofshares SET answered = answered - 1",
    "DELETE FROM directives_monthofpapers",
    "DELETE FROM directives_monthofshares",
)


class TestABusyHalfYear:
    def test_kept_counts_are_those_counted_anew_for_every_role_and_since_any_day(self, busy: Committee) -> None:
        body, now = busy.organization, timezone.now()
        days = [busy.clock.today() - timedelta(days=back) for back in (0, 10, 45, 100, 190, 400)]
        days += [day.replace(day=1) for day in days]
        counted = set()
        for role in Role:
            member = busy.member(
                Person.objects.filter(posts__role=role).first() or factories.person(role, (body, role))
            )
            for day in days:
                mine = dict.fromkeys(member.organizations_as(*statistics.READING_ROLES), day)
                kept = figures(member, mine, now)
                assert same(kept, without_kept_counts(member, mine, now)), (role, day)
                counted.update(
                    (
                        one.deliveries.received > 0,
                        one.deliveries.misdirected > 0,
                        any(s.answered_late for s in one.shares),
                    )
                    for one in kept.values()
                )
        assert (True, True, True) in counted

    def test_nothing_that_happened_made_a_kept_count_wrong(self, busy: Committee) -> None:
        assert MonthOfPapers.objects.exists()
        assert MonthOfShares.objects.exists()
        assert list(months.wrong_counts()) == []

    def test_rows_are_added_together_and_count_the_same(self, busy: Committee) -> None:
        since = {busy.organization.pk: date(2000, 1, 1)}
        before = sorted(months.papers_since(since)), sorted(months.shares_since(since))
        assert months.add_together() > 0
        assert (sorted(months.papers_since(since)), sorted(months.shares_since(since))) == before
        assert list(months.wrong_counts()) == []
        for model, key in ((MonthOfPapers, "type"), (MonthOfShares, "organization")):
            keys = list(model.objects.values_list("issuer", "month", key))
            assert len(keys) == len(set(keys))
        assert months.add_together() == 0

    def test_the_relay_adds_rows_together(self, busy: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
        running = relay.Command()
        running.beaten_at = running.swept_at = datetime.min.replace(tzinfo=UTC)
        monkeypatch.setattr(relay, "ring", lambda *facts, **more: None)
        monkeypatch.setattr(running, "leads", lambda: True)
        monkeypatch.setattr(running, "ring_for_work", lambda now: None)
        running.look()
        assert months.add_together() == 0
        assert list(months.wrong_counts()) == []

    def test_a_wrong_count_is_found_and_counting_anew_mends_it(self, busy: Committee) -> None:
        for spoil in WRONG:
            with connection.cursor() as cursor:
                cursor.execute(spoil)
            assert any(busy.organization.code in fault for fault in months.wrong_counts()), spoil
            months.count_anew()
            assert list(months.wrong_counts()) == [], spoil


def test_what_is_rolled_back_is_not_counted(committee: Committee) -> None:
    factories.delivered(committee)
    since = {committee.organization.pk: date(2000, 1, 1)}
    before = list(months.papers_since(since))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        factories.delivered(committee)
        _ = 1 / 0
    assert list(months.papers_since(since)) == before


def test_the_month_of_a_paper_is_that_of_the_offices_clock(committee: Committee) -> None:
    """At 23:30 UTC of the last day of October it is November in the office."""
    committee.clock.moment = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
    factories.delivered(committee)
    assert set(MonthOfPapers.objects.values_list("month", flat=True)) == {date(2026, 11, 1)}


def test_whole_months_begin_with_the_day_or_after_it() -> None:
    assert months.whole_months_from(date(2026, 11, 1)) == date(2026, 11, 1)
    assert months.whole_months_from(date(2026, 11, 2)) == date(2026, 12, 1)
    assert months.whole_months_from(date(2026, 12, 31)) == date(2027, 1, 1)
