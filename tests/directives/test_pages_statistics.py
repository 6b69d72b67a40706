"""Statistics count what the member may see, by the definitions that stand on the page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directives.models import Assignment
from directives.views.statistics import MOST_BARS
from orgs.models import Person, Role
from tests import factories
from tests.browsing import as_person, press
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Committee:
    """A committee of today: pages read the machine's own clock."""
    return factories.committee(ClockAt(timezone.now()))


def figures(person: Person, **period: str) -> Any:
    """The one body's figures as this person sees them."""
    [body] = as_person(person).get(reverse("statistics"), period).context["bodies"]
    return body


def test_papers_are_counted_by_type(committee: Committee) -> None:
    factories.delivered(committee)
    factories.delivered(committee)
    factories.delivered(committee, factories.letter(type="CT"))
    factories.draft(committee)
    body = figures(committee.monitor)
    assert body.issued == [("Công văn", 2), ("Chỉ thị", 1)]
    assert body.total == 3
    assert [bar.count for bar in body.issued_chart.bars] == [2, 1]


def test_of_several_bodies_the_one_of_the_first_post_leads(committee: Committee) -> None:
    factories.delivered(committee)
    clerk = factories.person("Văn thư hai nơi", (committee.organization, Role.CLERK), (committee.units[0], Role.CLERK))
    bodies = as_person(clerk).get(reverse("statistics")).context["bodies"]
    assert [body.name for body in bodies] == ["Tỉnh ủy Sơn Hà", "Đảng ủy xã Thử 1"]


def test_received_and_waiting_deliveries_add_up(committee: Committee) -> None:
    paper = factories.delivered(committee)
    delivery = paper.deliveries.get(organization=committee.units[0])
    press(as_person(committee.unit_clerks[0]), reverse("receive", args=[delivery.pk]))
    counts = figures(committee.monitor).deliveries
    assert (counts.sent, counts.received, counts.waiting, counts.misdirected) == (3, 1, 2, 0)


def test_shares_are_counted_by_unit_and_late_ones_by_their_deadline(committee: Committee) -> None:
    factories.delivered(committee)
    mine = Assignment.objects.filter(organization=committee.units[1])
    mine.update(due_at=timezone.now() - timedelta(days=1))
    by_name = dict(figures(committee.monitor).shares)
    assert (by_name["Đảng ủy xã Thử 1"].total, by_name["Đảng ủy xã Thử 1"].late) == (2, 0)
    assert (by_name["Đảng ủy xã Thử 2"].total, by_name["Đảng ủy xã Thử 2"].late) == (1, 1)
    assert figures(committee.monitor).shares_sums == [4, 0, 0, 1]
    mine.update(state="reported", reported_at=timezone.now())
    second = dict(figures(committee.monitor).shares)["Đảng ủy xã Thử 2"]
    assert (second.answered, second.answered_late, second.late) == (1, 1, 0)


def test_where_units_are_many_those_with_late_shares_are_drawn_and_all_are_in_the_table() -> None:
    committee = factories.committee(ClockAt(timezone.now()), units=MOST_BARS + 2)
    factories.delivered(committee)
    late = committee.units[-1]
    Assignment.objects.filter(organization=late).update(due_at=timezone.now() - timedelta(days=1))
    body = figures(committee.monitor)
    assert len(body.shares) == MOST_BARS + 2
    assert (len(body.shares_chart.bars), body.shares_chart.left_out) == (MOST_BARS, 2)
    assert [bar.label for bar in body.shares_chart.bars if bar.late] == [late.versions.get().name]
    answer = as_person(committee.monitor).get(reverse("statistics"))
    assert f"{MOST_BARS} đơn vị" in answer.content.decode()


def test_a_unit_sees_its_own_figures_only(committee: Committee) -> None:
    factories.delivered(committee)
    body = figures(committee.unit_clerks[0])
    assert body.name == "Đảng ủy xã Thử 1"
    assert body.issued == []
    assert body.shares == []
    assert (body.came.sent, body.own_shares.total) == (1, 2)


def test_a_restricted_paper_is_in_no_figure_of_whoever_may_not_read_it(committee: Committee) -> None:
    factories.delivered(committee, restricted=True)
    assert figures(committee.monitor).total == 0
    assert figures(committee.monitor).shares == []
    assert figures(committee.clerk).total == 1


def test_last_months_papers_are_of_this_term_only(committee: Committee) -> None:
    committee.clock.forward(days=-40)
    factories.delivered(committee)
    assert figures(committee.monitor).total == 0
    assert figures(committee.monitor, ky="nhiem-ky").total == 1


def test_the_page_asks_as_often_for_many_papers_as_for_few(committee: Committee) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert as_person(committee.monitor).get(reverse("statistics")).status_code == 200
        return len(queries)

    factories.delivered(committee)
    few = asked()
    for _paper in range(3):
        factories.delivered(committee)
    assert asked() == few
