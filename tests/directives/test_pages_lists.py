"""Lists, the line of sending, and the two addresses that a watching machine asks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directives.models import (
    OutboxRow,
)
from directives.workflow import DirectiveState, WorkState
from orgs.models import Person
from orgs.vietnamese import fold
from tests import factories
from tests.browsing import as_person, page
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Committee:
    """A committee of today: pages read the machine's own clock."""
    return factories.committee(ClockAt(timezone.now()))


class TestLists:
    def test_lists_ask_the_database_as_often_for_many_rows_as_for_few(self, committee: Committee) -> None:
        people = [committee.clerk, committee.monitor, committee.unit_clerks[0]]
        for _paper in range(2):
            factories.delivered(committee, replaced=[factories.delivered(committee)])
            factories.directive(committee, DirectiveState.NUMBERED)
        few = [self._queries(person) for person in people]
        for _paper in range(2):
            factories.delivered(committee, replaced=[factories.delivered(committee)])
            factories.directive(committee, DirectiveState.NUMBERED)
        assert [self._queries(person) for person in people] == few

    def test_papers_are_found_by_number_and_by_a_piece_of_the_subject(self, committee: Committee) -> None:
        committee.first_number(745)
        wanted = factories.directive(committee, DirectiveState.NUMBERED, factories.letter("phòng cháy rừng"))
        factories.directive(committee, DirectiveState.NUMBERED)
        client = as_person(committee.clerk)
        for words in ("745", "745-CV/TU", "cháy rừng"):
            rows = client.get(reverse("outgoing"), {"q": words}).context["rows"]
            assert [row.directive.pk for row in rows] == [wanted.pk], words

    def test_incoming_papers_and_tasks_are_found_by_the_typed_name_of_their_issuer(self, committee: Committee) -> None:
        factories.delivered(committee)
        client = as_person(committee.unit_clerks[0])
        name = fold(committee.organization.as_of(timezone.localdate()).name)
        for place in ("inbox", "tasks"):
            assert client.get(reverse(place), {"cq": name}).context["rows"], place
            assert not client.get(reverse(place), {"cq": "huyen doan"}).context["rows"], place

    def test_the_state_filter_shows_that_state_only(self, committee: Committee) -> None:
        factories.directive(committee, DirectiveState.NUMBERED)
        issued = factories.delivered(committee)
        rows = as_person(committee.clerk).get(reverse("outgoing"), {"loc": "da-phat-hanh"}).context["rows"]
        assert [row.directive.pk for row in rows] == [issued.pk]

    def _queries(self, person: Person) -> dict[str, int]:
        """How many questions each list asks for this person."""
        client, asked = as_person(person), {}
        for place in ("my_work", "outgoing", "inbox", "tasks"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse(place)).status_code == 200
            asked[place] = len(queries)
        return asked


class TestSending:
    def test_a_page_says_that_sending_waits_when_nobody_does_the_work(self, committee: Committee) -> None:
        paper = factories.directive(committee, DirectiveState.ISSUED)
        client = as_person(committee.clerk)
        progress = client.get(page(paper)).context["progress"]
        assert progress.working
        assert not progress.waits
        OutboxRow.objects.update(put_at=timezone.now() - timedelta(minutes=1))
        assert client.get(page(paper)).context["progress"].waits

    def test_nothing_waits_once_everything_was_sent(self, committee: Committee) -> None:
        paper = factories.delivered(committee)
        OutboxRow.objects.update(state=WorkState.DONE)
        progress = as_person(committee.clerk).get(page(paper)).context["progress"]
        assert not progress.working
        assert {stage.mark for stage in progress.stages} == {"done"}


class TestHealth:
    def test_the_process_says_that_it_lives_without_asking_the_database(
        self, client: Client, django_assert_num_queries: Any
    ) -> None:
        with django_assert_num_queries(0):
            assert client.get(reverse("healthz")).status_code == 200

    def test_work_that_is_due_for_long_makes_the_program_not_ready(self, client: Client, committee: Committee) -> None:
        assert client.get(reverse("readyz")).status_code == 200
        factories.directive(committee, DirectiveState.APPROVED)
        OutboxRow.objects.update(due_at=timezone.now() - timedelta(minutes=6))
        answer = client.get(reverse("readyz"))
        assert answer.status_code == 503
        assert answer.json()["oldest_due_seconds"] >= 360
