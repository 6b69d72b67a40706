"""The pages of administration: who has them, what they show, and what they keep when they refuse."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from orgs.actions import terms
from orgs.acts import ENTERED_FROM_FILE, Act
from orgs.models import (
    Event,
    RecipientGroup,
)
from tests import factories
from tests.orgs.administered import World

pytestmark = pytest.mark.django_db


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
        first = world.client().get(address).context["form"].fields["member"].choices[0][0]
        assert world.client().post(address, {**facts, "member": first}).status_code == 400
        assert world.client().post(address, facts)["Location"] == address
        assert more in group.organizations_on(world.today)

    def test_a_post_ends_from_its_page(self, world: World) -> None:
        held = world.committee.unit_clerks[0].posts.get()
        client, address = world.client(), reverse("end", args=[Act.END_POST, held.pk])
        answer = client.post(address, {"last_day": ""})
        assert answer["Location"] == reverse("administered_body", args=["tu-xa-1"])
        said = client.get(answer["Location"]).content.decode()
        assert f"Đã ghi ngày cuối là {world.today - timedelta(days=1):%d/%m/%Y}" in said
        assert world.committee.member(world.committee.unit_clerks[0]).posts == ()

    def test_of_two_posts_with_one_title_the_page_says_which_ends(self, world: World) -> None:
        held = world.committee.unit_clerks[0].posts.get()
        held.title = "Chánh Văn phòng"
        held.save()
        page = world.client().get(reverse("end", args=[Act.END_POST, held.pk])).content.decode()
        assert "Chánh Văn phòng · Văn thư" in page

    @pytest.mark.parametrize(
        ("act", "name"), [(Act.GIVE_POST, "role"), (Act.ENTER_BODY, "kind"), (Act.GIVE_AUTHORITY, "form")]
    )
    def test_nothing_is_given_because_it_begins_the_list(self, world: World, act: Act, name: str) -> None:
        answer = world.client().post(reverse("act", args=["tu", act]), {name: ""})
        assert answer.context["form"].errors[name]
        assert world.client().get(reverse("act", args=["tu", act])).context["form"][name].value() is None

    def test_an_administrator_sees_no_paper_by_administering(self, world: World) -> None:
        paper = factories.draft(world.committee, factories.letter("nội dung chỉ người trong cuộc biết"))
        client = world.client()
        assert client.get(reverse("directive", args=[paper.pk])).status_code == 404
        for name in ("administration", "directory", "my_work", "outgoing"):
            assert "người trong cuộc" not in client.get(reverse(name)).content.decode()
        assert client.get(reverse("registers")).status_code == 403
