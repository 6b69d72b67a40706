"""Two committees with their units, papers in every state, restricted and not, and people in every post."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import timedelta

from directives.actions import delivering, drafting, numbering_and_issuing
from directives.actions.drafting import DraftFacts
from directives.document import Document
from directives.models import Delivery, Directive
from directives.workflow import DirectiveState
from orgs.member import Member
from orgs.models import GroupKind, GroupMember, Organization, Person, Post, RecipientGroup, Role
from tests import factories
from tests.factories import ClockAt, Committee

ROAD = ("draft", "submitted", "approved", "numbered", "issued")
_order = itertools.count(1)


@dataclass
class SightWorld:
    """The papers and the people, each by the name that the tests use."""

    clock: ClockAt
    papers: dict[str, Directive] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    @classmethod
    def made(cls, clock: ClockAt) -> SightWorld:
        """Build both committees; the second one's names begin with `other`."""
        world = cls(clock)
        first = factories.committee(clock)
        world._people_of(first)
        world._people_who_left(first)
        world._papers_of(first, "")
        world._papers_of_the_office(first)
        second = factories.committee(clock, code="tv", symbol="TV", units=1)
        world.people |= {"other clerk": second.clerk, "other signer": second.signer, "other head": second.head}
        world.people |= {"other drafter": second.drafter, "other unit clerk": second.unit_clerks[0]}
        world._papers_of(second, "other ")
        return world

    def member(self, name: str) -> Member:
        """What this person may be today."""
        return Member.of(self.people[name], self.clock.today())

    def _people_of(self, of: Committee) -> None:
        named = {"drafter": of.drafter, "signer": of.signer, "clerk": of.clerk}
        named |= {f"unit {n} clerk": person for n, person in enumerate(of.unit_clerks, start=1)}
        named |= {f"{role} here": factories.person(f"Người {role}", (of.organization, role)) for role in Role}
        named |= {f"{role} in unit 1": factories.person(f"Xã {role}", (of.units[0], role)) for role in Role}
        named["named reader"] = factories.person("Người được xem", (of.organization, Role.ASSISTANT))
        named["named reader in unit 1"] = factories.person("Người được xem", (of.units[0], Role.UNIT_HEAD))
        named["named administrator"] = factories.person("Quản trị", (of.organization, Role.ADMINISTRATOR))
        named["named inspector"] = factories.person("Kiểm tra", (of.organization, Role.INSPECTOR))
        named["leader of the posts"] = factories.person("Thường trực", (of.organization, Role.ASSISTANT))
        posts = RecipientGroup.objects.create(
            owner=of.organization, code="thuong-truc", name="Thường trực", kind=GroupKind.POSTS
        )
        post = named["leader of the posts"].posts.get()
        GroupMember.objects.create(group=posts, post=post, starts_on=factories.LONG_AGO)
        mixed = factories.person("Hai vai", (of.organization, Role.ADMINISTRATOR), (of.units[0], Role.CLERK))
        both = factories.person("Hai xã", *((unit, Role.CLERK) for unit in of.units[:2]))
        self.people |= {**named, "administrator here and clerk of unit 1": mixed, "clerk of two bodies": both}

    def _people_who_left(self, of: Committee) -> None:
        yesterday, tomorrow = (self.clock.today() + timedelta(days=days) for days in (-1, 1))
        left = factories.person("Đã nghỉ", (of.organization, Role.CLERK), (of.units[0], Role.CLERK))
        Post.objects.filter(person=left).update(ends_on=yesterday)
        to_come = factories.person("Sắp đến", (of.organization, Role.CLERK))
        Post.objects.filter(person=to_come).update(starts_on=tomorrow)
        locked = factories.person("Đã khóa", (of.organization, Role.CLERK))
        Person.objects.filter(pk=locked.pk).update(is_active=False)
        locked.refresh_from_db()
        self.people |= {"whose post ended": left, "whose post begins tomorrow": to_come, "who may not sign in": locked}

    def _papers_of(self, of: Committee, prefix: str) -> None:
        letter = _letter(of)
        readers = tuple(person.pk for name, person in self.people.items() if name.startswith("named"))
        for state in ROAD:
            self.papers[prefix + state] = factories.directive(of, DirectiveState(state), letter)
            self.papers[f"{prefix}restricted {state}"] = factories.directive(
                of, DirectiveState(state), letter, restricted=True, readers=readers if not prefix else ()
            )
        voided = factories.directive(of, DirectiveState.NUMBERED, letter)
        decided = {"reason": "Soạn trùng.", "decided_by": "Đ/c Chánh", "by": of.member(of.clerk), "clock": of.clock}
        self.papers[f"{prefix}voided"] = numbering_and_issuing.void_number(voided.pk, **decided)
        sent = factories.delivered(of, letter)
        self.papers[f"{prefix}sent"] = sent
        self.papers[f"{prefix}restricted sent"] = factories.delivered(
            of, letter, restricted=True, readers=readers if not prefix else ()
        )
        recalled = factories.delivered(of, letter)
        self.papers[f"{prefix}recalled"] = numbering_and_issuing.recall(
            recalled.pk, decision="Công văn số 9-CV", reason="Nhầm.", by=of.member(of.clerk), clock=of.clock
        )
        if not prefix:
            self._two_deliveries_end(of, sent)

    def _two_deliveries_end(self, of: Committee, sent: Directive) -> None:
        """The second unit gave the paper back, from the third it was withdrawn."""
        second, third = (sent.deliveries.get(organization=unit) for unit in of.units[1:])
        by = of.member(of.unit_clerks[1])
        delivering.return_as_misdirected(second.pk, reason="Gửi nhầm.", by=by, clock=of.clock)
        Delivery.objects.filter(pk=third.pk).update(withdrawn_at=of.clock.now())

    def _papers_of_the_office(self, of: Committee) -> None:
        """The office drafts for the committee."""
        office = factories.body("van-phong", "Văn phòng Tỉnh ủy", superior=of.organization)
        for name, role in (("drafter", Role.DRAFTER), ("colleague", Role.DRAFTER), ("clerk", Role.CLERK)):
            self.people[f"{name} of the office"] = factories.person(f"Văn phòng {name}", (office, role))
        by = of.member(self.people["drafter of the office"])
        facts = DraftFacts(document=_letter(of), authority_id=of.authority.pk)
        for state in ("draft", "submitted"):
            made = drafting.create(of.organization.pk, office.pk, facts, by=by, clock=of.clock)
            self.papers[f"office {state}"] = made
        drafting.submit(made.pk, by=by, clock=of.clock)


def _letter(of: Committee) -> Document:
    """To all units, one item for each of them; the posts of the committee are told where it has such a group."""
    lines = [{"text": "Như trên", "purpose": None, "same_as_addressees": True}]
    if _has_posts(of.organization):
        lines.append({"text": "Thường trực", "purpose": "b/c", "targets": [{"posts": "thuong-truc"}]})
    item = {"kind": "item", "marker": "1.", "runs": [{"text": "Kiểm tra hồ chứa."}], "children": []}
    body = [{**item, "task": True, "follow": "each"}]
    return factories.letter(f"kiểm tra lần {next(_order)}", body=body, distribution=lines)


def _has_posts(organization: Organization) -> bool:
    return RecipientGroup.objects.filter(owner=organization, kind=GroupKind.POSTS).exists()
