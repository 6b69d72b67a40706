"""The form of a draft: head and foot go through it and come back as they were; lines say whom they reach."""

from __future__ import annotations

import dataclasses
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directives.document import (
    URGENCIES,
    Addressee,
    DistributionLine,
    Document,
    Issuer,
    Signature,
    SignatureLine,
    Subject,
    Target,
)
from directives.document_parts import SIGNATURE_ROLES
from directives.forms.draft import DraftForm
from directives.forms.line_lists import write_lines
from directives.models import Directive
from directives.written_lines import read_addressees, read_distribution
from orgs.models import Authority, GroupMember, Post, RecipientGroup, Role
from tests import factories
from tests.browsing import as_person
from tests.factories import ClockAt, Committee

WORDS = st.text("aăbđếủ ỹBƯN.,;:-()/1", min_size=1, max_size=14).filter(str.strip)
BROKEN = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
TARGETS = st.lists(
    st.builds(Target, st.sampled_from(["organization", "group", "posts"]), st.sampled_from(["mot", "hai", "ba"])),
    max_size=2,
).map(tuple)
ADDRESSEES = st.lists(st.builds(Addressee, WORDS, TARGETS), max_size=4).map(tuple)
LINES = st.lists(
    st.builds(
        DistributionLine,
        text=WORDS | st.sampled_from(["Như trên", "Lưu VT:"]),
        purpose=st.none() | WORDS,
        same_as_addressees=st.booleans(),
        archive=st.booleans(),
        targets=TARGETS,
        heading=st.none() | WORDS,
    ),
    max_size=5,
).map(tuple)
SIGNATURES = st.none() | st.builds(
    Signature,
    st.lists(st.builds(SignatureLine, WORDS, st.sampled_from(SIGNATURE_ROLES)), min_size=1, max_size=3).map(tuple),
    st.none() | WORDS,
)
DOCUMENTS = st.builds(
    Document,
    type=st.sampled_from(["CV", "QĐ", "KL", "BB"]),
    profile=st.just("HD05"),
    subject=st.builds(Subject, st.none() | st.sampled_from(["V/v", "về", "Về việc"]), BROKEN),
    author_line=st.none() | BROKEN,
    meeting_note=st.none() | BROKEN,
    addressees=ADDRESSEES,
    distribution=LINES,
    distribution_heading=st.none() | WORDS,
    signature=SIGNATURES,
    second_signature=SIGNATURES,
    confirmation=SIGNATURES,
    dissemination=st.none() | WORDS,
    deciding_body=st.none() | WORDS,
    grounds=st.lists(WORDS, max_size=3).map(tuple),
    enacting_line=st.none() | WORDS,
    co_issuers=st.lists(
        st.builds(Issuer, st.none() | BROKEN, WORDS, WORDS),
        max_size=2,
        unique_by=lambda issuer: " ".join((issuer.name_line or "").split()),
    ).map(tuple),
    urgency=st.none() | st.sampled_from(URGENCIES),
    circulation=st.none() | WORDS,
    typist=st.none() | WORDS,
    copies=st.none() | st.integers(1, 99),
    contact=st.none() | WORDS,
)


@pytest.fixture
def committee(db: None) -> Committee:
    return factories.committee(ClockAt(timezone.now()))


@pytest.fixture
def client(committee: Committee) -> Client:
    return as_person(committee.drafter)


def sent(form: DraftForm, *, by_the_editor: bool) -> dict[str, Any]:
    """What a browser sends of the form as it is shown: the editor its lists, a browser without it the plain boxes."""
    values = {name: form[name].value() for name in form.fields}
    left_out = (
        ("addressees", "distribution") if by_the_editor else ("addressee_lines", "distribution_lines", "body_html")
    )
    lines_of_a_browser = {name: value.replace("\n", "\r\n") for name, value in values.items() if isinstance(value, str)}
    return {name: value for name, value in {**values, **lines_of_a_browser}.items() if name not in left_out}


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=DOCUMENTS, by_the_editor=st.booleans())
def test_what_is_on_record_comes_back_from_the_form_as_it_was(
    committee: Committee, document: Document, by_the_editor: bool
) -> None:
    day = timezone.localdate()
    text = Document.from_json(document.to_json()).to_json()
    paper = Directive(issuer=committee.organization, drafting_body=committee.organization, text=text, version=1)
    paper.authority = committee.authority
    before = paper.under_head_of(day)
    shown = DraftForm(initial=DraftForm.initial_of(paper, day), pairs=[], day=day, before=paper)
    form = DraftForm(sent(shown, by_the_editor=by_the_editor), pairs=[], day=day, before=paper)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["document"] == before


class TestPlainBoxes:
    """Without JavaScript each list is a box of lines."""

    def test_a_line_that_is_reworded_in_its_place_keeps_whom_it_means(self) -> None:
        group = (Target("group", "cac-xa"),)
        before = (Addressee("Các đảng ủy xã", group), Addressee("Sở Y tế"))
        assert read_addressees("Đảng ủy các xã\nSở Y tế", before)[0] == Addressee("Đảng ủy các xã", group)
        assert read_addressees("Đảng ủy các xã\nSở Y tế\nSở Tài chính", before)[0].targets == ()

    def test_a_line_that_ends_with_a_colon_is_the_sub_head_of_the_next(self) -> None:
        lines = read_distribution("Gửi bản điện tử:\nCác đảng ủy xã (để thực hiện)\nLưu: VT", ())
        assert lines[0] == DistributionLine("Các đảng ủy xã", "để thực hiện", heading="Gửi bản điện tử:")
        assert (lines[1].text, lines[1].archive) == ("Lưu: VT", True)

    def test_two_lines_with_the_same_words_keep_what_each_means(self) -> None:
        before = tuple(DistributionLine("Như thế", targets=(Target("group", code),)) for code in ("mot", "hai"))
        assert read_distribution("Như thế\nNhư thế\nLưu Văn phòng", before)[:2] == before


def drafted(client: Client, committee: Committee, **typed: Any) -> Directive:
    """The draft that a filled form makes."""
    own = f"{committee.organization.pk}:{committee.organization.pk}"
    facts = {
        "key": str(uuid4()),
        "pair": own,
        "type": "CV",
        "begins": "về",
        "subject": "kiểm tra đê",
        "body": "Nội dung.",
    }
    answer = client.post(reverse("draft_new"), {**facts, "authority": str(committee.authority.pk), **typed})
    assert answer.status_code == 302, answer.context["form"].errors
    return Directive.objects.latest("created_at")


def saved(client: Client, paper: Directive, *, by_the_editor: bool = True, **changes: Any) -> Document:
    """The document after the form of this draft is saved with changes."""
    paper.refresh_from_db()
    day = timezone.localdate()
    shown = DraftForm(initial=DraftForm.initial_of(paper, day), pairs=[], day=day, before=paper)
    facts = {**sent(shown, by_the_editor=by_the_editor), "restricted": "", "key": str(uuid4()), **changes}
    answer = client.post(reverse("edit", args=[paper.pk]), {name: value for name, value in facts.items() if value})
    assert answer.status_code == 302, answer.context["form"].errors
    paper.refresh_from_db()
    return paper.document(day)


class TestSignature:
    """The lines above the name follow the signer, until somebody writes others."""

    def test_an_open_block_takes_the_lines_of_the_signer(self, client: Client, committee: Committee) -> None:
        signature = drafted(client, committee).document(timezone.localdate()).signature
        assert signature is not None
        assert [line.text for line in signature.lines] == ["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"]

    def test_lines_that_were_written_stay_with_the_part_that_each_plays(
        self, client: Client, committee: Committee
    ) -> None:
        lines = "BÍ THƯ HUYỆN ỦY\nkiêm\nTRƯỞNG BAN CHỈ ĐẠO"
        signature = saved(client, drafted(client, committee), signature_lines=lines).signature
        assert signature is not None
        assert [line.role for line in signature.lines] == ["position", "connector", "position"]
        assert signature.signer == committee.signer.full_name

    def test_another_signer_brings_other_lines(self, client: Client, committee: Committee) -> None:
        other = factories.person("Vũ Văn Lệnh", (committee.organization, factories.Role.SIGNER))
        by_order = factories.Authority.objects.create(
            person=other,
            organization=committee.organization,
            form="T/L",
            lines=[{"text": "T/L BAN THƯỜNG VỤ", "role": "authority"}, {"text": "CHÁNH VĂN PHÒNG", "role": "position"}],
            starts_on=factories.LONG_AGO,
        )
        paper = drafted(client, committee)
        assert saved(client, paper, by_the_editor=False, authority=str(by_order.pk)).signature == Signature(
            (SignatureLine("T/L BAN THƯỜNG VỤ", "authority"), SignatureLine("CHÁNH VĂN PHÒNG", "position")),
            "Vũ Văn Lệnh",
        )


class TestJointIssue:
    """Bodies that issue a paper together are named; their head lines follow."""

    def test_the_head_lines_of_the_other_body_stand_in_the_paper(self, client: Client, committee: Committee) -> None:
        factories.body("bdv", "Ban Dân vận Tỉnh ủy", name_line="BAN DÂN VẬN", symbol="BDVTU")
        document = saved(client, drafted(client, committee), co_issuers="ban dân vận Tỉnh ủy")
        assert [(issuer.name_line, issuer.symbol) for issuer in document.co_issuers] == [("BAN DÂN VẬN", "BDVTU")]

    def test_who_signs_for_the_other_body_stands_in_the_second_signature(
        self, client: Client, committee: Committee
    ) -> None:
        other = factories.body("bdv", "Ban Dân vận Tỉnh ủy", name_line="BAN DÂN VẬN", symbol="BDVTU")
        signer = factories.person("Vũ Thị Phê", (other, Role.SIGNER))
        lines = [{"text": "TRƯỞNG BAN", "role": "position"}]
        held = {"form": "direct", "lines": lines, "starts_on": factories.LONG_AGO}
        Authority.objects.create(person=signer, organization=other, **held)
        document = saved(client, drafted(client, committee), co_issuers="ban dân vận Tỉnh ủy")
        assert document.second_signature == Signature((SignatureLine("TRƯỞNG BAN", "position"),), "Vũ Thị Phê")

    def test_the_issuer_itself_is_not_named_as_another(self, client: Client, committee: Committee) -> None:
        own = f"{committee.organization.pk}:{committee.organization.pk}"
        facts = {"key": str(uuid4()), "pair": own, "type": "CV", "subject": "x", "co_issuers": "Tỉnh ủy Sơn Hà"}
        form = client.post(reverse("draft_new"), facts).context["form"]
        assert "Tỉnh ủy Sơn Hà" in str(form.errors["co_issuers"])

    def test_a_body_that_nobody_knows_is_named_at_its_field(self, client: Client, committee: Committee) -> None:
        own = f"{committee.organization.pk}:{committee.organization.pk}"
        facts = {"key": str(uuid4()), "pair": own, "type": "CV", "subject": "x", "co_issuers": "Ban Không Có"}
        form = client.post(reverse("draft_new"), facts).context["form"]
        assert "Ban Không Có" in str(form.errors["co_issuers"])


class TestLineNotes:
    """What the list editor is told of its lines."""

    def notes(self, client: Client, committee: Committee, *lines: Addressee, **more: Any) -> dict[str, Any]:
        facts = {"issuer": str(committee.organization.pk), "addressee_lines": write_lines(lines), **more}
        answer: dict[str, Any] = client.post(reverse("draft_lines"), facts).json()
        return answer

    def test_a_line_without_a_body_says_so_and_offers_what_its_words_mean(
        self, client: Client, committee: Committee
    ) -> None:
        told = self.notes(client, committee, Addressee("Sở Y tế"), Addressee("các đảng ủy xã"))["addressees"]
        words = _("Line %(place)s says “%(text)s” but no body is linked to it yet.")
        assert told[0] == {"words": words % {"place": 1, "text": "Sở Y tế"}, "asks": True, "offers": []}
        assert [offer["code"] for offer in told[1]["offers"]] == ["cac-xa"]

    def test_a_group_says_how_many_it_reaches(self, client: Client, committee: Committee) -> None:
        answer = self.notes(client, committee, Addressee("Đảng ủy các xã", (Target("group", "cac-xa"),)))
        assert "3" in answer["addressees"][0]["words"]
        assert not answer["addressees"][0]["asks"]
        assert "3" in answer["reach"]

    def test_words_that_name_another_body_than_the_one_linked_are_told(
        self, client: Client, committee: Committee
    ) -> None:
        wrong = Addressee("Đảng ủy xã Thử 1", (Target("organization", "tu-xa-2"),))
        [told] = self.notes(client, committee, wrong)["addressees"]
        assert told["asks"]
        assert "Đảng ủy xã Thử 2" in told["words"]

    def test_a_group_of_posts_is_read_by_its_holders(self, client: Client, committee: Committee) -> None:
        group = RecipientGroup.objects.create(
            owner=committee.organization, code="thuong-truc", name="Thường trực Tỉnh ủy", kind="posts"
        )
        for post in Post.objects.filter(organization=committee.organization)[:2]:
            GroupMember.objects.create(group=group, post=post, starts_on=factories.LONG_AGO)
        line = DistributionLine("TT Tỉnh ủy", "để b/c", targets=(Target("posts", "thuong-truc"),))
        answer = self.notes(client, committee, distribution_lines=write_lines([line]))
        assert "2" in answer["distribution"][0]["words"]

    @pytest.mark.parametrize("lines", ['{"text": "x"}', "[" * 5_000])
    def test_what_is_no_list_is_refused(self, client: Client, committee: Committee, lines: str) -> None:
        facts = {"issuer": str(committee.organization.pk), "addressee_lines": lines}
        assert client.post(reverse("draft_lines"), facts).status_code == 400


def test_a_body_is_found_by_its_short_form_without_accents(client: Client, committee: Committee) -> None:
    factories.body("vp", "Văn phòng Tỉnh ủy")
    asked = {"issuer": str(committee.organization.pk), "q": "vptu"}
    assert [body["name"] for body in client.get(reverse("draft_bodies"), asked).json()["bodies"]] == [
        "Văn phòng Tỉnh ủy"
    ]


def test_the_lines_of_the_editor_are_the_papers_lines(client: Client, committee: Committee) -> None:
    lines = (DistributionLine("Như trên"), DistributionLine("Lưu VPTU"))
    document = saved(client, drafted(client, committee), distribution_lines=write_lines(lines))
    assert [(line.same_as_addressees, line.archive) for line in document.distribution] == [(True, False), (False, True)]
    assert dataclasses.replace(document.distribution[0], same_as_addressees=False) == lines[0]


@pytest.mark.parametrize(("code", "shown"), [("CV", "addressees"), ("QĐ", "text"), ("KL", "head")])
def test_the_form_shows_what_the_type_has_and_names_the_rest(
    client: Client, committee: Committee, code: str, shown: str
) -> None:
    paper = drafted(client, committee, type=code)
    form = client.get(reverse("edit", args=[paper.pk])).context["form"]
    assert form.parts[shown]
    assert {placed.part.name for placed in form.parts["rest"]} >= {"marks", "joint", "typing"}


def test_who_has_said_everything_goes_on_to_the_paper(client: Client, committee: Committee) -> None:
    own = f"{committee.organization.pk}:{committee.organization.pk}"
    facts = {"key": str(uuid4()), "pair": own, "type": "CV", "subject": "kiểm tra đê", "then": "paper"}
    answer = client.post(reverse("draft_new"), facts)
    assert answer["Location"] == reverse("directive", args=[Directive.objects.get().pk])
