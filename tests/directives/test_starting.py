"""Begin a draft with an earlier paper, a template or a file."""

from __future__ import annotations

import dataclasses
import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from directives.actions import starting
from directives.actions.starting import Bodies
from directives.document import Document, Follow
from directives.models import Directive, DraftTemplate
from directives.workflow import DirectiveState
from orgs.models import OrganizationVersion, Person, Role
from orgs.verdicts import Refused
from tests import factories
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def of() -> Committee:
    return factories.committee(ClockAt.on(date(2026, 11, 23)))


def bodies(of: Committee) -> Bodies:
    return Bodies(of.organization.pk, of.organization.pk)


def like(of: Committee, paper: Directive) -> Directive:
    return starting.like(paper, bodies(of), by=of.member(of.drafter), clock=of.clock)


def test_an_issued_paper_gives_text_recipients_and_signer_and_neither_number_nor_date_nor_deadline(
    of: Committee,
) -> None:
    dated = factories.letter().to_json()
    dated["body"][1]["deadline"] = "2026-11-30"
    dated["body"][2]["timing"] = "every month on 25"
    issued = factories.directive(of, DirectiveState.ISSUED, Document.from_json(dated))
    draft = like(of, issued)
    document, source = Document.from_json(draft.text), issued.document(of.clock.today())
    assert (draft.state, draft.number, document.date) == (DirectiveState.DRAFT, None, None)
    assert draft.authority == issued.authority
    assert document.addressees == source.addressees
    assert [block.follow for block in document.items()] == [Follow.EACH, Follow.TASK, Follow.GUIDANCE]
    assert {block.deadline for block in document.items()} == {None}
    assert [block.timing for block in document.items()] == [None, "every month on 25", None]
    known = {block.id for block, _ancestors in source.walk()}
    assert known.isdisjoint(block.id for block, _ancestors in document.walk())


def test_a_signer_whose_authority_ended_does_not_come_along(of: Committee) -> None:
    issued = factories.directive(of, DirectiveState.ISSUED)
    of.authority.ends_on = date(2026, 11, 1)
    of.authority.save()
    assert like(of, issued).authority is None


def test_what_was_restricted_stays_restricted_to_its_new_drafter(of: Committee) -> None:
    paper = factories.directive(of, DirectiveState.SUBMITTED, restricted=True, readers=(of.head.pk,))
    draft = like(of, paper)
    assert draft.restricted
    assert not draft.readers.exists()


def test_a_template_is_kept_under_its_name_and_replaced_by_the_next_of_that_name(of: Committee) -> None:
    first = factories.draft(of)
    second = factories.draft(of, factories.letter("phòng cháy, chữa cháy"))
    by = of.member(of.drafter)
    starting.keep_template(first, "Công văn kiểm tra", by=by, clock=of.clock)
    kept = starting.keep_template(second, "Công văn kiểm tra", by=by, clock=of.clock)
    assert list(DraftTemplate.objects.open_to(by, of.clock.today())) == [kept]
    begun = starting.from_template(kept, bodies(of), by=by, clock=of.clock)
    assert begun.subject == "phòng cháy, chữa cháy"
    starting.withdraw_template(kept.pk, by=by, clock=of.clock)
    assert not DraftTemplate.objects.open_to(by, of.clock.today()).exists()
    assert Directive.objects.filter(pk=begun.pk).exists()


def test_a_restricted_paper_does_not_become_a_template(of: Committee) -> None:
    paper = factories.draft(of, restricted=True)
    with pytest.raises(Refused):
        starting.keep_template(paper, "Mẫu", by=of.member(of.drafter), clock=of.clock)


def test_templates_are_open_to_those_who_draft_for_the_body_and_to_nobody_else(of: Committee) -> None:
    kept = starting.keep_template(factories.draft(of), "Mẫu", by=of.member(of.drafter), clock=of.clock)
    below = factories.person("Người soạn cấp dưới", (of.units[0], Role.DRAFTER))
    office = factories.body("vp", "Văn phòng", superior=of.organization)
    above = factories.person("Người soạn của văn phòng", (office, Role.DRAFTER))
    elsewhere = factories.person("Người soạn nơi khác", (factories.body("khac", "Nơi khác"), Role.DRAFTER))

    def sees(who: Person) -> bool:
        return DraftTemplate.objects.open_to(of.member(who), of.clock.today()).filter(pk=kept.pk).exists()

    assert [sees(who) for who in (above, below, elsewhere, of.signer)] == [True, True, False, False]
    moved = {"valid_from": of.clock.today(), "superior": factories.body("moi", "Nơi mới"), "kind": "commune_committee"}
    OrganizationVersion.objects.create(organization=office, name="Văn phòng", name_line="VĂN PHÒNG", **moved)
    assert not sees(above)


def test_a_file_becomes_a_draft_whose_lines_mean_the_bodies_of_the_directory(of: Committee) -> None:
    document = dataclasses.replace(factories.letter(), addressees=())
    named = dataclasses.replace(document, addressees=(type(factories.letter().addressees[0])("Đảng ủy xã Thử 1"),))
    draft = starting.from_document(named, bodies(of), by=of.member(of.drafter), clock=of.clock)
    [line] = Document.from_json(draft.text).addressees
    assert [target.code for target in line.targets] == ["tu-xa-1"]


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


def test_a_draft_is_begun_from_a_file_on_the_page_only_after_the_question_of_secrets(of: Committee) -> None:
    client = signed_in(of.drafter)
    form = client.get(reverse("start")).context["form"]
    typed = {"key": form["key"].value(), "pair": form["pair"].value()}

    def file(content: bytes) -> SimpleUploadedFile:
        return SimpleUploadedFile("van-ban.json", content, "application/json")

    text = json.dumps(factories.letter().to_json()).encode()
    assert client.post(reverse("start"), {**typed, "file": file(text)}).status_code == 400
    for nonsense in (b"{", b"[" * 5_000, b"9" * 5_000):
        broken = client.post(reverse("start"), {**typed, "no_secret": "on", "file": file(nonsense)})
        assert broken.status_code == 400
        assert "JSON" in broken.content.decode()
    begun = client.post(reverse("start"), {**typed, "no_secret": "on", "file": file(text)})
    assert begun.status_code == 302
    draft = Directive.objects.get()
    assert begun["Location"] == reverse("edit", args=[draft.pk])


def test_a_paper_is_begun_like_another_and_a_second_press_opens_the_same_draft(of: Committee) -> None:
    issued = factories.delivered(of)
    client = signed_in(of.drafter)
    address = reverse("start_like", args=[issued.pk])
    assert address in client.get(reverse("directive", args=[issued.pk])).content.decode()
    form = client.get(address).context["form"]
    typed = {"key": form["key"].value(), "pair": form["pair"].value(), "no_secret": "on"}
    answers = [client.post(address, typed)["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert Directive.objects.count() == 2
