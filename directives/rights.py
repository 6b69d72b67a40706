"""What the program itself may do in the database: the account of web, relay and worker is not that of the tables.

The tables belong to an owner who only changes their shape; what is law in them (0002_the_law_of_the_tables) is here
refused a second time, where no slip of the program and no stolen password of it can reach.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from django.db import connection


class Right(StrEnum):
    """How far the program may go in one table; nobody but the owner empties or reshapes it."""

    READ = "SELECT"
    ADD = "SELECT, INSERT"
    KEEP = "SELECT, INSERT, UPDATE"
    FREE = "SELECT, INSERT, UPDATE, DELETE"


TABLES: dict[str, Right] = {
    # What happened, what was made, read and answered: written once.
    "orgs_event": Right.ADD,
    "directives_issuedcopy": Right.ADD,
    "directives_reading": Right.ADD,
    "directives_task": Right.ADD,
    "directives_report": Right.ADD,
    "directives_answer": Right.ADD,
    "directives_pastperiod": Right.ADD,
    "directives_incomingentry": Right.ADD,
    # What goes on from state to state, or ends on a day, and is never deleted.
    "directives_directive": Right.KEEP,
    "directives_draft": Right.KEEP,
    "directives_press": Right.KEEP,
    "directives_registerentry": Right.KEEP,
    "directives_numberseries": Right.KEEP,
    "directives_incomingbook": Right.KEEP,
    "directives_delivery": Right.KEEP,
    "directives_notice": Right.KEEP,
    "directives_assignment": Right.KEEP,
    "directives_outboxrow": Right.KEEP,
    "directives_heartbeat": Right.KEEP,
    "directives_policy": Right.KEEP,
    "directives_review": Right.KEEP,
    "directives_drafttemplate": Right.KEEP,
    "directives_opinion": Right.KEEP,
    "directives_consultation": Right.KEEP,
    "directives_consulted": Right.KEEP,
    "directives_searchentry": Right.KEEP,
    "orgs_organization": Right.KEEP,
    "orgs_organizationversion": Right.KEEP,
    "orgs_term": Right.KEEP,
    "orgs_recipientgroup": Right.KEEP,
    "orgs_person": Right.KEEP,
    "orgs_post": Right.KEEP,
    "orgs_authority": Right.KEEP,
    # What has no history of its own: what goes with a draft and what it does to other papers, who issues it too, who is
    # named in one or has it open, who is in a group, who is signed in, who mistyped, counts of a month that are added
    # together.
    "directives_enclosure": Right.FREE,
    "directives_correction": Right.FREE,
    "directives_jointissuer": Right.FREE,
    "directives_reader": Right.FREE,
    "directives_openwindow": Right.FREE,
    "directives_upload": Right.FREE,
    "directives_reviewplace": Right.FREE,
    "directives_monthofpapers": Right.FREE,
    "directives_monthofshares": Right.FREE,
    "orgs_groupmember": Right.FREE,
    "orgs_organization_successors": Right.FREE,
    "orgs_signinfailure": Right.FREE,
    "django_session": Right.FREE,
    # What Django keeps for itself.
    "django_migrations": Right.READ,
    "django_content_type": Right.READ,
    "auth_permission": Right.READ,
    "auth_group": Right.READ,
    "auth_group_permissions": Right.READ,
}


class UnknownTable(Exception):
    """A table of the database has no line in TABLES; the message names it."""


def grant(role: str) -> int:
    """Give `role` exactly the rights of TABLES and take any other from it; return the number of tables.

    Asked of a connection of the owner, inside a transaction. Raises UnknownTable, before anything is changed, for a
    table that nobody decided about.
    """
    found = connection.introspection.table_names()
    unknown = sorted(set(found) - TABLES.keys())
    if unknown:
        raise UnknownTable(", ".join(unknown))
    with connection.cursor() as cursor:
        for sentence in sentences(role, found):
            cursor.execute(sentence)
    return len(found)


def sentences(role: str, tables: Iterable[str]) -> list[str]:
    """The SQL that `grant` runs."""
    name = connection.ops.quote_name(role)
    return [
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}",
        f"REVOKE ALL ON SCHEMA public FROM {name}",
        f"GRANT USAGE ON SCHEMA public TO {name}",
        *(f"GRANT {TABLES[table].value} ON {connection.ops.quote_name(table)} TO {name}" for table in tables),
    ]
