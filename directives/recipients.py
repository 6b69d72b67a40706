"""Whom a document's lines and items mean on a given day; groups expand to their members of that day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from directives.document import Addressee, Block, DistributionLine, Document, Follow, Target
from directives.item_places import item_places
from directives.models import Directive, Part
from directives.timing import Every, end_of
from directives.workflow import FOLLOWERS
from orgs.models import GroupMember, Organization, Person, Post, RecipientGroup

FOR_INFORMATION = ("b/c", "báo cáo", "biết", "theo dõi", "ph/h", "phối hợp")
"""Purpose notes by which a distribution line only informs (format.md 2.7)."""

Instead = Mapping[str, Organization | None]
"""Who gets a paper in place of bodies that have ended, by the codes of these; None for nobody."""

PART_OF_ROLE = {"lead": Part.LEAD, "coordinating": Part.COORDINATING, "informed": Part.INFORMED}


@dataclass(frozen=True, slots=True)
class Recipients:
    """The bodies that carry the paper out and those that are only informed, each once, in the order of the page."""

    executing: tuple[Organization, ...]
    informed: tuple[Organization, ...]
    people: tuple[Person, ...]
    """Holders of the posts that lines of persons name; they read and are told, they do not acknowledge."""

    @property
    def bodies(self) -> tuple[Organization, ...]:
        """Every body that gets the paper."""
        return (*self.executing, *self.informed)


@dataclass(frozen=True, slots=True)
class FollowedItem:
    """An item that is followed, with the units and their parts in it."""

    block: Block
    marker: str
    words: str
    shares: tuple[tuple[Organization, Part], ...]
    monitor: Person | None = None

    @property
    def leads(self) -> int:
        """How many units lead; a task has exactly one."""
        return sum(part == Part.LEAD for _, part in self.shares)

    def due(self) -> tuple[datetime | None, bool]:
        """The deadline and whether it has an hour; a day alone lasts to its end in the office's zone."""
        if not self.block.deadline:
            return None, False
        if "T" in self.block.deadline:
            moment = datetime.fromisoformat(self.block.deadline)
            return (moment if timezone.is_aware(moment) else timezone.make_aware(moment)), True
        return end_of(date.fromisoformat(self.block.deadline)), False

    def first_due(self, issued_on: date) -> datetime | None:
        """The deadline that each share has at issue; within some days of receipt it has none yet."""
        if isinstance(self.block.timed, Every):
            return end_of(self.block.timed.due_from(issued_on))
        return self.due()[0]


@dataclass(frozen=True, slots=True)
class Workload:
    """How much an issue gives out: so many tasks, in so many shares, to so many units."""

    tasks: int
    shares: int
    units: int


class Expansion:
    """What the targets of one document mean for one issuer on one day; each body and group is looked up once.

    `instead` says who gets the paper, and its tasks, in place of bodies that have ended.
    """

    def __init__(self, document: Document, issuer: Organization, day: date, instead: Instead | None = None) -> None:
        self.document = document
        self.issuer = issuer
        self.day = day
        targets = list(_all_targets(document))
        codes = {target.code for target in targets if target.kind == "organization"}
        groups = {target.code for target in targets if target.kind != "organization"}
        self._bodies = {body.code: body for body in Organization.objects.filter(code__in=codes)}
        self._instead = instead or {}
        self._owned = list(RecipientGroup.objects.filter(owner=issuer, code__in=groups))
        self._groups = {group.code: group.organizations_on(day) for group in self._owned}
        self._people = {group.code: group.people_on(day) for group in self._owned}
        named = {block.monitor for block, _ in document.walk() if block.monitor}
        followers = followers_of([issuer.pk], day).filter(username__in=named) if named else ()
        self._monitors = {person.username: person for person in followers}

    @classmethod
    def of(cls, directive: Directive, day: date, instead: Instead | None = None) -> Expansion:
        """What the targets of a paper mean as it would be issued on this day."""
        return cls(directive.document(day), directive.issuer, day, instead)

    def bodies(self, targets: Iterable[Target]) -> list[Organization]:
        """The bodies these targets mean, each once; unknown codes are left out (see `unknown_targets`)."""
        found: dict[str, Organization] = {}
        for target in targets:
            if target.kind == "organization":
                body = self._instead.get(target.code, self._bodies.get(target.code))
                members = [body] if body else []
            else:
                members = self._groups.get(target.code, [])
            found.update((body.code, body) for body in members)
        return list(found.values())

    def people(self, targets: Iterable[Target]) -> list[Person]:
        """The holders of the posts that these targets mean, each once."""
        held = [person for target in targets for person in self._people.get(target.code, [])]
        return list({person.pk: person for person in held}.values())

    def recipients(self) -> Recipients:
        """Addressees execute; without addressees, the distribution lines that neither inform nor archive do."""
        executing = self.bodies(target for line in self.document.addressees for target in line.targets)
        informed: list[Organization] = []
        for line in self.document.distribution:
            bodies = self.bodies(line.targets)
            (informed if self.document.addressees or only_informs(line) else executing).extend(bodies)
        unique = {body.code: body for body in executing}
        rest = {body.code: body for body in informed if body.code not in unique}
        people = {person.pk: person for group in self._people.values() for person in group}
        return Recipients(tuple(unique.values()), tuple(rest.values()), tuple(people.values()))

    def followed_items(self) -> list[FollowedItem]:
        """Every item that is followed, with its units; an item without units takes those of its nearest ancestor."""
        executing = self.recipients().executing
        return [
            FollowedItem(
                item.block,
                item.marker,
                item.words,
                self._shares(item.block, item.ancestors, executing),
                self._monitors.get(item.block.monitor or ""),
            )
            for item in item_places(self.document)
            if item.block.follow in {Follow.TASK, Follow.EACH}
        ]

    def everybody(self) -> list[Organization]:
        """Every body that the paper comes to, whether it stands on a line or only has a task."""
        working = (body for item in self.followed_items() for body, _part in item.shares)
        return list({body.pk: body for body in (*self.recipients().bodies, *working)}.values())

    def workload(self) -> Workload:
        """What will be given out; the same items that are written at issue."""
        items = self.followed_items()
        units = {body.pk for item in items for body, _part in item.shares}
        return Workload(len(items), sum(len(item.shares) for item in items), len(units))

    def unknown(self) -> list[str]:
        """Codes that name no body, or no group of the issuer."""
        known = self._bodies.keys() | self._groups.keys()
        return sorted({target.code for target in _all_targets(self.document)} - known)

    def ended(self) -> list[Organization]:
        """Bodies that the document names, that have ended by the day and in whose place nobody was chosen."""
        return [body for body in self._bodies.values() if body.has_ended(self.day) and body.code not in self._instead]

    def ended_members(self, since: date) -> list[Organization]:
        """Members of the groups that the document names who have ended since this day, and so no longer get it."""
        ended = Organization.objects.filter(ended_on__gte=since, ended_on__lte=self.day)
        members = GroupMember.objects.filter(group__in=self._owned).on(self.day)
        return list(ended.filter(pk__in=members.values("organization")).order_by("code"))

    def _shares(
        self, block: Block, ancestors: tuple[Block, ...], executing: tuple[Organization, ...]
    ) -> tuple[tuple[Organization, Part], ...]:
        targets = next((each.targets for each in (block, *reversed(ancestors)) if each.targets), ())
        if block.follow == Follow.EACH:
            bodies = self.bodies(targets) if targets else executing
            return tuple((body, Part.EACH) for body in bodies)
        shares: dict[str, tuple[Organization, Part]] = {}
        for target in targets:
            for body in self.bodies([target]):
                shares.setdefault(body.code, (body, PART_OF_ROLE[target.role or "lead"]))
        return tuple(shares.values())


def followers_of(issuers: Collection[UUID], day: date) -> QuerySet[Person]:
    """The people of these bodies who follow their tasks on this day."""
    posts = Post.objects.on(day).filter(organization__in=issuers, role__in=FOLLOWERS)
    return Person.objects.filter(is_active=True, pk__in=posts.values("person"))


def bodies_meant(targets: Iterable[Target], issuer: Organization, day: date) -> list[Organization]:
    """The bodies that these targets mean for the issuer on this day, each once; who has ended is left out."""
    targets = list(targets)
    codes = [target.code for target in targets if target.kind == "organization"]
    groups = [target.code for target in targets if target.kind == "group"]
    bodies = list(Organization.objects.active_on(day).filter(code__in=codes).order_by("code"))
    for group in RecipientGroup.objects.filter(owner=issuer, code__in=groups):
        bodies += group.organizations_on(day)
    return list({body.pk: body for body in bodies}.values())


def only_informs(line: DistributionLine) -> bool:
    """True for archive lines and lines whose purpose is to report or to inform."""
    purpose = (line.purpose or "").lower()
    return line.archive or any(words in purpose for words in FOR_INFORMATION)


def without_targets(document: Document) -> list[str]:
    """Lines that must reach somebody and do not say which body they mean: the addressees, or who stands for them."""
    if document.addressees:
        return [line.text for line in document.addressees if not line.targets]
    standing_in = (line for line in document.distribution if not only_informs(line) and not line.same_as_addressees)
    return [line.text for line in standing_in if not line.targets]


def _all_targets(document: Document) -> Iterator[Target]:
    lines: tuple[Addressee | DistributionLine, ...] = (*document.addressees, *document.distribution)
    for line in lines:
        yield from line.targets
    for block, _ in document.walk():
        yield from block.targets
