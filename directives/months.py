"""Counts of papers and shares by month of issue: triggers keep them, statistics read them, `verify` counts them anew.

They hold no restricted paper. Whoever may read every other issued paper of a body may be shown its counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from directives.models import MonthOfPapers, MonthOfShares

PAPERS = ["papers", "sent", "received", "misdirected"]
SHARES = ["shares", "answered", "answered_late"]

_LOCK = 6_514_765
"""Names the advisory lock of whoever adds rows together; any number that nobody else uses."""
_MONTH = f"date_trunc('month', paper.issued_at AT TIME ZONE '{settings.TIME_ZONE}')::date"
_ANEW = {
    MonthOfPapers: f"""
        SELECT paper.issuer_id, {_MONTH}, paper.type, count(DISTINCT paper.id),
               count(line.id), count(line.id) FILTER (WHERE line.state = 'received'),
               count(line.id) FILTER (WHERE line.state = 'misdirected')
        FROM directives_directive paper LEFT JOIN directives_delivery line
             ON line.directive_id = paper.id AND line.state <> 'waiting' AND line.withdrawn_at IS NULL
        WHERE paper.state = 'issued' AND NOT paper.restricted GROUP BY 1, 2, 3""",
    MonthOfShares: f"""
        SELECT paper.issuer_id, {_MONTH}, share.organization_id, count(*),
               count(*) FILTER (WHERE share.state IN ('reported', 'done')),
               count(*) FILTER (WHERE share.state IN ('reported', 'done') AND share.reported_at > share.due_at)
        FROM directives_assignment share JOIN directives_directive paper ON paper.id = share.directive_id
        WHERE paper.state = 'issued' AND NOT paper.restricted AND share.part <> 'informed' AND share.state <> 'ended'
        GROUP BY 1, 2, 3""",
}
_COLUMNS = {
    MonthOfPapers: (["issuer_id", "month", "type"], PAPERS),
    MonthOfShares: (["issuer_id", "month", "organization_id"], SHARES),
}


def whole_months_from(day: date) -> date:
    """The first day of the first month that begins on this day or later."""
    return day if day.day == 1 else (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def papers_since(months: Mapping[UUID, date]) -> Iterator[tuple[UUID, str, int, int, int, int]]:
    """Of each body, from its month on: the body, a type, its papers, and deliveries sent, received and misdirected."""
    yield from _summed(MonthOfPapers, months, "type", PAPERS)


def shares_since(months: Mapping[UUID, date]) -> Iterator[tuple[UUID, UUID, int, int, int]]:
    """Of each body, from its month on: the body, a unit, its shares, those answered, and of them after the deadline."""
    yield from _summed(MonthOfShares, months, "organization", SHARES)


@transaction.atomic
def add_together() -> int:
    """Make one row of all rows with the same key; returns how many rows were taken out. Loses no change under way."""
    _one_at_a_time()
    taken_out = 0
    for model, (key, counts) in _COLUMNS.items():
        keys, columns, table = ", ".join(key), ", ".join(counts), model._meta.db_table
        same = " AND ".join(f"kept.{name} = several.{name}" for name in key)
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH several AS (SELECT {keys} FROM {table} GROUP BY {keys} HAVING count(*) > 1),"
                f" gone AS (DELETE FROM {table} kept USING several WHERE {same} RETURNING kept.*),"
                f" together AS (INSERT INTO {table} ({keys}, {columns})"
                f" SELECT {keys}, {_sums(counts)} FROM gone GROUP BY {keys})"
                " SELECT count(*) FROM gone"
            )
            taken_out += cursor.fetchone()[0]
    return taken_out


@transaction.atomic
def count_anew() -> None:
    """Take all kept counts away and count everything again, in one statement each: changes under way add to them."""
    _one_at_a_time()
    for model, (key, counts) in _COLUMNS.items():
        table, columns = model._meta.db_table, ", ".join([*key, *counts])
        with connection.cursor() as cursor:
            cursor.execute(f"WITH gone AS (DELETE FROM {table}) INSERT INTO {table} ({columns}) {_ANEW[model]}")


def wrong_counts() -> Iterator[str]:
    """One sentence for each body whose kept counts differ from what is counted anew; both are of one moment."""
    wrong: set[str] = set()
    for model, (key, counts) in _COLUMNS.items():
        keys, columns, table = ", ".join(key), ", ".join([*key, *counts]), model._meta.db_table
        # Rows that add up to nothing stand for nothing.
        some = " OR ".join(f"sum({name}) <> 0" for name in counts)
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH anew ({columns}) AS ({_ANEW[model]}), kept ({columns}) AS"
                f" (SELECT {keys}, {_sums(counts)} FROM {table} GROUP BY {keys} HAVING {some}),"
                " wrong AS ((TABLE anew EXCEPT TABLE kept) UNION ALL (TABLE kept EXCEPT TABLE anew))"
                " SELECT DISTINCT code FROM wrong JOIN orgs_organization body ON body.id = issuer_id"
            )
            wrong.update(code for (code,) in cursor.fetchall())
    for body in sorted(wrong):
        yield _("%(body)s: the counts kept by month are not those of its papers; run verify --count-anew.") % {
            "body": body
        }


def _one_at_a_time() -> None:
    """Until the end of the transaction; whoever changes what is counted does not wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _sums(counts: list[str]) -> str:
    return ", ".join(f"sum({name})" for name in counts)


def _summed(model: Any, months: Mapping[UUID, date], key: str, counts: list[str]) -> Any:
    if not months:
        return ()
    wanted = reduce(or_, (Q(issuer=body, month__gte=month) for body, month in months.items()))
    rows = model.objects.filter(wanted).values_list("issuer", key)
    return rows.annotate(*(Sum(name, default=0) for name in counts)).order_by()
