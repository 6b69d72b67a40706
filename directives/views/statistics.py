"""Statistics: the figures of each of the member's bodies as tables, with bars beside them, ready to be printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directives.formats.types import type_named
from directives.models.directive import READING_ROLES
from directives.period_figures import Periods
from directives.statistics import SHARE_COUNTS, Arrivals, Figures, Shares, figures, month_of, term_of
from orgs.clock import CLOCK
from orgs.requests import MemberRequest
from orgs.verdicts import Refused
from orgs.vietnamese import sort_key
from orgs.views.names import names_on

TERM = "nhiem-ky"
WIDTH = 250
"""Length of the longest bar, in units of the drawing."""
STEP = 26
"""Height of one bar with its label."""
MOST_BARS = 30
"""A longer drawing is no picture any more; the table beside it has everything."""
LONGEST_LABEL = 31
PERIOD_COUNTS = ("due", "reported", "reported_late", "missing")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, what it counts, its length, the part of it that is late, and where its text stands."""

    label: str
    count: int
    length: int
    late: int
    top: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars one below the other; `left_out` units have none."""

    bars: list[Bar]
    height: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class BodyFigures:
    """One body's part of the page."""

    name: str
    since: date
    issued: list[tuple[str, int]]
    total: int
    issued_chart: Chart
    deliveries: Arrivals
    shares: list[tuple[str, Shares]]
    shares_sums: list[int]
    shares_chart: Chart
    periods: list[tuple[str, Periods]]
    periods_sums: list[int]
    came: Arrivals
    own_shares: Shares | None
    own_periods: Periods | None


@require_safe
def statistics(request: MemberRequest) -> HttpResponse:
    """The figures of this month, or of the term (`ky=nhiem-ky`)."""
    member, today = request.member, CLOCK.today()
    if not member.organizations_as(*READING_ROLES):
        raise Refused(_("Statistics count papers, and your posts today open none."))
    of_term = request.GET.get("ky") == TERM
    found = figures(member, (term_of if of_term else month_of)(member, today), CLOCK.now())
    units = {share.unit for one in found.values() for share in one.shares}
    units |= {periods.unit for one in found.values() for periods in one.periods}
    names = names_on(today, [*found, *units])
    ordered = sorted(found.values(), key=lambda one: (member.place_of(one.body), sort_key(names[one.body])))
    context = {"bodies": [_of(one, names) for one in ordered], "of_term": of_term, "term": TERM, "now": CLOCK.now()}
    return render(request, "directives/statistics.html", context)


def _of(one: Figures, names: dict[UUID, str]) -> BodyFigures:
    issued = [(type_named(kind).name, count) for kind, count in one.issued.items()]
    shares = sorted(((names[share.unit], share) for share in one.shares), key=lambda pair: sort_key(pair[0]))
    periods = sorted(((names[each.unit], each) for each in one.periods), key=lambda pair: sort_key(pair[0]))
    return BodyFigures(
        name=names[one.body],
        since=one.since,
        issued=issued,
        total=sum(one.issued.values()),
        issued_chart=_chart([(name, count, 0) for name, count in issued]),
        deliveries=one.deliveries,
        shares=shares,
        shares_sums=_sums(one.shares, SHARE_COUNTS),
        shares_chart=_chart_of_units(shares),
        periods=periods,
        periods_sums=_sums(one.periods, PERIOD_COUNTS),
        came=one.came,
        own_shares=one.own_shares,
        own_periods=one.own_periods,
    )


def _sums(rows: Sequence[Shares] | Sequence[Periods], columns: Sequence[str]) -> list[int]:
    return [sum(getattr(row, column) for row in rows) for column in columns]


def _chart_of_units(shares: list[tuple[str, Shares]]) -> Chart:
    """Where the units are many: those with the most late shares, then those with the most shares, in the same order."""
    shown = shares
    if len(shares) > MOST_BARS:
        worst = sorted(shares, key=lambda pair: (-pair[1].late, -pair[1].total))[:MOST_BARS]
        units = {share.unit for _name, share in worst}
        shown = [pair for pair in shares if pair[1].unit in units]
    chart = _chart([(name, share.total, share.late) for name, share in shown])
    return replace(chart, left_out=len(shares) - len(shown))


def _chart(rows: list[tuple[str, int, int]]) -> Chart:
    """Bars to one scale; a count is never drawn as nothing."""
    most = max((count for _name, count, _late in rows), default=1)
    bars = [
        Bar(_label(name), count, max(2, count * WIDTH // most), late * WIDTH // most, place * STEP)
        for place, (name, count, late) in enumerate(rows)
    ]
    return Chart(bars, len(bars) * STEP)


def _label(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1]}…"
