"""The right to sign for a body is given and ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from orgs.actions.administering import administered, last_day_of, still_there
from orgs.acts import Act
from orgs.clock import Clock
from orgs.member import Member
from orgs.models import Authority, Event, Organization, Person, Post, Role, SigningForm
from orgs.permissions import may_empower
from orgs.signing import lines_as_printed, lines_fit, may_stand_in
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
        """The lines as they are printed, each with the part that it plays; raises Refused where they do not fit."""
        lines_fit(self.form, self.authority_lines, self.position_line).enforce()
        return lines_as_printed(self.form, self.authority_lines, self.position_line)


@transaction.atomic
def give_authority(
    organization_id: UUID, person_id: int, facts: AuthorityFacts, *, by: Member, clock: Clock
) -> Authority:
    """Let a person who holds the post of signer sign for the body, from a day, by a written instrument."""
    organization, acting = administered(organization_id, by=by, clock=clock)
    authority = _given(organization, person_id, facts, None, by=by, clock=clock)
    told = {"name": authority.person.full_name, "lines": authority.printed_lines, "first_day": facts.starts_on}
    Event.record(organization, Act.GIVE_AUTHORITY, at=clock.now(), by=acting, last_day=facts.ends_on, **told)
    return authority


@transaction.atomic
def substitute(authority_id: int, person_id: int, facts: AuthorityFacts, *, by: Member, clock: Clock) -> Authority:
    """Let another person sign while the holder of an authority is away, until a last day, on a written basis."""
    held = Authority.objects.select_for_update(of=("self",)).select_related("person").get(pk=authority_id)
    organization, acting = administered(held.organization_id, by=by, clock=clock)
    if not facts.instrument.strip():
        raise Refused(_("Write on what basis the other signs."))
    authority = _given(organization, person_id, facts, held, by=by, clock=clock)
    told = {"name": authority.person.full_name, "in_place_of": held.person.full_name, "instrument": facts.instrument}
    days = {"first_day": facts.starts_on, "last_day": facts.ends_on}
    Event.record(organization, Act.SUBSTITUTE, at=clock.now(), by=acting, lines=authority.printed_lines, **told, **days)
    return authority


@transaction.atomic
def end_authority(authority_id: int, *, last_day: date | None, by: Member, clock: Clock) -> Authority:
    """End the right to sign with its last day, or at once; what was signed within it stays signed."""
    authorities = Authority.objects.select_for_update(of=("self",)).select_related("person", "organization")
    authority = authorities.get(pk=authority_id)
    organization, acting = administered(authority.organization_id, by=by, clock=clock)
    # A substitution has its last day from the beginning; it may end earlier.
    written = None if authority.in_place_of_id is not None else authority.ends_on
    authority.ends_on = last_day_of(authority.starts_on, written, last_day, clock)
    authority.save(update_fields=["ends_on"])
    _end_substitutes(authority)
    told = {"name": authority.person.full_name, "lines": authority.printed_lines, "last_day": authority.ends_on}
    Event.record(organization, Act.END_AUTHORITY, at=clock.now(), by=acting, **told)
    return authority


def _is_signer(person: Person, organization: Organization, clock: Clock) -> None:
    posts = Post.objects.filter(person=person, organization=organization, role=Role.SIGNER)
    if not posts.not_ended_on(clock.today()).exists():
        raise Refused(_("%(name)s holds no post of signer here. Give the post first.") % {"name": person.full_name})


def _given(
    organization: Organization,
    person_id: int,
    facts: AuthorityFacts,
    held: Authority | None,
    *,
    by: Member,
    clock: Clock,
) -> Authority:
    person = Person.objects.get(pk=person_id)
    may_empower(by, person).enforce()
    still_there(organization, max(facts.starts_on, clock.today()))
    _is_signer(person, organization, clock)
    if facts.ends_on is not None and facts.ends_on < facts.starts_on:
        raise Refused(_("The last day lies before the first."))
    if held is not None:
        may_stand_in(held, person, facts).enforce()
    return Authority.objects.create(
        person=person,
        organization=organization,
        in_place_of=held,
        form=facts.form,
        lines=facts.lines(),
        types=list(facts.types),
        instrument=facts.instrument,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
    )


def _end_substitutes(held: Authority) -> None:
    """Nobody stands in for an authority that has ended; one that was still to come then never held."""
    for substitution in held.substitutes.filter(ends_on__gt=held.ends_on):
        last_day = held.ends_on or substitution.starts_on
        substitution.ends_on = max(last_day, substitution.starts_on - timedelta(days=1))
        substitution.save(update_fields=["ends_on"])
