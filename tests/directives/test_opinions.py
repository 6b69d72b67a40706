"""Opinions on passages of a draft: who writes them, who answers, and that they outlive the rewording of the text."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from directives.actions import approving, drafting, opining
from directives.actions.drafting import DraftFacts
from directives.document import Document
from directives.models import Directive, Opinion
from directives.workflow import DirectiveState
from orgs.models import Event, Person, Role
from orgs.verdicts import Refused
from tests import factories
from tests.directives.documents import row, table
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def of() -> Committee:
    return factories.committee(ClockAt.on(date(2026, 11, 23)))


@pytest.fixture
def paper(of: Committee) -> Directive:
    return factories.directive(of, DirectiveState.SUBMITTED)


def block_of(paper: Directive, place: int) -> str:
    return str(paper.text["body"][place]["id"])


def written(of: Committee, paper: Directive, who: Person, words: str = "Nên thêm thời hạn.", **where: str) -> Opinion:
    return opining.write_opinion(paper.pk, words, by=of.member(who), clock=of.clock, **where)


def page(who: Person, paper: Directive) -> str:
    client = Client()
    client.force_login(who)
    return client.get(reverse("opinions", args=[paper.pk])).content.decode()


def test_those_through_whose_hands_a_paper_goes_write_opinions_and_nobody_else(of: Committee, paper: Directive) -> None:
    assert written(of, paper, of.signer).role == Role.SIGNER
    assert written(of, paper, of.head).role == Role.OFFICE_HEAD
    for who in (of.drafter, of.clerk, of.monitor, of.unit_clerks[0]):
        with pytest.raises(Refused):
            written(of, paper, who)
    with pytest.raises(Refused):
        written(of, paper, of.signer, words="  ")


@pytest.mark.parametrize("state", [DirectiveState.DRAFT, DirectiveState.APPROVED, DirectiveState.ISSUED])
def test_opinions_are_written_only_while_the_paper_is_submitted(of: Committee, state: DirectiveState) -> None:
    with pytest.raises(Refused):
        written(of, factories.directive(of, state), of.signer)


def test_the_drafter_answers_and_the_history_keeps_both(of: Committee, paper: Directive) -> None:
    opinion = written(of, paper, of.signer)
    with pytest.raises(Refused):
        opining.answer_opinion(opinion.pk, "Đã bổ sung.", by=of.member(of.signer), clock=of.clock)
    opining.answer_opinion(opinion.pk, "Đã bổ sung.", by=of.member(of.drafter), clock=of.clock)
    opinion.refresh_from_db()
    assert (opinion.answer, opinion.answered_by) == ("Đã bổ sung.", of.drafter)
    steps = list(Event.objects.about(paper).values_list("step", flat=True))
    assert steps[-2:] == [opining.WROTE, opining.ANSWERED]


def test_an_opinion_is_answered_no_more_once_the_paper_is_approved(of: Committee, paper: Directive) -> None:
    opinion = written(of, paper, of.signer)
    approving.approve(paper.pk, read_version=paper.version, by=of.member(of.signer), clock=of.clock)
    with pytest.raises(Refused):
        opining.answer_opinion(opinion.pk, "Đã bổ sung.", by=of.member(of.drafter), clock=of.clock)


def test_an_opinion_stays_with_its_passage_when_the_text_is_reworded_and_is_shown_apart_when_it_is_gone(
    of: Committee, paper: Directive
) -> None:
    kept, removed = block_of(paper, 1), block_of(paper, 3)
    written(of, paper, of.signer, "Ý kiến giữ lại", block=kept, quote="Kiểm tra toàn bộ")
    written(of, paper, of.signer, "Ý kiến về đoạn bỏ", block=removed, quote="Quán triệt nội dung")
    approving.return_for_repair(paper.pk, reason="Sửa", by=of.member(of.signer), clock=of.clock)
    document = Document.from_json(paper.text)
    item = document.body[1]
    reworded = dataclasses.replace(item, runs=(dataclasses.replace(item.runs[0], text="Rà soát hồ chứa trước 15/11."),))
    shorter = dataclasses.replace(document, body=(document.body[0], reworded, document.body[2]))
    facts = DraftFacts(document=shorter, authority_id=of.authority.pk)
    drafting.edit(paper.pk, facts, version=paper.version, by=of.member(of.drafter), clock=of.clock)
    shown = page(of.drafter, paper)
    passage = shown.index(f'id="doan-{kept}"')
    apart = shown.index('id="gone"')
    assert passage < shown.index("Ý kiến giữ lại") < apart < shown.index("Ý kiến về đoạn bỏ")
    assert "“Quán triệt nội dung”" in shown


def test_an_opinion_is_written_on_the_page_beside_its_passage(of: Committee, paper: Directive) -> None:
    client = Client()
    client.force_login(of.signer)
    address = reverse("opinions", args=[paper.pk])
    passage = client.get(address).context["passages"][1]
    typed = {name: passage.form[name].value() for name in ("key", "block", "quote")}
    assert client.post(address, {**typed, "words": ""}).status_code == 400
    assert client.post(address, {**typed, "words": "Ghi rõ hồ nào."}).status_code == 302
    client.post(address, {**typed, "words": "Ghi rõ hồ nào."})
    opinion = paper.opinions.get()
    assert (opinion.block, opinion.words) == (block_of(paper, 1), "Ghi rõ hồ nào.")
    assert opinion.quote.startswith("1. Kiểm tra toàn bộ")


def test_a_row_without_words_is_not_there_to_comment_upon(of: Committee) -> None:
    document = dataclasses.replace(factories.letter(), body=(table(row("TT", "Kênh"), row("", "")),))
    client = Client()
    client.force_login(of.drafter)
    passages = client.get(reverse("opinions", args=[factories.draft(of, document).pk])).context["passages"]
    assert [passage.text for passage in passages] == ["TT | Kênh"]


def test_a_unit_does_not_find_the_opinions_of_a_paper_that_it_received(of: Committee) -> None:
    issued = factories.delivered(of)
    client = Client()
    client.force_login(of.unit_clerks[0])
    assert client.get(reverse("opinions", args=[issued.pk])).status_code == 404
