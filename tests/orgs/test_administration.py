"""What an administrator does: every change leaves what was, says who made it, and reaches only the own bodies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from orgs.actions import authorities, bodies, groups, posts, terms
from orgs.actions.authorities import AuthorityFacts
from orgs.actions.groups import GroupFacts
from orgs.acts import Act
from orgs.models import (
    Authority,
    GroupKind,
    GroupMember,
    OrganizationVersion,
    RecipientGroup,
    SigningForm,
    Term,
)
from orgs.permissions import administered_by
from orgs.verdicts import Refused
from tests import factories
from tests.orgs.administered import World, last_event, names, post

pytestmark = pytest.mark.django_db


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
