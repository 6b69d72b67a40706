"""A paper whose text is a file walks the same road: approved by its hash, numbered, issued, read, verified."""

from __future__ import annotations

import dataclasses
import json
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from directives import filestore, rendering, requirements
from directives.actions import approving, copying, drafting, numbering_and_issuing
from directives.actions import text_as_file as acts
from directives.actions.approving import SignedPaper
from directives.document import Document
from directives.models import Content, CopyKind, Directive
from directives.rendering import Variant
from directives.text_file import TextFile
from directives.uploads import checked
from directives.verification import damaged_files
from directives.wordfile import word_file
from directives.workflow import DirectiveState
from orgs.verdicts import Refused
from tests import factories
from tests.browsing import as_person, press
from tests.directives.upload_corpus import png, word
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def of() -> Committee:
    return factories.committee(ClockAt(timezone.now()))


def printed(words: str, signer: str | None = None) -> bytes:
    """A PDF that says these words, and the name of who signed it."""
    signature = {"lines": [], "signer": signer} if signer else None
    return rendering.render(factories.letter(words, signature=signature), variant=Variant.FINAL).pdf


def draft_of(of: Committee, name: str, content: bytes, *, alone: bool = False) -> Directive:
    made = factories.draft(of)
    file = checked(name, content)
    return acts.put(made.pk, file, alone=alone, version=made.version, by=of.member(of.drafter), clock=of.clock)


def approved(of: Committee, draft: Directive) -> Directive:
    submitted = drafting.submit(draft.pk, by=of.member(of.drafter), clock=of.clock)
    version, by = submitted.version, of.member(of.signer)
    approving.approve(draft.pk, read_version=version, by=by, clock=of.clock)
    copying.make_proof(draft.pk, clock=of.clock)
    return Directive.objects.get(pk=draft.pk)


def issued(of: Committee, draft: Directive, scan: bytes | None = None) -> Directive:
    approved(of, draft)
    by, today = of.member(of.clerk), of.clock.today()
    approving.note_signature(draft.pk, SignedPaper(signed_on=today, sealed_on=today, scan=scan), by=by, clock=of.clock)
    numbering_and_issuing.number(draft.pk, by=by, clock=of.clock)
    copying.make_final_copy(draft.pk, clock=of.clock)
    numbering_and_issuing.issue(draft.pk, by=by, clock=of.clock)
    copying.make_final_copy(draft.pk, clock=of.clock)
    return Directive.objects.get(pk=draft.pk)


def words_of(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def final_of(paper: Directive) -> bytes:
    copy = paper.copies.get(kind=CopyKind.FINAL)
    content = filestore.read(copy.sha256)
    assert copy.pages == len(words_of(content))
    return content


def test_a_pdf_follows_the_first_page_in_the_print_and_in_the_issued_copy(of: Committee) -> None:
    paper = issued(of, draft_of(of, "de-an.pdf", printed("đề án hồ chứa")))
    first, second = words_of(final_of(paper))
    assert paper.printed_number in first
    assert "Trần Văn Ký" in first
    # What was typed as text is not printed: its items are the tasks.
    assert "Kiểm tra toàn bộ hồ chứa" not in first
    assert "đề án hồ chứa" in second
    assert paper.tasks.count() == 2
    proof = filestore.read(paper.copies.get(kind=CopyKind.PROOF).sha256)
    assert len(words_of(proof)) == 2


def test_an_annex_that_is_written_here_follows_the_file(of: Committee) -> None:
    draft = factories.draft(of, factories.letter(annexes=[{"title": "Danh sách hồ chứa", "body": []}]))
    file, by = checked("a.pdf", printed("đề án hồ chứa")), of.member(of.drafter)
    acts.put(draft.pk, file, alone=False, version=draft.version, by=by, clock=of.clock)
    first, second, third = words_of(final_of(issued(of, draft)))
    assert "Trần Văn Ký" in first
    assert "đề án hồ chứa" in second
    assert "Danh sách hồ chứa" in third


def test_the_same_file_and_first_page_give_the_same_bytes(of: Committee) -> None:
    paper = issued(of, draft_of(of, "de-an.pdf", printed("đề án")))
    again = copying._printed(paper.document(of.clock.today()), Variant.FINAL)
    assert again.pdf == final_of(paper)


def test_a_pdf_that_stands_alone_is_issued_as_it_is_or_as_the_scan_of_its_signed_pages(of: Committee) -> None:
    content, scan = printed("nghị quyết"), printed("nghị quyết đã ký", "Trần Văn Ký")
    as_it_is = issued(of, draft_of(of, "nq.pdf", content, alone=True))
    assert final_of(as_it_is) == content
    scanned = issued(of, draft_of(of, "nq.pdf", content, alone=True), scan)
    assert final_of(scanned) == scan


def test_a_word_file_is_a_source_and_the_scan_is_what_goes_out(of: Committee) -> None:
    draft = draft_of(of, "de-an.docx", word_file(factories.letter("đề án")))
    paper = approved(of, draft)
    assert not paper.copies.exists()
    today, by = of.clock.today(), of.member(of.clerk)
    approving.note_signature(draft.pk, SignedPaper(signed_on=today), by=by, clock=of.clock)
    with pytest.raises(Refused, match="tệp Word"):
        numbering_and_issuing.number(draft.pk, by=by, clock=of.clock)
    first, sealed = printed("bản đã ký", "Trần Văn Ký"), printed("bản đã đóng dấu", "Trần Văn Ký")
    approving.note_signature(draft.pk, SignedPaper(signed_on=today, scan=first), by=by, clock=of.clock)
    numbering_and_issuing.number(draft.pk, by=by, clock=of.clock)
    copying.make_final_copy(draft.pk, clock=of.clock)
    assert not Directive.objects.get(pk=draft.pk).copies.filter(kind=CopyKind.FINAL).exists()
    approving.note_seal(draft.pk, sealed_on=today, scan=sealed, by=by, clock=of.clock)
    numbering_and_issuing.issue(draft.pk, by=by, clock=of.clock)
    copying.make_final_copy(draft.pk, clock=of.clock)
    paper = Directive.objects.get(pk=draft.pk)
    assert final_of(paper) == sealed
    assert paper.deliveries.filter(state="sent").count() == 3


def test_the_approval_binds_the_bytes_of_the_file(of: Committee) -> None:
    paper = approved(of, draft_of(of, "de-an.pdf", printed("đề án")))
    day = of.clock.today()
    assert requirements.unchanged_since_approval(paper, day)
    other = acts.stored(checked("de-an.pdf", printed("đề án khác")))
    paper.text = {**paper.text, "text_file": other.to_json()}
    assert not requirements.unchanged_since_approval(paper, day)


def test_a_paper_that_is_written_here_keeps_its_json_and_its_hash() -> None:
    document = factories.letter()
    assert "text_file" not in document.to_json()
    with_file = dataclasses.replace(document, text_file=TextFile("a.pdf", "pdf", "0" * 64, 5, 1))
    assert Document.from_json(with_file.to_json()) == with_file


def test_a_file_alone_may_be_submitted_and_an_empty_text_may_not(of: Committee) -> None:
    empty = factories.draft(of, factories.letter(body=[]))
    assert "Chưa có nội dung" in str(requirements.before_submission(empty, of.clock.today()))
    filed = acts.put(
        empty.pk, checked("a.pdf", printed("x")), alone=False, version=1, by=of.member(of.drafter), clock=of.clock
    )
    assert requirements.before_submission(filed, of.clock.today())
    assert filed.content == Content.FILE
    again = acts.take_away(filed.pk, version=filed.version, by=of.member(of.drafter), clock=of.clock)
    assert (again.content, again.text_file) == (Content.STRUCTURED, None)


class TestPages:
    def test_a_drafter_chooses_the_file_and_goes_on_typing_head_and_tasks(self, of: Committee) -> None:
        draft, client = factories.draft(of), as_person(of.drafter)
        page = reverse("text_as_file", args=[draft.pk])
        file = SimpleUploadedFile("../Đề án.pdf", printed("đề án"))
        answer = press(client, page, file=file, stands="alone", version=draft.version)
        assert answer.url == reverse("edit", args=[draft.pk])
        draft.refresh_from_db()
        assert draft.text_file is not None
        assert (draft.text_file.name, draft.text_file.alone, draft.text_file.pages) == ("Đề án.pdf", True, 1)
        edited = client.get(answer.url).content.decode()
        assert "Nội dung của văn bản này là tệp" in edited
        press(client, page, stands="behind", version=draft.version)
        draft.refresh_from_db()
        assert (draft.text_file.name, draft.text_file.alone) == ("Đề án.pdf", False)
        press(client, page, stands="behind", version=draft.version, take_away="on")
        draft.refresh_from_db()
        assert draft.text_file is None

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("a.png", png(), "Nội dung văn bản là tệp PDF hoặc Word"),
            ("a.docx", word(word__vbaProject_dot_bin=b"\0"), "Tệp có macro"),
            ("", b"", "Chọn tệp là nội dung"),
        ],
    )
    def test_another_file_is_not_taken_and_the_page_says_why(
        self, of: Committee, name: str, content: bytes, said: str
    ) -> None:
        draft = factories.draft(of)
        files = {"file": SimpleUploadedFile(name, content)} if name else {}
        page = reverse("text_as_file", args=[draft.pk])
        answer = press(as_person(of.drafter), page, stands="behind", version=draft.version, **files)
        assert answer.status_code in {400, 409}
        assert said in answer.content.decode()

    def test_who_saved_meanwhile_is_not_overwritten(self, of: Committee) -> None:
        draft = draft_of(of, "a.pdf", printed("x"))
        page = reverse("text_as_file", args=[draft.pk])
        answer = press(as_person(of.drafter), page, stands="alone", version=draft.version - 1)
        assert answer.status_code == 409

    def test_the_staff_reads_the_pages_of_a_draft_and_fetches_the_file_and_a_unit_gets_the_issued_copy(
        self, of: Committee
    ) -> None:
        draft = draft_of(of, "de-an.pdf", printed("đề án"))
        client = as_person(of.drafter)
        page = client.get(reverse("directive", args=[draft.pk])).content.decode()
        assert draft.text_file is not None
        image = reverse("page_image", args=[draft.pk, draft.text_file.sha256, 1])
        assert image in page
        # The first page that is made here stands above those of the file.
        assert page.index("ĐẢNG CỘNG SẢN VIỆT NAM") < page.index(image)
        assert client.get(image).headers["Content-Type"] == "image/png"
        answer = client.get(reverse("text_file", args=[draft.pk]))
        assert answer["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer["Content-Security-Policy"]
        paper = issued(of, draft)
        unit = as_person(of.unit_clerks[0])
        assert unit.get(reverse("text_file", args=[paper.pk])).status_code == 404
        assert unit.get(image).status_code == 404
        copy = paper.copies.get(kind=CopyKind.FINAL)
        assert unit.get(reverse("file", args=[paper.pk, copy.sha256])).content == final_of(paper)
        assert unit.get(reverse("page_image", args=[paper.pk, copy.sha256, 2])).status_code == 200
        assert unit.get(reverse("word", args=[paper.pk])).status_code == 404

    @pytest.mark.parametrize(
        ("name", "scanned"), [("nq.pdf", False), ("nq.pdf", True), ("nq.docx", True)], ids=["as it is", "pdf", "word"]
    )
    def test_a_unit_gets_pages_that_were_kept_as_another_copy_before(
        self, of: Committee, name: str, scanned: bool
    ) -> None:
        content = word_file(factories.letter()) if name.endswith("docx") else printed("nghị quyết")
        scan = printed("nghị quyết đã ký", "Trần Văn Ký") if scanned else None
        paper = issued(of, draft_of(of, name, content, alone=True), scan)
        copy, unit = paper.copies.get(kind=CopyKind.FINAL), as_person(of.unit_clerks[0])
        assert unit.get(reverse("file", args=[paper.pk, copy.sha256])).content == final_of(paper)
        assert unit.get(reverse("page_image", args=[paper.pk, copy.sha256, 1])).status_code == 200
        for other in paper.copies.exclude(sha256=copy.sha256):
            assert unit.get(reverse("file", args=[paper.pk, other.sha256])).status_code == 404

    def test_a_paper_begins_with_a_pdf_or_with_a_word_file_that_is_also_read(self, of: Committee) -> None:
        body = of.organization.pk
        facts: dict[str, Any] = {"pair": f"{body}:{body}", "no_secret": "on"}
        client = as_person(of.drafter)
        press(client, reverse("start"), file=SimpleUploadedFile("Đề án.pdf", printed("x")), **facts)
        draft = Directive.objects.get()
        assert (draft.subject, draft.content) == ("Đề án", Content.FILE)
        source = word_file(factories.letter("phòng cháy"))
        press(client, reverse("start"), file=SimpleUploadedFile("a.docx", source), as_text="on", **facts)
        draft = Directive.objects.exclude(pk=draft.pk).get()
        assert draft.text_file is not None
        assert (draft.subject, draft.text_file.kind) == ("phòng cháy", "docx")
        assert [block.marker for block in Document.from_json(draft.text).items()] == ["1.", "2.", "3."]

    def test_a_json_file_cannot_name_a_file_that_somebody_else_keeps(self, of: Committee) -> None:
        other = draft_of(of, "a.pdf", printed("chỉ người soạn biết"))
        facts = {"pair": f"{of.organization.pk}:{of.organization.pk}", "no_secret": "on"}
        stolen = SimpleUploadedFile("a.json", json.dumps(other.text).encode())
        press(as_person(of.drafter), reverse("start"), file=stolen, **facts)
        assert Directive.objects.exclude(pk=other.pk).get().text_file is None


def test_a_damaged_text_is_told_by_verify(of: Committee) -> None:
    draft = draft_of(of, "a.pdf", printed("x"))
    assert draft.text_file is not None
    path = filestore.path_of(draft.text_file.sha256)
    path.chmod(0o640)
    path.write_bytes(b"khac")
    assert any(draft.text_file.sha256 in fault for fault in damaged_files())


def test_pages_of_other_sizes_keep_their_size(of: Committee) -> None:
    wide = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(1190, 842))
        document.save(wide)
    paper = issued(of, draft_of(of, "bieu.pdf", wide.getvalue()))
    with pypdfium2.PdfDocument(final_of(paper)) as document:
        assert [round(page.get_width()) for page in document] == [595, 1190]


def test_states_without_a_file_are_as_before(of: Committee) -> None:
    assert factories.directive(of, DirectiveState.APPROVED).content == Content.STRUCTURED
