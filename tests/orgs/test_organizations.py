"""Bodies, their dated names, their end, groups, terms and the authority to sign."""

from __future__ import annotations

from datetime import date

import pytest

from orgs.models import (
    Authority,
    GroupKind,
    GroupMember,
    Organization,
    OrganizationVersion,
    Person,
    RecipientGroup,
    Role,
    Term,
)
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 23)
BEFORE, AFTER = date(2026, 11, 22), date(2026, 11, 24)


@pytest.fixture
def committee() -> Organization:
    return factories.body("hu", "Huyện ủy Mẫu Sơn", short_name="HU Mẫu Sơn")


def renamed(organization: Organization, name: str, on: date) -> OrganizationVersion:
    return organization.versions.create(
        valid_from=on, name=name, name_line=name.upper(), kind=organization.versions.earliest("valid_from").kind
    )


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2019, 1, 1), "Huyện ủy Mẫu Sơn"),
        (BEFORE, "Huyện ủy Mẫu Sơn"),
        (DAY, "Đảng ủy Mẫu Sơn"),
        (date(2030, 1, 1), "Đảng ủy Mẫu Sơn"),
    ],
)
def test_a_body_is_called_by_the_name_of_the_day(committee: Organization, day: date, name: str) -> None:
    renamed(committee, "Đảng ủy Mẫu Sơn", on=DAY)
    assert committee.as_of(day).name == name


def test_a_body_that_was_never_named_has_no_version() -> None:
    with pytest.raises(OrganizationVersion.DoesNotExist):
        Organization.objects.create(code="khong-ten").as_of(DAY)


def test_many_bodies_are_named_as_of_a_day_in_one_question(committee: Organization) -> None:
    renamed(committee, "Đảng ủy Mẫu Sơn", on=AFTER)
    factories.body("xa", "Đảng ủy xã Thử")
    named = Organization.objects.named_as_of(DAY).values_list("current_name", "current_short_name").order_by("code")
    assert list(named) == [("Huyện ủy Mẫu Sơn", "HU Mẫu Sơn"), ("Đảng ủy xã Thử", "")]


@pytest.mark.parametrize(("day", "ended"), [(BEFORE, False), (DAY, True), (AFTER, True)])
def test_a_body_has_ended_from_the_day_it_ends(committee: Organization, day: date, ended: bool) -> None:
    committee.ended_on = DAY
    committee.save()
    assert committee.has_ended(day) == ended
    assert Organization.objects.active_on(day).exists() == (not ended)


def test_a_body_without_an_end_goes_on(committee: Organization) -> None:
    assert not committee.has_ended(date(2100, 1, 1))
    assert Organization.objects.active_on(date(2100, 1, 1)).get() == committee


def test_the_members_of_a_group_are_those_of_the_day_in_its_order(committee: Organization) -> None:
    bodies = [factories.body(f"xa-{n}", f"Xã {n}") for n in range(4)]
    group = factories.group(committee, "cac-xa", "Các xã", reversed(bodies))
    GroupMember.objects.filter(organization=bodies[3]).update(ends_on=BEFORE)
    Organization.objects.filter(pk=bodies[1].pk).update(ended_on=DAY)
    assert group.organizations_on(DAY) == [bodies[2], bodies[0]]
    assert group.organizations_on(BEFORE) == [bodies[3], bodies[2], bodies[1], bodies[0]]
    assert group.people_on(DAY) == []


def test_a_body_that_left_a_group_may_come_back(committee: Organization) -> None:
    commune = factories.body("xa", "Xã Thử")
    group = factories.group(committee, "cac-xa", "Các xã", [commune])
    group.members.update(ends_on=BEFORE)
    GroupMember.objects.create(group=group, organization=commune, starts_on=AFTER)
    assert [group.organizations_on(day) for day in (BEFORE, DAY, AFTER)] == [[commune], [], [commune]]


def test_a_group_of_posts_means_who_holds_them_that_day(committee: Organization) -> None:
    group = RecipientGroup.objects.create(owner=committee, code="btv", name="Ban Thường vụ", kind=GroupKind.POSTS)
    people: list[Person] = [factories.person(f"Ủy viên {n}", (committee, Role.SIGNER)) for n in range(3)]
    for position, member in enumerate(people):
        GroupMember.objects.create(
            group=group, post=member.posts.get(), position=position, starts_on=factories.LONG_AGO
        )
    people[0].posts.update(ends_on=BEFORE)
    people[2].is_active = False
    people[2].save()
    assert group.people_on(BEFORE) == people[:2]
    assert group.people_on(DAY) == [people[1]]
    assert group.organizations_on(DAY) == []


@pytest.mark.parametrize(
    ("type_code", "day", "covered"),
    [("CV", DAY, True), ("CV", AFTER, False), ("CV", date(2025, 12, 31), False), ("CT", DAY, False)],
)
def test_an_authority_covers_its_types_between_its_days(
    committee: Organization, type_code: str, day: date, covered: bool
) -> None:
    authority = Authority(types=["CV", "TB"], starts_on=date(2026, 1, 1), ends_on=DAY, organization=committee)
    assert authority.covers(type_code, day) == covered


def test_an_authority_that_names_no_type_covers_all(committee: Organization) -> None:
    authority = Authority(starts_on=factories.LONG_AGO, organization=committee)
    assert authority.covers("CV", DAY)
    assert authority.covers("NQ", date(2100, 1, 1))


def test_an_authority_is_read_out_with_its_lines() -> None:
    lines = [{"text": "T/M BAN THƯỜNG VỤ", "role": "authority"}, {"text": "PHÓ BÍ THƯ", "role": "position"}]
    authority = Authority(person=Person(full_name="Trần Văn Ký"), lines=lines)
    assert str(authority) == "Trần Văn Ký (T/M BAN THƯỜNG VỤ, PHÓ BÍ THƯ)"


def test_a_day_belongs_to_the_term_that_contains_it(committee: Organization) -> None:
    old = Term.objects.create(organization=committee, name="2020 - 2025", starts_on=date(2020, 8, 1), ends_on=BEFORE)
    new = Term.objects.create(organization=committee, name="2025 - 2030", starts_on=DAY)
    assert [Term.objects.on(day).get() for day in (date(2020, 8, 1), BEFORE, DAY, AFTER)] == [old, old, new, new]
    assert not Term.objects.on(date(2020, 7, 31)).exists()


def test_a_person_without_a_password_cannot_sign_in_and_one_with_it_can() -> None:
    assert not Person.objects.create_person("khong-mat-khau", "Nguyễn Văn A").has_usable_password()
    person = Person.objects.create_person("co-mat-khau", "Nguyễn Văn B", "mot mat khau dai")
    assert person.check_password("mot mat khau dai")
    assert not person.check_password("mot mat khau khac")
