"""`manage.py grant_rights ROLE`: give the program's own role what it needs in the tables, and nothing more."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction

from directives.rights import UnknownTable, grant


class Command(BaseCommand):
    """Runs as the owner of the tables after each migrate; a second run changes nothing."""

    help = "Give a database role exactly the rights that web, relay and worker need (run as the owner of the tables)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The role that web, relay and worker sign in with."""
        parser.add_argument("role", metavar="ROLE")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        """Grant in one transaction, so that running processes never meet a moment without rights."""
        try:
            with transaction.atomic():
                if role == _own_role():
                    raise CommandError(f"{role} owns the tables and keeps its rights; name the role of the program.")
                number = grant(role)
        except UnknownTable as tables:
            raise CommandError(f"directives/rights.py says nothing of: {tables}. No right was changed.") from tables
        except DatabaseError as error:
            raise CommandError(f"The database refused, and no right was changed: {error}") from error
        self.stdout.write(f"{role}: rights in {number} tables")


def _own_role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])
