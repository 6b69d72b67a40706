"""Figures of the member's bodies: papers issued by type, deliveries received, shares and periods by unit.

Every figure is counted over what the member may see; what a restricted paper hides is in no count. Whole months are not
counted again for whoever may read every unrestricted paper of the body: their counts are kept (directives/months.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils import timezone

from directives import months
from directives.models import Assignment, Delivery, Directive, Part
from directives.models.delivery import IN_THE_UNIT
from directives.models.directive import READING_ROLES
from directives.models.sight import READING_ALL_ISSUED
from directives.period_figures import Periods, periods_due
from directives.workflow import AssignmentState, DeliveryState, DirectiveState
from orgs.member import Member
from orgs.models import Term

UNFINISHED = [AssignmentState.ASSIGNED, AssignmentState.WORKING]
SHARE_COUNTS = ("total", "answered", "answered_late", "late")
ANSWERED = Q(state__in=[AssignmentState.REPORTED, AssignmentState.DONE])


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Deliveries: all that were sent, those received, those given back as misdirected."""

    sent: int = 0
    received: int = 0
    misdirected: int = 0

    def __add__(self, other: Arrivals) -> Arrivals:
        return Arrivals(self.sent + other.sent, self.received + other.received, self.misdirected + other.misdirected)

    @property
    def waiting(self) -> int:
        """Sent and neither received nor given back."""
        return self.sent - self.received - self.misdirected


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of one unit: all that are followed, those reported, of them after the deadline, and those late now."""

    unit: UUID
    total: int
    answered: int
    answered_late: int
    late: int


@dataclass(slots=True)
class Figures:
    """What one body issued, and what came to it, since `since`."""

    body: UUID
    since: date
    issued: dict[str, int] = field(default_factory=dict)
    deliveries: Arrivals = Arrivals()
    shares: list[Shares] = field(default_factory=list)
    periods: list[Periods] = field(default_factory=list)
    came: Arrivals = Arrivals()
    own_shares: Shares | None = None
    own_periods: Periods | None = None


def month_of(member: Member, today: date) -> dict[UUID, date]:
    """For each body in which the member reads papers: the first day of this month."""
    return dict.fromkeys(member.organizations_as(*READING_ROLES), today.replace(day=1))


def term_of(member: Member, today: date) -> dict[UUID, date]:
    """For each of these bodies: the first day of its term, or of the year where it has no term."""
    bodies = member.organizations_as(*READING_ROLES)
    begun = Term.objects.filter(organization__in=bodies).on(today).values_list("organization_id", "starts_on")
    return {**dict.fromkeys(bodies, today.replace(month=1, day=1)), **dict(begun)}


def figures(member: Member, since: Mapping[UUID, date], now: datetime) -> dict[UUID, Figures]:
    """The figures of each body from its day on, in a fixed number of questions."""
    found = {body: Figures(body, day) for body, day in since.items()}
    if not found:
        return found
    kept = _kept(member, found)
    _papers(member, found, kept)
    _shared(member, found, kept, now)
    _periodic(member, found, now)
    units = {body: found[body] for body in member.organizations_as(*IN_THE_UNIT) if body in found}
    if units:
        _came(member, units)
        _own(member, units, now)
    return found


def _since(found: Mapping[UUID, Figures], body: str, at: str) -> Q:
    """Rows of each body from its own day on."""
    begins = {key: _begin_of(one.since) for key, one in found.items()}
    return reduce(or_, (Q(**{body: key, f"{at}__gte": moment}) for key, moment in begins.items()))


def _kept(member: Member, found: Mapping[UUID, Figures]) -> dict[UUID, date]:
    """For each body whose kept counts this member may be shown: the month from which on they are taken."""
    bodies = member.organizations_as(*READING_ALL_ISSUED) & found.keys()
    return {body: months.whole_months_from(found[body].since) for body in bodies}


def _not_kept(found: Mapping[UUID, Figures], kept: Mapping[UUID, date], paper: str = "") -> Q:
    """Papers of each body from its day on that are in no kept count: those of a broken month, and restricted ones."""
    restricted = {f"{paper}restricted": True}
    before = {body: Q(**{f"{paper}issued_at__lt": _begin_of(month)}) for body, month in kept.items()}
    rows = (
        Q(**{f"{paper}issuer": body, f"{paper}issued_at__gte": _begin_of(one.since)})
        & (before[body] | Q(**restricted) if body in kept else Q())
        for body, one in found.items()
    )
    return reduce(or_, rows)


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _papers(member: Member, found: dict[UUID, Figures], kept: Mapping[UUID, date]) -> None:
    """Papers by type, and their deliveries."""
    types: dict[UUID, Counter[str]] = {body: Counter() for body in found}
    sums: dict[UUID, Arrivals] = dict.fromkeys(found, Arrivals())
    papers = Directive.objects.visible_to(member).filter(_not_kept(found, kept), state=DirectiveState.ISSUED)
    for body, kind, count in papers.order_by().values_list("issuer", "type").annotate(count=Count("pk")):
        types[body][kind] += count
    sent = Delivery.objects.seen_as_issuer(member).exclude(state=DeliveryState.WAITING)
    rows = sent.filter(_not_kept(found, kept, "directive__"), withdrawn_at__isnull=True)
    for body, arrivals in _arrivals(rows, "directive__issuer").items():
        sums[body] += arrivals
    for body, kind, count, *arrived in months.papers_since(kept):
        types[body][kind] += count
        sums[body] += Arrivals(*arrived)
    for body, one in found.items():
        one.issued = dict(sorted(types[body].items(), key=lambda pair: (-pair[1], pair[0])))
        one.deliveries = sums[body]


def _arrivals(rows: Any, body: str) -> dict[UUID, Arrivals]:
    received, back = Q(state=DeliveryState.RECEIVED), Q(state=DeliveryState.MISDIRECTED)
    counted = rows.order_by().values_list(body)
    counted = counted.annotate(sent=Count("pk"), received=Count("pk", filter=received), back=Count("pk", filter=back))
    return {key: Arrivals(*counts) for key, *counts in counted}


def _came(member: Member, units: dict[UUID, Figures]) -> None:
    rows = Delivery.objects.came_to(member).filter(_since(units, "organization", "sent_at"))
    for body, arrivals in _arrivals(rows, "organization").items():
        units[body].came = arrivals


def _counted(rows: Any, now: datetime, *keys: str) -> Any:
    """Shares counted by these keys; what is for information or no longer followed is not a share to be done."""
    followed = rows.exclude(part=Part.INFORMED).exclude(state=AssignmentState.ENDED)
    after = ANSWERED & Q(reported_at__gt=F("due_at"))
    late = Q(state__in=UNFINISHED, due_at__lt=now)
    return (
        followed.order_by()
        .values_list(*keys)
        .annotate(
            total=Count("pk"),
            answered=Count("pk", filter=ANSWERED),
            answered_late=Count("pk", filter=after),
            late=Count("pk", filter=late),
        )
    )


def _shared(member: Member, found: dict[UUID, Figures], kept: Mapping[UUID, date], now: datetime) -> None:
    sums: dict[tuple[UUID, UUID], Counter[str]] = defaultdict(Counter)
    rows = Assignment.objects.seen_as_issuer(member).filter(_not_kept(found, kept, "directive__"))
    for body, unit, *counts in _counted(rows, now, "issuer", "organization"):
        sums[body, unit].update(dict(zip(SHARE_COUNTS, counts, strict=True)))
    for body, unit, *counts in months.shares_since(kept):
        sums[body, unit].update(dict(zip(SHARE_COUNTS, counts, strict=False)))
    for body, unit, late in _late_in_months(kept, now):
        sums[body, unit]["late"] += late
    for (body, unit), counted in sums.items():
        if counted["total"]:
            found[body].shares.append(Shares(unit, **{name: counted[name] for name in SHARE_COUNTS}))


def _late_in_months(kept: Mapping[UUID, date], now: datetime) -> Any:
    """Body, unit and count of shares that are late now, of the papers whose other counts are kept."""
    if not kept:
        return ()
    papers = (Q(issuer=body, directive__issued_at__gte=_begin_of(month)) for body, month in kept.items())
    rows = Assignment.objects.filter(reduce(or_, papers), directive__restricted=False)
    late = rows.exclude(part=Part.INFORMED).filter(state__in=UNFINISHED, due_at__lt=now)
    return late.order_by().values_list("issuer", "organization").annotate(late=Count("pk"))


def _periodic(member: Member, found: dict[UUID, Figures], now: datetime) -> None:
    """Periods fall due long after their paper was issued: they count from their own deadline."""
    shares = Assignment.objects.seen_as_issuer(member)
    for body, units in periods_due(shares, "issuer", _days(found), now).items():
        found[body].periods = list(units.values())


def _days(found: Mapping[UUID, Figures]) -> dict[UUID, date]:
    return {body: one.since for body, one in found.items()}


def _own(member: Member, units: dict[UUID, Figures], now: datetime) -> None:
    # Not by a join: the day of issue would then be read of all papers that there are.
    issued_at = Directive.objects.filter(pk=OuterRef("directive")).order_by().values("issued_at")
    rows = Assignment.objects.came_to(member).annotate(issued_at=Subquery(issued_at))
    for unit, *counts in _counted(rows.filter(_since(units, "organization", "issued_at")), now, "organization"):
        units[unit].own_shares = Shares(unit, *counts)
    shares = Assignment.objects.came_to(member)
    for unit, periods in periods_due(shares, "organization", _days(units), now).items():
        units[unit].own_periods = periods.get(unit)
