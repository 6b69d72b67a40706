"""What the directory and the administration show of a body, with names as of today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from orgs.acts import ENTERED_FROM_FILE, Act
from orgs.models import Event, GroupMember, Organization, OrganizationVersion, Person, Post, RecipientGroup, Role
from orgs.vietnamese import sort_key, sort_key_of_person

LEADERS_FIRST = (
    Role.SIGNER,
    Role.UNIT_HEAD,
    Role.OFFICE_HEAD,
    Role.SECTION_HEAD,
    Role.REVIEWER,
    Role.CLERK,
    Role.UNIT_CONTACT,
    Role.DRAFTER,
    Role.OFFICER,
    Role.MONITOR,
    Role.ASSISTANT,
    Role.INSPECTOR,
    Role.ADMINISTRATOR,
)
"""The order in which the people of a body are named."""


@dataclass(frozen=True, slots=True)
class BodyLink:
    """A body by the address of its page and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class NamesRow:
    """What a body was called in a stretch of time; no last day: until now, or not yet decided."""

    version: OrganizationVersion
    superior: BodyLink | None
    last_day: date | None
    to_come: bool


@dataclass(frozen=True, slots=True)
class HolderRow:
    """A person with the posts held in one body."""

    person: Person
    posts: list[Post]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group with the number of its members today."""

    group: RecipientGroup
    members: int


def links(day: date, ids: Iterable[UUID | None]) -> dict[UUID, BodyLink]:
    """The bodies by their id, named as of `day` (else by their code), in the order of the alphabet."""
    bodies = Organization.objects.filter(pk__in={pk for pk in ids if pk}).named_as_of(day)
    found = {pk: BodyLink(code, name or code) for pk, code, name in bodies.values_list("pk", "code", "current_name")}
    return dict(sorted(found.items(), key=lambda item: sort_key(item[1].name)))


def names_over_time(organization: Organization, day: date) -> list[NamesRow]:
    """Every version of the body, the newest first."""
    versions = list(organization.versions.order_by("valid_from"))
    superiors = links(day, [version.superior_id for version in versions])
    ends: list[date | None] = [later.valid_from - timedelta(days=1) for later in versions[1:]]
    ends.append(organization.ended_on - timedelta(days=1) if organization.ended_on else None)
    rows = [
        NamesRow(
            version, superiors.get(version.superior_id) if version.superior_id else None, end, version.valid_from > day
        )
        for version, end in zip(versions, ends, strict=True)
    ]
    return rows[::-1]


def subordinates(organization: Organization, day: date) -> list[BodyLink]:
    """The bodies directly below on `day`."""
    versions = OrganizationVersion.objects.in_force_on(day).filter(
        superior=organization, organization__in=Organization.objects.active_on(day)
    )
    rows = versions.order_by("sort_key").values_list("organization__code", "name")
    return [BodyLink(code, name) for code, name in rows]


def holders(organization: Organization, day: date) -> list[HolderRow]:
    """Who holds which posts on `day`, leaders first; an account that is closed holds none."""
    rank = {role: place for place, role in enumerate(LEADERS_FIRST)}
    held = organization.posts.on(day).filter(person__is_active=True).select_related("person")
    return _by_person(sorted(held, key=lambda post: (rank[Role(post.role)], sort_key_of_person(post.person.full_name))))


def staff(organization: Organization, day: date) -> list[HolderRow]:
    """Everybody who holds a post on `day` or will, closed accounts too, by the given name."""
    held = organization.posts.not_ended_on(day).select_related("person").order_by("starts_on", "role")
    return _by_person(sorted(held, key=lambda post: sort_key_of_person(post.person.full_name)))


def memberships(organization: Organization, day: date) -> list[tuple[GroupMember, BodyLink]]:
    """The groups to which the body belongs on `day`, each with the body that keeps the group."""
    members = GroupMember.objects.on(day).filter(organization=organization).select_related("group")
    rows = list(members.order_by("group__name"))
    owners = links(day, [member.group.owner_id for member in rows])
    return [(member, owners[member.group.owner_id]) for member in rows]


def groups_of(organization: Organization, day: date) -> list[GroupRow]:
    """The body's own groups with their counts on `day`."""
    groups = list(organization.recipient_groups.order_by("name"))
    counts = dict.fromkeys((group.pk for group in groups), 0)
    for group_id in GroupMember.objects.on(day).filter(group__in=groups).values_list("group_id", flat=True):
        counts[group_id] += 1
    return [GroupRow(group, counts[group.pk]) for group in groups]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of what administrators did to a body."""

    event: Event
    what: str
    about: str


def changes_of(organization: Organization, *, most: int = 20) -> list[ChangeRow]:
    """The last acts on a body, the newest first."""
    events = Event.objects.about(organization).select_related("person").order_by("-pk")[:most]
    return [
        ChangeRow(
            event=event,
            what=_words_of(event),
            about=str(event.facts.get("name") or event.facts.get("instrument") or ""),
        )
        for event in events
    ]


def _words_of(event: Event) -> str:
    """What was done, in the office's words."""
    if event.step == ENTERED_FROM_FILE:
        return _("Entered from the file of bodies")
    return str(Act(event.step).label) if event.step in Act.values else event.step


def _by_person(posts: Iterable[Post]) -> list[HolderRow]:
    """The posts by their holder, in the order in which the holders first come."""
    held: dict[int, list[Post]] = {}
    for post in posts:
        held.setdefault(post.person_id, []).append(post)
    return [HolderRow(own[0].person, own) for own in held.values()]
