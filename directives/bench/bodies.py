"""The bodies and people of the bench's office: a head committee, its boards, and units that receive and issue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from uuid import UUID

from django.db import transaction

from directives.bench.texts import GROUP, Writer
from orgs.models import (
    Authority,
    GroupMember,
    Organization,
    OrganizationKind,
    OrganizationVersion,
    Person,
    Post,
    RecipientGroup,
    Role,
    Term,
)

SINCE = date(2020, 1, 1)
STAFF = (Role.DRAFTER, Role.CLERK, Role.MONITOR, Role.SIGNER, Role.UNIT_CONTACT)
MOST_BOARDS = 10
GROUP_SIZE = 20


@dataclass(frozen=True, slots=True)
class Body:
    """One body with the people who work in it, by their keys."""

    pk: UUID
    name: str
    symbol: str
    term: int
    authority: int
    staff: dict[Role, int]


@dataclass(frozen=True, slots=True)
class Office:
    """All bodies: the head committee issues half of everything, each board 1 %, the units the rest.

    The last board is the head committee's office and drafts for it. Boards receive nothing.
    """

    head: Body
    boards: list[Body]
    units: list[Body]

    @property
    def everybody(self) -> list[Body]:
        """The bodies in the order in which they were made."""
        return [self.head, *self.boards, *self.units]


@transaction.atomic
def make_office(units: int, random: Random) -> Office:
    """Make `units` bodies in all, each with five people, one of whom may sign."""
    writer = Writer(random)
    boards = boards_of(units)
    made = [_make_body(place, boards, random, writer) for place in range(units)]
    office = Office(made[0], made[1 : boards + 1], made[boards + 1 :])
    for owner in made:
        _make_group(owner, office.units[:GROUP_SIZE])
    return office


def _make_body(place: int, boards: int, random: Random, writer: Writer) -> Body:
    name, symbol, kind = _name_of(place, boards, writer)
    organization = Organization.objects.create(id=UUID(int=random.getrandbits(128), version=4), code=f"don-vi-{place}")
    OrganizationVersion.objects.create(
        organization=organization,
        valid_from=SINCE,
        name=name,
        name_line=name.upper(),
        symbol=symbol,
        place="Sơn Hà",
        kind=kind,
        mail_addresses=[f"don-vi-{place}@chidao.example"],
    )
    term = Term.objects.create(organization=organization, name="2020 - 2025", starts_on=SINCE)
    people = {role: _make_person(f"{role}-{place}", writer.person(), [organization], role) for role in STAFF}
    authority = Authority.objects.create(
        person=people[Role.SIGNER],
        organization=organization,
        form="T/M",
        lines=[{"text": "T/M BAN THƯỜNG VỤ", "role": "authority"}, {"text": "PHÓ BÍ THƯ", "role": "position"}],
        starts_on=SINCE,
    )
    staff = {role: person.pk for role, person in people.items()}
    return Body(organization.pk, name, symbol, term.pk, authority.pk, staff)


def _name_of(place: int, boards: int, writer: Writer) -> tuple[str, str, OrganizationKind]:
    if place == 0:
        return "Tỉnh ủy Sơn Hà", "TU", OrganizationKind.PROVINCE_COMMITTEE
    if place <= boards:
        return f"Ban Tham mưu {place}", f"BTM{place}", OrganizationKind.ADVISORY_BODY
    again, name = divmod(place, len(writer.places))
    number = f" {again + 1}" if again else ""
    return f"Đảng ủy xã {writer.places[name]}{number}", "ĐU", OrganizationKind.COMMUNE_COMMITTEE


def _make_person(username: str, full_name: str, organizations: list[Organization], role: Role) -> Person:
    person = Person.objects.create(username=username, full_name=full_name, password="!")
    for organization in organizations:
        Post.objects.create(person=person, organization=organization, role=role, starts_on=SINCE)
    return person


def _make_group(owner: Body, members: list[Body]) -> None:
    group = RecipientGroup.objects.create(owner_id=owner.pk, code=GROUP, name="Các đảng ủy trực thuộc")
    GroupMember.objects.bulk_create(
        GroupMember(group=group, organization_id=member.pk, position=place, starts_on=SINCE)
        for place, member in enumerate(members)
    )


def boards_of(units: int) -> int:
    """How many of so many bodies are boards."""
    return max(1, min(MOST_BOARDS, units // 10))


def usernames(units: int) -> dict[str, str]:
    """Whose work the bench looks at, by what they are."""
    return {
        "rights on 1 %": "monitor-1",
        "clerk of four units": "van-thu-bon-noi",
        "head's drafter": f"drafter-{boards_of(units)}",
        "head's signer": "signer-0",
        "head's clerk": "clerk-0",
        "head's monitor": "monitor-0",
        "administrator": "quan-tri",
    }


def searching_people(units: int) -> dict[str, str]:
    """Those whose searches are measured: few papers of one body, papers that came to several, half of everything."""
    people = usernames(units)
    return {who: people[who] for who in ("rights on 1 %", "clerk of four units", "head's clerk")}


def make_two_more(office: Office) -> None:
    """The part-time clerk who keeps the books of four units, and the administrator; the head's monitor reviews too."""
    organizations = list(Organization.objects.filter(pk__in=[body.pk for body in office.units[:4]]))
    _make_person("van-thu-bon-noi", "Nông Thị Tuyết", organizations, Role.CLERK)
    head = Organization.objects.get(pk=office.head.pk)
    Post.objects.create(
        person_id=office.head.staff[Role.MONITOR], organization=head, role=Role.REVIEWER, starts_on=SINCE
    )
    _make_person("quan-tri", "Lương Minh Khuê", [head], Role.ADMINISTRATOR)
