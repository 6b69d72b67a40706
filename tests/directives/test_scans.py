"""Scans of signed papers: sent in parts or with the form, made into one PDF, and compared with what was approved."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from directives import filestore, rendering, scans
from directives.actions import approving, uploading
from directives.document import Document
from directives.models import CopyKind, Directive, Upload
from directives.rendering import Variant
from directives.scans import ScanFile
from directives.workflow import DirectiveState, Step
from orgs.models import Event, Post
from orgs.verdicts import Refused
from tests import factories
from tests.browsing import as_person, press, step
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Committee:
    return factories.committee(ClockAt(timezone.now()))


@pytest.fixture
def paper(committee: Committee) -> Directive:
    """Approved, and not yet signed."""
    made = factories.directive(committee, DirectiveState.SUBMITTED)
    approving.approve(made.pk, read_version=1, by=committee.member(committee.signer), clock=committee.clock)
    return Directive.objects.get(pk=made.pk)


@pytest.fixture
def clerk(committee: Committee) -> Client:
    return as_person(committee.clerk)


def picture(kind: str = "JPEG", size: tuple[int, int] = (827, 1169)) -> bytes:
    written = BytesIO()
    Image.new("L", size, 220).save(written, kind)
    return written.getvalue()


def pdf_of(document: Document) -> bytes:
    return rendering.render(document, variant=Variant.PROOF).pdf


def today() -> str:
    return f"{timezone.localdate():%d/%m/%Y}"


def begin(client: Client, paper: Directive, size: int, name: str = "quet.pdf") -> dict[str, int | str]:
    address = reverse("upload_begin", args=[paper.pk])
    return client.post(address, {"name": name, "size": size}).json()


def send(client: Client, upload: dict[str, int | str], offset: int, content: bytes) -> dict[str, int | str]:
    address = f"{upload['part']}?tu={offset}"
    return client.post(address, content, content_type="application/octet-stream").json()


class TestParts:
    def test_a_file_in_parts_is_the_scan_byte_for_byte(self, paper: Directive, clerk: Client) -> None:
        scan = pdf_of(paper.under_head_of(timezone.localdate()))
        upload = begin(clerk, paper, len(scan))
        half = len(scan) // 2
        assert send(clerk, upload, 0, scan[:half])["received"] == half
        assert send(clerk, upload, half, scan[half:])["received"] == len(scan)
        facts = {"signed_on": today(), "uploaded": [upload["id"]]}
        assert press(clerk, step(paper, Step.NOTE_SIGNATURE), **facts).status_code == 302
        kept = paper.copies.get(kind=CopyKind.SCAN)
        assert filestore.read(kept.sha256) == scan

    def test_what_was_used_leaves_nothing_behind(
        self, paper: Directive, clerk: Client, django_capture_on_commit_callbacks
    ) -> None:
        scan = pdf_of(paper.under_head_of(timezone.localdate()))
        upload = begin(clerk, paper, len(scan))
        send(clerk, upload, 0, scan)
        with django_capture_on_commit_callbacks(execute=True):
            press(clerk, step(paper, Step.NOTE_SIGNATURE), signed_on=today(), uploaded=[upload["id"]])
        assert not Upload.objects.exists()
        with pytest.raises(filestore.DamagedFile):
            filestore.read_parts(str(upload["id"]))

    def test_after_a_broken_line_it_goes_on_where_it_stopped(self, paper: Directive, clerk: Client) -> None:
        first = begin(clerk, paper, 1000)
        send(clerk, first, 0, b"a" * 400)
        again = begin(clerk, paper, 1000)
        assert (again["id"], again["received"]) == (first["id"], 400)

    def test_a_part_that_comes_twice_or_too_early_changes_nothing(self, paper: Directive, clerk: Client) -> None:
        upload = begin(clerk, paper, 1000)
        assert send(clerk, upload, 0, b"a" * 400)["received"] == 400
        assert send(clerk, upload, 0, b"b" * 400)["received"] == 400
        assert send(clerk, upload, 600, b"c" * 400)["received"] == 400
        assert send(clerk, upload, 400, b"d" * 601)["received"] == 400
        assert filestore.read_parts(str(upload["id"])) == b"a" * 400

    def test_what_a_dead_process_wrote_and_nobody_counted_is_written_over(
        self, paper: Directive, clerk: Client
    ) -> None:
        upload = begin(clerk, paper, 1000)
        filestore.write_part(str(upload["id"]), 0, b"x" * 900)
        assert send(clerk, upload, 0, b"a" * 400)["received"] == 400
        assert filestore.read_parts(str(upload["id"])) == b"a" * 400

    def test_a_file_of_somebody_else_is_not_there(self, committee: Committee, paper: Directive, clerk: Client) -> None:
        upload = begin(clerk, paper, 1000)
        colleague = factories.person("Văn thư thứ hai")
        Post.objects.create(
            person=colleague, organization=committee.organization, role="clerk", starts_on=factories.LONG_AGO
        )
        other = as_person(colleague)
        assert other.post(f"{upload['part']}?tu=0", b"a", content_type="application/octet-stream").status_code == 404
        assert (
            press(other, step(paper, Step.NOTE_SIGNATURE), signed_on=today(), uploaded=[upload["id"]]).status_code
            == 400
        )

    @pytest.mark.parametrize("size", ["0", "-1", str(uploading.LARGEST + 1)])
    def test_a_file_of_no_size_or_too_large_is_not_begun(self, paper: Directive, clerk: Client, size: str) -> None:
        address = reverse("upload_begin", args=[paper.pk])
        assert clerk.post(address, {"name": "quet.pdf", "size": size}).status_code == 409
        assert clerk.post(address, {"name": "quet.pdf", "size": "lớn"}).status_code == 400

    def test_no_more_files_than_a_long_paper_has_pages(self, committee: Committee, paper: Directive) -> None:
        by = committee.member(committee.clerk)
        for number in range(uploading.MOST_FILES):
            uploading.begin(paper, f"{number}.jpg", 10, by=by, clock=committee.clock)
        with pytest.raises(Refused):
            uploading.begin(paper, "one-more.jpg", 10, by=by, clock=committee.clock)
        committee.clock.forward(days=2)
        uploading.begin(paper, "the-day-after.jpg", 10, by=by, clock=committee.clock)
        assert Upload.objects.count() == 1


class TestForm:
    def test_without_a_script_pictures_and_pdf_come_with_the_form_and_become_one_scan(
        self, paper: Directive, clerk: Client
    ) -> None:
        files = [
            SimpleUploadedFile("1.jpg", picture()),
            SimpleUploadedFile("2.pdf", pdf_of(paper.under_head_of(timezone.localdate()))),
            SimpleUploadedFile("3.png", picture("PNG", (1169, 827))),
        ]
        answer = press(clerk, step(paper, Step.NOTE_SIGNATURE), signed_on=today(), scan=files)
        assert answer.status_code == 302
        kept = paper.copies.get(kind=CopyKind.SCAN)
        with pypdfium2.PdfDocument(filestore.read(kept.sha256)) as scan:
            sizes = [tuple(round(side) for side in page.get_size()) for page in scan]
        assert len(sizes) == kept.pages == 3
        assert sizes[0] == pytest.approx((595, 842), abs=3)
        assert sizes[2] == pytest.approx((842, 595), abs=3)

    def test_a_form_that_is_wrong_keeps_the_files_that_came_with_it(self, paper: Directive, clerk: Client) -> None:
        address, scan = step(paper, Step.NOTE_SIGNATURE), SimpleUploadedFile("quet.jpg", picture())
        wrong = press(clerk, address, signed_on="hôm nay", scan=scan)
        assert wrong.status_code == 400
        assert "quet.jpg" in wrong.content.decode()
        upload = Upload.objects.get()
        assert press(clerk, address, signed_on=today(), uploaded=[str(upload.pk)]).status_code == 302
        assert paper.copies.filter(kind=CopyKind.SCAN).count() == 1

    def test_a_file_that_was_unticked_is_no_part_of_the_scan(self, paper: Directive, clerk: Client) -> None:
        address = step(paper, Step.NOTE_SIGNATURE)
        both = [SimpleUploadedFile("1.jpg", picture()), SimpleUploadedFile("2.jpg", picture())]
        press(clerk, address, signed_on="hôm nay", scan=both)
        first = Upload.objects.earliest("begun_at")
        press(clerk, address, signed_on=today(), uploaded=[str(first.pk)])
        assert paper.copies.get(kind=CopyKind.SCAN).pages == 1

    def test_a_file_that_does_not_open_is_named_and_nothing_is_noted(self, paper: Directive, clerk: Client) -> None:
        wrong = press(
            clerk,
            step(paper, Step.NOTE_SIGNATURE),
            signed_on=today(),
            scan=SimpleUploadedFile("anh.exe", b"MZ" + b"0" * 500),
        )
        assert wrong.status_code == 409
        assert "anh.exe" in str(wrong.context["form"].errors["scan"])
        assert Directive.objects.get(pk=paper.pk).signed_on is None

    def test_the_sealed_pages_are_kept_beside_the_signed_ones(self, committee: Committee, clerk: Client) -> None:
        paper = factories.directive(committee, DirectiveState.NUMBERED, sealed=False)
        scan = SimpleUploadedFile("dau.jpg", picture())
        assert press(clerk, step(paper, Step.NOTE_SEAL), sealed_on=today(), scan=scan).status_code == 302
        assert paper.copies.filter(kind=CopyKind.SCAN).count() == 1
        assert Event.objects.get(step=Step.NOTE_SEAL).facts["scan"] is True


class TestDoubts:
    """Another name, block or text than was approved is noted with a reason, and never refused for good."""

    @pytest.fixture
    def other(self) -> dict[str, str]:
        return {"signed_on": today(), "signer": "Nguyễn Thị Khác", "lines": "K/T BÍ THƯ\nPHÓ BÍ THƯ"}

    def test_another_name_and_block_ask_for_a_reason_and_then_are_noted(
        self, paper: Directive, clerk: Client, other: dict[str, str]
    ) -> None:
        address = step(paper, Step.NOTE_SIGNATURE)
        asked = press(clerk, address, **other)
        assert asked.status_code == 409
        for words in ("Nguyễn Thị Khác", "Trần Văn Ký", "K/T BÍ THƯ / PHÓ BÍ THƯ"):
            assert words in asked.content.decode()
        assert press(clerk, address, **other, reason="Đồng chí Khác ký theo phân công.").status_code == 302
        event = Event.objects.get(step=Step.NOTE_SIGNATURE)
        assert len(event.facts["warnings"]) == 2
        assert event.facts["reason"] == "Đồng chí Khác ký theo phân công."

    def test_the_name_and_block_of_the_approval_are_offered_and_raise_no_doubt(
        self, paper: Directive, clerk: Client
    ) -> None:
        address = step(paper, Step.NOTE_SIGNATURE)
        form = clerk.get(address).context["form"]
        shown = {name: form[name].value() for name in ("signer", "lines")}
        assert shown["signer"] == "Trần Văn Ký"
        typed = {"signer": "trần  văn ký", "lines": shown["lines"]}
        assert press(clerk, address, signed_on=today(), **typed).status_code == 302
        assert Event.objects.get(step=Step.NOTE_SIGNATURE).facts["warnings"] == []

    def test_a_scan_whose_text_is_of_another_paper_is_doubted(self, paper: Directive, clerk: Client) -> None:
        address, other = step(paper, Step.NOTE_SIGNATURE), pdf_of(factories.letter())
        doubted = press(clerk, address, signed_on=today(), scan=SimpleUploadedFile("quet.pdf", other))
        assert doubted.status_code == 409
        assert "Trần Văn Ký" in doubted.content.decode()
        own = pdf_of(paper.under_head_of(timezone.localdate()))
        Upload.objects.all().delete()
        assert press(clerk, address, signed_on=today(), scan=SimpleUploadedFile("quet.pdf", own)).status_code == 302


def test_a_picture_that_claims_more_dots_than_a_scan_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "MOST_DOTS", 100)
    with pytest.raises(Refused, match="lon"):
        scans.pdf_of([ScanFile("lon.png", picture("PNG"))])


def test_a_later_page_that_claims_too_many_dots_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scans, "MOST_DOTS", 1_000_000)
    written = BytesIO()
    Image.new("1", (827, 1169), 1).save(
        written, "TIFF", compression="group4", save_all=True, append_images=[Image.new("1", (2000, 2000), 1)]
    )
    with pytest.raises(Refused, match="lon"):
        scans.pdf_of([ScanFile("lon.tif", written.getvalue())])


def damaged() -> dict[str, bytes]:
    """Pictures in which a byte or two are other ones."""
    jpeg, tiff, turned = BytesIO(), BytesIO(), Image.Exif()
    turned[0x0112], turned[0x010E] = 6, "abc"
    page = Image.new("L", (40, 60))
    page.save(jpeg, "JPEG", exif=turned)
    page.save(tiff, "TIFF", save_all=True, append_images=[page])
    head, chunk, rest = picture("PNG").partition(b"IDAT")
    before, width, after = tiff.getvalue().rpartition(b"\x00\x01\x04\x00")
    return {
        "png": head[:-4] + b"\x00\x00\x00\x04" + chunk + rest,
        "jpg": jpeg.getvalue().replace(b"\x01\x0e\x00\x02", b"\x01\x00\x00\x02"),
        "tif": before + b"\x07" + width[1:] + after,
    }


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_that_breaks_off_is_refused_also_where_papers_are_printed(kind: str) -> None:
    # As it comes from a scanner: not all of one colour.
    written = BytesIO()
    Image.effect_noise((400, 600), 90).save(written, kind)
    assert rendering.render(factories.letter(), variant=Variant.PROOF).pdf
    with pytest.raises(Refused, match="nua"):
        scans.pdf_of([ScanFile(f"nua.{kind.lower()}", written.getvalue()[: len(written.getvalue()) // 2])])


@pytest.mark.parametrize("kind", damaged())
def test_a_damaged_picture_is_refused_by_its_name(kind: str) -> None:
    with pytest.raises(Refused, match="hong"):
        scans.pdf_of([ScanFile(f"hong.{kind}", damaged()[kind])])


def test_every_page_of_a_tiff_is_a_page_of_the_scan() -> None:
    written = BytesIO()
    pages = [Image.new("1", (827, 1169), 1) for _ in range(3)]
    pages[0].save(written, "TIFF", save_all=True, append_images=pages[1:])
    assert scans.pages_of(scans.pdf_of([ScanFile("quet.tif", written.getvalue())])) == 3


def test_a_key_of_a_file_that_never_was_is_not_found(paper: Directive, clerk: Client) -> None:
    address = f"{reverse('upload_part', args=[uuid4()])}?tu=0"
    assert clerk.post(address, b"a", content_type="application/octet-stream").status_code == 404
