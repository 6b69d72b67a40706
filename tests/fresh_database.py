"""A fresh database after each test that commits: a copy of a clean one, because the tables refuse to be emptied."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import TransactionTestCase


@contextmanager
def copied_instead_of_emptied() -> Iterator[None]:
    """While the block runs, Django's transactional tests end with a fresh copy instead of a flush.

    The laws of the tables (no DELETE, no TRUNCATE) thus hold in every test, as they do in an office.
    """
    name = connection.settings_dict["NAME"]
    clean = f"{name}_clean"
    _copy(name, clean)
    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda case: _copy(clean, name)
    try:
        yield
    finally:
        TransactionTestCase._fixture_teardown = flush
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{clean}"')
            # A thread may still be at work for a page that was left; Django, which drops this one, would wait for it.
            cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def _copy(source: str, target: str) -> None:
    connection.close()
    with connection._nodb_cursor() as cursor:
        # Whoever is still connected, a thread or a killed process, has no more to say.
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
