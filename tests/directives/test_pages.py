"""The pages of a directive and its steps: what a press does, who sees what, what stays when it is refused."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from directives import filestore
from directives.actions import approving, drafting, registering
from directives.models import (
    Assignment,
    CopyKind,
    Delivery,
    Directive,
    NumberSeries,
    Reading,
)
from directives.workflow import DeliveryState, DirectiveState, Step
from tests import factories
from tests.browsing import as_person, page, press, step
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Committee:
    """A committee of today: pages read the machine's own clock."""
    return factories.committee(ClockAt(timezone.now()))


class TestSteps:
    def test_a_drafter_submits_with_one_press(self, committee: Committee) -> None:
        draft = factories.draft(committee)
        answer = press(as_person(committee.drafter), step(draft, Step.SUBMIT))
        assert answer["Location"] == page(draft)
        draft.refresh_from_db()
        assert draft.state == DirectiveState.SUBMITTED

    def test_a_form_that_is_sent_twice_is_done_once_and_answers_alike(self, committee: Committee) -> None:
        draft = factories.draft(committee)
        client, facts = as_person(committee.drafter), {"key": str(uuid4())}
        first = client.post(step(draft, Step.SUBMIT), facts)
        second = client.post(step(draft, Step.SUBMIT), facts)
        assert first["Location"] == second["Location"]
        assert second.status_code == 302

    def test_a_step_that_no_longer_fits_says_so_and_changes_nothing(self, committee: Committee) -> None:
        paper = factories.directive(committee, DirectiveState.SUBMITTED)
        client = as_person(committee.drafter)
        answer = press(client, step(paper, Step.SUBMIT))
        assert answer.status_code == 409
        assert client.get(step(paper, Step.SUBMIT)).status_code == 409

    def test_a_step_of_somebody_elses_post_is_not_allowed(self, committee: Committee) -> None:
        paper = factories.directive(committee, DirectiveState.SUBMITTED)
        assert press(as_person(committee.head), step(paper, Step.APPROVE), read_version=1).status_code == 403
        paper.refresh_from_db()
        assert paper.state == DirectiveState.SUBMITTED

    def test_returning_without_a_reason_is_asked_again(self, committee: Committee) -> None:
        paper = factories.directive(committee, DirectiveState.SUBMITTED)
        answer = press(as_person(committee.signer), step(paper, Step.RETURN), reason=" ")
        assert answer.status_code == 400
        assert answer.context["form"].errors["reason"]

    def test_only_where_there_was_an_approval_a_return_is_said_to_void_it(self, committee: Committee) -> None:
        submitted, approved = (
            factories.directive(committee, state) for state in (DirectiveState.SUBMITTED, DirectiveState.APPROVED)
        )
        client, words = as_person(committee.signer), "duyệt ký trước đó không còn giá trị"
        assert words not in client.get(step(submitted, Step.RETURN)).content.decode()
        assert words in client.get(step(approved, Step.RETURN)).content.decode()

    def test_a_returned_paper_leads_the_signer_to_my_work_and_shows_the_drafter_the_reason(
        self, committee: Committee
    ) -> None:
        paper = factories.directive(committee, DirectiveState.SUBMITTED)
        answer = press(as_person(committee.signer), step(paper, Step.RETURN), reason="Thiếu thời hạn ở mục 1")
        assert answer["Location"] == reverse("my_work")
        drafter = as_person(committee.drafter)
        assert "Thiếu thời hạn ở mục 1" in drafter.get(page(paper)).content.decode()
        assert "Thiếu thời hạn ở mục 1" in drafter.get(reverse("my_work")).content.decode()

    def test_a_text_that_changed_after_it_was_read_is_not_approved(self, committee: Committee) -> None:
        draft = factories.draft(committee)
        facts = drafting.DraftFacts(document=factories.letter("một nội dung khác"), authority_id=committee.authority.pk)
        drafting.edit(draft.pk, facts, version=1, by=committee.member(committee.drafter), clock=committee.clock)
        drafting.submit(draft.pk, by=committee.member(committee.drafter), clock=committee.clock)
        answer = press(as_person(committee.signer), step(draft, Step.APPROVE), read_version=1)
        assert answer.status_code == 409

    def test_the_signature_form_keeps_what_was_typed_when_a_day_is_wrong(self, committee: Committee) -> None:
        paper = factories.directive(committee, DirectiveState.SUBMITTED)
        approving.approve(paper.pk, read_version=1, by=committee.member(committee.signer), clock=committee.clock)
        client = as_person(committee.clerk)
        answer = press(client, step(paper, Step.NOTE_SIGNATURE), signed_on="31/02/2026", reason="giấy đã ký")
        assert answer.status_code == 400
        assert "31/02/2026" in answer.content.decode()
        assert "giấy đã ký" in answer.content.decode()
        tomorrow = timezone.localdate() + timedelta(days=1)
        assert press(client, step(paper, Step.NOTE_SIGNATURE), signed_on=f"{tomorrow:%d/%m/%Y}").status_code == 409
        today = f"{timezone.localdate():%d/%m/%Y}"
        assert press(client, step(paper, Step.NOTE_SIGNATURE), signed_on=today, sealed_on=today).status_code == 302

    def test_the_number_that_the_page_promised_is_given(self, committee: Committee) -> None:
        committee.first_number(749)
        paper = factories.directive(committee, DirectiveState.APPROVED)
        client = as_person(committee.clerk)
        assert client.get(step(paper, Step.NUMBER)).context["expected"] == 749
        answer = press(client, step(paper, Step.NUMBER), expected=749)
        paper.refresh_from_db()
        assert paper.printed_number == "749-CV/TU"
        assert "Đã cấp số 749-CV/TU" in client.get(answer.url).content.decode()

    def test_a_number_that_was_kept_is_given_where_the_clerk_chooses_it(self, committee: Committee) -> None:
        committee.first_number(749)
        kept = registering.reserve_number(
            committee.organization.pk,
            "CV",
            reserved_for="Công văn khẩn",
            until=timezone.localdate(),
            by=committee.member(committee.clerk),
            clock=committee.clock,
        )
        client = as_person(committee.clerk)
        first, second = (factories.directive(committee, DirectiveState.APPROVED) for _ in range(2))
        assert "749-CV/TU" in client.get(step(first, Step.NUMBER)).content.decode()
        press(client, step(first, Step.NUMBER), expected=750, kept="")
        press(client, step(second, Step.NUMBER), expected=751, kept=kept.pk)
        assert [str(Directive.objects.get(pk=paper.pk)) for paper in (first, second)] == ["750-CV/TU", "749-CV/TU"]
        third = factories.directive(committee, DirectiveState.APPROVED)
        assert "kept" not in client.get(step(third, Step.NUMBER)).context["form"].fields

    def test_a_number_that_was_taken_meanwhile_offers_the_next_one(self, committee: Committee) -> None:
        committee.first_number(748)
        paper = factories.directive(committee, DirectiveState.APPROVED)
        factories.directive(committee, DirectiveState.NUMBERED)
        client = as_person(committee.clerk)
        answer = press(client, step(paper, Step.NUMBER), expected=748)
        assert answer.status_code == 409
        assert answer.context["form"]["expected"].value() == 749
        press(client, step(paper, Step.NUMBER), expected=749)
        paper.refresh_from_db()
        assert paper.number == 749

    def test_a_number_of_another_book_is_typed_and_a_double_is_refused_with_everything_kept(
        self, committee: Committee
    ) -> None:
        first, second = (factories.directive(committee, DirectiveState.APPROVED) for _ in range(2))
        NumberSeries.objects.update_or_create(
            organization=committee.organization,
            term=committee.term,
            symbol_group="CV",
            defaults={"mode": "elsewhere"},
        )
        client, today = as_person(committee.clerk), f"{timezone.localdate():%d/%m/%Y}"
        assert press(client, step(first, Step.NUMBER), value=61, dated_on=today).status_code == 302
        answer = press(client, step(second, Step.NUMBER), value=61, dated_on=today)
        assert answer.status_code == 409
        assert answer.context["form"]["value"].value() == "61"

    def test_the_page_of_the_issue_step_counts_and_names_the_recipients(self, committee: Committee) -> None:
        paper = factories.directive(committee, DirectiveState.NUMBERED)
        answer = as_person(committee.clerk).get(step(paper, Step.ISSUE))
        assert answer.context["before"].count == 3
        assert "Đảng ủy xã Thử 2" in answer.content.decode()

    def test_a_recalled_paper_says_so_to_its_units(self, committee: Committee) -> None:
        paper = factories.delivered(committee)
        facts = {"decision": "Công văn số 752-CV/TU", "reason": "sai thẩm quyền"}
        press(as_person(committee.clerk), step(paper, Step.RECALL), **facts)
        shown = as_person(committee.unit_clerks[0]).get(page(paper)).content.decode()
        assert "752-CV/TU" in shown


class TestWhoSeesWhat:
    def test_a_paper_that_is_not_mine_is_not_there(self, committee: Committee) -> None:
        stranger = factories.person("Người Ngoài", (factories.body("xa-khac", "Đảng ủy xã Khác"), "clerk"))
        paper = factories.delivered(committee)
        client = as_person(stranger)
        copy = paper.copies.get(kind=CopyKind.FINAL)
        share = Assignment.objects.first()
        assert share is not None
        delivery = Delivery.objects.first()
        assert delivery is not None
        for address in (
            page(paper),
            step(paper, Step.RECALL),
            reverse("edit", args=[paper.pk]),
            reverse("recipients_and_tasks", args=[paper.pk]),
            reverse("sending", args=[paper.pk]),
            reverse("file", args=[paper.pk, copy.sha256]),
            reverse("misdirect", args=[delivery.pk]),
            reverse("task", args=[share.pk]),
            reverse("task_step", args=[share.pk, Step.END]),
            f"{reverse('report')}?phan-viec={share.pk}",
        ):
            assert client.get(address).status_code == 404, address
        assert press(client, reverse("receive", args=[delivery.pk])).status_code == 404

    def test_a_unit_sees_nothing_before_the_paper_is_issued(self, committee: Committee) -> None:
        paper = factories.directive(committee, DirectiveState.NUMBERED)
        assert as_person(committee.unit_clerks[0]).get(page(paper)).status_code == 404

    def test_a_unit_opens_the_official_copy_but_not_the_print_for_signature(self, committee: Committee) -> None:
        paper = factories.delivered(committee)
        client = as_person(committee.unit_clerks[0])
        copy = paper.copies.get(kind=CopyKind.FINAL)
        answer = client.get(reverse("file", args=[paper.pk, copy.sha256]))
        assert answer.content == filestore.read(copy.sha256)
        assert answer["Content-Type"] == "application/pdf"
        assert "sandbox" in answer["Content-Security-Policy"]
        scan = committee_scan(committee, paper)
        assert client.get(reverse("file", args=[paper.pk, scan])).status_code == 404

    def test_a_damaged_file_is_never_given(self, committee: Committee) -> None:
        paper = factories.delivered(committee)
        copy = paper.copies.get(kind=CopyKind.FINAL)
        path = filestore.path_of(copy.sha256)
        path.chmod(0o640)
        path.write_bytes(b"something else")
        answer = as_person(committee.clerk).get(reverse("file", args=[paper.pk, copy.sha256]))
        assert answer.status_code == 500
        assert b"something else" not in answer.content

    def test_the_first_opening_by_a_unit_is_noted_after_the_page_was_given(self, committee: Committee) -> None:
        paper = factories.delivered(committee)
        clerk = committee.unit_clerks[0]
        as_person(clerk).get(page(paper))
        delivery = paper.deliveries.get(organization=committee.units[0])
        assert delivery.seen_by == clerk
        assert delivery.state == DeliveryState.ARRIVED
        assert Reading.objects.filter(directive=paper, person=clerk).count() == 1

    def test_reading_by_the_issuers_own_staff_is_not_noted_but_by_an_inspector_it_is(
        self, committee: Committee
    ) -> None:
        paper = factories.delivered(committee)
        as_person(committee.clerk).get(page(paper))
        assert not Reading.objects.exists()
        as_person(committee.inspector).get(page(paper))
        assert Reading.objects.get().person == committee.inspector

    def test_opening_a_page_never_receives_a_paper(self, committee: Committee) -> None:
        delivery = factories.delivered(committee).deliveries.get(organization=committee.units[0])
        assert as_person(committee.unit_clerks[0]).get(reverse("receive", args=[delivery.pk])).status_code == 405


def committee_scan(committee: Committee, paper: Directive) -> str:
    """The hash of a scan that is kept for this paper."""
    from directives.actions.copying import keep_scan

    final = filestore.read(paper.copies.get(kind=CopyKind.FINAL).sha256)
    return keep_scan(paper, final + b"\n", at=committee.clock.now(), added_by=committee.clerk).sha256
