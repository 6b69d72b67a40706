"""What goes with a paper: bound by the approval, frozen with the number, open to whoever may read the paper."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from directives import filestore, notices, requirements
from directives.actions import approving, copying, drafting, enclosing, numbering_and_issuing
from directives.models import CopyKind, Delivery, Directive, Enclosure, IssuedCopy, Notice
from directives.uploads import CheckedFile, checked
from directives.verification import damaged_files
from directives.workflow import DirectiveState
from orgs.models import Event
from orgs.verdicts import Refused
from tests import factories
from tests.browsing import as_person, press
from tests.directives.upload_corpus import png, word
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def of() -> Committee:
    return factories.committee(ClockAt(timezone.now()))


def picture(width: int = 4, name: str = "anh.png") -> CheckedFile:
    return checked(name, png(width))


def upload(of: Committee, draft: Directive, *files: SimpleUploadedFile) -> Any:
    answer = press(as_person(of.drafter), reverse("enclosures", args=[draft.pk]), uploaded=list(files))
    return answer.client.get(answer.url) if answer.status_code == 302 else answer


def names(directive: Directive) -> list[str]:
    return [name for name, _sha256 in directive.enclosed()]


def test_a_drafter_adds_files_orders_them_and_takes_one_out_and_the_history_names_each(of: Committee) -> None:
    draft = factories.draft(of)
    upload(of, draft, *(SimpleUploadedFile(f"anh-{n}.png", png(n)) for n in (1, 2, 3)))
    assert names(draft) == ["anh-1.png", "anh-2.png", "anh-3.png"]
    by, last = of.member(of.drafter), draft.enclosures.get(name="anh-3.png")
    enclosing.move_up(draft.pk, last.sha256, by=by, clock=of.clock)
    assert names(draft) == ["anh-1.png", "anh-3.png", "anh-2.png"]
    enclosing.take_out(draft.pk, last.sha256, by=by, clock=of.clock)
    assert names(draft) == ["anh-1.png", "anh-2.png"]
    acts = Event.objects.about(draft).exclude(step="create").values_list("step", "facts__what")
    assert list(acts)[-2:] == [("arrange_enclosures", "anh-3.png"), ("take_out_enclosure", "anh-3.png")]
    assert last.added_by == of.drafter


def test_of_several_files_the_sound_ones_are_kept_and_the_others_are_told_with_what_to_do(of: Committee) -> None:
    draft = factories.draft(of)
    macro = word(word__vbaProject_dot_bin=b"\0")
    files = [SimpleUploadedFile("de-an.docx", macro), SimpleUploadedFile("../anh\u202e.png", png())]
    answer = upload(of, draft, *files)
    assert names(draft) == ["anh.png"]
    assert "de-an.docx: Tệp có macro: lưu lại dạng .docx không macro rồi tải lên." in answer.content.decode()


def test_when_no_file_is_sound_the_form_says_why_and_nothing_is_kept(of: Committee) -> None:
    draft = factories.draft(of)
    answer = upload(of, draft, SimpleUploadedFile("a.pdf", b"<script>"))
    assert answer.status_code == 400
    assert "Tên tệp là PDF nhưng nội dung không phải." in answer.content.decode()
    assert not draft.enclosures.exists()


def test_the_same_file_goes_along_once(of: Committee) -> None:
    draft = factories.draft(of, enclosed=[picture()])
    with pytest.raises(Refused, match="đã có trong tài liệu kèm theo"):
        enclosing.enclose(draft.pk, picture(name="ten-khac.png"), by=of.member(of.drafter), clock=of.clock)


def test_a_paper_without_enclosures_keeps_the_hash_it_had(of: Committee) -> None:
    draft = factories.draft(of)
    document = draft.under_head_of(of.clock.today())
    plain = draft.hash_of(document)
    enclosing.enclose(draft.pk, picture(), by=of.member(of.drafter), clock=of.clock)
    with_one = draft.hash_of(document)
    enclosing.enclose(draft.pk, picture(5), by=of.member(of.drafter), clock=of.clock)
    with_two = draft.hash_of(document)
    enclosing.move_up(draft.pk, draft.enclosures.all()[1].sha256, by=of.member(of.drafter), clock=of.clock)
    assert len({plain, with_one, with_two, draft.hash_of(document)}) == 4
    draft.enclosures.all().delete()
    assert draft.hash_of(document) == plain


def test_a_change_after_the_approval_voids_it_and_the_clerk_reads_why(of: Committee) -> None:
    approved = factories.directive(of, DirectiveState.APPROVED, enclosed=[picture(), picture(5)])
    day = of.clock.today()
    assert requirements.unchanged_since_approval(approved, day)
    Enclosure.objects.filter(directive=approved, position=2).delete()
    assert not requirements.unchanged_since_approval(approved, day)
    page = as_person(of.clerk).get(reverse("directive", args=[approved.pk])).content.decode()
    assert "tài liệu kèm theo đã thay đổi" in page
    with pytest.raises(Refused):
        numbering_and_issuing.number(approved.pk, by=of.member(of.clerk), clock=of.clock)


def test_what_is_submitted_with_other_files_is_another_round_so_that_nobody_approves_what_he_did_not_read(
    of: Committee,
) -> None:
    paper = factories.directive(of, DirectiveState.SUBMITTED, enclosed=[picture()])
    read, by = paper.version, of.member(of.drafter)
    drafting.pull_back(paper.pk, by=by, clock=of.clock)
    drafting.submit(paper.pk, by=by, clock=of.clock)
    assert Directive.objects.get(pk=paper.pk).version == read
    drafting.pull_back(paper.pk, by=by, clock=of.clock)
    enclosing.enclose(paper.pk, picture(5, "them.png"), by=by, clock=of.clock)
    drafting.submit(paper.pk, by=by, clock=of.clock)
    with pytest.raises(Refused, match="đã được sửa sau khi"):
        approving.approve(paper.pk, read_version=read, by=of.member(of.signer), clock=of.clock)
    page = as_person(of.signer).get(reverse("rounds", args=[paper.pk]), {"tu": read, "den": read + 1}).content.decode()
    assert "<ins>them.png" in page


@pytest.mark.parametrize("state", [DirectiveState.SUBMITTED, DirectiveState.APPROVED, DirectiveState.NUMBERED])
def test_only_a_draft_takes_files(of: Committee, state: DirectiveState) -> None:
    paper = factories.directive(of, state, enclosed=[picture()])
    with pytest.raises(Refused):
        enclosing.enclose(paper.pk, picture(5), by=of.member(of.drafter), clock=of.clock)
    with pytest.raises(Refused):
        enclosing.take_out(paper.pk, paper.enclosures.get().sha256, by=of.member(of.drafter), clock=of.clock)


def test_units_that_have_the_paper_fetch_its_files_as_files_that_can_do_nothing(of: Committee) -> None:
    file = checked("Đề án số 5.docx", word())
    paper = factories.delivered(of, enclosed=[file])
    client = as_person(of.unit_clerks[0])
    page = client.get(reverse("directive", args=[paper.pk])).content.decode()
    assert "Tài liệu kèm theo" in page
    assert "Đề án số 5.docx" in page
    answer = client.get(reverse("enclosure", args=[paper.pk, paper.enclosures.get().sha256]))
    assert answer.content == file.content
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''%C4%90")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Type"].startswith("application/vnd.openxmlformats")


def test_a_unit_that_does_not_have_the_paper_does_not_find_its_files(of: Committee) -> None:
    waiting = factories.directive(of, DirectiveState.ISSUED, enclosed=[picture()])
    address = reverse("enclosure", args=[waiting.pk, waiting.enclosures.get().sha256])
    assert as_person(of.unit_clerks[0]).get(address).status_code == 404
    copying.make_final_copy(waiting.pk, clock=of.clock)
    assert as_person(of.unit_clerks[0]).get(address).status_code == 200


def test_a_mail_only_says_how_many_files_there_are(of: Committee) -> None:
    paper = factories.delivered(of, enclosed=[picture(), picture(5, "danh-sach.png")])
    notice = Notice.objects.filter(delivery__directive=paper).select_related("delivery__directive__issuer")[0]
    mail = notices.mail_of(notice)
    html, _kind = mail.alternatives[0]
    for words in (str(mail.body), str(html)):
        assert "Kèm theo 2 tài liệu." in words
        assert "danh-sach" not in words
    without = factories.delivered(of)
    assert "Kèm theo" not in str(notices.mail_of(Notice.objects.filter(delivery__directive=without)[0]).body)


def test_a_damaged_file_is_told_by_verify_and_never_given(of: Committee) -> None:
    paper = factories.delivered(of, enclosed=[picture()])
    row = paper.enclosures.get()
    path = filestore.path_of(row.sha256)
    path.chmod(0o640)
    path.write_bytes(b"khac")
    assert any(row.sha256 in fault for fault in damaged_files())
    answer = as_person(of.unit_clerks[0]).get(reverse("enclosure", args=[paper.pk, row.sha256]))
    assert answer.status_code == 500
    assert b"khac" not in answer.content


class TestSentAlong:
    def test_units_read_the_copy_of_a_paper_that_they_never_got_through_the_one_they_have(self, of: Committee) -> None:
        above = factories.committee(of.clock, code="trung-uong", symbol="TW")
        superior = factories.delivered(above)
        Delivery.objects.create(
            directive=superior, organization=of.organization, state="sent", sent_at=of.clock.now(), executes=True
        )
        draft = factories.draft(of)
        enclosing.send_along(draft.pk, superior.pk, by=of.member(of.drafter), clock=of.clock)
        paper = issued(of, draft)
        copy = IssuedCopy.objects.get(directive=superior, kind=CopyKind.FINAL)
        unit = as_person(of.unit_clerks[1])
        assert unit.get(reverse("directive", args=[superior.pk])).status_code == 404
        given = unit.get(reverse("enclosure", args=[paper.pk, copy.sha256]))
        assert given.content == filestore.read(copy.sha256)
        page = unit.get(reverse("directive", args=[paper.pk])).content.decode()
        assert f"Công văn {superior.printed_number.replace('/', '-')}" in page
        assert "sao gửi kèm theo" in page

    def test_a_drafter_finds_the_paper_by_its_number_and_sends_it_along_with_one_press(self, of: Committee) -> None:
        other, draft = factories.delivered(of), factories.draft(of, factories.letter("phòng cháy"))
        client, page = as_person(of.drafter), reverse("enclosures", args=[draft.pk])
        assert str(other.pk) in client.get(page, {"q": other.printed_number}).content.decode()
        press(client, reverse("send_along", args=[draft.pk]), paper=str(other.pk))
        assert draft.enclosures.get().paper == other
        assert str(other.pk) not in client.get(page, {"q": other.printed_number}).content.decode()

    def test_a_paper_that_the_drafter_may_not_see_cannot_be_sent_along(self, of: Committee) -> None:
        hidden = factories.delivered(factories.committee(of.clock, code="khac", symbol="KH"))
        draft = factories.draft(of)
        answer = press(as_person(of.drafter), reverse("send_along", args=[draft.pk]), paper=str(hidden.pk))
        assert answer.status_code == 404
        assert not draft.enclosures.exists()

    def test_a_paper_that_is_not_issued_cannot_be_sent_along(self, of: Committee) -> None:
        draft, numbered = factories.draft(of), factories.directive(of, DirectiveState.NUMBERED)
        with pytest.raises(Refused, match="Chỉ sao gửi văn bản đã phát hành"):
            enclosing.send_along(draft.pk, numbered.pk, by=of.member(of.drafter), clock=of.clock)

    def test_a_paper_recalled_meanwhile_stands_in_the_way_of_submission_and_is_marked_afterwards(
        self, of: Committee
    ) -> None:
        other, draft, issued_before = factories.delivered(of), factories.draft(of), factories.draft(of)
        by = of.member(of.drafter)
        for one in (draft, issued_before):
            enclosing.send_along(one.pk, other.pk, by=by, clock=of.clock)
        paper = issued(of, issued_before)
        decision = {"decision": "Công văn số 9-CV", "reason": "Nhầm."}
        numbering_and_issuing.recall(other.pk, **decision, by=of.member(of.clerk), clock=of.clock)
        with pytest.raises(Refused, match="đã thu hồi, không sao gửi nữa"):
            drafting.submit(draft.pk, by=by, clock=of.clock)
        page = as_person(of.unit_clerks[0]).get(reverse("directive", args=[paper.pk])).content.decode()
        assert "Đã thu hồi" in page

    def test_a_restricted_paper_goes_along_to_its_own_readers_only(self, of: Committee) -> None:
        reader = of.unit_clerks[0]
        secret = factories.delivered(of, restricted=True, readers=(reader.pk,))
        by = of.member(of.drafter)
        for readers in (None, (reader.pk, of.unit_clerks[1].pk)):
            facts = {"restricted": True, "readers": readers} if readers else {}
            with pytest.raises(Refused, match="hạn chế người xem"):
                enclosing.send_along(factories.draft(of, **facts).pk, secret.pk, by=by, clock=of.clock)
        draft = factories.draft(of, restricted=True, readers=(reader.pk,))
        enclosing.send_along(draft.pk, secret.pk, by=by, clock=of.clock)
        paper = issued(of, draft)
        address = reverse("enclosure", args=[paper.pk, paper.enclosures.get().sha256])
        assert as_person(reader).get(address).status_code == 200

    def test_even_a_row_written_past_the_rule_opens_a_restricted_copy_to_nobody_else(self, of: Committee) -> None:
        reader, other = of.unit_clerks[:2]
        secret = factories.delivered(of, restricted=True, readers=(reader.pk,))
        copy = secret.copies.get(kind=CopyKind.FINAL)
        draft = factories.draft(of)
        facts = {"kind": "pdf", "sha256": copy.sha256, "size": copy.size, "added_at": of.clock.now()}
        draft.enclosures.create(position=1, name="a.pdf", paper=secret, added_by=of.drafter, **facts)
        Directive.objects.filter(pk=draft.pk).update(restricted=False)
        with pytest.raises(Refused):
            drafting.submit(draft.pk, by=of.member(of.drafter), clock=of.clock)
        address = reverse("enclosure", args=[draft.pk, copy.sha256])
        assert as_person(of.drafter).get(address).status_code == 200
        colleague = factories.person("Người soạn khác", (of.organization, of.drafter.posts.get().role))
        assert as_person(colleague).get(reverse("enclosures", args=[draft.pk])).status_code == 200
        assert as_person(colleague).get(address).status_code == 404
        assert as_person(other).get(address).status_code == 404


def issued(of: Committee, draft: Directive) -> Directive:
    """The draft brought to its units."""
    submitted = drafting.submit(draft.pk, by=of.member(of.drafter), clock=of.clock)
    approving.approve(draft.pk, read_version=submitted.version, by=of.member(of.signer), clock=of.clock)
    factories.sign(of, draft)
    by = of.member(of.clerk)
    numbering_and_issuing.number(draft.pk, by=by, clock=of.clock)
    numbering_and_issuing.issue(draft.pk, by=by, clock=of.clock)
    copying.make_final_copy(draft.pk, clock=of.clock)
    return Directive.objects.get(pk=draft.pk)
