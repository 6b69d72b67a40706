"""The slip of a submitted paper and the day's list for signature: what they say, on what sheet, and for whom."""

from __future__ import annotations

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directives.actions import drafting, opining, reviewing
from directives.models import Directive, ReviewAt, ReviewPlace
from directives.workflow import DirectiveState
from orgs.models import Person, Role
from tests import factories
from tests.browsing import as_person, page
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db

A4 = (595, 842)
LIST = reverse("signing_list")


@pytest.fixture
def committee() -> Committee:
    """A committee of today: pages read the machine's own clock."""
    return factories.committee(ClockAt(timezone.now()))


@pytest.fixture
def reviewed(committee: Committee) -> Directive:
    """Submitted to the head of the office, who agreed through an assistant and wrote an opinion on the paper."""
    place = {"position": 1, "at": ReviewAt.ISSUER, "role": Role.OFFICE_HEAD}
    ReviewPlace.objects.create(organization=committee.organization, **place)
    paper = factories.directive(committee, DirectiveState.SUBMITTED)
    opining.write_opinion(paper.pk, "Nên nêu rõ thời hạn.", by=committee.member(committee.head), clock=committee.clock)
    assistant = committee.member(factories.person("Vũ Thị Giúp", (committee.organization, Role.ASSISTANT)))
    reviewing.pass_on(paper.pk, opinion="Nhất trí trình.", read_version=1, by=assistant, clock=committee.clock)
    return paper


def slip(paper: Directive) -> str:
    return reverse("submission_slip", args=[paper.pk])


def opened(person: Person, address: str) -> tuple[str, list[tuple[int, int]]]:
    """The words of the PDF, with plain spaces, and the size of each page."""
    answer = as_person(person).get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    with pypdfium2.PdfDocument(answer.content) as pdf:
        words = " ".join(page.get_textpage().get_text_range() for page in pdf)
        sizes = [(round(page.get_width()), round(page.get_height())) for page in pdf]
    return " ".join(words.split()), sizes


def test_the_slip_says_what_is_submitted_by_whom_who_said_what_and_what_is_asked(
    committee: Committee, reviewed: Directive
) -> None:
    words, sizes = opened(committee.signer, slip(reviewed))
    assert sizes == [A4]
    for said in (
        "PHIẾU TRÌNH",
        "đồng chí Trần Văn Ký (T/M BAN THƯỜNG VỤ, PHÓ BÍ THƯ)",
        "Công văn: tăng cường kiểm tra hồ chứa",
        "Lê Thị Soạn, Tỉnh ủy Sơn Hà",
        "2. Đảng ủy xã Thử 1 chủ trì diễn tập ứng phó.",
        "Đỗ Văn Chánh",
        "Vũ Thị Giúp",
        "Nhất trí trình.",
        "Nên nêu rõ thời hạn.",
        "Kính trình đồng chí xem xét, duyệt ký.",
    ):
        assert said in words, said


def test_who_is_still_to_be_asked_is_named(committee: Committee) -> None:
    place = {"position": 1, "at": ReviewAt.ISSUER, "role": Role.OFFICE_HEAD}
    ReviewPlace.objects.create(organization=committee.organization, **place)
    paper = factories.directive(committee, DirectiveState.SUBMITTED)
    words, _sizes = opened(committee.head, slip(paper))
    assert "Kính trình đồng chí Đỗ Văn Chánh cho ý kiến thẩm định" in words


def test_a_draft_has_no_slip_and_a_unit_sees_none(committee: Committee) -> None:
    draft, issued = factories.draft(committee), factories.delivered(committee)
    assert as_person(committee.drafter).get(slip(draft)).status_code == 409
    assert as_person(committee.unit_clerks[0]).get(page(issued)).status_code == 200
    assert as_person(committee.unit_clerks[0]).get(slip(issued)).status_code == 404


def test_a_sign_that_the_font_does_not_have_is_named_and_nothing_breaks(committee: Committee) -> None:
    paper = factories.draft(committee, factories.letter("kiểm tra ☃ hồ chứa"))
    drafting.submit(paper.pk, by=committee.member(committee.drafter), clock=committee.clock)
    for address in (slip(paper), LIST):
        answer = as_person(committee.signer).get(address)
        assert answer.status_code == 409
        assert "U+2603" in answer.content.decode()


def test_the_list_names_what_waits_for_each_signer_and_what_was_said(committee: Committee, reviewed: Directive) -> None:
    still_to_be_reviewed = factories.letter("việc còn chờ thẩm định")
    factories.directive(committee, DirectiveState.SUBMITTED, still_to_be_reviewed)
    words, sizes = opened(committee.signer, LIST)
    assert sizes == [A4[::-1]]
    assert "DANH MỤC VĂN BẢN TRÌNH KÝ" in words
    assert words.count("tăng cường kiểm tra hồ chứa") == 1
    assert "Đỗ Văn Chánh: Nhất trí trình." in words
    assert "việc còn chờ thẩm định" not in words
    assert LIST in as_person(committee.signer).get(reverse("my_work")).content.decode()


def test_many_papers_take_more_sheets_with_their_heads_and_an_empty_day_says_so(committee: Committee) -> None:
    assert "Không có văn bản chờ ký." in opened(committee.signer, LIST)[0]
    assert LIST not in as_person(committee.signer).get(reverse("my_work")).content.decode()
    for number in range(16):
        factories.directive(committee, DirectiveState.SUBMITTED, factories.letter(f"việc số {number} của tháng này"))
    words, sizes = opened(committee.signer, LIST)
    assert len(sizes) > 1
    assert words.count("Ý kiến của người ký") == len(sizes)


def test_the_list_asks_the_same_questions_for_few_and_for_many_papers(
    committee: Committee, reviewed: Directive
) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            opened(committee.signer, LIST)
        return len(asked)

    few = questions()
    ReviewPlace.objects.all().delete()
    for _paper in range(3):
        factories.directive(committee, DirectiveState.SUBMITTED)
    assert questions() == few


def test_an_opinion_of_an_earlier_submission_is_not_on_the_list(committee: Committee, reviewed: Directive) -> None:
    drafting.pull_back(reviewed.pk, by=committee.member(committee.drafter), clock=committee.clock)
    drafting.submit(reviewed.pk, by=committee.member(committee.drafter), clock=committee.clock)
    reviewing.pass_on(
        reviewed.pk, opinion="Đồng ý.", read_version=1, by=committee.member(committee.head), clock=committee.clock
    )
    words, _sizes = opened(committee.signer, LIST)
    assert "Đỗ Văn Chánh: Đồng ý." in words
    assert "Nhất trí trình." not in words


def test_the_list_shows_a_paper_only_to_whom_it_is_open(committee: Committee, reviewed: Directive) -> None:
    hidden = factories.draft(committee, factories.letter("việc hạn chế người xem"), restricted=True)
    drafting.submit(
        hidden.pk,
        reviewers={},
        by=committee.member(committee.drafter),
        clock=committee.clock,
    )
    reviewing.pass_on(hidden.pk, opinion="", read_version=1, by=committee.member(committee.head), clock=committee.clock)
    assert "việc hạn chế người xem" in opened(committee.signer, LIST)[0]
    assert "việc hạn chế người xem" in opened(committee.head, LIST)[0]
    assert "việc hạn chế người xem" not in opened(committee.clerk, LIST)[0]
    for nobody in (committee.drafter, committee.monitor, committee.inspector):
        assert as_person(nobody).get(LIST).status_code == 403
    assert "tăng cường" not in opened(committee.unit_clerks[0], LIST)[0]
