"""The names in a text that came from elsewhere become units with their parts, and what is not certain is reported."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from directives.addressing import FollowItems, addressed
from directives.document import Block, BlockKind, Document, Follow, Run, Target
from orgs.directory import Directory
from orgs.models import Organization
from tests import factories
from tests.sample_world import SampleWorld

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 23)
TWINS = sorted((Path(__file__).parents[1] / "twins").glob("*.json"))


@pytest.fixture(params=TWINS, ids=lambda path: path.stem)
def twin(request: pytest.FixtureRequest) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(request.param.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture
def issuer() -> Organization:
    issuer = factories.body("hu", "Huyện ủy Mẫu Sơn")
    communes = [factories.body(f"xa-{n}", f"Đảng ủy xã Thử {n}") for n in (1, 2)]
    factories.group(issuer, "cac-xa", "Các đảng ủy xã", communes)
    factories.body("ubnd", "Ủy ban nhân dân huyện")
    factories.body("cong-an", "Công an huyện")
    return issuer


def order(*named: str, children: tuple[Block, ...] = (), task: bool = True, **facts: Any) -> Block:
    runs = (Run("Kiểm tra hồ chứa."),)
    return Block(BlockKind.ITEM, "1.", runs, children=children, task=task, named_units=named, **facts)


def read(issuer: Organization, *body: Block, follow: FollowItems = FollowItems.NAMED) -> tuple[Block, ...]:
    return addressed(Document(type="CV", profile="HD05", body=body), Directory(issuer, DAY), follow).document.body


def shares(block: Block) -> list[tuple[str, str | None]]:
    return [(target.code, target.role) for target in block.targets]


def test_the_first_named_unit_leads_and_the_others_coordinate(issuer: Organization) -> None:
    [item] = read(issuer, order("UBND huyện", "Công an huyện"))
    assert item.follow == Follow.TASK
    assert shares(item) == [("ubnd", "lead"), ("cong-an", "coordinating")]


def test_a_named_group_carries_it_out_each_for_itself(issuer: Organization) -> None:
    [item] = read(issuer, order("Công an huyện", "Các đảng ủy xã"))
    assert item.follow == Follow.EACH
    assert shares(item) == [("cong-an", None), ("cac-xa", None)]


@pytest.mark.parametrize(
    ("follow", "expected"),
    [
        (FollowItems.NAMED, [Follow.TASK, Follow.GUIDANCE]),
        (FollowItems.ALL, [Follow.TASK, Follow.EACH]),
        (FollowItems.NONE, [Follow.GUIDANCE, Follow.GUIDANCE]),
    ],
)
def test_which_orders_are_followed_is_chosen(issuer: Organization, follow: FollowItems, expected: list[Follow]) -> None:
    named, open_to_all, words = read(issuer, order("Công an huyện"), order(), order(task=False), follow=follow)
    assert [named.follow, open_to_all.follow] == expected
    assert words.follow is None


def test_an_order_beneath_one_that_names_a_unit_is_that_units_task(issuer: Organization) -> None:
    [parent] = read(issuer, order("Công an huyện", children=(order(), order("UBND huyện"))))
    assert [child.follow for child in parent.children] == [Follow.TASK, Follow.TASK]
    assert [shares(child) for child in parent.children] == [[], [("ubnd", "lead")]]


def test_an_order_beneath_one_that_names_a_group_is_each_ones(issuer: Organization) -> None:
    [parent] = read(issuer, order("Các đảng ủy xã", children=(order(),)))
    assert parent.children[0].follow == Follow.EACH


def test_a_heading_that_names_a_unit_hands_it_to_the_orders_beneath_it(issuer: Organization) -> None:
    [heading] = read(issuer, order("Công an huyện", task=False, children=(order(),)))
    assert (heading.follow, shares(heading)) == (None, [("cong-an", "lead")])
    assert heading.children[0].follow == Follow.TASK


@pytest.mark.parametrize("follow", [FollowItems.NAMED, FollowItems.ALL])
def test_what_an_unknown_unit_is_to_do_is_given_to_nobody_else(issuer: Organization, follow: FollowItems) -> None:
    beneath = order("Trạm không ai biết", children=(order(),))
    [parent] = read(issuer, order("Công an huyện", children=(beneath,)), follow=follow)
    [unknown] = parent.children
    assert (unknown.follow, unknown.targets) == (Follow.GUIDANCE, ())
    assert unknown.children[0].follow == Follow.GUIDANCE


def test_choices_that_were_made_already_stay(issuer: Organization) -> None:
    chosen = order("Công an huyện", follow=Follow.EACH, targets=(Target("organization", "ubnd"),))
    assert read(issuer, chosen, follow=FollowItems.ALL) == (chosen,)


def test_names_that_mean_nobody_are_reported_once_in_the_order_of_the_page(issuer: Organization) -> None:
    nested = order("Ban thứ hai", children=(order("Ban thứ ba"), order("Ban thứ hai")))
    document = factories.letter(addressees=["Ban thứ nhất", "UBND huyện"], body=[nested.to_json()])
    found = addressed(document, Directory(issuer, DAY), FollowItems.NAMED)
    assert found.unresolved == ("Ban thứ nhất", "Ban thứ hai", "Ban thứ ba")
    assert [line.targets for line in found.document.addressees] == [(), (Target("organization", "ubnd"),)]


def test_a_distribution_line_must_be_understood_only_where_nobody_is_addressed(issuer: Organization) -> None:
    lines = [{"text": "Ban thứ nhất", "purpose": None}, {"text": "Lưu VTHU", "purpose": None, "archive": True}]
    directory = Directory(issuer, DAY)
    addressed_to_some = factories.letter(addressees=["UBND huyện"], body=[], distribution=lines)
    assert addressed(addressed_to_some, directory, FollowItems.NAMED).unresolved == ()
    addressed_to_nobody = factories.letter(addressees=[], body=[], distribution=lines)
    assert addressed(addressed_to_nobody, directory, FollowItems.NAMED).unresolved == ("Ban thứ nhất",)


def test_every_named_unit_of_a_twin_gets_its_part(twin: dict[str, Any]) -> None:
    world = SampleWorld.of(twin)
    assert world.found.unresolved == ()
    named = [block for block in world.found.document.items() if block.task and block.named_units]
    for block in named:
        if block.follow == Follow.EACH:
            assert any(target.kind == "group" for target in block.targets), block.text
        else:
            assert block.follow == Follow.TASK
            roles = [target.role for target in block.targets]
            assert roles == ["lead", *["coordinating"] * (len(roles) - 1)], block.text


def test_a_twin_read_in_an_empty_directory_reports_every_name_and_follows_nothing(twin: dict[str, Any]) -> None:
    nobody = factories.body("hu", "Huyện ủy Khác Hẳn")
    document = Document.from_json(twin)
    found = addressed(document, Directory(nobody, DAY), FollowItems.NAMED)
    assert {block.follow for block in found.document.items() if block.task} == {Follow.GUIDANCE}
    lines = [line.text for line in document.addressees or document.distribution if not getattr(line, "archive", False)]
    names = [name for block in document.items() for name in block.named_units]
    assert found.unresolved == tuple(dict.fromkeys([*lines, *names]))


def test_the_nested_orders_of_the_harvest_letter_each_get_their_own_units() -> None:
    twin = json.loads(next(path for path in TWINS if "harvest" in path.stem).read_text(encoding="utf-8"))
    document = SampleWorld.of(twin).found.document
    followed = [(block.marker, block.follow, len(block.targets)) for block in document.items() if block.task]
    assert followed == [
        ("1.", Follow.EACH, 0),
        ("2.", Follow.TASK, 1),
        ("-", Follow.EACH, 2),
        ("-", Follow.TASK, 1),
        ("-", Follow.TASK, 1),
        ("-", Follow.TASK, 2),
        ("*", Follow.TASK, 1),
        ("3.", Follow.TASK, 1),
        ("4.", Follow.TASK, 2),
        ("5.", Follow.EACH, 0),
        ("-", Follow.EACH, 0),
    ]
