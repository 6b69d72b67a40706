"""The right to sign for a body is given and ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from orgs.actions.administering import administered, last_day_of, still_there
from orgs.acts import Act
from orgs.clock import Clock
from orgs.member import Member
from orgs.models import Authority, Event, Organization, Person, Post, Role, SigningForm
from orgs.permissions import may_empower
from orgs.verdicts import Refused


@dataclass(frozen=True, kw_only=True)
class AuthorityFacts:
    """In what form a person signs, with the lines above the name; no `types` means papers of every type."""

    form: SigningForm
    authority_lines: tuple[str, ...]
    position_line: str
    instrument: str
    starts_on: date
    ends_on: date | None = None
    types: tuple[str, ...] = ()

    def lines(self) -> list[dict[str, str]]:
        """The lines as they are printed, each with the part that it plays."""
        above = [{"text": line, "role": "authority"} for line in self.authority_lines]
        return [*above, {"text": self.position_line, "role": "position"}]


@transaction.atomic
def give_authority(
    organization_id: UUID, person_id: int, facts: AuthorityFacts, *, by: Member, clock: Clock
) -> Authority:
    """Let a person who holds the post of signer sign for the body, from a day, by a written instrument."""
    organization, acting = administered(organization_id, by=by, clock=clock)
    person = Person.objects.get(pk=person_id)
    may_empower(by, person).enforce()
    still_there(organization, max(facts.starts_on, clock.today()))
    _is_signer(person, organization, clock)
    if facts.ends_on is not None and facts.ends_on < facts.starts_on:
        raise Refused(_("The last day lies before the first."))
    authority = Authority.objects.create(
        person=person,
        organization=organization,
        form=facts.form,
        lines=facts.lines(),
        types=list(facts.types),
        instrument=facts.instrument,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
    )
    told = {"name": person.full_name, "lines": authority.printed_lines, "first_day": facts.starts_on}
    Event.record(organization, Act.GIVE_AUTHORITY, at=clock.now(), by=acting, last_day=facts.ends_on, **told)
    return authority


@transaction.atomic
def end_authority(authority_id: int, *, last_day: date | None, by: Member, clock: Clock) -> Authority:
    """End the right to sign with its last day, or at once; what was signed within it stays signed."""
    authority = Authority.objects.select_for_update().select_related("person", "organization").get(pk=authority_id)
    organization, acting = administered(authority.organization_id, by=by, clock=clock)
    authority.ends_on = last_day_of(authority.starts_on, authority.ends_on, last_day, clock)
    authority.save(update_fields=["ends_on"])
    told = {"name": authority.person.full_name, "lines": authority.printed_lines, "last_day": authority.ends_on}
    Event.record(organization, Act.END_AUTHORITY, at=clock.now(), by=acting, **told)
    return authority


def _is_signer(person: Person, organization: Organization, clock: Clock) -> None:
    posts = Post.objects.filter(person=person, organization=organization, role=Role.SIGNER)
    if not posts.not_ended_on(clock.today()).exists():
        raise Refused(_("%(name)s holds no post of signer here. Give the post first.") % {"name": person.full_name})
