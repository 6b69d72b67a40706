"""Whom a document means on a given day: groups, inherited units, parts, deadlines."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from directives.document import Addressee, Block, BlockKind, DistributionLine, Document, Follow, Run, Target
from directives.models import Part
from directives.recipients import Expansion, FollowedItem, without_targets
from orgs.models import GroupKind, GroupMember, Organization, RecipientGroup, Role
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 23)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
COMMUNES = Target("group", "cac-xa")


@pytest.fixture
def issuer() -> Organization:
    issuer = factories.body("hu", "Huyện ủy Mẫu Sơn")
    communes = [factories.body(f"xa-{n}", f"Đảng ủy xã Thử {n}") for n in (1, 2, 3)]
    factories.group(issuer, "cac-xa", "Các đảng ủy xã", communes)
    factories.body("ubnd", "Ủy ban nhân dân huyện")
    return issuer


def to(code: str, role: Any = None) -> Target:
    return Target("organization", code, role)


def item(marker: str, follow: Follow | None, *targets: Target, children: tuple[Block, ...] = (), **facts: Any) -> Block:
    return Block(BlockKind.ITEM, marker, (Run("Kiểm tra."),), children, follow=follow, targets=targets, **facts)


def expansion(issuer: Organization, *body: Block, **parts: Any) -> Expansion:
    return Expansion(Document(type="CV", profile="HD05", body=body, **parts), issuer, DAY)


def codes(bodies: tuple[Organization, ...]) -> list[str]:
    return [body.code for body in bodies]


def shares(followed: FollowedItem) -> list[tuple[str, Part]]:
    return [(body.code, part) for body, part in followed.shares]


def test_a_group_means_its_members_of_that_day(issuer: Organization) -> None:
    members = GroupMember.objects.filter(group__code="cac-xa")
    members.filter(organization__code="xa-1").update(ends_on=date(2026, 11, 22))
    members.filter(organization__code="xa-2").update(ends_on=DAY)
    members.filter(organization__code="xa-3").update(starts_on=date(2026, 11, 24))
    assert codes(expansion(issuer, addressees=(Addressee("Các xã", (COMMUNES,)),)).recipients().executing) == ["xa-2"]


def test_a_member_of_a_group_that_has_ended_is_not_written_to(issuer: Organization) -> None:
    Organization.objects.filter(code="xa-2").update(ended_on=DAY)
    recipients = expansion(issuer, addressees=(Addressee("Các xã", (COMMUNES,)),)).recipients()
    assert codes(recipients.bodies) == ["xa-1", "xa-3"]


def test_a_body_on_several_lines_gets_the_paper_once_and_carries_it_out(issuer: Organization) -> None:
    recipients = expansion(
        issuer,
        addressees=(Addressee("Xã 2", (to("xa-2"),)), Addressee("Các xã", (COMMUNES,))),
        distribution=(DistributionLine("UBND, xã 1", None, targets=(to("ubnd"), to("xa-1"))),),
    ).recipients()
    assert codes(recipients.executing) == ["xa-2", "xa-1", "xa-3"]
    assert codes(recipients.informed) == ["ubnd"]


@pytest.mark.parametrize(
    ("line", "executes"),
    [
        (DistributionLine("UBND", None, targets=(to("ubnd"),)), True),
        (DistributionLine("UBND", "thực hiện", targets=(to("ubnd"),)), True),
        (DistributionLine("UBND", "để b/c", targets=(to("ubnd"),)), False),
        (DistributionLine("UBND", "Để biết", targets=(to("ubnd"),)), False),
        (DistributionLine("UBND", "chỉ đạo, theo dõi", targets=(to("ubnd"),)), False),
        (DistributionLine("UBND", "để ph/h", targets=(to("ubnd"),)), False),
    ],
)
def test_without_addressees_the_distribution_lines_carry_it_out_unless_they_only_inform(
    issuer: Organization, line: DistributionLine, executes: bool
) -> None:
    recipients = expansion(issuer, distribution=(line,)).recipients()
    expected: tuple[list[str], list[str]] = (["ubnd"], []) if executes else ([], ["ubnd"])
    assert (codes(recipients.executing), codes(recipients.informed)) == expected


def test_a_line_for_posts_means_the_people_who_hold_them_that_day(issuer: Organization) -> None:
    group = RecipientGroup.objects.create(owner=issuer, code="tt", name="Thường trực", kind=GroupKind.POSTS)
    here, left, locked = (factories.person(name, (issuer, Role.SIGNER)) for name in ("Ở", "Nghỉ", "Khóa"))
    for holder in (here, left, locked):
        GroupMember.objects.create(group=group, post=holder.posts.get(), starts_on=factories.LONG_AGO)
    left.posts.update(ends_on=date(2026, 11, 22))
    locked.is_active = False
    locked.save()
    recipients = expansion(issuer, distribution=(DistributionLine("TT", None, targets=(Target("posts", "tt"),)),))
    assert recipients.recipients().people == (here,)
    assert recipients.recipients().bodies == ()


def test_a_task_has_a_unit_that_leads_and_others_that_coordinate_or_are_informed(issuer: Organization) -> None:
    targets = (to("xa-1", "lead"), to("xa-2", "coordinating"), to("ubnd", "informed"))
    [task] = expansion(issuer, item("1.", Follow.TASK, *targets)).followed_items()
    assert shares(task) == [("xa-1", Part.LEAD), ("xa-2", Part.COORDINATING), ("ubnd", Part.INFORMED)]
    assert task.leads == 1


def test_a_unit_named_twice_keeps_its_first_part(issuer: Organization) -> None:
    targets = (to("xa-1", "lead"), to("xa-1", "coordinating"))
    [task] = expansion(issuer, item("1.", Follow.TASK, *targets)).followed_items()
    assert shares(task) == [("xa-1", Part.LEAD)]


def test_an_item_without_units_takes_those_of_its_nearest_ancestor(issuer: Organization) -> None:
    deep = item("*", Follow.TASK)
    own = item("-", Follow.TASK, to("xa-2", "lead"), children=(deep,))
    body = item("2.", None, to("xa-1", "lead"), children=(own, item("-", Follow.TASK)))
    followed = expansion(issuer, body).followed_items()
    assert [(one.marker, shares(one)) for one in followed] == [
        ("2. -", [("xa-2", Part.LEAD)]),
        ("2. - *", [("xa-2", Part.LEAD)]),
        ("2. -", [("xa-1", Part.LEAD)]),
    ]


def test_each_means_every_unit_of_the_group_or_else_everybody_who_is_addressed(issuer: Organization) -> None:
    body = (item("1.", Follow.EACH, COMMUNES), item("2.", Follow.EACH))
    addressees = (Addressee("UBND", (to("ubnd"),)), Addressee("Xã 1", (to("xa-1"),)))
    of_group, of_all = expansion(issuer, *body, addressees=addressees).followed_items()
    assert shares(of_group) == [(f"xa-{n}", Part.EACH) for n in (1, 2, 3)]
    assert shares(of_all) == [("ubnd", Part.EACH), ("xa-1", Part.EACH)]


def test_guidance_and_items_without_a_choice_are_not_followed(issuer: Organization) -> None:
    body = (item("1.", Follow.GUIDANCE, to("xa-1")), item("2.", None, to("xa-1")))
    assert expansion(issuer, *body).followed_items() == []


@pytest.mark.parametrize(
    ("deadline", "moment", "has_hour"),
    [
        (None, None, False),
        ("2026-11-30", datetime(2026, 11, 30, 23, 59, 59, 999999, tzinfo=HANOI), False),
        ("2026-11-30T07:00", datetime(2026, 11, 30, 7, 0, tzinfo=HANOI), True),
        ("2026-11-30T07:00+00:00", datetime(2026, 11, 30, 14, 0, tzinfo=HANOI), True),
    ],
)
def test_a_deadline_without_an_hour_lasts_to_the_end_of_the_day_here(
    issuer: Organization, deadline: str | None, moment: datetime | None, has_hour: bool
) -> None:
    body = item("1.", Follow.TASK, to("xa-1", "lead"), deadline=deadline)
    [task] = expansion(issuer, body).followed_items()
    assert task.due() == (moment, has_hour)


def test_codes_that_mean_nobody_are_named_also_a_group_of_another_committee(issuer: Organization) -> None:
    factories.group(factories.body("khac", "Huyện ủy Khác"), "nhom-khac", "Nhóm khác", [])
    body = item("1.", Follow.TASK, to("khong-co", "lead"))
    line = Addressee("Nhóm khác", (Target("group", "nhom-khac"), to("ubnd")))
    assert expansion(issuer, body, addressees=(line,)).unknown() == ["khong-co", "nhom-khac"]


def test_a_body_that_ended_by_that_day_is_named(issuer: Organization) -> None:
    Organization.objects.filter(code="ubnd").update(ended_on=DAY)
    Organization.objects.filter(code="xa-1").update(ended_on=date(2026, 11, 24))
    line = Addressee("UBND và xã 1", (to("ubnd"), to("xa-1")))
    assert [body.code for body in expansion(issuer, addressees=(line,)).ended()] == ["ubnd"]


def test_lines_that_must_reach_somebody_say_whom(issuer: Organization) -> None:
    vague = (
        DistributionLine("Các đoàn thể", None),
        DistributionLine("Như trên", None, same_as_addressees=True),
        DistributionLine("Thường trực", "để b/c"),
        DistributionLine("Lưu VTHU", None, archive=True),
    )
    assert without_targets(Document(type="TB", profile="HD05", distribution=vague)) == ["Các đoàn thể"]
    addressees = (Addressee("Các ngành"), Addressee("UBND", (to("ubnd"),)))
    assert without_targets(Document(type="CV", profile="HD05", addressees=addressees, distribution=vague)) == [
        "Các ngành"
    ]
