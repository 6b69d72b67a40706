"""What an administrator does: every change leaves what was, says who made it, and reaches only the own bodies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orgs.actions import accounts, authorities, bodies, groups, posts, terms
from orgs.actions.accounts import AccountFacts
from orgs.actions.authorities import AuthorityFacts
from orgs.actions.bodies import Names
from orgs.actions.groups import GroupFacts
from orgs.actions.posts import PostFacts
from orgs.acts import ENTERED_FROM_FILE, Act
from orgs.member import Member
from orgs.models import (
    Authority,
    Event,
    GroupKind,
    GroupMember,
    Organization,
    OrganizationVersion,
    Person,
    Post,
    RecipientGroup,
    Role,
    SigningForm,
    Term,
)
from orgs.permissions import administered_by
from orgs.verdicts import Refused
from tests import factories
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


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


@pytest.fixture
def world() -> World:
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


class TestReach:
    def test_an_administrator_reaches_the_own_body_and_those_below_and_no_other(self, world: World) -> None:
        below = factories.body("chi-bo", "Chi bộ", superior=world.unit)
        reached = administered_by(world.by, world.today)
        assert reached == {world.committee.organization.pk, *(unit.pk for unit in world.committee.units), below.pk}
        unit_reach = administered_by(world.committee.member(world.unit_administrator), world.today)
        assert unit_reach == {world.unit.pk, below.pk}

    def test_other_posts_administer_nothing(self, world: World) -> None:
        for who in (world.committee.clerk, world.committee.signer, world.committee.inspector):
            assert administered_by(world.committee.member(who), world.today) == frozenset()

    def test_a_body_that_moved_away_is_no_longer_reached(self, world: World) -> None:
        OrganizationVersion.objects.create(
            organization=world.unit,
            valid_from=world.today,
            name="X",
            name_line="X",
            kind="other",
            superior=world.stranger,
        )
        assert world.unit.pk not in administered_by(world.by, world.today)

    def test_a_circle_of_superiors_is_no_endless_walk(self, world: World) -> None:
        OrganizationVersion.objects.filter(organization=world.committee.organization).update(superior=world.unit)
        assert world.committee.organization.pk in administered_by(world.by, world.today)

    def test_acting_outside_the_reach_is_refused(self, world: World) -> None:
        by = world.committee.member(world.unit_administrator)
        with pytest.raises(Refused):
            posts.give_post(world.committee.organization.pk, "x", post(world), by=by, clock=world.clock)
        with pytest.raises(Refused):
            terms.end_term(world.committee.term.pk, last_day=world.today, by=by, clock=world.clock)


class TestBodies:
    def test_a_body_is_entered_below_another_and_administered_before_it_begins(self, world: World) -> None:
        made = bodies.enter_body("du-moi", names(world), by=world.by, clock=world.clock)
        assert made.as_of(world.today).superior == world.committee.organization
        assert made.pk in administered_by(world.by, world.today)
        event = last_event(made)
        assert (event.step, event.person, event.organization) == (
            Act.ENTER_BODY,
            world.administrator,
            world.committee.organization,
        )

    def test_a_code_is_never_given_twice(self, world: World) -> None:
        with pytest.raises(Refused, match="tu-xa-1"):
            bodies.enter_body("tu-xa-1", names(world), by=world.by, clock=world.clock)

    def test_new_names_leave_the_old_ones_for_their_days(self, world: World) -> None:
        bodies.rename_body(world.unit.pk, names(world), by=world.by, clock=world.clock)
        assert world.unit.as_of(world.today).name == "Đảng ủy xã Thử 1"
        assert world.unit.as_of(world.today + timedelta(days=10)).name == "Đảng ủy phường Mới"

    def test_names_are_only_added_after_the_last_ones(self, world: World) -> None:
        with pytest.raises(Refused, match="01/01/2020"):
            facts = names(world, valid_from=factories.LONG_AGO)
            bodies.rename_body(world.unit.pk, facts, by=world.by, clock=world.clock)

    def test_a_body_is_not_moved_below_itself_nor_below_a_body_of_others(self, world: World) -> None:
        below = factories.body("chi-bo", "Chi bộ", superior=world.unit)
        for superior in (below, world.stranger):
            with pytest.raises(Refused):
                facts = names(world, superior_id=superior.pk)
                bodies.rename_body(world.unit.pk, facts, by=world.by, clock=world.clock)
        assert world.unit.versions.count() == 1

    def test_a_body_ends_once_with_its_successors(self, world: World) -> None:
        successor = world.committee.units[1]
        facts: dict[str, Any] = {
            "ended_on": world.today,
            "successors": (successor.pk,),
            "instrument": "Quyết định số 1",
            "by": world.by,
            "clock": world.clock,
        }
        bodies.end_body(world.unit.pk, **facts)
        world.unit.refresh_from_db()
        assert world.unit.has_ended(world.today)
        assert list(successor.predecessors.all()) == [world.unit]
        assert last_event(world.unit).facts["successors"] == ["tu-xa-2"]
        with pytest.raises(Refused):
            bodies.end_body(world.unit.pk, **{**facts, "ended_on": world.today + timedelta(days=5)})

    def test_a_body_does_not_end_while_others_stand_below_it(self, world: World) -> None:
        with pytest.raises(Refused, match="Đảng ủy xã Thử 1"):
            bodies.end_body(
                world.committee.organization.pk,
                ended_on=world.today,
                successors=(),
                instrument="x",
                by=world.by,
                clock=world.clock,
            )


class TestPosts:
    def test_a_post_gives_its_power_and_its_end_takes_it_at_the_next_page(self, world: World) -> None:
        person = factories.person("Người Mới")
        client = world.client(person)
        register = reverse("reserve_number")
        assert client.get(register).status_code == 403
        unit = world.unit.pk
        given = posts.give_post(unit, person.username, post(world), by=world.by, clock=world.clock)
        assert client.get(register).status_code == 200
        posts.end_post(given.pk, last_day=None, by=world.by, clock=world.clock)
        assert client.get(register).status_code == 403
        assert Post.objects.get(pk=given.pk).ends_on == world.today - timedelta(days=1)

    def test_a_post_that_held_for_long_ends_at_once_too(self, world: World) -> None:
        clerk = world.committee.unit_clerks[0]
        posts.end_post(clerk.posts.get().pk, last_day=None, by=world.by, clock=world.clock)
        assert world.committee.member(clerk).posts == ()
        event = last_event(world.unit)
        assert (event.step, event.facts["name"]) == (Act.END_POST, "Văn thư xã 1")

    def test_an_end_that_is_written_is_not_written_over(self, world: World) -> None:
        held = world.committee.unit_clerks[0].posts.get()
        posts.end_post(held.pk, last_day=world.today + timedelta(days=3), by=world.by, clock=world.clock)
        with pytest.raises(Refused):
            posts.end_post(held.pk, last_day=None, by=world.by, clock=world.clock)

    def test_a_post_does_not_end_before_it_began(self, world: World) -> None:
        held = world.committee.unit_clerks[0].posts.get()
        with pytest.raises(Refused, match="01/01/2020"):
            posts.end_post(held.pk, last_day=date(2019, 6, 1), by=world.by, clock=world.clock)

    def test_nobody_gives_a_post_to_oneself(self, world: World) -> None:
        with pytest.raises(Refused):
            facts = post(world, Role.CLERK)
            posts.give_post(world.unit.pk, world.administrator.username, facts, by=world.by, clock=world.clock)
        assert world.administrator.posts.count() == 1

    def test_the_same_post_is_not_given_twice_for_the_same_days(self, world: World) -> None:
        clerk = world.committee.unit_clerks[0]
        with pytest.raises(Refused, match="Văn thư xã 1"):
            posts.give_post(world.unit.pk, clerk.username, post(world), by=world.by, clock=world.clock)

    def test_an_ended_body_gives_no_posts(self, world: World) -> None:
        Organization.objects.filter(pk=world.unit.pk).update(ended_on=world.today)
        with pytest.raises(Refused):
            username = world.committee.monitor.username
            posts.give_post(world.unit.pk, username, post(world), by=world.by, clock=world.clock)


class TestAccounts:
    def open(self, world: World, username: str = "lan.xa1") -> tuple[Person, str]:
        account = AccountFacts(username=username, full_name="Nguyễn Thị Lan")
        return accounts.open_account(world.unit.pk, account, post(world), by=world.by, clock=world.clock)

    def test_a_new_person_signs_in_with_the_one_time_password_and_holds_the_post(self, world: World) -> None:
        person, password = self.open(world)
        assert Client().login(username="lan.xa1", password=password)
        assert person.must_change_password
        assert Member.of(person, world.today).organizations_as(Role.CLERK) == {world.unit.pk}

    def test_the_one_time_password_stands_in_no_event(self, world: World) -> None:
        _person, password = self.open(world)
        assert not any(password in str(event.facts) for event in Event.objects.all())

    def test_a_sign_in_name_is_given_once(self, world: World) -> None:
        self.open(world)
        with pytest.raises(Refused, match=r"lan\.xa1"):
            self.open(world)
        assert Person.objects.filter(username="lan.xa1").count() == 1

    def test_a_closed_account_is_out_at_the_next_page(self, world: World) -> None:
        clerk = world.committee.unit_clerks[0]
        client = world.client(clerk)
        assert client.get(reverse("my_work")).status_code == 200
        accounts.close_account(clerk.pk, reason="Nghỉ hưu", by=world.by, clock=world.clock)
        assert client.get(reverse("my_work")).status_code == 302
        accounts.reopen_account(clerk.pk, reason="Nhầm", by=world.by, clock=world.clock)
        clerk.refresh_from_db()
        assert clerk.is_active

    def test_a_new_password_ends_every_session_of_the_person(self, world: World) -> None:
        clerk = world.committee.unit_clerks[0]
        client = world.client(clerk)
        _person, password = accounts.give_new_password(clerk.pk, by=world.by, clock=world.clock)
        assert client.get(reverse("my_work")).status_code == 302
        client.login(username=clerk.username, password=password)
        assert client.get(reverse("my_work"))["Location"] == reverse("change_password")

    def test_an_account_with_a_post_elsewhere_is_not_administered_here(self, world: World) -> None:
        clerk = world.committee.unit_clerks[0]
        Post.objects.create(
            person=clerk, organization=world.stranger, role=Role.CLERK, starts_on=world.today + timedelta(days=30)
        )
        for change in (accounts.give_new_password, accounts.close_account):
            reason = {} if change is accounts.give_new_password else {"reason": "x"}
            with pytest.raises(Refused):
                change(clerk.pk, **reason, by=world.by, clock=world.clock)

    def test_one_does_not_close_the_own_account(self, world: World) -> None:
        with pytest.raises(Refused):
            accounts.close_account(world.administrator.pk, reason="x", by=world.by, clock=world.clock)


class TestGroups:
    def make(self, world: World, kind: GroupKind = GroupKind.ORGANIZATIONS) -> RecipientGroup:
        facts = GroupFacts(code="nhom", name="Các xã biên giới", kind=kind)
        return groups.make_group(world.committee.organization.pk, facts, by=world.by, clock=world.clock)

    def test_members_come_and_go_by_days(self, world: World) -> None:
        made, tomorrow = self.make(world), world.today + timedelta(days=1)
        clock = world.clock
        first = groups.add_body(made.pk, world.unit.pk, starts_on=world.today, by=world.by, clock=clock)
        groups.add_body(made.pk, world.committee.units[1].pk, starts_on=tomorrow, by=world.by, clock=clock)
        assert made.organizations_on(world.today) == [world.unit]
        groups.end_member(first.pk, last_day=world.today, by=world.by, clock=clock)
        assert made.organizations_on(tomorrow) == [world.committee.units[1]]
        assert made.organizations_on(world.today) == [world.unit]

    def test_a_body_is_in_a_group_once_and_may_come_back(self, world: World) -> None:
        made = self.make(world)
        add = {"by": world.by, "clock": world.clock}
        first = groups.add_body(made.pk, world.unit.pk, starts_on=world.today - timedelta(days=9), **add)
        with pytest.raises(Refused):
            groups.add_body(made.pk, world.unit.pk, starts_on=world.today, **add)
        groups.end_member(first.pk, last_day=None, **add)
        groups.add_body(made.pk, world.unit.pk, starts_on=world.today, **add)
        assert GroupMember.objects.filter(group=made).count() == 2

    def test_a_group_of_posts_takes_posts_only(self, world: World) -> None:
        made = self.make(world, GroupKind.POSTS)
        with pytest.raises(Refused):
            groups.add_body(made.pk, world.unit.pk, starts_on=world.today, by=world.by, clock=world.clock)
        held = world.committee.signer.posts.get()
        groups.add_post(made.pk, held.pk, starts_on=world.today, by=world.by, clock=world.clock)
        assert made.people_on(world.today) == [world.committee.signer]


class TestTerms:
    def test_a_term_begins_when_the_one_before_has_ended(self, world: World) -> None:
        begin: dict[str, Any] = {"name": "2026 - 2031", "by": world.by, "clock": world.clock}
        organization, tomorrow = world.committee.organization.pk, world.today + timedelta(days=1)
        with pytest.raises(Refused, match="2020 - 2025"):
            terms.begin_term(organization, starts_on=tomorrow, **begin)
        terms.end_term(world.committee.term.pk, last_day=world.today, by=world.by, clock=world.clock)
        with pytest.raises(Refused):
            terms.begin_term(organization, starts_on=world.today, **begin)
        made = terms.begin_term(organization, starts_on=tomorrow, **begin)
        assert list(Term.objects.on(tomorrow)) == [made]


class TestAuthorities:
    def facts(self, world: World) -> AuthorityFacts:
        return AuthorityFacts(
            form=SigningForm.BY_ORDER,
            authority_lines=("T/L BAN THƯỜNG VỤ",),
            position_line="CHÁNH VĂN PHÒNG",
            instrument="Quy chế số 1",
            starts_on=world.today,
            types=("CV",),
        )

    def test_a_signer_signs_from_its_day_to_its_end(self, world: World) -> None:
        organization, signer = world.committee.organization.pk, world.committee.signer
        given = authorities.give_authority(organization, signer.pk, self.facts(world), by=world.by, clock=world.clock)
        assert given.printed_lines == "T/L BAN THƯỜNG VỤ, CHÁNH VĂN PHÒNG"
        assert given.covers("CV", world.today)
        assert not given.covers("CV", world.today - timedelta(days=1))
        authorities.end_authority(given.pk, last_day=None, by=world.by, clock=world.clock)
        assert not Authority.objects.get(pk=given.pk).covers("CV", world.today)

    def test_only_a_holder_of_a_signers_post_gets_it(self, world: World) -> None:
        with pytest.raises(Refused, match="Phạm Thị Thư"):
            authorities.give_authority(
                world.committee.organization.pk,
                world.committee.clerk.pk,
                self.facts(world),
                by=world.by,
                clock=world.clock,
            )


class TestPages:
    def test_only_administrators_have_the_pages(self, world: World) -> None:
        client = world.client(world.committee.clerk)
        assert client.get(reverse("administration")).status_code == 403
        assert client.get(reverse("administered_body", args=["tu"])).status_code == 404
        assert client.get(reverse("act", args=["tu", Act.GIVE_POST])).status_code == 404

    def test_a_body_of_others_is_not_found(self, world: World) -> None:
        client = world.client(world.unit_administrator)
        held = world.committee.clerk.posts.get()
        group = RecipientGroup.objects.get(code="cac-xa")
        addresses = [
            reverse("administered_body", args=["tu"]),
            reverse("open_account", args=["tu"]),
            reverse("end", args=[Act.END_POST, held.pk]),
            reverse("end", args=[Act.END_TERM, world.committee.term.pk]),
            reverse("end", args=[Act.END_AUTHORITY, world.committee.authority.pk]),
            reverse("end", args=[Act.END_MEMBER, group.members.all()[0].pk]),
            reverse("group", args=[group.pk]),
            reverse("new_password", args=[world.committee.clerk.pk]),
            reverse("close_account", args=[world.committee.clerk.pk]),
            reverse("reopen_account", args=[world.committee.clerk.pk]),
            *(reverse("act", args=["tu", act]) for act in (Act.RENAME_BODY, Act.END_BODY, Act.MAKE_GROUP)),
        ]
        for address in addresses:
            assert client.get(address).status_code == 404, address
            assert client.post(address, {}).status_code in {404, 405}, address

    def test_the_page_of_a_body_shows_what_is_in_force_and_the_log(self, world: World) -> None:
        client = world.client()
        terms.end_term(world.committee.term.pk, last_day=world.today, by=world.by, clock=world.clock)
        Event.record(world.committee.organization, ENTERED_FROM_FILE, at=world.clock.now(), name="Tỉnh ủy")
        page = client.get(reverse("administered_body", args=["tu"])).content.decode()
        assert ENTERED_FROM_FILE not in page
        for words in ("Phạm Thị Thư", "T/M BAN THƯỜNG VỤ, PHÓ BÍ THƯ", "Các đảng ủy xã", "2020 - 2025", "Mai Quản Trị"):
            assert words in page

    @pytest.mark.parametrize(
        ("act", "facts"),
        [
            (
                Act.GIVE_POST,
                {"username": "khong.co", "role": "clerk", "title": "Văn thư mới", "starts_on": "01/12/2026"},
            ),
            (Act.BEGIN_TERM, {"name": "2030 - 2035", "starts_on": "01/12/2030"}),
            (Act.END_BODY, {"ended_on": "01/12/2026", "instrument": "Quyết định số 99"}),
            (
                Act.ENTER_BODY,
                {"valid_from": "1/12/2026", "name": "Chi bộ Mới", "code": "Sai Mã", "name_line": "CHI BỘ"},
            ),
        ],
    )
    def test_a_refusal_keeps_what_was_typed(self, world: World, act: Act, facts: dict[str, str]) -> None:
        answer = world.client().post(reverse("act", args=["tu", act]), facts)
        assert answer.status_code in {400, 409}
        page = answer.content.decode()
        assert all(typed in page for typed in facts.values())

    def test_an_account_is_opened_and_its_password_shown_once(self, world: World) -> None:
        facts = {"full_name": "Lò Thị Mai", "username": "mai.lo", "role": "clerk", "starts_on": "01/11/2026"}
        client = world.client()
        answer = client.post(reverse("open_account", args=["tu-xa-1"]), facts)
        password = answer.context["password"]
        assert password in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
        assert password not in client.get(reverse("administered_body", args=["tu-xa-1"])).content.decode()
        assert Client().login(username="mai.lo", password=password)

    def test_new_names_begin_with_those_that_hold(self, world: World) -> None:
        client, address = world.client(), reverse("act", args=["tu-xa-1", Act.RENAME_BODY])
        form = client.get(address).context["form"]
        facts = {name: form[name].value() or "" for name in form.fields}
        day = world.today + timedelta(days=2)
        answer = client.post(address, {**facts, "valid_from": f"{day:%d/%m/%Y}", "name": "Đảng ủy xã Đổi Tên"})
        assert answer.status_code == 302
        version = world.unit.as_of(day)
        assert (version.name, version.superior) == ("Đảng ủy xã Đổi Tên", world.committee.organization)
        assert version.mail_addresses == ["tu-xa-1@chidao.example"]

    def test_a_group_is_filled_from_its_page(self, world: World) -> None:
        group = RecipientGroup.objects.get(code="cac-xa")
        more = factories.body("tu-xa-4", "Đảng ủy xã Thử 4", superior=world.committee.organization)
        facts = {"member": str(more.pk), "starts_on": f"{world.today:%d/%m/%Y}"}
        address = reverse("group", args=[group.pk])
        assert world.client().post(address, facts)["Location"] == address
        assert more in group.organizations_on(world.today)

    def test_a_post_ends_from_its_page(self, world: World) -> None:
        held = world.committee.unit_clerks[0].posts.get()
        answer = world.client().post(reverse("end", args=[Act.END_POST, held.pk]), {"last_day": ""})
        assert answer["Location"] == reverse("administered_body", args=["tu-xa-1"])
        assert world.committee.member(world.committee.unit_clerks[0]).posts == ()

    def test_an_administrator_sees_no_paper_by_administering(self, world: World) -> None:
        paper = factories.draft(world.committee, factories.letter("nội dung chỉ người trong cuộc biết"))
        client = world.client()
        assert client.get(reverse("directive", args=[paper.pk])).status_code == 404
        for name in ("administration", "directory", "my_work", "outgoing"):
            assert "người trong cuộc" not in client.get(reverse(name)).content.decode()
        assert client.get(reverse("registers")).status_code == 403
