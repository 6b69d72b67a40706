"""Posts and accounts that an administrator gives: their power begins and ends with them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from orgs.actions import accounts, posts
from orgs.actions.accounts import AccountFacts
from orgs.acts import Act
from orgs.member import Member
from orgs.models import (
    Event,
    Organization,
    Person,
    Post,
    Role,
)
from orgs.verdicts import Refused
from tests import factories
from tests.orgs.administered import World, last_event, post

pytestmark = pytest.mark.django_db


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
