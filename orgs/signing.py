"""What the rules say of a right to sign: how its lines are written, and who may stand in for whom (format.md 2.6)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from orgs.models import Authority, Person, SigningForm
from orgs.verdicts import ALLOWED, Verdict, refused

CONNECTOR = "kiêm"
_BY_ANOTHER = (SigningForm.ON_BEHALF, SigningForm.FOR_THE_HEAD, SigningForm.BY_ORDER)
_NO_FURTHER = ("K/T", "T/L")


class Period(Protocol):
    """What an authority is given for: days and types."""

    @property
    def starts_on(self) -> date:
        """The first day."""

    @property
    def ends_on(self) -> date | None:
        """The last day; None: until it is ended."""

    @property
    def types(self) -> Collection[str]:
        """The types of papers; none named: all."""


def lines_as_printed(form: SigningForm, above: Sequence[str], position: str) -> list[dict[str, str]]:
    """The lines in their order, each with the part that it plays in this form."""
    role = "authority" if form in _BY_ANOTHER else "position"
    lines = [{"text": line, "role": "connector" if line.lower() == CONNECTOR else role} for line in above]
    return [*lines, {"text": position, "role": "position"}]


def lines_fit(form: SigningForm, above: Sequence[str], position: str) -> Verdict:
    """Whether the lines are written as their form asks."""
    first = above[0] if above else position
    if form in {*_BY_ANOTHER, SigningForm.ACTING} and not first.startswith(f"{form.value} "):
        return refused(_("The first line begins with “%(form)s”.") % {"form": f"{form.value} "})
    if form == SigningForm.CONCURRENT and CONNECTOR not in [line.lower() for line in above]:
        return refused(_("Write the first post, then “kiêm” on a line of its own, then the post held besides."))
    if form == SigningForm.BY_ORDER and any(line.startswith(_NO_FURTHER) for line in (*above[1:], position)):
        return refused(_("Who signs T/L signs in person; no further K/T or T/L stands beneath it."))
    return ALLOWED


def may_stand_in(held: Authority, person: Person, period: Period) -> Verdict:
    """Whether this person may sign in place of the holder of an authority, in this period, for these types."""
    if held.form == SigningForm.BY_ORDER:
        return refused(_("Who signs T/L signs in person and is not stood in for; the committee gives T/L to another."))
    if held.in_place_of_id is not None:
        return refused(_("Who stands in for another does not pass it on."))
    if held.person_id == person.pk:
        return refused(_("Nobody stands in for oneself."))
    if period.ends_on is None:
        return refused(_("Write the last day on which the other signs."))
    if period.starts_on < held.starts_on or (held.ends_on is not None and period.ends_on > held.ends_on):
        return refused(
            _("%(name)s does not hold this authority on all of these days.") % {"name": held.person.full_name}
        )
    if held.types and not (period.types and set(period.types) <= set(held.types)):
        return refused(
            _("%(name)s signs only %(types)s; name the types among them.")
            % {"name": held.person.full_name, "types": ", ".join(held.types)}
        )
    return ALLOWED
