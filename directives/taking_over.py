"""Who gets a paper in place of bodies that ended after it got its number: its recipients no longer change then.

The directory knows who takes over from whom; a person says so for each paper, when it is issued.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from directives.models import Directive
from directives.recipients import Expansion, Instead
from orgs.models import Organization
from orgs.verdicts import Refused


def offered(directive: Directive, day: date) -> dict[Organization, list[Organization]]:
    """For each body that the paper names and that has ended: the bodies of the day that took over from it."""
    return {body: body.carried_on_by(day) for body in Expansion.of(directive, day).ended()}


def proposed(directive: Directive, day: date) -> Instead:
    """Where one body alone took over, that one; otherwise nobody."""
    return {body.code: others[0] if len(others) == 1 else None for body, others in offered(directive, day).items()}


def chosen(directive: Directive, answers: Mapping[str, str], day: date) -> Instead:
    """What a person answered for bodies that have ended: the code of who gets the paper, or nothing for nobody.

    Raises Refused for a body that did not take over. Answers for other bodies are left out.
    """
    return {
        body.code: _one_of(others, answers[body.code], body, day)
        for body, others in offered(directive, day).items()
        if body.code in answers
    }


def words(instead: Instead, day: date) -> str:
    """A sentence for each body that has ended, for the history of the paper."""
    names = {body.code: body.as_of(day).name for body in Organization.objects.filter(code__in=instead)}
    return "\n".join(
        _("%(ended)s has ended; %(name)s gets the paper.") % {"ended": names[code], "name": body.as_of(day).name}
        if body
        else _("%(ended)s has ended; nobody gets the paper in its place.") % {"ended": names[code]}
        for code, body in instead.items()
    )


def _one_of(others: list[Organization], code: str, ended: Organization, day: date) -> Organization | None:
    if not code:
        return None
    for other in others:
        if other.code == code:
            return other
    raise Refused(_("The body chosen did not take over from %(name)s.") % {"name": ended.as_of(day).name})
