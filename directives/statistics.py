"""Figures of the member's bodies: papers issued by type, deliveries received, shares and periods by unit.

Every figure is counted over what the member may see; what a restricted paper hides is in no count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q
from django.utils import timezone

from directives.models import Assignment, Delivery, Directive, Part
from directives.models.delivery import IN_THE_UNIT
from directives.models.directive import READING_ROLES
from directives.period_figures import Periods, periods_due
from directives.workflow import AssignmentState, DeliveryState, DirectiveState
from orgs.member import Member
from orgs.models import Term

ANSWERED = Q(state__in=[AssignmentState.REPORTED, AssignmentState.DONE])


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Deliveries: all that were sent, those received, those given back as misdirected."""

    sent: int = 0
    received: int = 0
    misdirected: int = 0

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
    _issued(member, found)
    _delivered(member, found)
    _shared(member, found, now)
    _periodic(member, found, now)
    units = {body: found[body] for body in member.organizations_as(*IN_THE_UNIT) if body in found}
    if units:
        _came(member, units)
        _own(member, units, now)
    return found


def _since(found: Mapping[UUID, Figures], body: str, at: str) -> Q:
    """Rows of each body from its own day on."""
    begins = {key: timezone.make_aware(datetime.combine(one.since, time())) for key, one in found.items()}
    return reduce(or_, (Q(**{body: key, f"{at}__gte": moment}) for key, moment in begins.items()))


def _issued(member: Member, found: dict[UUID, Figures]) -> None:
    papers = Directive.objects.visible_to(member).filter(_since(found, "issuer", "issued_at"))
    counted = papers.filter(state=DirectiveState.ISSUED).order_by().values_list("issuer", "type")
    for body, kind, count in counted.annotate(count=Count("pk")).order_by("-count", "type"):
        found[body].issued[kind] = count


def _arrivals(rows: Any, body: str) -> dict[UUID, Arrivals]:
    received, back = Q(state=DeliveryState.RECEIVED), Q(state=DeliveryState.MISDIRECTED)
    counted = rows.order_by().values_list(body)
    counted = counted.annotate(sent=Count("pk"), received=Count("pk", filter=received), back=Count("pk", filter=back))
    return {key: Arrivals(*counts) for key, *counts in counted}


def _delivered(member: Member, found: dict[UUID, Figures]) -> None:
    sent = (
        Delivery.objects.seen_as_issuer(member).exclude(state=DeliveryState.WAITING).filter(withdrawn_at__isnull=True)
    )
    rows = sent.filter(_since(found, "directive__issuer", "directive__issued_at"))
    for body, arrivals in _arrivals(rows, "directive__issuer").items():
        found[body].deliveries = arrivals


def _came(member: Member, units: dict[UUID, Figures]) -> None:
    rows = Delivery.objects.visible_to(member).filter(withdrawn_at__isnull=True).exclude(state=DeliveryState.WAITING)
    for body, arrivals in _arrivals(rows.filter(_since(units, "organization", "sent_at")), "organization").items():
        units[body].came = arrivals


def _counted(rows: Any, now: datetime, *keys: str) -> Any:
    """Shares counted by these keys; what is for information or no longer followed is not a share to be done."""
    followed = rows.exclude(part=Part.INFORMED).exclude(state=AssignmentState.ENDED)
    after = ANSWERED & Q(reported_at__gt=F("due_at"))
    late = Q(state__in=[AssignmentState.ASSIGNED, AssignmentState.WORKING], due_at__lt=now)
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


def _shared(member: Member, found: dict[UUID, Figures], now: datetime) -> None:
    since = _since(found, "directive__issuer", "directive__issued_at")
    rows = Assignment.objects.seen_as_issuer(member).filter(since)
    for body, unit, *counts in _counted(rows, now, "issuer", "organization"):
        found[body].shares.append(Shares(unit, *counts))


def _periodic(member: Member, found: dict[UUID, Figures], now: datetime) -> None:
    """Periods fall due long after their paper was issued: they count from their own deadline."""
    shares = Assignment.objects.seen_as_issuer(member)
    for body, units in periods_due(shares, "issuer", _days(found), now).items():
        found[body].periods = list(units.values())


def _days(found: Mapping[UUID, Figures]) -> dict[UUID, date]:
    return {body: one.since for body, one in found.items()}


def _own(member: Member, units: dict[UUID, Figures], now: datetime) -> None:
    rows = Assignment.objects.visible_to(member).filter(_since(units, "organization", "directive__issued_at"))
    for unit, *counts in _counted(rows, now, "organization"):
        units[unit].own_shares = Shares(unit, *counts)
    shares = Assignment.objects.visible_to(member)
    for unit, periods in periods_due(shares, "organization", _days(units), now).items():
        units[unit].own_periods = periods.get(unit)
