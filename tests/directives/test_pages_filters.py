"""Lists narrowed by type, state, date, number, issuer and words, all of it in the address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from directives.models import Assignment, Delivery, IncomingEntry
from directives.views.marking import marked
from directives.workflow import DirectiveState
from orgs.models import Person, Role
from tests import factories
from tests.browsing import as_person, press
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Committee:
    """A committee of today: pages read the machine's own clock."""
    return factories.committee(ClockAt(timezone.now()))


def shown(person: Person, place: str, **filters: str) -> Any:
    """What this list shows this person under these filters."""
    return as_person(person).get(reverse(place), filters).context


class TestOutgoing:
    def test_a_list_is_narrowed_by_type_number_and_day(self, committee: Committee) -> None:
        committee.first_number(12)
        letter = factories.directive(committee, DirectiveState.NUMBERED)
        order = factories.directive(committee, DirectiveState.NUMBERED, factories.letter(type="CT"))
        today, tomorrow = (f"{timezone.localdate() + timedelta(days=days):%d/%m/%Y}" for days in (0, 1))
        for filters, wanted in (
            ({"loai": "CT"}, {order.pk}),
            ({"so": "12"}, {letter.pk}),
            ({"tu": today, "den": today}, {letter.pk, order.pk}),
            ({"tu": tomorrow}, set()),
            ({"loai": "CV", "loc": "da-cap-so", "q": "hồ chứa"}, {letter.pk}),
        ):
            rows = shown(committee.clerk, "outgoing", **filters)["rows"]
            assert {row.directive.pk for row in rows} == wanted, filters

    def test_a_day_that_is_no_day_narrows_nothing_and_is_told(self, committee: Committee) -> None:
        factories.directive(committee, DirectiveState.NUMBERED)
        context = shown(committee.clerk, "outgoing", tu="31/02/2026")
        assert len(context["rows"]) == 1
        assert any(panel.wrong for panel in context["filters"].panels)

    def test_a_chip_keeps_the_other_filters_and_leaves_the_page(self, committee: Committee) -> None:
        filters = shown(committee.clerk, "outgoing", q="12", loai="CV", trang="3")["filters"]
        [address] = {link.address for link in filters.panels[0].links if "du-thao" in link.address}
        assert "q=12" in address
        assert "loai=CV" in address
        assert "trang" not in address

    def test_a_filter_offers_only_the_bodies_of_the_member(self, committee: Committee) -> None:
        factories.committee(committee.clock, code="tv", symbol="TV", units=1)
        names = [panel.name for panel in shown(committee.clerk, "outgoing")["filters"].panels]
        assert len(names) == 4


class TestIncoming:
    def test_a_paper_is_found_by_the_units_own_number(self, committee: Committee) -> None:
        papers = [factories.delivered(committee, factories.letter(subject)) for subject in ("lúa", "ngô")]
        clerk, unit = committee.unit_clerks[0], committee.units[0]
        for paper in reversed(papers):
            delivery = Delivery.objects.get(directive=paper, organization=unit)
            press(as_person(clerk), reverse("receive", args=[delivery.pk]))
        entry = IncomingEntry.objects.get(delivery__directive=papers[0], delivery__organization=unit)
        assert entry.number == 2
        rows = shown(clerk, "inbox", q="2")["rows"]
        assert papers[0].pk in {row.delivery.directive_id for row in rows}

    def test_words_are_found_without_accents(self, committee: Committee) -> None:
        wanted = factories.delivered(committee, factories.letter("phòng cháy rừng"))
        factories.delivered(committee, factories.letter("thu hoạch lúa"))
        rows = shown(committee.unit_clerks[0], "inbox", q="phong chay")["rows"]
        assert [row.delivery.directive_id for row in rows] == [wanted.pk]
        assert "<mark>phòng cháy</mark>" in rows[0].subject

    def test_the_state_narrows_to_what_is_to_be_received(self, committee: Committee) -> None:
        first, second = factories.delivered(committee), factories.delivered(committee)
        clerk, unit = committee.unit_clerks[0], committee.units[0]
        delivery = Delivery.objects.get(directive=first, organization=unit)
        press(as_person(clerk), reverse("receive", args=[delivery.pk]))
        rows = shown(clerk, "inbox", loc="cho-tiep-nhan")["rows"]
        assert [row.delivery.directive_id for row in rows] == [second.pk]


class TestTasks:
    def test_a_task_is_found_by_its_words_and_not_by_those_of_its_neighbour(self, committee: Committee) -> None:
        factories.delivered(committee)
        rows = shown(committee.unit_clerks[0], "tasks", q="dien tap")["rows"]
        assert [cell.assignment.task.marker for cell, _text in rows] == ["2."]
        assert "<mark>diễn tập</mark>" in rows[0][1]

    def test_a_monitor_finds_shares_by_the_name_of_the_unit(self, committee: Committee) -> None:
        factories.delivered(committee)
        rows = shown(committee.monitor, "tasks", q="xa thu 2")["rows"]
        assert {cell.assignment.organization_id for cell, _text in rows} == {committee.units[1].pk}

    def test_shares_are_narrowed_by_their_deadline(self, committee: Committee) -> None:
        factories.delivered(committee)
        share = Assignment.objects.filter(organization=committee.units[0]).first()
        assert share is not None
        Assignment.objects.filter(pk=share.pk).update(due_at=timezone.now() + timedelta(days=3))
        until = f"{timezone.localdate() + timedelta(days=4):%d/%m/%Y}"
        rows = shown(committee.unit_clerks[0], "tasks", den=until)["rows"]
        assert [cell.assignment.pk for cell, _text in rows] == [share.pk]

    def test_a_monitor_may_look_at_the_shares_that_she_follows_herself_alone(self, committee: Committee) -> None:
        factories.delivered(committee)
        share = Assignment.objects.filter(part="each").earliest("pk")
        Assignment.objects.filter(pk=share.pk).update(monitor=committee.monitor)
        monitor = as_person(committee.monitor)
        everybody = monitor.get(reverse("tasks"), {"xem": "theo-doi"})
        mine = monitor.get(reverse("tasks"), {"xem": "theo-doi", "td": "toi"})
        assert len(everybody.context["rows"]) == 4
        assert [row.assignment for row, _text in mine.context["rows"]] == [share]
        assert f"Người theo dõi: {committee.monitor.full_name}" in mine.content.decode()

    def test_a_unit_is_not_asked_who_follows(self, committee: Committee) -> None:
        factories.delivered(committee)
        assert "td=toi" not in as_person(committee.unit_clerks[0]).get(reverse("tasks")).content.decode()

    def test_without_a_state_finished_shares_are_not_shown(self, committee: Committee) -> None:
        factories.delivered(committee)
        Assignment.objects.update(state="done", done_at=timezone.now())
        assert shown(committee.unit_clerks[0], "tasks")["rows"] == []
        assert len(shown(committee.unit_clerks[0], "tasks", loc="hoan-thanh")["rows"]) == 2


class TestMarks:
    @pytest.mark.parametrize(
        ("text", "query", "html"),
        [
            ("phòng cháy rừng", "chay rung", "phòng <mark>cháy rừng</mark>"),
            ("phòng cháy rừng", "cháy rừng", "phòng <mark>cháy rừng</mark>"),
            ("cháy nhà, rừng", "chay rung", "cháy nhà, rừng"),
            ("hội hỏi", "hỏi", "hội <mark>hỏi</mark>"),
            ("ủy ban", "uỷ", "<mark>ủy</mark> ban"),
            ("Đảng & <b>đảng</b>", "dang", "<mark>Đảng</mark> &amp; &lt;b&gt;<mark>đảng</mark>&lt;/b&gt;"),
            ("không có gì", "", "không có gì"),
        ],
    )
    def test_what_was_found_is_marked_and_nothing_else(self, text: str, query: str, html: str) -> None:
        assert str(marked(text, query)) == html


@pytest.mark.parametrize("place", ["inbox", "tasks"])
def test_who_works_for_several_units_chooses_one_of_them(committee: Committee, place: str) -> None:
    factories.delivered(committee)
    first, second = committee.units[:2]
    clerk = factories.person("Văn thư hai xã", (first, Role.CLERK), (second, Role.CLERK))
    chips = [panel.name for panel in shown(clerk, place)["filters"].panels]
    assert "Đơn vị" in chips
    assert "Đơn vị" not in [panel.name for panel in shown(committee.unit_clerks[0], place)["filters"].panels]
    page = as_person(clerk).get(reverse(place), {"dv": str(second.pk)}).context
    units = {row.unit for row in page["rows"]} if place == "inbox" else {cell.unit for cell, _text in page["rows"]}
    assert units == {"Đảng ủy xã Thử 2"}


def test_a_telephone_is_told_what_waits_in_the_places_that_it_does_not_show(committee: Committee) -> None:
    factories.delivered(committee)
    rail = shown(committee.unit_clerks[0], "my_work")["rail"]
    assert rail.waiting_in_the_rest == next(place.count for place in rail.places if place.key == "tasks") > 0
