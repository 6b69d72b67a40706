"""Work that follows a change: put once, done by one, tried again, set aside; the table remembers, whoever dies."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction

from directives import outbox
from directives.models import OutboxRow, Work
from directives.workflow import WorkState
from orgs.models import Organization
from tests import factories
from tests.factories import ClockAt

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> ClockAt:
    return ClockAt.on(date(2026, 11, 23))


@pytest.fixture
def subject() -> Organization:
    return factories.body("xa-1", "Đảng ủy xã Thử")


@pytest.fixture
def row(subject: Organization, clock: ClockAt) -> OutboxRow:
    return outbox.put(Work.MAIL, subject, at=clock.now())


def now_in(row: OutboxRow) -> OutboxRow:
    return OutboxRow.objects.get(pk=row.pk)


def claimed(row: OutboxRow, clock: ClockAt) -> OutboxRow:
    [taken] = outbox.claim([row.pk], clock=clock)
    return taken


def lease_runs_out(clock: ClockAt) -> None:
    clock.moment += outbox.lease()


def test_work_put_twice_is_one_row_and_another_revision_is_another(
    subject: Organization, row: OutboxRow, clock: ClockAt
) -> None:
    assert outbox.put(Work.MAIL, subject, at=clock.now()).pk == row.pk
    outbox.put_many(Work.MAIL, [subject], at=clock.now())
    assert OutboxRow.objects.count() == 1
    outbox.put(Work.PROOF, subject, at=clock.now(), revision="a" * 64)
    outbox.put(Work.PROOF, subject, at=clock.now(), revision="b" * 64)
    assert OutboxRow.objects.count() == 3


def test_work_of_a_change_that_is_rolled_back_was_never_put(subject: Organization, clock: ClockAt) -> None:
    with transaction.atomic():
        outbox.put(Work.MAIL, subject, at=clock.now())
        transaction.set_rollback(True)
    assert not OutboxRow.objects.exists()


def test_a_second_ring_finds_nothing_to_take(row: OutboxRow, clock: ClockAt) -> None:
    assert claimed(row, clock).attempts == 1
    assert outbox.claim([row.pk], clock=clock) == []
    assert now_in(row).attempts == 1


@pytest.mark.django_db(transaction=True)
def test_of_workers_that_claim_at_the_same_moment_one_gets_each_row(clock: ClockAt) -> None:
    subjects = [factories.body(f"xa-{n}", f"Đảng ủy xã {n}") for n in range(40)]
    outbox.put_many(Work.MAIL, subjects, at=clock.now())
    ids = list(OutboxRow.objects.values_list("pk", flat=True))

    def worker(_: int) -> list[int]:
        try:
            return [row.pk for row in outbox.claim(ids, clock=clock)]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        taken = [pk for rows in threads.map(worker, range(8)) for pk in rows]
    assert sorted(taken) == sorted(ids)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_another_worker_is_just_taking_is_passed_over_without_waiting(
    row: OutboxRow, clock: ClockAt
) -> None:
    def other_worker() -> list[OutboxRow]:
        try:
            return outbox.claim([row.pk], clock=clock)
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as thread:
        claimed(row, clock)
        assert thread.submit(other_worker).result(timeout=4) == []


def test_a_claim_whose_lease_ran_out_is_due_again_and_the_next_worker_takes_it(row: OutboxRow, clock: ClockAt) -> None:
    claimed(row, clock)
    assert not outbox.due(clock.now()).exists()
    lease_runs_out(clock)
    assert outbox.due(clock.now()).get() == row
    assert claimed(row, clock).attempts == 2


LATE_ENDINGS: list[Callable[[OutboxRow, ClockAt], None]] = [
    lambda row, clock: outbox.finish(row, clock=clock),
    lambda row, clock: outbox.fail(row, "late", clock=clock),
    lambda row, clock: outbox.fail(row, "late", clock=clock, retry=False),
    lambda row, clock: outbox.postpone(row, "late", clock=clock),
    lambda row, clock: outbox.doubt(row, "late"),
]


@pytest.mark.parametrize("end", LATE_ENDINGS, ids=["finish", "fail", "quarantine", "postpone", "doubt"])
def test_a_worker_that_lost_its_lease_no_longer_decides(
    row: OutboxRow, clock: ClockAt, end: Callable[[OutboxRow, ClockAt], None]
) -> None:
    slow = claimed(row, clock)
    lease_runs_out(clock)
    claimed(row, clock)
    before = OutboxRow.objects.values().get()
    end(slow, clock)
    assert OutboxRow.objects.values().get() == before


def test_a_worker_of_a_round_before_again_was_pressed_no_longer_decides(row: OutboxRow, clock: ClockAt) -> None:
    slow = claimed(row, clock)
    lease_runs_out(clock)
    outbox.fail(claimed(row, clock), "550", clock=clock, retry=False)
    outbox.again(row.pk, clock=clock)
    assert claimed(row, clock).attempts == slow.attempts
    outbox.finish(slow, clock=clock)
    assert now_in(row).state == WorkState.CLAIMED


def test_finished_work_is_never_taken_again(row: OutboxRow, clock: ClockAt) -> None:
    outbox.finish(claimed(row, clock), clock=clock)
    done = now_in(row)
    assert (done.state, done.done_at, done.lease_until) == (WorkState.DONE, clock.now(), None)
    clock.forward(days=30)
    assert not outbox.due(clock.now()).exists()
    assert outbox.claim([row.pk], clock=clock) == []


def test_failed_work_is_tried_again_after_pauses_that_grow_and_then_set_aside(row: OutboxRow, clock: ClockAt) -> None:
    pauses = []
    for _ in range(outbox.MOST_ATTEMPTS - 1):
        outbox.fail(claimed(row, clock), "451 busy", clock=clock)
        failed = now_in(row)
        assert (failed.state, failed.last_error) == (WorkState.FAILED, "451 busy")
        pauses.append(failed.due_at - clock.now())
        clock.moment = failed.due_at - timedelta(milliseconds=1)
        assert outbox.claim([row.pk], clock=clock) == []
        clock.moment = failed.due_at
    for attempt, pause in enumerate(pauses):
        wanted = min(outbox.FIRST_PAUSE * 2**attempt, outbox.LONGEST_PAUSE)
        assert wanted * 0.8 <= pause <= wanted * 1.2, attempt
    outbox.fail(claimed(row, clock), "451 busy", clock=clock)
    assert (now_in(row).state, now_in(row).attempts) == (WorkState.QUARANTINED, outbox.MOST_ATTEMPTS)


def test_work_that_cannot_succeed_is_set_aside_at_once(row: OutboxRow, clock: ClockAt) -> None:
    outbox.fail(claimed(row, clock), "550 no such address", clock=clock, retry=False)
    assert (now_in(row).state, now_in(row).last_error) == (WorkState.QUARANTINED, "550 no such address")
    clock.forward(days=30)
    assert not outbox.due(clock.now()).exists()


def test_waiting_for_the_world_outside_costs_no_attempt_and_the_waits_grow(row: OutboxRow, clock: ClockAt) -> None:
    waits = []
    for _ in range(3 * outbox.MOST_ATTEMPTS):
        outbox.postpone(claimed(row, clock), "no mail server", clock=clock)
        waiting = now_in(row)
        assert (waiting.state, waiting.attempts) == (WorkState.FAILED, 0)
        waits.append(waiting.due_at - clock.now())
        clock.moment = waiting.due_at
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (outbox.FIRST_PAUSE, outbox.LONGEST_PAUSE)


@pytest.mark.parametrize("ended", ["failed", "quarantined", "uncertain"])
def test_again_starts_the_work_over_at_once_with_all_its_attempts(row: OutboxRow, clock: ClockAt, ended: str) -> None:
    taken = claimed(row, clock)
    if ended == "uncertain":
        outbox.doubt(taken, "nobody knows")
    else:
        outbox.fail(taken, "451", clock=clock, retry=ended == "failed")
    assert now_in(row).state == ended
    outbox.again(row.pk, clock=clock)
    assert outbox.due(clock.now()).get() == row
    assert claimed(row, clock).attempts == 1


def test_again_leaves_alone_what_is_in_hand_or_done(row: OutboxRow, clock: ClockAt) -> None:
    taken = claimed(row, clock)
    outbox.again(row.pk, clock=clock)
    assert now_in(row).state == WorkState.CLAIMED
    outbox.finish(taken, clock=clock)
    outbox.again(row.pk, clock=clock)
    assert now_in(row).state == WorkState.DONE


def test_work_that_kills_its_worker_each_time_is_set_aside(row: OutboxRow, clock: ClockAt) -> None:
    for _ in range(outbox.MOST_DEATHS):
        claimed(row, clock)
        lease_runs_out(clock)
    assert outbox.claim([row.pk], clock=clock) == []
    assert (now_in(row).state, now_in(row).lease_until) == (WorkState.QUARANTINED, None)
    assert "died" in now_in(row).last_error


def test_a_worker_that_dies_once_at_work_that_failed_before_does_not_condemn_it(row: OutboxRow, clock: ClockAt) -> None:
    for _ in range(outbox.MOST_DEATHS - 1):
        outbox.fail(claimed(row, clock), "451 busy", clock=clock)
        clock.moment = now_in(row).due_at
    claimed(row, clock)
    lease_runs_out(clock)
    assert claimed(row, clock).attempts == outbox.MOST_DEATHS + 1


def test_a_row_is_rung_again_only_when_the_ring_seems_lost(row: OutboxRow, clock: ClockAt) -> None:
    OutboxRow.objects.update(rung_at=clock.now())
    assert not outbox.due(clock.now() + outbox.RING_AGAIN_AFTER - timedelta(seconds=1)).exists()
    assert outbox.due(clock.now() + outbox.RING_AGAIN_AFTER).get() == row


def test_a_retry_is_rung_as_soon_as_its_pause_is_over(row: OutboxRow, clock: ClockAt) -> None:
    OutboxRow.objects.update(rung_at=clock.now())
    outbox.fail(claimed(row, clock), "451 busy", clock=clock)
    due_at = now_in(row).due_at
    assert not outbox.due(due_at - timedelta(milliseconds=1)).exists()
    assert outbox.due(due_at).get() == row


def test_an_error_in_one_piece_of_work_is_noted_on_it_and_the_others_are_done(clock: ClockAt) -> None:
    subjects = [factories.body(f"xa-{n}", f"Đảng ủy xã {n}") for n in range(3)]
    rows = [outbox.put(Work.FINAL_COPY, subject, at=clock.now()) for subject in subjects]
    done: list[UUID] = []

    def do(object_id: UUID) -> None:
        if object_id == subjects[1].pk:
            raise ValueError("the font is missing")
        done.append(object_id)

    outbox.work_through([row.pk for row in rows], do, clock=clock)
    assert done == [subjects[0].pk, subjects[2].pk]
    assert [now_in(row).state for row in rows] == [WorkState.DONE, WorkState.FAILED, WorkState.DONE]
    assert now_in(rows[1]).last_error == "ValueError: the font is missing"


def test_work_that_asks_for_too_much_is_set_aside_after_as_many_tries_as_work_that_kills(
    row: OutboxRow, clock: ClockAt
) -> None:
    def do(object_id: UUID) -> None:
        raise outbox.TooMuch("hundreds of megabytes")

    ends = []
    for _ in range(outbox.MOST_DEATHS):
        outbox.work_through([row.pk], do, clock=clock)
        ends.append((now_in(row).state, now_in(row).deaths, now_in(row).last_error))
        clock.moment = now_in(row).due_at
    states = [WorkState.FAILED] * (outbox.MOST_DEATHS - 1) + [WorkState.QUARANTINED]
    assert ends == [(state, tries, "hundreds of megabytes") for tries, state in enumerate(states, start=1)]
