"""A database of the bench's own on the configured server; the office's database is never written to.

What is numbered or issued can never be deleted, so a benchmark must not put it where it would have to be cleaned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.backends.utils import CursorWrapper

NAME = re.compile(r"chi_dao_bench_[0-9]+")


class CannotBench(Exception):
    """The bench cannot have its database; the message says why and what to do."""


@contextmanager
def bench_database(name: str, *filled_as: str, keep: bool) -> Iterator[bool]:
    """Connect this process to the database `name`; the block's end drops it (unless `keep`) and connects back.

    Gives True when an earlier run kept the database, filled in one of the ways `filled_as`; otherwise it is made anew
    and empty. Its tables are those of today. Raises CannotBench for a name that is not the bench's, or without the
    right to make databases.
    """
    _check(name)
    ready = _kept_as(name) in filled_as
    if not ready:
        _drop(name)
        _create(name)
    try:
        with _connected_to(name):
            _bring_up_to_date()
            yield ready
    finally:
        # What is kept must be whole: a filling that was broken off is not.
        if not keep or _kept_as(name) not in filled_as:
            _drop(name)


def mark_filled(name: str, filled_as: str) -> None:
    """Note on the database how it was filled, so that a later run may use it again."""
    with connection.cursor() as cursor:
        cursor.execute(f'COMMENT ON DATABASE "{name}" IS %s', [filled_as])


def _bring_up_to_date() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connection.close()


def _check(name: str) -> None:
    if NAME.fullmatch(name) is None:
        raise CannotBench(f"{name} is not a database of the bench: its name must be chi_dao_bench_ and a number.")
    if connection.settings_dict["NAME"] == name:
        raise CannotBench(f"The program itself is set to use {name}: set DATABASE_URL to the office's database.")


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    settings = connection.settings_dict
    configured = settings["NAME"]
    connection.close()
    # Every thread's connection reads these same settings.
    settings["NAME"] = name
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_database()")
            if cursor.fetchone() != (name,):
                raise CannotBench(f"The server answers from another database than {name}; nothing was written.")
        yield
    finally:
        connections.close_all()
        settings["NAME"] = configured


@contextmanager
def _server() -> Iterator[CursorWrapper]:
    try:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            yield cursor
    except DatabaseError as error:
        raise CannotBench(
            f"The server does not let us make a database ({' '.join(str(error).split())}). "
            "Run the bench with an account that has CREATEDB."
        ) from error


def _kept_as(name: str) -> str | None:
    with _server() as cursor:
        cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        row = cursor.fetchone()
    return row[0] if row else None


def _create(name: str) -> None:
    with _server() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')


def _drop(name: str) -> None:
    with _server() as cursor:
        # Not WITH (FORCE): while a worker of the vacuum is in it, and after the filling one is, that is refused to an
        # ordinary account. Without it the server ends the worker itself.
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user",
            [name],
        )
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
