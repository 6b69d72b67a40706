"""A body is entered, gets other names, ends."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from orgs.actions.administering import administered, still_there
from orgs.acts import Act
from orgs.clock import Clock
from orgs.member import Member
from orgs.models import Event, Organization, OrganizationVersion
from orgs.permissions import administered_by
from orgs.verdicts import Refused


@dataclass(frozen=True, kw_only=True)
class Names:
    """What a body is called and how its letter is headed, from a day; `superior_id` may be None above all bodies."""

    valid_from: date
    name: str
    name_line: str
    kind: str
    superior_id: UUID | None
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    superior_line: str = ""
    symbol: str = ""
    place: str = ""
    signature_blank_lines: int | None = None
    mail_addresses: tuple[str, ...] = ()

    def fields(self) -> dict[str, Any]:
        """As the version keeps them."""
        return {**asdict(self), "aliases": list(self.aliases), "mail_addresses": list(self.mail_addresses)}


@transaction.atomic
def enter_body(code: str, names: Names, *, by: Member, clock: Clock) -> Organization:
    """Enter a body that stands below one that the administrator administers."""
    if names.superior_id is None:
        raise Refused(_("Choose the body above it."))
    superior, acting = administered(names.superior_id, by=by, clock=clock)
    still_there(superior, names.valid_from)
    if Organization.objects.filter(code=code).exists():
        raise Refused(_("The code %(code)s belongs to another body.") % {"code": code})
    organization = Organization.objects.create(code=code)
    OrganizationVersion.objects.create(organization=organization, **names.fields())
    facts = {"name": names.name, "from": names.valid_from}
    Event.record(organization, Act.ENTER_BODY, at=clock.now(), by=acting, **facts)
    return organization


@transaction.atomic
def rename_body(organization_id: UUID, names: Names, *, by: Member, clock: Clock) -> OrganizationVersion:
    """Give a body other names, head lines or another superior from a day; what held before stays as it was."""
    organization, acting = administered(organization_id, by=by, clock=clock)
    still_there(organization, names.valid_from)
    last = organization.versions.latest("valid_from")
    if names.valid_from <= last.valid_from:
        raise Refused(
            _("The last names hold from %(day)s. New names begin on a later day.")
            % {"day": f"{last.valid_from:%d/%m/%Y}"}
        )
    if names.superior_id != last.superior_id:
        _may_stand_below(organization, names.superior_id, by, clock)
    version = OrganizationVersion.objects.create(organization=organization, **names.fields())
    facts = {"name": names.name, "from": names.valid_from}
    Event.record(organization, Act.RENAME_BODY, at=clock.now(), by=acting, **facts)
    return version


@transaction.atomic
def end_body(
    organization_id: UUID, *, ended_on: date, successors: tuple[UUID, ...], instrument: str, by: Member, clock: Clock
) -> Organization:
    """Let a body end on a day by a decision; its successors are named, its papers keep its names."""
    organization, acting = administered(organization_id, by=by, clock=clock)
    if organization.ended_on is not None:
        raise Refused(_("It already ends on %(day)s.") % {"day": f"{organization.ended_on:%d/%m/%Y}"})
    if ended_on <= organization.versions.earliest("valid_from").valid_from:
        raise Refused(_("It cannot end before it began."))
    if organization.pk in successors:
        raise Refused(_("A body does not succeed itself."))
    _nobody_below(organization, ended_on)
    named = list(Organization.objects.active_on(ended_on).filter(pk__in=successors))
    if len(named) != len(set(successors)):
        raise Refused(_("A successor has itself ended by that day."))
    organization.ended_on = ended_on
    organization.save(update_fields=["ended_on"])
    organization.successors.set(named)
    facts = {"on": ended_on, "successors": [body.code for body in named], "instrument": instrument}
    Event.record(organization, Act.END_BODY, at=clock.now(), by=acting, **facts)
    return organization


def _may_stand_below(organization: Organization, superior_id: UUID | None, by: Member, clock: Clock) -> None:
    """A body moves only within what the administrator administers, and never below itself."""
    if superior_id is None or superior_id not in administered_by(by, clock.today()):
        raise Refused(_("You do not administer the body above. Ask its administrator to move this one."))
    above: UUID | None = superior_id
    seen: set[UUID] = set()
    while above is not None and above not in seen:
        if above == organization.pk:
            raise Refused(_("A body cannot stand below itself."))
        seen.add(above)
        above = Organization.objects.get(pk=above).as_of(clock.today()).superior_id


def _nobody_below(organization: Organization, day: date) -> None:
    versions = OrganizationVersion.objects.in_force_on(day).filter(superior=organization)
    left = [
        version.name for version in versions.select_related("organization") if not version.organization.has_ended(day)
    ]
    if left:
        raise Refused(
            _("These bodies still stand below it on that day: %(names)s. Give them another superior first.")
            % {"names": "; ".join(left)}
        )
