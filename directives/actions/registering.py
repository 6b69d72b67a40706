"""What the clerk does in the book itself: keep a number, void one that was kept, take one for a secret paper."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directives import numbering
from directives.models import RegisterEntry
from directives.workflow import ENTRY, EntryState, Step
from orgs.clock import Clock
from orgs.member import Acting, Member
from orgs.models import Event, Organization
from orgs.verdicts import Refused


@transaction.atomic
def reserve_number(
    issuer_id: UUID, type_code: str, *, reserved_for: str, until: date, by: Member, clock: Clock
) -> RegisterEntry:
    """Keep the next number of a series, dated today, until the end of a day, for a paper that is still to come."""
    issuer = Organization.objects.get(pk=issuer_id)
    by_clerk = _clerk(by, issuer_id, Step.RESERVE)
    if not reserved_for.strip():
        raise Refused(_("Write what the number is kept for."))
    if until < clock.today():
        raise Refused(_("The day until which the number is kept has passed."))
    kept_for = reserved_for.strip()
    entry = numbering.reserve(issuer, type_code, reserved_for=kept_for, until=until, taken_by=by.person, clock=clock)
    Event.record(entry, Step.RESERVE, at=clock.now(), by=by_clerk, reserved_for=kept_for, until=until)
    return entry


@transaction.atomic
def take_secret_number(issuer_id: UUID, type_code: str, *, by: Member, clock: Clock) -> RegisterEntry:
    """Take a number for a paper in the secret register; the line says only that, with number and date."""
    issuer = Organization.objects.get(pk=issuer_id)
    by_clerk = _clerk(by, issuer_id, Step.RESERVE)
    entry = numbering.take_for_secret(issuer, type_code, taken_by=by.person, clock=clock)
    Event.record(entry, Step.NUMBER, at=clock.now(), by=by_clerk, secret=True)
    return entry


@transaction.atomic
def void_reserved(entry_id: int, *, reason: str, decided_by: str, by: Member, clock: Clock) -> RegisterEntry:
    """Void a number that was kept and is not needed; its line stays in the book."""
    entry = RegisterEntry.objects.select_for_update().select_related("series").get(pk=entry_id)
    by_clerk = _clerk(by, entry.series.organization_id, Step.VOID_NUMBER)
    if entry.state != EntryState.RESERVED:
        raise Refused(_("Number %(number)s is in use; void it on its paper.") % {"number": entry})
    numbering.void(entry, reason=reason, decided_by=decided_by, at=clock.now())
    Event.record(entry, Step.VOID_NUMBER, at=clock.now(), by=by_clerk, reason=reason, decided_by=decided_by)
    return entry


def _clerk(by: Member, organization_id: UUID, step: Step) -> Acting:
    post = by.post_as(organization_id, ENTRY[step].roles)
    if post is None:
        raise Refused(_("Your post does not allow “%(step)s” here.") % {"step": step.label})
    return by.acting_in(post)
