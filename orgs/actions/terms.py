"""A term of a committee begins and ends; its numbers run with it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from orgs.actions.administering import administered, last_day_of, still_there
from orgs.acts import Act
from orgs.clock import Clock
from orgs.member import Member
from orgs.models import Event, Term
from orgs.verdicts import Refused


@transaction.atomic
def begin_term(organization_id: UUID, *, name: str, starts_on: date, by: Member, clock: Clock) -> Term:
    """A term begins on a day; the one before must have ended by then, so that no day belongs to two."""
    organization, acting = administered(organization_id, by=by, clock=clock)
    still_there(organization, max(starts_on, clock.today()))
    open_still = organization.terms.filter(ends_on__isnull=True).first()
    if open_still is not None:
        raise Refused(_("The term %(name)s has not ended yet. End it first.") % {"name": open_still.name})
    if organization.terms.filter(ends_on__gte=starts_on).exists():
        raise Refused(_("An earlier term still holds on that day."))
    term = Term.objects.create(organization=organization, name=name, starts_on=starts_on)
    Event.record(organization, Act.BEGIN_TERM, at=clock.now(), by=acting, name=name, first_day=starts_on)
    return term


@transaction.atomic
def end_term(term_id: int, *, last_day: date | None, by: Member, clock: Clock) -> Term:
    """A term ends with the closing day of the congress; later papers take their numbers from the next term."""
    term = Term.objects.select_for_update().get(pk=term_id)
    organization, acting = administered(term.organization_id, by=by, clock=clock)
    wanted = last_day or clock.today()
    if wanted < term.starts_on:
        raise Refused(_("It began on %(day)s; it cannot end before.") % {"day": f"{term.starts_on:%d/%m/%Y}"})
    term.ends_on = last_day_of(term.starts_on, term.ends_on, wanted, clock)
    term.save(update_fields=["ends_on"])
    Event.record(organization, Act.END_TERM, at=clock.now(), by=acting, name=term.name, last_day=term.ends_on)
    return term
