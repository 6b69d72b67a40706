"""The boxes in which the deadline of an item is said, and what they say together."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives.deadline_phrases import Deadline, deadlines_in
from directives.document import Block
from directives.timing import MOST_DAYS, PERIODS, Every, Period, Standing, Within
from orgs.forms.fields import DayField

ON_A_DAY, WITHIN, WORKING, STANDING = "", "within", "working", "standing"
KINDS = [
    (ON_A_DAY, gettext_lazy("On a day")),
    (WITHIN, gettext_lazy("Within some days of receipt")),
    (WORKING, gettext_lazy("Within some working days of receipt")),
    *((period.value, capfirst(PERIODS[period])) for period in Period),
    (STANDING, gettext_lazy("Standing, without an end")),
]
DEADLINE_FIELDS = ("due", "day", "hour", "days", "on")


@dataclass(frozen=True, slots=True)
class NamedDeadline:
    """A deadline that the words of an item name, and what its boxes hold when somebody chooses it, as JSON."""

    words: str
    boxes: str


def named_in(block: Block, today: date) -> list[NamedDeadline]:
    """Each deadline that the item names, once; none of them is filled in unasked."""
    found = {deadline.words: deadline for deadline in deadlines_in(block.text, today)}
    return [NamedDeadline(words, json.dumps(_boxes(deadline))) for words, deadline in found.items()]


def deadline_fields(block: Block, today: date) -> dict[str, forms.Field]:
    """The fields by their names, filled with what the item says now; what its words name is told, not filled in."""
    day, _t, hour = (block.deadline or "").partition("T")
    timed = block.timed
    named = "; ".join(each.words for each in named_in(block, today))
    return {
        "due": forms.ChoiceField(
            label=gettext_lazy("How the deadline is counted"),
            choices=KINDS,
            required=False,
            initial=_kind(timed),
            help_text=_("Named in the text: %(deadlines)s") % {"deadlines": named} if named else "",
        ),
        "day": DayField(
            label=gettext_lazy("Deadline"), required=False, initial=date.fromisoformat(day) if day else None
        ),
        "hour": forms.TimeField(
            label=gettext_lazy("Hour"),
            required=False,
            input_formats=["%H:%M", "%Hh%M", "%H giờ %M"],
            initial=hour[:5],
            widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "07:30", "class": "hour"}),
            error_messages={"invalid": gettext_lazy("Write the hour as 07:30.")},
        ),
        "days": _number(gettext_lazy("How many days"), MOST_DAYS, timed.days if isinstance(timed, Within) else None),
        "on": _number(gettext_lazy("On day (of a week 2 to 7)"), 31, timed.on if isinstance(timed, Every) else None),
    }


def faults(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What does not go together: the name of the field and what to do."""
    kind = facts["due"]
    if kind == ON_A_DAY and facts["hour"] and not facts["day"]:
        yield "day", _("Write the day that goes with the hour.")
    if kind in {WITHIN, WORKING} and not facts["days"]:
        yield "days", _("Write how many days.")
    if kind == Period.WEEK and facts["on"] and not 2 <= facts["on"] <= 7:
        yield "on", _("Write the weekday as 2 to 7.")


def deadline_of(facts: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The day of the item and its timing; one of them at most."""
    kind = facts["due"]
    if kind == ON_A_DAY:
        return _moment(facts), None
    timing: Within | Every | Standing = Standing()
    if kind in {WITHIN, WORKING}:
        timing = Within(facts["days"], working=kind == WORKING)
    elif kind != STANDING:
        timing = Every(Period(kind), facts["on"])
    return None, str(timing)


def _moment(facts: Mapping[str, Any]) -> str | None:
    if facts["day"] is None:
        return None
    day: str = facts["day"].isoformat()
    return f"{day}T{facts['hour']:%H:%M}" if facts["hour"] else day


def _boxes(deadline: Deadline) -> dict[str, str]:
    """What stands in each box of an item with this deadline."""
    day, _t, hour = deadline.iso.partition("T")
    timing = deadline.timing
    return {
        "due": _kind(timing),
        "day": f"{date.fromisoformat(day):%d/%m/%Y}" if day else "",
        "hour": hour[:5],
        "days": str(timing.days) if isinstance(timing, Within) else "",
        "on": str(timing.on or "") if isinstance(timing, Every) else "",
    }


def _kind(timed: Within | Every | Standing | None) -> str:
    if isinstance(timed, Within):
        return WORKING if timed.working else WITHIN
    if isinstance(timed, Every):
        return timed.period.value
    return ON_A_DAY if timed is None else STANDING


def _number(label: Any, most: int, initial: int | None) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"class": "short", "inputmode": "numeric"})
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=most, initial=initial, widget=widget)
