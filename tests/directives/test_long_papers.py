"""A long paper is printed alone, so that short ones always find a worker."""

from __future__ import annotations

from datetime import date
from functools import partial

import psycopg2
import pytest
from django.db import connection

from directives import outbox
from directives.actions import copying
from directives.models import CopyKind, Directive, OutboxRow, Work
from directives.workflow import DirectiveState, WorkState
from tests import factories
from tests.factories import ClockAt

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> ClockAt:
    return ClockAt.on(date(2026, 11, 23))


@pytest.fixture
def numbered(clock: ClockAt) -> Directive:
    return factories.directive(factories.committee(clock), DirectiveState.NUMBERED)


def work_on(paper: Directive, clock: ClockAt) -> OutboxRow:
    row = OutboxRow.objects.get(work=Work.FINAL_COPY, object_id=paper.pk)
    outbox.work_through([row.pk], partial(copying.make_final_copy, clock=clock), clock=clock)
    return OutboxRow.objects.get(pk=row.pk)


def test_a_long_paper_waits_while_another_one_is_printed_and_loses_no_attempt(
    numbered: Directive, clock: ClockAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "LONG_PAPER", 3)
    elsewhere = psycopg2.connect(**connection.get_connection_params())
    try:
        with elsewhere.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [copying.LONG_PAPER_LOCK])
        waiting = work_on(numbered, clock)
        assert (waiting.state, waiting.attempts) == (WorkState.FAILED, 0)
        assert waiting.due_at > clock.now()
    finally:
        elsewhere.close()
    clock.forward(minutes=1)
    assert work_on(numbered, clock).state == WorkState.DONE
    assert numbered.copies.filter(kind=CopyKind.FINAL).count() == 1


def test_a_short_paper_is_printed_while_a_long_one_is(numbered: Directive, clock: ClockAt) -> None:
    elsewhere = psycopg2.connect(**connection.get_connection_params())
    try:
        with elsewhere.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [copying.LONG_PAPER_LOCK])
        assert work_on(numbered, clock).state == WorkState.DONE
    finally:
        elsewhere.close()


def test_a_long_paper_leaves_the_way_free_when_it_is_printed(
    numbered: Directive, clock: ClockAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "LONG_PAPER", 3)
    assert work_on(numbered, clock).state == WorkState.DONE
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE objid = %s", [copying.LONG_PAPER_LOCK])
        assert cursor.fetchone() == (0,)
