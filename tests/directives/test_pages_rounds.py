"""The page of a draft's rounds, and the page of a paper on its way through its reviewers."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from directives.actions import approving, drafting, reviewing
from directives.actions.drafting import DraftFacts
from directives.document import Document
from directives.models import Directive, ReviewAt, ReviewPlace
from directives.workflow import DirectiveState, ReviewState, Step
from orgs.models import Person, Role
from tests import factories
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def of() -> Committee:
    return factories.committee(ClockAt.on(date(2026, 11, 23)))


def saved(of: Committee, paper: Directive, document: Document, *, by_itself: bool = False) -> Directive:
    facts = DraftFacts(document=document, authority_id=of.authority.pk)
    by = of.member(of.drafter)
    return drafting.edit(paper.pk, facts, version=paper.version, by=by, clock=of.clock, by_itself=by_itself)


def reworded(paper: Directive, before: str, after: str) -> Document:
    document = Document.from_json(paper.text)
    runs = tuple(dataclasses.replace(run, text=run.text.replace(before, after)) for run in document.body[0].runs)
    return dataclasses.replace(document, body=(dataclasses.replace(document.body[0], runs=runs), *document.body[1:]))


def page(who: Person, address: str) -> str:
    client = Client()
    client.force_login(who)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_shows_what_the_last_round_changed_word_by_word(of: Committee) -> None:
    paper = factories.draft(of)
    saved(of, paper, reworded(paper, "đến sớm", "đến muộn"))
    shown = page(of.drafter, reverse("rounds", args=[paper.pk]))
    assert "<del>sớm</del><ins>muộn</ins>" in shown
    assert "Quán triệt" not in shown
    assert "Quán triệt" in page(of.drafter, reverse("rounds", args=[paper.pk]) + "?xem=het")


def test_a_round_that_does_not_exist_is_not_asked_for(of: Committee) -> None:
    paper = factories.draft(of)
    assert "Lần 1" in page(of.drafter, reverse("rounds", args=[paper.pk]) + "?tu=99&den=x")


def test_rounds_are_counted_as_people_count_them_however_often_the_browser_saved(of: Committee) -> None:
    paper = factories.draft(of)
    for before, after in (("sớm", "muộn"), ("muộn", "trễ"), ("trễ", "chậm")):
        paper = saved(of, paper, reworded(paper, before, after), by_itself=True)
    assert paper.version == 4
    rounds = page(of.drafter, reverse("rounds", args=[paper.pk]))
    assert "Từ lần 1 đến lần 2" in rounds
    assert "Lần 4" not in rounds
    assert "Dự thảo lần 2" in page(of.drafter, reverse("edit", args=[paper.pk]))
    assert "2 lần" in page(of.drafter, reverse("directive", args=[paper.pk]))
    assert "Lần 2, lưu lúc" in page(of.drafter, reverse("my_work"))


def test_who_reads_a_paper_again_is_led_to_what_changed_since_it_was_submitted_last(of: Committee) -> None:
    paper = factories.directive(of, DirectiveState.SUBMITTED)
    address = reverse("directive", args=[paper.pk])
    place = {"position": 1, "at": ReviewAt.ISSUER, "role": Role.OFFICE_HEAD}
    ReviewPlace.objects.create(organization=of.organization, **place)
    approving.return_for_repair(paper.pk, reason="Sửa lại", by=of.member(of.signer), clock=of.clock)
    saved(of, paper, reworded(paper, "đến sớm", "đến muộn"))
    drafting.submit(paper.pk, by=of.member(of.drafter), clock=of.clock)
    assert f"{reverse('rounds', args=[paper.pk])}?tu=1&amp;den=2" in page(of.head, address)


def test_a_reviewer_agrees_on_the_page_and_the_signer_reads_the_opinion(of: Committee) -> None:
    place = {"position": 1, "at": ReviewAt.ISSUER, "role": Role.OFFICE_HEAD}
    ReviewPlace.objects.create(organization=of.organization, **place)
    paper = factories.directive(of, DirectiveState.SUBMITTED)
    address = reverse("directive", args=[paper.pk])
    step = reverse("step", args=[paper.pk, Step.PASS_ON])
    assert step in page(of.head, address)
    assert step not in page(of.signer, address)
    assert "Đỗ Văn Chánh" in page(of.drafter, address)
    client = Client()
    client.force_login(of.head)
    asked = client.get(step).context
    assert asked["status"].word == ReviewState.WAITING.label
    form = asked["form"]
    typed = {"key": form["key"].value(), "read_version": form["read_version"].value(), "opinion": "Nhất trí trình ký."}
    assert client.post(step, typed).status_code == 302
    assert "Nhất trí trình ký." in page(of.signer, address)
    assert reverse("step", args=[paper.pk, Step.APPROVE]) in page(of.signer, address)


def test_the_drafter_chooses_among_two_holders_before_the_paper_is_submitted(of: Committee) -> None:
    second = factories.person("Trần Thị Hai", (of.organization, Role.OFFICE_HEAD))
    place = {"position": 1, "at": ReviewAt.ISSUER, "role": Role.OFFICE_HEAD}
    ReviewPlace.objects.create(organization=of.organization, **place)
    paper = factories.draft(of)
    client = Client()
    client.force_login(of.drafter)
    address = reverse("step", args=[paper.pk, Step.SUBMIT])
    key = client.get(address).context["form"]["key"].value()
    assert client.post(address, {"key": key}).status_code == 409
    assert client.post(address, {"key": key, "reviewer_1": str(second.pk)}).status_code == 302
    assert Directive.objects.get(pk=paper.pk).reviews.get().person == second


def test_the_administrator_keeps_an_order_and_finds_it_again(of: Committee) -> None:
    administrator = factories.person("Quản Trị", (of.organization, Role.ADMINISTRATOR))
    client = Client()
    client.force_login(administrator)
    address = reverse("review_order", args=[of.organization.code])
    typed = {"type": "", "place_1": "drafting_body section_head", "place_3": "issuer office_head"}
    assert client.post(address, typed).status_code == 302
    assert [place.role for place in of.organization.review_order.all()] == ["section_head", "office_head"]
    shown = client.get(address)
    assert shown.context["form"]["place_2"].value() == "issuer office_head"
    twice = client.post(address, {**typed, "place_2": "issuer office_head"})
    assert twice.status_code == 409
    assert reviewing.ReviewPlace.objects.count() == 2
