"""What a register says of itself: from which number to which, how many voided or kept, which are missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext as _

from directives import numbering
from directives.models import IncomingBook, NumberSeries
from directives.workflow import EntryState


@dataclass(frozen=True, slots=True)
class Continuity:
    """The numbers of one book; `first` and `last` are None while it is empty, `missing` is in order (khuyết số)."""

    first: int | None
    last: int | None
    voided: int = 0
    reserved: int = 0
    missing: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """The statement that closes a printed register."""
        if self.first is None or self.last is None:
            return _("The book has no line yet.")
        said = [
            _("From number %(first)s to number %(last)s") % {"first": f"{self.first:02d}", "last": f"{self.last:02d}"}
        ]
        if self.voided:
            said.append(_("%(count)s numbers voided") % {"count": f"{self.voided:02d}"})
        if self.reserved:
            said.append(_("%(count)s numbers kept") % {"count": f"{self.reserved:02d}"})
        if self.missing:
            words = _("%(count)s numbers missing: %(numbers)s")
            said.append(words % {"count": f"{len(self.missing):02d}", "numbers": in_runs(self.missing)})
        else:
            said.append(_("no number missing"))
        return ", ".join(said) + "."

    def missing_before(self, number: int) -> str:
        """The missing numbers that stand right before this one, `12-14`; empty when there are none."""
        run: list[int] = []
        gone = set(self.missing)
        while (number := number - 1) in gone:
            run.append(number)
        return in_runs(reversed(run))


def of_series(series: NumberSeries) -> Continuity:
    """The statement of an outgoing register."""
    # Both ends are read off the index of numbers, the few lines of the second question off their own.
    ends = series.entries.aggregate(first=Min("number"), last=Max("number"))
    special = series.entries.exclude(state=EntryState.NUMBERED).aggregate(
        voided=Count("pk", filter=Q(state=EntryState.VOID)),
        reserved=Count("pk", filter=Q(state=EntryState.RESERVED)),
    )
    return Continuity(**ends, **special, missing=tuple(numbering.gaps(series)))


def of_book(book: IncomingBook) -> Continuity:
    """The statement of an incoming register."""
    numbers = set(book.entries.values_list("number", flat=True))
    if not numbers:
        return Continuity(None, None)
    first, last = min(numbers), max(numbers)
    return Continuity(first, last, missing=tuple(number for number in range(first, last) if number not in numbers))


def in_runs(numbers: Iterable[int]) -> str:
    """Numbers in order with neighbours joined: `03, 07-09`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]:02d}" if len(run) == 1 else f"{run[0]:02d}-{run[-1]:02d}" for run in runs)
