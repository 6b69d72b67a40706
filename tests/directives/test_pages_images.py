"""The pages of a stored copy as images: for whom, how kept, and the text as their twin."""

from __future__ import annotations

import gzip
from io import BytesIO

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from directives import filestore, page_image
from directives.actions import approving, copying, drafting
from directives.actions.drafting import DraftFacts
from directives.models import CopyKind, Directive
from directives.workflow import DirectiveState
from tests import factories
from tests.browsing import as_person, page
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Committee:
    """A committee of today: pages read the machine's own clock."""
    return factories.committee(ClockAt(timezone.now()))


def first_page(paper: Directive, number: int = 1) -> str:
    """The address of a page of the official copy."""
    return reverse("page_image", args=[paper.pk, paper.copies.get(kind=CopyKind.FINAL).sha256, number])


def test_the_first_page_is_an_a4_sheet_at_96_dots_per_inch(committee: Committee) -> None:
    paper = factories.delivered(committee)
    answer = as_person(committee.clerk).get(first_page(paper))
    image = Image.open(BytesIO(answer.content))
    assert image.format == "PNG"
    assert abs(image.width - 794) <= 1
    assert abs(image.height - 1123) <= 1
    assert image.convert("L").getextrema()[0] < 100, "there is ink on the page"


def test_a_browser_asks_each_time_and_gets_the_page_once(committee: Committee) -> None:
    paper = factories.delivered(committee)
    client = as_person(committee.clerk)
    answer = client.get(first_page(paper))
    assert answer["Cache-Control"] == "private, no-cache"
    again = client.get(first_page(paper), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert client.get(first_page(paper), headers={"If-None-Match": '"something-else"'}).status_code == 200


def test_who_may_not_read_the_paper_sees_no_page_even_when_the_browser_knows_it(committee: Committee) -> None:
    paper = factories.delivered(committee)
    etag = as_person(committee.clerk).get(first_page(paper))["ETag"]
    stranger = factories.committee(committee.clock, code="tv", symbol="TV", units=1)
    answer = as_person(stranger.clerk).get(first_page(paper), headers={"If-None-Match": etag})
    assert answer.status_code == 404


def test_a_unit_sees_no_page_of_the_print_for_signature(committee: Committee) -> None:
    paper = factories.delivered(committee)
    final = filestore.read(paper.copies.get(kind=CopyKind.FINAL).sha256)
    proof = filestore.store(final + b"\n")
    paper.copies.create(kind=CopyKind.PROOF, sha256=proof, size=1, pages=1, stored_at=timezone.now())
    address = reverse("page_image", args=[paper.pk, proof, 1])
    assert as_person(committee.clerk).get(address).status_code == 200
    assert as_person(committee.unit_clerks[0]).get(address).status_code == 404


def test_a_signer_reads_the_text_that_was_submitted_and_no_print_of_an_earlier_approval(committee: Committee) -> None:
    paper = factories.directive(committee, DirectiveState.APPROVED)
    copying.make_proof(paper.pk, clock=committee.clock)
    signer, drafter = committee.member(committee.signer), committee.member(committee.drafter)
    approving.return_for_repair(paper.pk, reason="Nhầm việc.", by=signer, clock=committee.clock)
    other = DraftFacts(document=factories.letter("một việc khác hẳn"), authority_id=committee.authority.pk)
    drafting.edit(paper.pk, other, version=1, by=drafter, clock=committee.clock)
    drafting.submit(paper.pk, by=drafter, clock=committee.clock)
    address, reader = reverse("directive", args=[paper.pk]), as_person(committee.signer)
    assert not reader.get(address).context["paper"].images
    approving.approve(paper.pk, read_version=2, by=signer, clock=committee.clock)
    shown = reader.get(address).context
    assert not shown["paper"].images
    assert any(stage.mark == "now" for stage in shown["progress"].stages), "the print for signature is being made"
    copying.make_proof(paper.pk, clock=committee.clock)
    [image] = reader.get(address).context["paper"].images
    assert paper.copies.latest("pk").sha256 in image.address


def test_a_page_that_the_paper_does_not_have_is_not_found(committee: Committee) -> None:
    paper = factories.delivered(committee)
    assert as_person(committee.clerk).get(first_page(paper, 99)).status_code == 404
    assert as_person(committee.clerk).get(first_page(paper, 0)).status_code == 404


def test_a_damaged_file_shows_no_page(committee: Committee) -> None:
    paper = factories.delivered(committee)
    path = filestore.path_of(paper.copies.get(kind=CopyKind.FINAL).sha256)
    path.chmod(0o640)
    path.write_bytes(b"something else")
    assert as_person(committee.clerk).get(first_page(paper)).status_code == 404


def test_the_staff_sees_the_pages_and_a_unit_the_text_until_either_asks_otherwise(committee: Committee) -> None:
    paper = factories.delivered(committee)
    clerk, unit = as_person(committee.clerk), as_person(committee.unit_clerks[0])
    assert clerk.get(page(paper)).context["as_pages"]
    assert not clerk.get(page(paper), {"xem": "chu"}).context["as_pages"]
    assert not unit.get(page(paper)).context["as_pages"]
    assert unit.get(page(paper), {"xem": "trang"}).context["as_pages"]


def test_without_a_copy_there_is_the_text(committee: Committee) -> None:
    paper = factories.directive(committee, DirectiveState.SUBMITTED)
    answer = as_person(committee.signer).get(page(paper), {"xem": "trang"})
    assert not answer.context["as_pages"]
    assert "Mùa mưa đến sớm" in answer.content.decode()


def test_the_first_page_that_a_unit_opens_asks_for_no_image_and_is_light(committee: Committee) -> None:
    paper = factories.delivered(committee)
    content = as_person(committee.unit_clerks[0]).get(page(paper)).content
    assert b"<img" not in content.replace(b"icons/favicon.svg", b"").split(b"<main", 1)[1]
    assert len(gzip.compress(content)) < 20_000


def test_each_page_links_to_itself_in_twice_the_size(committee: Committee) -> None:
    paper = factories.delivered(committee)
    client = as_person(committee.clerk)
    large = f"{first_page(paper)}?dpi=192"
    assert f'<a href="{large}"' in client.get(page(paper)).content.decode()
    answer = client.get(large)
    image = Image.open(BytesIO(answer.content))
    assert abs(image.width - 2 * 794) <= 2
    assert answer["ETag"] != client.get(first_page(paper))["ETag"]


def test_no_other_size_is_drawn(committee: Committee) -> None:
    paper = factories.delivered(committee)
    answer = as_person(committee.clerk).get(f"{first_page(paper)}?dpi=9600")
    assert abs(Image.open(BytesIO(answer.content)).width - 794) <= 1


def test_a_page_that_claims_to_be_metres_wide_is_shown_smaller() -> None:
    with pypdfium2.PdfDocument.new() as plan:
        plan.new_page(14_400, 14_400)
        written = BytesIO()
        plan.save(written)
    image = Image.open(BytesIO(page_image.png_of(written.getvalue(), 1, page_image.SHARP_DPI)))
    assert image.width == image.height
    assert 4_000 < image.width < 4_500
