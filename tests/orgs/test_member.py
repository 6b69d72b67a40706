"""Who acts: a person with the posts of that day, in each body for itself."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orgs.member import Acting, Member
from orgs.models import Event, Organization, Person, Post, Role
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 23)


@pytest.fixture
def committee() -> Organization:
    return factories.body("hu", "Huyện ủy Mẫu Sơn")


@pytest.fixture
def commune() -> Organization:
    return factories.body("xa-1", "Đảng ủy xã Thử")


def post(person: Person, organization: Organization, role: Role, starts_on: date, ends_on: date | None = None) -> Post:
    return Post.objects.create(
        person=person, organization=organization, role=role, starts_on=starts_on, ends_on=ends_on, title=f"{role} title"
    )


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "held"),
    [
        (date(2026, 11, 23), None, True),
        (date(2026, 11, 24), None, False),
        (date(2026, 1, 1), date(2026, 11, 23), True),
        (date(2026, 1, 1), date(2026, 11, 22), False),
        (date(2026, 11, 23), date(2026, 11, 23), True),
    ],
)
def test_a_post_gives_power_from_its_first_to_its_last_day(
    committee: Organization, starts_on: date, ends_on: date | None, held: bool
) -> None:
    person = factories.person("Phạm Thị Thư")
    given = post(person, committee, Role.CLERK, starts_on, ends_on)
    assert Member.of(person, DAY).posts == ((given,) if held else ())


def test_a_person_who_may_not_sign_in_holds_no_post(committee: Organization) -> None:
    person = factories.person("Phạm Thị Thư", (committee, Role.CLERK))
    person.is_active = False
    assert Member.of(person, DAY).posts == ()
    assert Member.of(person, DAY).organization_ids == frozenset()


def test_one_person_acts_for_several_bodies_in_each_with_its_own_roles(
    committee: Organization, commune: Organization
) -> None:
    person = factories.person("Hai vai", (committee, Role.DRAFTER), (commune, Role.CLERK), (commune, Role.UNIT_CONTACT))
    member = Member.of(person, DAY)
    assert member.organization_ids == {committee.pk, commune.pk}
    assert member.organizations_as(Role.DRAFTER) == {committee.pk}
    assert member.organizations_as(Role.CLERK, Role.DRAFTER) == {committee.pk, commune.pk}
    assert member.organizations_as(Role.SIGNER) == frozenset()
    assert member.organizations_as() == frozenset()
    assert member.post_as(committee.pk, [Role.CLERK]) is None


def test_of_several_posts_the_one_whose_role_is_asked_for_first_is_taken(commune: Organization) -> None:
    person = factories.person("Kiêm nhiệm", (commune, Role.UNIT_HEAD), (commune, Role.CLERK))
    member = Member.of(person, DAY)
    for first, second in ((Role.CLERK, Role.UNIT_HEAD), (Role.UNIT_HEAD, Role.CLERK)):
        taken = member.post_as(commune.pk, [Role.OFFICER, first, second])
        assert taken is not None
        assert taken.role == first
    assert member.post_as(commune.pk, []) is None


def test_the_history_names_the_person_the_body_the_role_and_the_post(committee: Organization) -> None:
    person = factories.person("Phạm Thị Thư")
    given = post(person, committee, Role.CLERK, factories.LONG_AGO)
    acting = Member.of(person, DAY).acting_in(given)
    assert acting == Acting(person, committee, Role.CLERK, basis="clerk title")
    event = Event.record(committee, "try", at=factories.ClockAt.on(DAY).now(), by=acting)
    event.refresh_from_db()
    assert (event.person, event.organization, event.role, event.basis) == (person, committee, "clerk", "clerk title")


def test_what_the_machine_did_names_nobody(committee: Organization) -> None:
    event = Event.record(committee, "try", at=factories.ClockAt.on(DAY).now(), count=3)
    event.refresh_from_db()
    assert (event.person, event.organization, event.role, event.facts) == (None, None, "", {"count": 3})
    assert Event.objects.about(committee).get() == event


def test_knowing_who_acts_costs_one_question_however_many_posts(committee: Organization, commune: Organization) -> None:
    person = factories.person("Nhiều vai", *((body, role) for body in (committee, commune) for role in Role))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        member = Member.of(person, DAY)
        assert {each.organization.code for each in member.posts} == {"hu", "xa-1"}
    assert len(queries) == 1
