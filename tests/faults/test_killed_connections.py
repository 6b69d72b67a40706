"""Connections to the database that are killed in mid-act: pressing again gives one number, without a gap."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import psycopg2
import pytest
from django.db import InterfaceError, OperationalError, connection, transaction

from directives.models import RegisterEntry
from orgs.verdicts import Refused
from tests.factories import Committee
from tests.faults.desk import Desk
from tests.faults.many import failures, in_threads, signed_papers
from tests.processes import environment_of_processes

PAPERS = 400
CLERKS = 8
KILL_EVERY = 0.04  # seconds
KILLS = 40


@contextmanager
def killer() -> Iterator[list[int]]:
    """Ends forty random connections of the test's database, one after the other; gives the list of the killed."""
    killed: list[int] = []
    over = threading.Event()
    address = environment_of_processes()["DATABASE_URL"]
    end = """SELECT pid, pg_terminate_backend(pid) FROM (
        SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'client backend' AND pid NOT IN (pg_backend_pid(), %s)
        ORDER BY random() LIMIT 1) AS victims"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [own] = cursor.fetchone()

    def kill() -> None:
        # Not the connection's own block: that would be one transaction, which sees the connections of its beginning.
        with closing(psycopg2.connect(address)) as killers:
            killers.autocommit = True
            while len(killed) < KILLS and not over.wait(KILL_EVERY):
                with killers.cursor() as cursor:
                    cursor.execute(end, [own])
                    killed.extend(pid for pid, ended in cursor.fetchall() if ended)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()


def test_numbers_stay_without_gap_and_double_while_connections_are_killed(
    committee: Committee, record_property: Callable[[str, object], None]
) -> None:
    papers = signed_papers(committee, PAPERS)
    with killer() as killed:
        answered = in_threads(CLERKS, Desk(committee).number, papers)
    record_property("connections killed", len(killed))
    print(f"n = {PAPERS} numberings, {len(killed)} connections killed, {CLERKS} threads")

    assert failures(answered) == []
    assert len(killed) >= KILLS // 2
    entries = list(RegisterEntry.objects.order_by("number").select_related("directive"))
    assert [entry.number for entry in entries] == list(range(1, PAPERS + 1))
    assert sorted(answered) == sorted(entry.directive.printed_number for entry in entries if entry.directive)


def test_a_number_drawn_outside_the_act_is_lost_with_the_connection(committee: Committee) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE SEQUENCE drawn_outside")
    try:
        drawn = [_draw(killed=killed) for killed in (False, True, False)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP SEQUENCE drawn_outside")
    assert drawn == [1, None, 3]


def test_without_its_key_a_press_after_the_answer_was_lost_is_refused(committee: Committee) -> None:
    [paper] = signed_papers(committee, 1)
    desk = Desk(committee)
    assert desk.number(paper)
    with pytest.raises(Refused):
        desk.number(paper)


def _draw(*, killed: bool) -> int | None:
    """A number of a sequence, as a transaction that ends or is killed sees it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT nextval('drawn_outside')")
            [number] = cursor.fetchone()
            if killed:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    except (OperationalError, InterfaceError):
        connection.close()
        return None
    return int(number)
