"""A long list comes in pages, in one order over everything that it is made of."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db.models import Q
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from directives.models import Assignment
from directives.views.pages import page_of_list
from orgs.models import Person, Role
from tests import factories
from tests.browsing import as_person
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Committee:
    """A committee of today: pages read the machine's own clock."""
    return factories.committee(ClockAt(timezone.now()))


@pytest.fixture
def clerk(committee: Committee) -> Person:
    """The clerk of all units, with shares whose deadlines change from unit to unit; two of them have none."""
    factories.delivered(committee)
    factories.delivered(committee)
    shares = list(Assignment.objects.order_by("task__directive_id", "task__position", "organization__code"))
    for place, share in enumerate(shares[2:]):
        share.due_at = timezone.now() + timedelta(days=place * 5 % 7)
        share.save(update_fields=["due_at"])
    return factories.person("Nhiều vai", *[(unit, Role.CLERK) for unit in committee.units])


def pages(committee: Committee, length: int) -> list[list[UUID]]:
    """The keys on each page of all shares by their deadlines, put together from those of each unit."""
    rows = Assignment.objects.order_by("due_at", "pk")
    parts = [Q(organization=unit) for unit in committee.units]
    found, number = [], 1
    while True:
        request = RequestFactory().get("/", {"trang": str(number)})
        page = page_of_list(request, rows, length, in_order=parts)
        found.append([row.pk for row in page.rows])
        if not page.after:
            return found
        number += 1


def test_a_list_put_together_from_parts_keeps_its_order_over_all_pages(committee: Committee, clerk: Person) -> None:
    everything = list(Assignment.objects.order_by("due_at", "pk").values_list("pk", flat=True))
    assert len(everything) == 8
    assert pages(committee, 3) == [everything[:3], everything[3:6], everything[6:]]


def test_all_shares_of_several_units_come_by_deadline_and_those_without_one_last(
    committee: Committee, clerk: Person
) -> None:
    answer = as_person(clerk).get(reverse("tasks"), {"loc": "tat-ca"})
    shown = [cell.assignment.pk for cell, _words in answer.context["rows"]]
    assert shown == list(Assignment.objects.order_by("due_at", "pk").values_list("pk", flat=True))
    assert Assignment.objects.get(pk=shown[-1]).due_at is None
