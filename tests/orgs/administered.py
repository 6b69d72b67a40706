"""A committee that is administered, and what its administrators do with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from orgs.actions.bodies import Names
from orgs.actions.posts import PostFacts
from orgs.member import Member
from orgs.models import (
    Event,
    Organization,
    Person,
    Role,
)
from tests import factories
from tests.factories import ClockAt, Committee


@dataclass
class World:
    """A committee with an administrator, one of its units with its own, and a body that stands elsewhere."""

    committee: Committee
    administrator: Person
    unit_administrator: Person
    stranger: Organization

    @property
    def clock(self) -> ClockAt:
        return self.committee.clock

    @property
    def today(self) -> date:
        return self.clock.today()

    @property
    def by(self) -> Member:
        return self.committee.member(self.administrator)

    @property
    def unit(self) -> Organization:
        return self.committee.units[0]

    def client(self, who: Person | None = None) -> Client:
        client = Client()
        client.force_login(who or self.administrator)
        return client


def administered() -> World:
    committee = factories.committee(ClockAt(timezone.now()))
    return World(
        committee=committee,
        administrator=factories.person("Mai Quản Trị", (committee.organization, Role.ADMINISTRATOR)),
        unit_administrator=factories.person("Xã Quản Trị", (committee.units[0], Role.ADMINISTRATOR)),
        stranger=factories.body("khac", "Tỉnh ủy Khác"),
    )


def names(world: World, **facts: Any) -> Names:
    defaults: dict[str, Any] = {
        "valid_from": world.today + timedelta(days=10),
        "name": "Đảng ủy phường Mới",
        "name_line": "ĐẢNG ỦY PHƯỜNG MỚI",
        "kind": "commune_committee",
        "superior_id": world.committee.organization.pk,
    }
    return Names(**{**defaults, **facts})


def post(world: World, role: Role = Role.CLERK, **facts: Any) -> PostFacts:
    return PostFacts(**{"role": role, "title": "", "starts_on": world.today, **facts})


def last_event(subject: Any) -> Event:
    event = Event.objects.about(subject).last()
    assert event is not None
    return event
