"""The only writer of the register.

One row per series is counter and lock: a roll-back gives the number back, so the book has neither gaps nor doubles.
The series key is issuing body, term and symbol group (format.md 4.1). The day is read under the lock: dates never fall.
"""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from directives.document import Number
from directives.formats.types import type_named
from directives.models import Directive, NumberSeries, RegisterEntry, SecretSeries, SeriesMode
from directives.workflow import DirectiveState, EntryState
from orgs.clock import Clock
from orgs.member import Member
from orgs.models import Organization, Person, Term
from orgs.verdicts import Refused


@dataclasses.dataclass(frozen=True, slots=True)
class GivenNumber:
    """A number taken from a book kept elsewhere, as the clerk typed it."""

    value: int
    suffix: str
    dated_on: date


def series_for(issuer: Organization, type_code: str, day: date) -> NumberSeries:
    """The series in which a paper of this type takes its number on `day`; raises Refused when no term is recorded."""
    key = _series_key(issuer, type_code, day)
    series, _created = NumberSeries.objects.get_or_create(**key, defaults=_as_in_the_term_before(key))
    return series


def _as_in_the_term_before(key: dict[str, Any]) -> dict[str, Any]:
    """Who gives the numbers and where secret papers are numbered goes on in a new term; the numbers begin anew."""
    earlier = NumberSeries.objects.filter(organization=key["organization"], symbol_group=key["symbol_group"])
    before = earlier.filter(term__starts_on__lt=key["term"].starts_on).order_by("-term__starts_on").first()
    return {"mode": before.mode, "secret_series": before.secret_series} if before else {}


def _series_key(issuer: Organization, type_code: str, day: date) -> dict[str, Any]:
    term = Term.objects.filter(organization=issuer).on(day).order_by("-starts_on").first()
    if term is None:
        raise Refused(
            _("No term of %(body)s is recorded for %(day)s. Enter the term first.")
            % {"body": issuer.as_of(day).name, "day": f"{day:%d/%m/%Y}"}
        )
    return {"organization": issuer, "term": term, "symbol_group": type_named(type_code).symbol_group}


def allocate(
    directive: Directive,
    *,
    day: date,
    taken_by: Person,
    clock: Clock,
    expected: int | None = None,
    given: GivenNumber | None = None,
) -> RegisterEntry:
    """Give the directive the next number of its series and freeze it; called last, because it serialises the series.

    `day` is the day for which the paper was checked; `expected` is the number the page promised. Raises Refused when
    the day has changed, the promised number is gone, the clock is behind the last date, or the book is kept elsewhere.
    """
    series = _lock(series_for(directive.issuer, directive.type, day))
    if series.mode == SeriesMode.ELSEWHERE:
        value, suffix, dated_on = _from_the_other_book(series, given, clock.today())
    else:
        value, suffix, dated_on = _next(series, day, clock.today(), expected)
    entry = _enter(
        series,
        number=value,
        suffix=suffix,
        dated_on=dated_on,
        symbol=symbol_of(directive.issuer, directive.type, dated_on),
        directive=directive,
        taken_by=taken_by,
        taken_at=clock.now(),
    )
    _freeze(directive, entry, clock.now())
    return entry


def reserve(
    issuer: Organization, type_code: str, *, reserved_for: str, until: date, taken_by: Person, clock: Clock
) -> RegisterEntry:
    """Keep the next number, dated today, for a paper that is still to come (giữ số)."""
    facts = {"state": EntryState.RESERVED, "reserved_for": reserved_for, "reserved_until": until}
    return _take_for_no_paper(issuer, type_code, taken_by, clock, **facts)


def take_for_secret(issuer: Organization, type_code: str, *, taken_by: Person, clock: Clock) -> RegisterEntry:
    """The next number, dated today, for a paper in the secret register; nothing else about that paper is taken.

    Raises Refused when secret papers of this body have a series of their own.
    """
    if series_for(issuer, type_code, clock.today()).secret_series == SecretSeries.SEPARATE:
        raise Refused(_("Secret papers of this body are numbered in the secret register only."))
    return _take_for_no_paper(issuer, type_code, taken_by, clock, secret=True)


def kept_for_papers_like(directive: Directive, day: date, member: Member) -> QuerySet[RegisterEntry]:
    """Numbers in registers open to this member that are still kept on `day` and may be given to this paper."""
    kept = RegisterEntry.objects.visible_to(member).filter(state=EntryState.RESERVED, reserved_until__gte=day)
    group = type_named(directive.type).symbol_group
    return kept.filter(series__organization=directive.issuer, series__symbol_group=group).order_by("number")


def use_reserved(entry_id: int, directive: Directive, *, at: datetime) -> RegisterEntry:
    """Give the directive a number that was kept for it, with the day on which it was kept."""
    entry = RegisterEntry.objects.select_for_update().get(pk=entry_id)
    series = series_for(directive.issuer, directive.type, entry.dated_on)
    if entry.state != EntryState.RESERVED or entry.series_id != series.pk:
        raise Refused(_("Number %(number)s is not kept for a paper like this one.") % {"number": entry})
    if entry.reserved_until is not None and entry.reserved_until < timezone.localdate(at):
        raise Refused(
            _("Number %(number)s was kept only until the end of %(day)s; void it and take the next one.")
            % {"number": entry, "day": f"{entry.reserved_until:%d/%m/%Y}"}
        )
    entry.state, entry.directive = EntryState.NUMBERED, directive
    entry.save(update_fields=["state", "directive"])
    _freeze(directive, entry, at)
    return entry


def symbol_of(issuer: Organization, type_code: str, day: date) -> str:
    """What stands behind the hyphen: `CV/TU`, from the type and the body's symbol on that day (format.md 2.5)."""
    return "/".join(part for part in (type_named(type_code).symbol, issuer.as_of(day).symbol) if part)


def next_number(directive: Directive, day: date) -> int | None:
    """The number to expect on `day`, or None when its book is kept elsewhere; a page may ask, nothing is made."""
    key = _series_key(directive.issuer, directive.type, day)
    series = NumberSeries.objects.filter(**key).first() or NumberSeries(**key, **_as_in_the_term_before(key))
    return None if series.mode == SeriesMode.ELSEWHERE else series.next_number


def void(entry: RegisterEntry, *, reason: str, decided_by: str, at: datetime) -> None:
    """Void a number: its line stays with the reason and who decided, and the number is never used again.

    Raises Refused without a reason and the name of the person who decided.
    """
    if not reason.strip() or not decided_by.strip():
        raise Refused(_("A number is voided only with a reason and the name of the person who decided it."))
    RegisterEntry.objects.filter(pk=entry.pk).update(
        state=EntryState.VOID, void_reason=reason.strip(), voided_by=decided_by.strip(), voided_at=at
    )


def gaps(series: NumberSeries) -> list[int]:
    """Numbers below the highest one that have no line in the register, in order (khuyết số)."""
    entries = _entries(series).order_by()
    ends = entries.aggregate(first=Min("number"), last=Max("number"))
    # A register without a gap is told from its count; only another is looked through.
    if ends["first"] is None or _count(entries) == ends["last"] - ends["first"] + 1:
        return []
    numbers = set(entries.values_list("number", flat=True))
    return [number for number in range(ends["first"], ends["last"]) if number not in numbers]


def _count(entries: QuerySet[RegisterEntry]) -> int:
    """How many numbers these entries hold; 12 and 12a are one."""
    counted: dict[str, int] = entries.aggregate(count=Count("number", distinct=True))
    return counted["count"]


def _take_for_no_paper(
    issuer: Organization, type_code: str, taken_by: Person, clock: Clock, **facts: Any
) -> RegisterEntry:
    day = clock.today()
    series = _lock(series_for(issuer, type_code, day))
    if series.mode == SeriesMode.ELSEWHERE:
        raise Refused(_("The numbers of this series come from another book; take the number there."))
    value, suffix, dated_on = _next(series, day, clock.today(), None)
    symbol = symbol_of(issuer, type_code, dated_on)
    facts |= {"number": value, "suffix": suffix, "dated_on": dated_on, "symbol": symbol}
    return _enter(series, taken_by=taken_by, taken_at=clock.now(), **facts)


def _enter(series: NumberSeries, **facts: Any) -> RegisterEntry:
    """Write the line of a number that was just taken and move the counter past it."""
    entry = RegisterEntry.objects.create(series=series, **{"state": EntryState.NUMBERED, **facts})
    following = max(series.next_number, entry.number + 1)
    NumberSeries.objects.filter(pk=series.pk).update(next_number=following, last_dated_on=entry.dated_on)
    return entry


def _lock(series: NumberSeries) -> NumberSeries:
    """The series row, locked until the transaction ends."""
    return NumberSeries.objects.select_for_update().get(pk=series.pk)


def _next(series: NumberSeries, day: date, today: date, expected: int | None) -> tuple[int, str, date]:
    if today != day:
        raise Refused(_("The day has just changed. Press “Give the number” again."))
    if series.closed_at is not None:
        raise Refused(_("This series of numbers is closed."))
    if series.last_dated_on is not None and day < series.last_dated_on:
        raise Refused(
            _(
                "The last number is dated %(last)s and today is %(day)s: the clock of the server is wrong. "
                "Call the administrator."
            )
            % {"last": f"{series.last_dated_on:%d/%m/%Y}", "day": f"{day:%d/%m/%Y}"}
        )
    if expected is not None and expected != series.next_number:
        raise Refused(
            _(
                "Number %(taken)s has just been given to another paper. The next number is %(next)s. "
                "Press “Give the number” again; what you typed is kept."
            )
            % {"taken": expected, "next": series.next_number}
        )
    return series.next_number, "", day


def _from_the_other_book(series: NumberSeries, given: GivenNumber | None, today: date) -> tuple[int, str, date]:
    if given is None:
        raise Refused(_("The numbers of this series come from another book. Type the number and the date."))
    if given.dated_on > today:
        raise Refused(_("The date of the paper lies in the future."))
    taken = _entries(series).filter(number=given.value, suffix=given.suffix).first()
    if taken is not None:
        raise Refused(
            _("Number %(number)s of %(day)s is already in the register. Look at the book and type the right number.")
            % {"number": taken, "day": f"{taken.dated_on:%d/%m/%Y}"}
        )
    return given.value, given.suffix, given.dated_on


def _entries(series: NumberSeries) -> QuerySet[RegisterEntry]:
    return RegisterEntry.objects.filter(series=series)


def _freeze(directive: Directive, entry: RegisterEntry, at: datetime) -> None:
    """One UPDATE gives the number, the date and the document as it will be printed; they never change from here."""
    number = Number(entry.number, entry.suffix, entry.symbol)
    frozen = dataclasses.replace(directive.under_head_of(entry.dated_on), number=number, date=entry.dated_on)
    directive.state = DirectiveState.NUMBERED
    directive.number, directive.number_suffix, directive.symbol = entry.number, entry.suffix, entry.symbol
    directive.dated_on, directive.frozen, directive.changed_at = entry.dated_on, frozen.to_json(), at
    directive.save(update_fields=["state", "number", "number_suffix", "symbol", "dated_on", "frozen", "changed_at"])
