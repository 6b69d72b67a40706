"""The road of a paper through the actions, from the first draft to the completed task."""

from __future__ import annotations

from datetime import date

import pytest

from directives import filestore, outbox
from directives.actions import approving, copying, delivering, drafting, numbering_and_issuing, tracking
from directives.actions.drafting import DraftFacts
from directives.actions.tracking import ReportFacts
from directives.models import Assignment, CopyKind, Delivery, Directive, IssuedCopy, Notice, OutboxRow, Policy, Work
from directives.views.sending import progress_of
from directives.workflow import AssignmentState, DeliveryState, DirectiveState
from orgs.models import Event
from orgs.verdicts import Refused
from tests import factories
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> ClockAt:
    return ClockAt.on(date(2026, 11, 23))


@pytest.fixture
def committee(clock: ClockAt) -> Committee:
    return factories.committee(clock)


def test_a_draft_takes_the_lines_of_its_signer(committee: Committee) -> None:
    draft = factories.draft(committee)
    signature = draft.document(committee.clock.today()).signature
    assert signature is not None
    assert [line.text for line in signature.lines] == ["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"]
    assert signature.signer == "Trần Văn Ký"


def test_an_issued_directive_waits_until_its_copy_is_made_and_then_reaches_every_unit_once(
    committee: Committee,
) -> None:
    issued = factories.directive(committee, DirectiveState.ISSUED)
    assert set(issued.deliveries.values_list("state", flat=True)) == {DeliveryState.WAITING}
    assert not Notice.objects.exists()
    copying.make_final_copy(issued.pk, clock=committee.clock)
    copying.make_final_copy(issued.pk, clock=committee.clock)
    assert list(issued.deliveries.values_list("state", flat=True)) == [DeliveryState.SENT] * 3
    assert Notice.objects.count() == 3
    assert OutboxRow.objects.filter(work=Work.MAIL).count() == 3
    copy = IssuedCopy.objects.get(directive=issued, kind=CopyKind.FINAL)
    assert filestore.read(copy.sha256).startswith(b"%PDF-")


def test_the_same_text_approved_again_is_printed_though_the_first_approval_was_taken_back(committee: Committee) -> None:
    def work_through() -> None:
        rows = OutboxRow.objects.filter(work=Work.PROOF).values_list("pk", flat=True)
        outbox.work_through(rows, lambda pk: copying.make_proof(pk, clock=committee.clock), clock=committee.clock)

    paper, signer = factories.directive(committee, DirectiveState.SUBMITTED), committee.member(committee.signer)
    approving.approve(paper.pk, read_version=1, by=signer, clock=committee.clock)
    approving.return_for_repair(paper.pk, reason="Xem lại.", by=signer, clock=committee.clock)
    work_through()
    committee.clock.forward(minutes=5)
    drafting.submit(paper.pk, by=committee.member(committee.drafter), clock=committee.clock)
    approving.approve(paper.pk, read_version=1, by=signer, clock=committee.clock)
    work_through()
    assert paper.copies.filter(kind=CopyKind.PROOF).exists()


def test_the_print_for_signature_is_made_once_however_often_it_is_rung(committee: Committee) -> None:
    approved = factories.directive(committee, DirectiveState.APPROVED)
    copying.make_proof(approved.pk, clock=committee.clock)
    numbering_and_issuing.number(approved.pk, by=committee.member(committee.clerk), clock=committee.clock)
    copying.make_proof(approved.pk, clock=committee.clock)
    assert IssuedCopy.objects.filter(directive=approved, kind=CopyKind.PROOF).count() == 1
    assert Event.objects.about(approved).filter(step="store_proof").count() == 1


def test_each_unit_gets_its_share_of_every_task(committee: Committee) -> None:
    issued = factories.delivered(committee)
    assert issued.tasks.count() == 2
    shares = {(one.task.marker, one.organization.code, one.part) for one in Assignment.objects.all()}
    assert shares == {
        ("1.", "tu-xa-1", "each"),
        ("1.", "tu-xa-2", "each"),
        ("1.", "tu-xa-3", "each"),
        ("2.", "tu-xa-1", "lead"),
    }


def test_a_report_completes_its_shares_and_asking_for_more_opens_them_again(committee: Committee) -> None:
    factories.delivered(committee)
    clerk = committee.member(committee.unit_clerks[0])
    shares = Assignment.objects.filter(organization=committee.units[0])
    facts = ReportFacts(number="12", symbol="BC/ĐU", dated_on=committee.clock.today(), text="Đã kiểm tra 4 hồ.")
    tracking.report([one.pk for one in shares], facts, by=clerk, clock=committee.clock)
    assert {one.state for one in shares.all()} == {AssignmentState.DONE}
    first = shares.order_by("pk")[0]
    monitor = committee.member(committee.monitor)
    tracking.ask_more(first.pk, what="Bổ sung số liệu từng hồ.", by=monitor, clock=committee.clock)
    first.refresh_from_db()
    assert (first.state, first.done_at) == (AssignmentState.WORKING, None)
    tracking.report([first.pk], facts, by=clerk, clock=committee.clock)
    first.refresh_from_db()
    assert first.state == AssignmentState.DONE
    assert first.reports.count() == 2


def test_a_committee_may_want_to_confirm_each_report(committee: Committee) -> None:
    Policy.objects.create(organization=committee.organization, reports_need_confirmation=True)
    factories.delivered(committee)
    share = Assignment.objects.filter(organization=committee.units[1]).get()
    facts = ReportFacts(dated_on=committee.clock.today(), text="Đã xong.")
    tracking.report([share.pk], facts, by=committee.member(committee.unit_clerks[1]), clock=committee.clock)
    share.refresh_from_db()
    assert share.state == AssignmentState.REPORTED
    reported_at = share.reported_at
    committee.clock.forward(days=3)
    tracking.confirm(share.pk, by=committee.member(committee.monitor), clock=committee.clock)
    share.refresh_from_db()
    assert (share.state, share.done_at) == (AssignmentState.DONE, reported_at)


def test_receiving_gives_the_units_own_running_number(committee: Committee) -> None:
    numbers = []
    for _ in range(2):
        issued = factories.delivered(committee)
        delivery = issued.deliveries.get(organization=committee.units[0])
        by = committee.member(committee.unit_clerks[0])
        numbers.append(delivering.receive(delivery.pk, by=by, clock=committee.clock).number)
    assert numbers == [1, 2]


def test_a_paper_received_once_is_not_received_again(committee: Committee) -> None:
    delivery = factories.delivered(committee).deliveries.get(organization=committee.units[0])
    by = committee.member(committee.unit_clerks[0])
    delivering.receive(delivery.pk, by=by, clock=committee.clock)
    with pytest.raises(Refused):
        delivering.receive(delivery.pk, by=by, clock=committee.clock)


def test_a_misdirected_paper_goes_back_with_its_reason_and_its_tasks_end_there(committee: Committee) -> None:
    issued = factories.delivered(committee)
    delivery = issued.deliveries.get(organization=committee.units[2])
    by = committee.member(committee.unit_clerks[2])
    delivering.return_as_misdirected(delivery.pk, reason="Không thuộc địa bàn.", by=by, clock=committee.clock)
    assert Assignment.objects.get(organization=committee.units[2]).state == AssignmentState.ENDED
    assert not Directive.objects.visible_to(by).exists()
    assert Assignment.objects.filter(organization=committee.units[0]).still_open().count() == 2


def test_a_recall_tells_the_units_and_ends_what_is_open(committee: Committee) -> None:
    issued = factories.delivered(committee)
    factories.recall(committee, issued)
    assert Notice.objects.filter(kind="recalled").count() == 3
    assert not Assignment.objects.still_open().exists()
    assert Directive.objects.visible_to(committee.member(committee.unit_clerks[0])).get().is_recalled


def test_a_paper_recalled_before_its_copy_was_made_is_opened_to_nobody(committee: Committee) -> None:
    issued = factories.directive(committee, DirectiveState.ISSUED)
    factories.recall(committee, issued)
    copying.make_final_copy(issued.pk, clock=committee.clock)
    assert issued.copies.filter(kind=CopyKind.FINAL).exists()
    assert not Notice.objects.exists()
    assert not Directive.objects.visible_to(committee.member(committee.unit_clerks[0])).exists()
    progress = progress_of(Directive.objects.get(pk=issued.pk))
    assert progress is not None and progress.stages[-1].mark == "done"


def test_what_was_approved_is_what_is_numbered(committee: Committee) -> None:
    approved = factories.directive(committee, DirectiveState.APPROVED)
    version = committee.organization.versions.get()
    version.name_line = "TỈNH ỦY SƠN HÀ MỚI"
    version.save()
    with pytest.raises(Refused, match="duyệt"):
        numbering_and_issuing.number(approved.pk, by=committee.member(committee.clerk), clock=committee.clock)
    approved.refresh_from_db()
    assert (approved.state, approved.number) == (DirectiveState.APPROVED, None)


def test_a_text_changed_after_it_was_read_is_not_approved(committee: Committee) -> None:
    submitted = factories.directive(committee, DirectiveState.SUBMITTED)
    drafting.pull_back(submitted.pk, by=committee.member(committee.drafter), clock=committee.clock)
    facts = DraftFacts(document=factories.letter("nội dung khác"), authority_id=committee.authority.pk)
    by = committee.member(committee.drafter)
    drafting.edit(submitted.pk, facts, version=1, by=by, clock=committee.clock)
    drafting.submit(submitted.pk, by=by, clock=committee.clock)
    with pytest.raises(Refused):
        approving.approve(submitted.pk, read_version=1, by=committee.member(committee.signer), clock=committee.clock)


def test_two_people_editing_do_not_overwrite_each_other(committee: Committee) -> None:
    draft = factories.draft(committee)
    by = committee.member(committee.drafter)
    facts = DraftFacts(document=factories.letter("lần hai"), authority_id=committee.authority.pk)
    drafting.edit(draft.pk, facts, version=1, by=by, clock=committee.clock)
    with pytest.raises(Refused):
        drafting.edit(draft.pk, facts, version=1, by=by, clock=committee.clock)
    assert draft.drafts.count() == 2


def test_a_recipient_that_has_ended_is_named_and_nothing_changes(committee: Committee) -> None:
    letter = factories.letter(addressees=[{"text": "Xã Thử 1", "targets": [{"organization": "tu-xa-1"}]}])
    draft = factories.draft(committee, letter)
    committee.units[0].ended_on = committee.clock.today()
    committee.units[0].save()
    with pytest.raises(Refused, match="Đảng ủy xã Thử 1"):
        drafting.submit(draft.pk, by=committee.member(committee.drafter), clock=committee.clock)
    draft.refresh_from_db()
    assert draft.state == DirectiveState.DRAFT


def test_the_groups_members_on_the_day_of_issue_get_the_paper_and_later_changes_do_not_matter(
    committee: Committee,
) -> None:
    issued = factories.delivered(committee)
    group = committee.organization.recipient_groups.get(code="cac-xa")
    group.members.all().delete()
    assert issued.deliveries.count() == 3


def test_a_pen_signature_outside_the_authority_is_noted_only_with_a_reason(committee: Committee) -> None:
    submitted = factories.directive(committee, DirectiveState.SUBMITTED)
    approving.approve(submitted.pk, read_version=1, by=committee.member(committee.signer), clock=committee.clock)
    committee.authority.ends_on = date(2026, 11, 22)
    committee.authority.save()
    paper = approving.SignedPaper(signed_on=date(2026, 11, 23))
    by = committee.member(committee.clerk)
    with pytest.raises(Refused, match="22/11/2026"):
        approving.note_signature(submitted.pk, paper, by=by, clock=committee.clock)
    reasoned = approving.SignedPaper(signed_on=date(2026, 11, 23), reason="Bản giấy đã ký trước giờ bàn giao.")
    noted = approving.note_signature(submitted.pk, reasoned, by=by, clock=committee.clock)
    assert noted.signed_on == date(2026, 11, 23)


def test_a_policy_may_issue_in_the_press_that_numbers(committee: Committee) -> None:
    Policy.objects.create(organization=committee.organization, issue_with_number=True)
    approved = factories.directive(committee, DirectiveState.APPROVED)
    numbering_and_issuing.number(approved.pk, by=committee.member(committee.clerk), clock=committee.clock)
    approved.refresh_from_db()
    assert approved.state == DirectiveState.ISSUED
    assert Delivery.objects.filter(directive=approved).count() == 3


def test_a_voided_number_keeps_its_line_and_is_not_used_again(committee: Committee) -> None:
    numbered = factories.directive(committee, DirectiveState.NUMBERED)
    numbering_and_issuing.void_number(
        numbered.pk,
        reason="Soạn trùng văn bản.",
        decided_by="Đ/c Chánh Văn phòng",
        by=committee.member(committee.clerk),
        clock=committee.clock,
    )
    numbered.refresh_from_db()
    assert (numbered.state, numbered.entry.state) == ("voided", "void")
    assert factories.directive(committee, DirectiveState.NUMBERED).number == 2
