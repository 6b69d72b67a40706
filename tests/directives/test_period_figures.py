"""Statistics say of periodic tasks how many periods were due, reported, reported late and not reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directives import statistics
from directives.actions import numbering_and_issuing, tracking
from directives.actions.tracking import ReportFacts
from directives.document import Document
from directives.models import Assignment, Directive, PastPeriod, Policy
from directives.period_figures import Periods
from directives.views import statistics as page
from orgs.models import Organization, Person
from tests import factories
from tests.browsing import as_person
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db

ISSUED = date(2026, 8, 3)
"""Before the periods that end on 25 August, September, October and November."""


@pytest.fixture
def of() -> Committee:
    return factories.committee(ClockAt.on(ISSUED))


def monthly(of: Committee, timing: str = "every month on 25", **facts: object) -> Directive:
    content = factories.letter().to_json()
    content["body"][1] |= {"timing": timing}
    return factories.delivered(of, Document.from_json(content), **facts)


def on(of: Committee, day: date) -> None:
    of.clock.moment = ClockAt.on(day).moment


def report(of: Committee, paper: Directive, unit: int, day: date) -> None:
    """This unit reports on this day on the period that is open."""
    on(of, day)
    share = paper.assignments.get(organization=of.units[unit], part="each")
    facts = ReportFacts(dated_on=day, text="Đã báo cáo.")
    tracking.report([share.pk], facts, by=of.member(of.unit_clerks[unit]), clock=of.clock)


Counts = tuple[int, ...]


def periods(of: Committee, who: Person, day: date, since: date = date(2026, 1, 1)) -> dict[Organization, Counts]:
    """Due, reported, late and missing periods of each unit, as this person counts them on this day."""
    on(of, day)
    body = of.organization.pk
    found = statistics.figures(of.member(who), {body: since}, of.clock.now())[body].periods
    return {Organization.objects.get(pk=each.unit): counts(each) for each in found}


def counts(each: Periods) -> tuple[int, ...]:
    return each.due, each.reported, each.reported_late, each.missing


def test_periods_in_time_late_and_missing_are_told_apart_for_each_unit(of: Committee) -> None:
    paper = monthly(of)
    first, second, third = of.units
    report(of, paper, 0, date(2026, 8, 20))
    report(of, paper, 0, date(2026, 9, 24))
    report(of, paper, 1, date(2026, 9, 10))
    report(of, paper, 0, date(2026, 10, 25))
    counted = periods(of, of.monitor, date(2026, 11, 24))
    assert counted == {first: (3, 3, 0, 0), second: (3, 1, 1, 2), third: (3, 0, 0, 3)}
    assert periods(of, of.monitor, date(2026, 11, 26))[first] == (4, 3, 0, 1)


def test_a_period_that_was_reported_before_its_deadline_counts_once_the_deadline_is_over(of: Committee) -> None:
    paper = monthly(of)
    report(of, paper, 0, date(2026, 8, 20))
    assert periods(of, of.monitor, date(2026, 8, 24)) == {}
    assert periods(of, of.monitor, date(2026, 8, 26))[of.units[0]] == (1, 1, 0, 0)


def test_a_report_that_waits_for_its_confirmation_is_a_report_and_what_came_after_is_missing(of: Committee) -> None:
    Policy.objects.create(organization=of.organization, reports_need_confirmation=True)
    paper = monthly(of)
    report(of, paper, 0, date(2026, 8, 27))
    assert not PastPeriod.objects.exists()
    assert periods(of, of.monitor, date(2026, 9, 26))[of.units[0]] == (2, 1, 1, 1)


def test_periods_are_counted_by_their_deadline_and_not_by_the_day_of_the_paper(of: Committee) -> None:
    paper = monthly(of)
    report(of, paper, 0, date(2026, 10, 26))
    october = periods(of, of.monitor, date(2026, 10, 31), since=date(2026, 10, 1))
    assert october == dict.fromkeys(of.units, (1, 0, 0, 1))


def test_what_ends_is_owed_no_more_and_what_was_reported_stays(of: Committee) -> None:
    paper = monthly(of)
    report(of, paper, 0, date(2026, 8, 20))
    on(of, date(2026, 10, 1))
    clerk = of.member(of.clerk)
    numbering_and_issuing.recall(paper.pk, decision="Công văn số 9-CV", reason="Nhầm.", by=clerk, clock=of.clock)
    assert periods(of, of.monitor, date(2026, 11, 1)) == {of.units[0]: (1, 1, 0, 0)}


def test_a_restricted_paper_is_in_no_count_of_whoever_may_not_read_it(of: Committee) -> None:
    paper = monthly(of, restricted=True, readers=(of.head.pk,))
    PastPeriod.objects.create(
        assignment=paper.assignments.get(organization=of.units[0], part="each"),
        due_at=of.clock.now(),
        reported_at=of.clock.now(),
    )
    assert periods(of, of.monitor, date(2026, 10, 1)) == {}
    assert periods(of, of.head, date(2026, 10, 1))[of.units[0]] == (3, 1, 0, 2)


def test_tasks_that_do_not_return_have_no_periods(of: Committee) -> None:
    monthly(of, "within 5 days")
    monthly(of, "standing")
    assert periods(of, of.monitor, date(2027, 1, 1)) == {}


@pytest.fixture
def today(of: Committee) -> Iterator[None]:
    """Pages read this clock."""
    with mock.patch.object(page, "CLOCK", of.clock):
        yield


@pytest.mark.usefixtures("today")
def test_the_page_shows_a_row_for_each_unit_and_to_a_unit_its_own_line_only(of: Committee) -> None:
    paper = monthly(of)
    report(of, paper, 0, date(2026, 8, 27))
    on(of, date(2026, 9, 30))
    [body] = as_person(of.monitor).get(reverse("statistics"), {"ky": "nhiem-ky"}).context["bodies"]
    assert next((name, counts(each)) for name, each in body.periods) == ("Đảng ủy xã Thử 1", (2, 1, 1, 1))
    shown = as_person(of.unit_clerks[0]).get(reverse("statistics"), {"ky": "nhiem-ky"}).content.decode()
    assert "2 kỳ đến hạn. Đã báo cáo: 1, trong đó quá hạn: 1. Chưa báo cáo: 1." in shown
    assert "Đảng ủy xã Thử 2" not in shown


@pytest.mark.usefixtures("today")
def test_the_page_asks_as_often_for_many_periods_as_for_few(of: Committee) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert as_person(of.monitor).get(reverse("statistics")).status_code == 200
        return len(queries)

    report(of, monthly(of), 0, date(2026, 8, 27))
    few = asked()
    for unit in range(3):
        report(of, monthly(of), unit, date(2026, 9, 27 + unit))
    assert Assignment.objects.filter(task__timing__startswith="every").count() == 12
    assert asked() == few
