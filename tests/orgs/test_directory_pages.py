"""The directory of bodies as everybody reads it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orgs.models import Organization, OrganizationVersion, Role
from tests import factories
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Committee:
    return factories.committee(ClockAt(timezone.now()))


@pytest.fixture
def client(committee: Committee) -> Client:
    client = Client()
    client.force_login(committee.clerk)
    return client


def listed(client: Client, **asked: str) -> list[str]:
    return [row.version.name for row in client.get(reverse("directory"), asked).context["rows"]]


def body_page(client: Client, code: str) -> str:
    return client.get(reverse("body", args=[code])).content.decode()


def test_bodies_stand_in_the_order_of_the_alphabet(committee: Committee, client: Client) -> None:
    for code, name in (("a", "Đảng ủy xã An Bình"), ("b", "Đảng ủy xã Ân Thi"), ("c", "Ban Tổ chức"), ("d", "Đoàn")):
        factories.body(code, name)
    found = listed(client)
    assert found[:3] == ["Ban Tổ chức", "Đảng ủy xã An Bình", "Đảng ủy xã Ân Thi"]
    assert found[3:] == ["Đảng ủy xã Thử 1", "Đảng ủy xã Thử 2", "Đảng ủy xã Thử 3", "Đoàn", "Tỉnh ủy Sơn Hà"]


@pytest.mark.parametrize("words", ["dang uy xa thu 2", "Đảng ủy xã Thử 2", "XA THU 2", "thử 2"])
def test_a_body_is_found_with_and_without_accents(client: Client, words: str) -> None:
    assert listed(client, q=words) == ["Đảng ủy xã Thử 2"]


def test_a_search_begins_where_a_word_begins(client: Client) -> None:
    assert listed(client, q="inh uy") == []


@pytest.mark.parametrize("page", ["directory", "find", "administration"])
def test_words_with_a_nul_byte_are_looked_for_like_others(committee: Committee, page: str) -> None:
    boss = factories.person("Trần Quản Trị", (committee.organization, Role.ADMINISTRATOR))
    client = Client()
    client.force_login(boss)
    answer = client.get(reverse(page), {"q": "thử\0 2"})
    assert answer.status_code == 200
    assert "Đảng ủy xã Thử 2" in answer.content.decode()


def test_a_body_that_ended_moves_to_the_other_list(committee: Committee, client: Client) -> None:
    Organization.objects.filter(pk=committee.units[0].pk).update(ended_on=committee.clock.today())
    assert "Đảng ủy xã Thử 1" not in listed(client)
    assert listed(client, loc="da-ket-thuc") == ["Đảng ủy xã Thử 1"]


def test_a_page_tells_names_over_time_and_what_stands_above(committee: Committee, client: Client) -> None:
    day = committee.clock.today() + timedelta(days=20)
    OrganizationVersion.objects.create(
        organization=committee.units[0],
        valid_from=day,
        name="Đảng ủy phường Thử",
        name_line="ĐẢNG ỦY PHƯỜNG THỬ",
        kind="commune_committee",
        superior=committee.organization,
    )
    page = body_page(client, "tu-xa-1")
    for words in ("<h1>Đảng ủy xã Thử 1</h1>", "Đảng ủy phường Thử", f"{day:%d/%m/%Y}", "ĐẢNG BỘ TỈNH SƠN HÀ"):
        assert words in page
    assert reverse("body", args=["tu"]) in page
    assert "Các đảng ủy xã" in page


def test_a_page_names_who_serves_today_and_nobody_else(committee: Committee, client: Client) -> None:
    yesterday = committee.clock.today() - timedelta(days=1)
    committee.monitor.posts.update(ends_on=yesterday)
    committee.drafter.is_active = False
    committee.drafter.save()
    page = body_page(client, "tu")
    assert "Phạm Thị Thư" in page
    assert "Ngô Văn Dõi" not in page
    assert "Lê Thị Soạn" not in page


def test_a_body_that_ended_leads_to_its_successor_and_back(committee: Committee, client: Client) -> None:
    old, new = committee.units[:2]
    old.ended_on = committee.clock.today()
    old.save()
    old.successors.add(new)
    assert reverse("body", args=[new.code]) in body_page(client, old.code)
    assert reverse("body", args=[old.code]) in body_page(client, new.code)


def test_only_an_administrator_sees_the_way_to_administration(committee: Committee, client: Client) -> None:
    assert reverse("administered_body", args=["tu"]) not in body_page(client, "tu")
    administrator = factories.person("Quản Trị", (committee.organization, Role.ADMINISTRATOR))
    client.force_login(administrator)
    assert reverse("administered_body", args=["tu"]) in body_page(client, "tu")


def test_the_list_asks_the_same_questions_for_few_and_for_many(committee: Committee, client: Client) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("directory"))
        return len(asked)

    few = questions()
    for number in range(30):
        factories.body(f"them-{number}", f"Đảng ủy xã Thêm {number}", superior=committee.units[number % 3])
    assert questions() == few


def test_the_directory_asks_for_a_sign_in(client: Client) -> None:
    assert Client().get(reverse("directory")).status_code == 302
    assert client.get(reverse("body", args=["khong-co"])).status_code == 404
