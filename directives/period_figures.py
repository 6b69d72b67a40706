"""Periods of periodic shares: how many were due, reported, and reported after their deadline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, F, Q
from django.utils import timezone

from directives.models import Part, PastPeriod, Task
from directives.models.task import AssignmentQuerySet
from directives.timing import Every, end_of, timing_of
from directives.workflow import AssignmentState


@dataclass(frozen=True, slots=True)
class Periods:
    """Periods of one unit whose deadline has passed: all, those reported, and of them those reported after it."""

    unit: UUID
    due: int = 0
    reported: int = 0
    reported_late: int = 0

    @property
    def missing(self) -> int:
        """Due and not reported."""
        return self.due - self.reported

    def plus(self, due: int, reported: int, reported_late: int) -> Periods:
        """The same with so many more."""
        return Periods(self.unit, self.due + due, self.reported + reported, self.reported_late + reported_late)


Counted = dict[UUID, dict[UUID, Periods]]


def periods_due(shares: AssignmentQuerySet, body: str, since: Mapping[UUID, date], now: datetime) -> Counted:
    """By body and unit the periods of these shares that fell due from the body's day on until now.

    `body` is the field of the share by which it belongs to a body. A unit that is behind owes every period since, and
    not only the one that is open. What is for information is not counted, nor a period open when the share was ended.
    """
    counted: Counted = {key: {} for key in since}
    shares = shares.exclude(part=Part.INFORMED).filter(**{f"{body}__in": list(since)})
    for key, unit, *counts in _past(shares, body, since, now):
        _add(counted[key], unit, *counts)
    for key, unit, due, reported, late in _open(shares, body, now):
        if timezone.localdate(due) >= since[key]:
            _add(counted[key], unit, 1, int(reported), int(late))
    return counted


def _add(units: dict[UUID, Periods], unit: UUID, due: int, reported: int, late: int) -> None:
    units[unit] = units.get(unit, Periods(unit)).plus(due, reported, late)


def _past(
    shares: AssignmentQuerySet, body: str, since: Mapping[UUID, date], now: datetime
) -> Iterator[tuple[UUID, UUID, int, int, int]]:
    """Periods whose report was accepted, counted by body and unit."""
    begins = {key: timezone.make_aware(datetime.combine(day, time())) for key, day in since.items()}
    own = reduce(or_, (Q(**{f"assignment__{body}": key, "due_at__gte": begin}) for key, begin in begins.items()))
    rows = PastPeriod.objects.filter(own, due_at__lte=now, assignment__in=shares.order_by().values("pk"))
    counted = rows.order_by().values_list(f"assignment__{body}", "assignment__organization")
    late = Count("pk", filter=Q(reported_at__gt=F("due_at")))
    for key, unit, due, reported_late in counted.annotate(due=Count("pk"), late=late):
        yield key, unit, due, due, reported_late


def _open(shares: AssignmentQuerySet, body: str, now: datetime) -> Iterator[tuple[UUID, UUID, datetime, bool, bool]]:
    """Each period since the one that is open and whose deadline has passed; a report can only be of the open one."""
    periodic = Task.objects.filter(timing__startswith="every ").order_by().values("pk")
    behind = shares.exclude(state=AssignmentState.ENDED).filter(task__in=periodic, due_at__lte=now)
    facts = ("organization", "task__timing", "due_at", "reported_at", "state")
    for key, unit, timing, due_at, reported_at, state in behind.order_by().values_list(body, *facts):
        timed = timing_of(timing)
        assert isinstance(timed, Every), "asked for by its first word"
        reported = state == AssignmentState.REPORTED
        due = due_at
        while due <= now:
            is_open = due == due_at
            yield key, unit, due, is_open and reported, is_open and reported and reported_at > due_at
            due = end_of(timed.next_after(timezone.localdate(due)))
