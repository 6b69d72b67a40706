"""PostgreSQL killed in the middle of the day: what was answered is on record, and nobody repairs anything.

What a killed process had handed over still reaches the disk, so these kills say nothing of `fsync`; they show whether
an answer waits for the handing over (`synchronous_commit`), which the second test takes away.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection

from directives.models import Directive, OutboxRow, RegisterEntry, Work
from tests.factories import Committee
from tests.faults.desk import Desk
from tests.faults.many import failures, in_threads, signed_papers
from tests.faults.own_database import OwnDatabase, folder_of_the_account, own_database

CLERKS = 16
PAUSE = 0.05  # seconds until a clerk presses again

Answers = dict[UUID, str]


@contextmanager
def killed_at(database: OwnDatabase, answers: Answers, moments: list[int]) -> Iterator[None]:
    """While the block runs, the server is killed each time that so many answers have come."""
    over = threading.Event()

    def kill() -> None:
        for moment in moments:
            while len(answers) < moment:
                if over.wait(0.002):
                    return
            database.kill()

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def answered_under_kills(of: Committee, papers: list[Directive], database: OwnDatabase, kills: int) -> Answers:
    """The number that the clerks were told for each paper while the server was killed so often."""
    desk, answers = Desk(of, pause=PAUSE), Answers()

    def number(paper: Directive) -> None:
        answers[paper.pk] = desk.number(paper)

    moments = [len(papers) * (kill + 1) // (kills + 1) for kill in range(kills)]
    with killed_at(database, answers, moments):
        assert failures(in_threads(CLERKS, number, papers)) == []
    # This thread's own connection was killed as well.
    connection.close()
    return answers


def on_record() -> Answers:
    """The number of each paper as the database has it."""
    return {paper.pk: paper.printed_number for paper in Directive.objects.filter(number__isnull=False)}


@pytest.mark.parametrize(("count", "kills"), [(200, 3), pytest.param(2000, 8, marks=pytest.mark.long)])
def test_what_was_answered_is_on_record_however_often_the_database_is_killed(
    count: int, kills: int, committee: Committee
) -> None:
    papers = signed_papers(committee, count)
    with folder_of_the_account() as folder, own_database(folder / "postgresql") as database:
        answers = answered_under_kills(committee, papers, database, kills)
        print(f"n = {count} numberings by {CLERKS} threads, PostgreSQL killed {kills} times")
        assert answers == on_record()
        numbers = RegisterEntry.objects.order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, count + 1))
        assert set(OutboxRow.objects.filter(work=Work.FINAL_COPY).values_list("object_id", flat=True)) == set(answers)
        call_command("verify")


def test_where_the_answer_does_not_wait_for_the_disk_a_killed_database_forgets_what_it_answered(
    committee: Committee,
) -> None:
    papers = signed_papers(committee, 200)
    with folder_of_the_account() as folder, own_database(folder / "postgresql", durable=False) as database:
        assert answered_under_kills(committee, papers, database, 3) != on_record()
