"""A paper that two bodies issue: the signers of both approve one text, and no number is given before they have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directives import search
from directives.actions import approving, drafting, joint_issuing, numbering_and_issuing
from directives.actions.approving import SignedPaper
from directives.actions.drafting import DraftFacts
from directives.document import Document, Issuer, Signature, SignatureLine, content_hash
from directives.models import Directive, JointIssuer
from directives.views import waiting
from directives.workflow import DirectiveState, JointState, Step
from orgs.member import Member
from orgs.models import Authority, Event, Organization, OrganizationVersion, Person, Role
from orgs.verdicts import Refused
from tests import factories
from tests.browsing import as_person, page, press, step
from tests.factories import LONG_AGO, ClockAt, Committee

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
HEAD = "ỦY BAN NHÂN DÂN TỈNH SƠN HÀ"


@dataclass
class TwoBodies:
    """A committee whose paper a state body issues too."""

    of: Committee
    other: Organization
    second: Person

    @classmethod
    def made(cls, clock: ClockAt) -> TwoBodies:
        of = factories.committee(clock)
        other = factories.body("ubnd", "Ủy ban nhân dân tỉnh Sơn Hà", name_line=HEAD, symbol="UBND")
        second = factories.person("Vũ Thị Phê", (other, Role.SIGNER))
        made = cls(of, other, second)
        made.authority(second, "CHỦ TỊCH")
        return made

    def authority(self, person: Person, position: str, **facts: Any) -> Authority:
        """A right to sign for the other body."""
        lines = [{"text": position, "role": "position"}]
        held = {"organization": self.other, "form": "direct", "lines": lines, "starts_on": LONG_AGO, **facts}
        return Authority.objects.create(person=person, **held)

    def letter(self, **changes: Any) -> Document:
        """The paper, with both heads."""
        return replace(factories.letter(), co_issuers=(Issuer(None, HEAD, "UBND"),), **changes)

    def draft(self, document: Document | None = None, **facts: Any) -> Directive:
        return factories.draft(self.of, document or self.letter(), **facts)

    def submitted(self, document: Document | None = None, **facts: Any) -> Directive:
        made = self.draft(document, **facts)
        drafting.submit(made.pk, by=self.of.member(self.of.drafter), clock=self.of.clock)
        return again(made)

    def approved_by_the_other(self, paper: Directive) -> Directive:
        by = self.of.member(self.second)
        joint_issuing.approve_jointly(paper.pk, read_version=paper.version, by=by, clock=self.of.clock)
        return again(paper)

    def approved_by_the_issuer(self, paper: Directive) -> Directive:
        by = self.of.member(self.of.signer)
        approving.approve(paper.pk, read_version=paper.version, by=by, clock=self.of.clock)
        return again(paper)

    def member(self, role: Role) -> Member:
        """Somebody who holds this post in the other body."""
        return self.of.member(factories.person(f"Người {role}", (self.other, role)))


def again(paper: Directive) -> Directive:
    return Directive.objects.get(pk=paper.pk)


def joint(paper: Directive) -> JointIssuer:
    return JointIssuer.objects.get(directive=paper)


def chair(name: str, position: str = "CHỦ TỊCH") -> Signature:
    return Signature((SignatureLine(position, "position"),), name)


@pytest.fixture
def two() -> TwoBodies:
    return TwoBodies.made(ClockAt.on(TODAY))


def test_the_second_signature_is_offered_from_the_other_bodys_matrix(two: TwoBodies) -> None:
    paper = two.draft()
    assert paper.under_head_of(TODAY).second_signature == chair("Vũ Thị Phê")
    assert (joint(paper).organization, joint(paper).state) == (two.other, JointState.NAMED)
    assert joint(paper).authority is not None and joint(paper).authority.person == two.second


def test_whom_the_second_signature_names_is_asked(two: TwoBodies) -> None:
    deputy = factories.person("Cao Văn Phó", (two.other, Role.SIGNER))
    two.authority(deputy, "PHÓ CHỦ TỊCH")
    paper = two.submitted(two.letter(second_signature=chair("Cao Văn Phó", "PHÓ CHỦ TỊCH")))
    assert joint(paper).authority is not None and joint(paper).authority.person == deputy
    assert list(waiting.to_approve(two.of.member(deputy))) == [paper]
    assert not waiting.to_approve(two.of.member(two.second)).exists()


def test_a_second_signature_of_nobody_is_not_submitted_and_those_who_sign_are_named(two: TwoBodies) -> None:
    paper = two.draft(two.letter(second_signature=chair("Không Ai Cả")))
    with pytest.raises(Refused, match="Vũ Thị Phê"):
        drafting.submit(paper.pk, by=two.of.member(two.of.drafter), clock=two.of.clock)


def test_a_signer_whose_authority_ended_yesterday_is_not_asked_and_does_not_approve(two: TwoBodies) -> None:
    paper = two.submitted()
    Authority.objects.filter(person=two.second).update(ends_on=TODAY - timedelta(days=1))
    deputy = factories.person("Cao Văn Phó", (two.other, Role.SIGNER))
    two.authority(deputy, "PHÓ CHỦ TỊCH")
    with pytest.raises(Refused, match="Cao Văn Phó"):
        two.approved_by_the_other(paper)


def test_the_only_signer_does_not_approve_after_the_authority_ended(two: TwoBodies) -> None:
    paper = two.submitted()
    Authority.objects.filter(person=two.second).update(ends_on=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="22/11/2026"):
        two.approved_by_the_other(paper)
    assert joint(paper).state == JointState.ASKED


def test_a_body_that_has_no_signer_here_signs_on_paper(two: TwoBodies) -> None:
    Authority.objects.filter(person=two.second).delete()
    paper = two.submitted()
    assert (joint(paper).state, joint(paper).authority) == (JointState.ON_PAPER, None)
    assert two.approved_by_the_issuer(paper).state == DirectiveState.APPROVED


def test_the_issuers_signer_comes_after_the_other_bodys(two: TwoBodies) -> None:
    paper, first, second = two.submitted(), two.of.member(two.of.signer), two.of.member(two.second)
    assert list(waiting.to_approve(second)) == [paper]
    assert not waiting.to_approve(first).exists()
    with pytest.raises(Refused, match="Vũ Thị Phê"):
        two.approved_by_the_issuer(paper)
    two.approved_by_the_other(paper)
    assert list(waiting.to_approve(first)) == [paper]
    assert not waiting.to_approve(second).exists()


def test_both_approvals_and_the_issued_paper_have_one_hash(two: TwoBodies) -> None:
    paper = two.approved_by_the_issuer(two.approved_by_the_other(two.submitted()))
    assert joint(paper).approved_hash == paper.approved_hash != ""
    factories.sign(two.of, paper)
    numbering_and_issuing.number(paper.pk, by=two.of.member(two.of.clerk), clock=two.of.clock)
    issued = numbering_and_issuing.issue(paper.pk, by=two.of.member(two.of.clerk), clock=two.of.clock)
    assert content_hash(issued.document(TODAY), issued.enclosed()) == joint(paper).approved_hash
    approvals = Event.objects.about(paper).filter(step__in=[Step.APPROVE, Step.APPROVE_JOINTLY])
    assert {event.facts["content_hash"] for event in approvals} == {paper.approved_hash}
    assert [event.organization for event in approvals] == [two.other, two.of.organization]


def test_a_text_that_changed_after_the_other_body_approved_it_is_not_approved(two: TwoBodies) -> None:
    """A new head line of the issuer, from today on."""
    paper = two.approved_by_the_other(two.submitted())
    version = OrganizationVersion.objects.get(organization=two.of.organization)
    version.pk, version.valid_from, version.name_line = None, TODAY, "TỈNH ỦY SƠN HÀ MỚI"
    version.save(force_insert=True)
    with pytest.raises(Refused, match="Vũ Thị Phê"):
        two.approved_by_the_issuer(paper)


@pytest.mark.parametrize("by_the_other", [True, False])
def test_an_approval_does_not_outlive_the_return(two: TwoBodies, by_the_other: bool) -> None:
    paper = two.approved_by_the_other(two.submitted())
    by = two.of.member(two.second if by_the_other else two.of.signer)
    approving.return_for_repair(paper.pk, reason="Sửa mục 2.", by=by, clock=two.of.clock)
    assert (joint(paper).state, joint(paper).approved_hash) == (JointState.NAMED, "")
    assert again(paper).state == DirectiveState.DRAFT


def test_an_approval_does_not_outlive_the_pulling_back(two: TwoBodies) -> None:
    paper = two.approved_by_the_other(two.submitted())
    drafting.pull_back(paper.pk, by=two.of.member(two.of.drafter), clock=two.of.clock)
    assert (joint(paper).state, joint(paper).approved_hash) == (JointState.NAMED, "")


def test_an_edit_asks_both_again(two: TwoBodies) -> None:
    paper = two.approved_by_the_other(two.submitted())
    drafter = two.of.member(two.of.drafter)
    drafting.pull_back(paper.pk, by=drafter, clock=two.of.clock)
    changed = DraftFacts(document=two.letter(contact="Điện thoại 02"), authority_id=two.of.authority.pk)
    edited = drafting.edit(paper.pk, changed, version=paper.version, by=drafter, clock=two.of.clock)
    drafting.submit(paper.pk, by=drafter, clock=two.of.clock)
    assert joint(paper).state == JointState.ASKED
    with pytest.raises(Refused):
        two.approved_by_the_issuer(again(edited))


def test_what_was_read_is_what_is_approved(two: TwoBodies) -> None:
    paper = two.submitted()
    by = two.of.member(two.second)
    with pytest.raises(Refused, match="sau khi đồng chí mở"):
        joint_issuing.approve_jointly(paper.pk, read_version=paper.version - 1, by=by, clock=two.of.clock)


@pytest.mark.parametrize("who", ["signer of the issuer", "clerk", "another signer there"])
def test_nobody_else_approves_for_the_other_body(two: TwoBodies, who: str) -> None:
    people = {
        "signer of the issuer": two.of.member(two.of.signer),
        "clerk": two.of.member(two.of.clerk),
        "another signer there": two.member(Role.SIGNER),
    }
    paper = two.submitted()
    with pytest.raises(Refused):
        joint_issuing.approve_jointly(paper.pk, read_version=paper.version, by=people[who], clock=two.of.clock)
    assert joint(paper).state == JointState.ASKED


def test_who_signed_by_pen_is_noted_with_a_reason_and_needs_no_approval_here(two: TwoBodies) -> None:
    paper = two.submitted()
    clerk = two.of.member(two.of.clerk)
    signed = SignedPaper(signed_on=TODAY, sealed_on=TODAY)
    with pytest.raises(Refused, match="Vũ Thị Phê"):
        approving.note_signature(paper.pk, signed, by=clerk, clock=two.of.clock)
    approving.note_signature(paper.pk, replace(signed, reason="Ký tại cuộc họp."), by=clerk, clock=two.of.clock)
    assert joint(paper).state == JointState.ON_PAPER
    assert numbering_and_issuing.number(paper.pk, by=clerk, clock=two.of.clock).number is not None


def test_the_database_gives_no_number_without_the_other_bodys_approval(two: TwoBodies) -> None:
    paper = two.approved_by_the_issuer(two.approved_by_the_other(two.submitted()))
    factories.sign(two.of, paper)
    # As if the program had forgotten to ask.
    JointIssuer.objects.filter(directive=paper).update(approved_hash="0" * 64)
    with pytest.raises(IntegrityError, match="joint issuer"), transaction.atomic():
        numbering_and_issuing.number(paper.pk, by=two.of.member(two.of.clerk), clock=two.of.clock)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "ALTER TABLE directives_directive DISABLE TRIGGER directive_has_its_joint_approvals_before_its_number"
        )
    assert numbering_and_issuing.number(paper.pk, by=two.of.member(two.of.clerk), clock=two.of.clock).number


class TestSight:
    @pytest.mark.parametrize("role", [Role.SIGNER, Role.OFFICE_HEAD, Role.REVIEWER, Role.CLERK, Role.MONITOR])
    def test_the_other_bodys_staff_read_it_once_it_is_submitted(self, two: TwoBodies, role: Role) -> None:
        by = two.member(role)
        draft = two.draft()
        assert not Directive.objects.visible_to(by).exists()
        drafting.submit(draft.pk, by=two.of.member(two.of.drafter), clock=two.of.clock)
        assert list(Directive.objects.visible_to(by)) == [draft]
        assert list(search.found(Directive.objects.visible_to(by), "hồ chứa")) == [draft]

    @pytest.mark.parametrize("role", [Role.OFFICER, Role.UNIT_CONTACT, Role.ADMINISTRATOR, Role.INSPECTOR])
    def test_the_others_there_do_not(self, two: TwoBodies, role: Role) -> None:
        two.submitted()
        assert not Directive.objects.visible_to(two.member(role)).exists()

    def test_a_restricted_paper_is_there_for_its_second_signer_alone(self, two: TwoBodies) -> None:
        paper = two.submitted(restricted=True)
        assert list(Directive.objects.visible_to(two.of.member(two.second))) == [paper]
        for role in Role:
            assert not Directive.objects.visible_to(two.member(role)).exists(), role

    def test_a_body_that_is_no_longer_named_reads_it_no_more(self, two: TwoBodies) -> None:
        paper = two.submitted()
        drafter = two.of.member(two.of.drafter)
        drafting.pull_back(paper.pk, by=drafter, clock=two.of.clock)
        alone = DraftFacts(document=factories.letter(), authority_id=two.of.authority.pk)
        drafting.edit(paper.pk, alone, version=paper.version, by=drafter, clock=two.of.clock)
        drafting.submit(paper.pk, by=drafter, clock=two.of.clock)
        assert not Directive.objects.visible_to(two.of.member(two.second)).exists()


class TestPages:
    @pytest.fixture
    def two(self) -> TwoBodies:
        """Of today: pages read the machine's own clock."""
        return TwoBodies.made(ClockAt(timezone.now()))

    def test_the_two_signers_approve_one_after_the_other_on_their_pages(self, two: TwoBodies) -> None:
        paper = two.submitted()
        first, second = as_person(two.of.signer), as_person(two.second)
        assert "Vũ Thị Phê" in first.get(page(paper)).content.decode()
        assert primary(first, paper) is None
        assert paper.subject in second.get(reverse("my_work")).content.decode()
        assert paper.subject in second.get(reverse("outgoing")).content.decode()
        assert primary(second, paper) == Step.APPROVE_JOINTLY
        assert press(second, step(paper, Step.APPROVE_JOINTLY), read_version=paper.version).status_code == 302
        assert primary(first, paper) == Step.APPROVE
        assert press(first, step(paper, Step.APPROVE), read_version=paper.version).status_code == 302
        assert again(paper).state == DirectiveState.APPROVED

    def test_the_list_of_papers_for_signature_puts_it_before_whom_it_waits_for(self, two: TwoBodies) -> None:
        paper = two.submitted()
        there = factories.person("Văn Thư", (two.other, Role.CLERK))
        assert "Vũ Thị Phê" in signing_list(there)
        assert paper.subject not in signing_list(two.of.clerk)
        two.approved_by_the_other(paper)
        assert paper.subject in signing_list(two.of.clerk)
        assert paper.subject not in signing_list(there)


def primary(client: Client, paper: Directive) -> Step | None:
    """The step of the page's one large button."""
    button = client.get(page(paper)).context["next"].primary
    return button.step if button else None


def signing_list(person: Person) -> str:
    """The words of the list for signature that this person prints."""
    with pypdfium2.PdfDocument(as_person(person).get(reverse("signing_list")).content) as pdf:
        return " ".join(" ".join(one.get_textpage().get_text_range() for one in pdf).split())
