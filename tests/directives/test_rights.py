"""The program's own role in the database: the whole main job is within its rights, and nothing that hurts is."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import closing
from typing import Any

import psycopg2
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from directives.rights import TABLES, Right
from tests.directives import test_main_job
from tests.directives.test_main_job import clock, committee  # noqa: F401 - fixtures of the steps below

pytestmark = pytest.mark.django_db

ROLE = "chi_dao_program"
NOT_THE_OWNER = r"must be owner|permission denied"
STEPS = {name: step for name, step in vars(test_main_job).items() if name.startswith("test_")}
REFUSED = {
    "drop a table": "DROP TABLE directives_draft",
    "reshape a table": "ALTER TABLE directives_directive ADD COLUMN more text",
    "rest a trigger": "ALTER TABLE orgs_event DISABLE TRIGGER ALL",
    "rest all triggers": "SET session_replication_role = replica",
    "replace what a trigger does": (
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$"
    ),
    "make a table": "CREATE TABLE public.aside (id int)",
    "pretend that a migration ran": "INSERT INTO django_migrations (app, name, applied) VALUES ('orgs', '9', now())",
    "become the owner": "SET SESSION AUTHORIZATION postgres",
}


def as_superuser(*sentences: str) -> None:
    """Say this to the test's server as its superuser; a parallel run, which says the same, waits meanwhile."""
    host = connection.settings_dict["HOST"]
    with closing(psycopg2.connect(host=host, user="postgres", dbname="postgres")) as session:
        session.autocommit = True
        with session.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(1)")
            for sentence in sentences:
                cursor.execute(sentence)


def say(sentence: str) -> None:
    """Say one thing to the database; a refusal leaves the rest of the test as it was."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sentence)


@pytest.fixture(scope="module")
def role() -> str:
    """A role with no rights, into which the owner of the test's tables may change."""
    as_superuser(
        f"DO $$BEGIN CREATE ROLE {ROLE} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END$$",
        f"GRANT {ROLE} TO {connection.settings_dict['USER']} WITH INHERIT FALSE, SET TRUE",
    )
    return ROLE


@pytest.fixture
def as_the_program(db: None, role: str) -> None:
    """What is said to the database until the end of the test is said by the program's own role."""
    call_command("grant_rights", role)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")


@pytest.mark.parametrize("name", STEPS)
def test_every_step_of_the_main_job_is_within_the_rights(
    name: str, as_the_program: None, request: pytest.FixtureRequest
) -> None:
    step: Callable[..., Any] = STEPS[name]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (ROLE,)
    step(**{needed: request.getfixturevalue(needed) for needed in inspect.signature(step).parameters})


@pytest.mark.parametrize("what", REFUSED)
def test_the_program_may_not(what: str, as_the_program: None) -> None:
    with pytest.raises(DatabaseError, match=NOT_THE_OWNER):
        say(REFUSED[what])


@pytest.mark.parametrize("table", sorted(TABLES))
def test_no_table_can_be_emptied_or_dropped(table: str, as_the_program: None) -> None:
    for sentence in (f"TRUNCATE {table} CASCADE", f"DROP TABLE {table} CASCADE"):
        with pytest.raises(DatabaseError, match=NOT_THE_OWNER):
            say(sentence)


@pytest.mark.parametrize("table", sorted(name for name, right in TABLES.items() if right != Right.FREE))
def test_rows_are_never_deleted(table: str, as_the_program: None) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        say(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", sorted(name for name, right in TABLES.items() if right == Right.ADD))
def test_what_is_written_once_is_never_changed(table: str, as_the_program: None) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        say(f"UPDATE {table} SET id = id")


def test_what_a_clerk_removes_every_day_can_be_deleted(as_the_program: None) -> None:
    free = [name for name, right in TABLES.items() if right == Right.FREE]
    for table in free:
        say(f"DELETE FROM {table}")
    assert "directives_reader" in free


def test_every_table_of_the_program_is_decided_about() -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert TABLES.keys() == tables | {"django_migrations"}


def test_a_right_that_was_given_by_hand_is_taken_back(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT DELETE, TRUNCATE ON orgs_event TO {role}")
        call_command("grant_rights", role)
        cursor.execute(f"SELECT has_table_privilege('{role}', 'orgs_event', 'DELETE')")
        assert cursor.fetchone() == (False,)


def test_a_table_that_nobody_decided_about_stops_the_command_before_anything_changes(role: str) -> None:
    call_command("grant_rights", role)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE aside (id int)")
        with pytest.raises(CommandError, match=r"says nothing of: aside\. No right was changed"):
            call_command("grant_rights", role)
        cursor.execute(f"SELECT has_table_privilege('{role}', 'orgs_event', 'INSERT')")
        assert cursor.fetchone() == (True,)


def test_a_role_that_is_not_there_is_said_in_one_sentence() -> None:
    with pytest.raises(CommandError, match='The database refused, and no right was changed: role "nobody"'):
        call_command("grant_rights", "nobody")


def test_the_owner_of_the_tables_does_not_take_rights_from_itself() -> None:
    with pytest.raises(CommandError, match="owns the tables and keeps its rights"):
        call_command("grant_rights", connection.settings_dict["USER"])
