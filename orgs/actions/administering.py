"""What every act of an administrator begins with, and how a day ends what was given."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from orgs.clock import Clock
from orgs.member import Acting, Member
from orgs.models import Organization
from orgs.permissions import administrator
from orgs.verdicts import Refused


def administered(organization_id: UUID, *, by: Member, clock: Clock) -> tuple[Organization, Acting]:
    """The body, locked until the transaction ends, and the post in which it is administered; raises Refused."""
    acting = administrator(by, organization_id, clock.today())
    return Organization.objects.select_for_update().get(pk=organization_id), acting


def still_there(organization: Organization, day: date) -> None:
    """Raise Refused when the body has ended on `day`."""
    if organization.has_ended(day):
        raise Refused(_("%(name)s no longer exists.") % {"name": organization.as_of(day).name})


def last_day_of(starts_on: date, ends_on: date | None, wanted: date | None, clock: Clock) -> date:
    """The last day of what began on `starts_on`; yesterday, so that it ends at once, when no day is wanted.

    Raises Refused when an end is already written, or the day lies before it began.
    """
    if ends_on is not None:
        raise Refused(_("It already ends on %(day)s.") % {"day": f"{ends_on:%d/%m/%Y}"})
    at_once = max(clock.today(), starts_on) - timedelta(days=1)
    if wanted is None:
        return at_once
    if wanted < starts_on and wanted != at_once:
        raise Refused(_("It began on %(day)s; it cannot end before.") % {"day": f"{starts_on:%d/%m/%Y}"})
    return wanted
