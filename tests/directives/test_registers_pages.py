"""The registers as the office reads and prints them, and the question before a draft."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directives import continuity
from directives.actions import delivering, numbering_and_issuing, registering
from directives.continuity import in_runs
from directives.models import Directive, IncomingBook, NumberSeries, Press, RegisterEntry
from directives.numbering import GivenNumber
from directives.views.registers import PART
from directives.workflow import DirectiveState, EntryState
from orgs.models import Event, Person, Role
from tests import factories
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db

SECRET_LINE = "Số dùng cho văn bản đăng ký tại sổ mật"


@pytest.fixture
def committee() -> Committee:
    return factories.committee(ClockAt(timezone.now()))


def as_person(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def numbered(committee: Committee, subject: str = "một việc", **facts: Any) -> Directive:
    return factories.directive(committee, DirectiveState.NUMBERED, factories.letter(subject), **facts)


def outgoing(committee: Committee, who: Person | None = None, *, printed: bool = False, **asked: str) -> Any:
    name = "outgoing_register_print" if printed else "outgoing_register"
    address = reverse(name, args=[NumberSeries.objects.get(organization=committee.organization).pk])
    return as_person(who or committee.clerk).get(address, asked)


def incoming(unit_clerk: Person, **asked: str) -> Any:
    return as_person(unit_clerk).get(reverse("incoming_register", args=[IncomingBook.objects.get().pk]), asked)


def received(committee: Committee, subject: str = "một việc", **facts: Any) -> Directive:
    paper = factories.delivered(committee, factories.letter(subject), **facts)
    delivery = paper.deliveries.get(organization=committee.units[0])
    delivering.receive(delivery.pk, by=committee.member(committee.unit_clerks[0]), clock=committee.clock)
    return paper


def press(client: Client, address: str, **facts: Any) -> Any:
    return client.post(address, {"key": str(uuid4()), **facts})


class TestTheOutgoingRegister:
    def test_a_line_holds_the_columns_of_the_book(self, committee: Committee) -> None:
        numbered(committee, "kiểm tra hồ chứa")
        [line] = outgoing(committee).context["lines"]
        assert str(line.entry) == "01-CV/TU"
        assert line.subject == "Công văn: kiểm tra hồ chứa"
        assert (line.signer, line.recipients) == ("Trần Văn Ký", "Các đảng ủy xã trực thuộc")
        assert line.archive == "Lưu Văn phòng Tỉnh ủy"

    def test_the_statement_counts_voided_kept_and_missing_numbers(self, committee: Committee) -> None:
        by, clock = committee.member(committee.clerk), committee.clock
        void = numbered(committee)
        numbering_and_issuing.void_number(void.pk, reason="Trùng", decided_by="Đ/c Chánh", by=by, clock=clock)
        numbered(committee)
        registering.reserve_number(
            committee.organization.pk, "CV", reserved_for="Giấy mời", until=clock.today(), by=by, clock=clock
        )
        page = outgoing(committee).content.decode()
        assert "Từ số 01 đến số 03, hủy 01 số, đang giữ 01 số, không khuyết số." in page

    def test_missing_numbers_are_named_where_they_are_missing(self, committee: Committee) -> None:
        NumberSeries.objects.filter(pk=committee.first_number(1).pk).update(mode="elsewhere")
        for value in (311, 314, 316):
            approved = factories.directive(committee, DirectiveState.APPROVED)
            given = GivenNumber(value, "", committee.clock.today())
            by = committee.member(committee.clerk)
            numbering_and_issuing.number(approved.pk, given=given, by=by, clock=committee.clock)
        answer = outgoing(committee)
        assert [line.missing_before for line in answer.context["lines"]] == ["315", "312-313", ""]
        assert "khuyết 03 số: 312-313, 315." in answer.content.decode()

    def test_a_voided_number_keeps_its_line_with_the_reason_and_who_decided(self, committee: Committee) -> None:
        paper, by = numbered(committee), committee.member(committee.clerk)
        decided = {"reason": "Soạn trùng.", "decided_by": "Đ/c Chánh Văn phòng"}
        numbering_and_issuing.void_number(paper.pk, **decided, by=by, clock=committee.clock)
        page = outgoing(committee).content.decode()
        assert "Soạn trùng." in page
        assert "Đ/c Chánh Văn phòng" in page

    def test_a_number_for_a_secret_paper_says_only_that(self, committee: Committee) -> None:
        by = committee.member(committee.clerk)
        registering.take_secret_number(committee.organization.pk, "CV", by=by, clock=committee.clock)
        [line] = outgoing(committee).context["lines"]
        assert (line.subject, line.signer, line.recipients, line.notes) == (SECRET_LINE, "", "", "")

    def test_a_restricted_paper_shows_its_subject_to_those_alone_who_may_read_it(self, committee: Committee) -> None:
        numbered(committee, "nội dung hạn chế", restricted=True)
        assert "nội dung hạn chế" in outgoing(committee, committee.clerk).content.decode()
        for who in (committee.head, committee.monitor, committee.inspector):
            answer = outgoing(committee, who)
            assert "nội dung hạn chế" not in answer.content.decode()
            [line] = answer.context["lines"]
            assert (line.masked, line.paper, line.signer, line.recipients) == (True, None, "", "")
            assert str(line.entry) == "01-CV/TU"
            printed = outgoing(committee, who, printed=True).content.decode()
            assert "nội dung hạn chế" not in printed

    def test_the_reason_of_a_voided_restricted_paper_is_masked_with_it(self, committee: Committee) -> None:
        paper, by = numbered(committee, restricted=True), committee.member(committee.clerk)
        decided = {"reason": "Kỷ luật đồng chí A", "decided_by": "Đ/c Chánh"}
        numbering_and_issuing.void_number(paper.pk, **decided, by=by, clock=committee.clock)
        assert "Kỷ luật đồng chí A" not in outgoing(committee, committee.monitor).content.decode()

    def test_the_book_is_open_to_clerk_leaders_monitor_and_inspector_of_the_body(self, committee: Committee) -> None:
        numbered(committee)
        other = factories.committee(committee.clock, code="tv", symbol="TV", units=1)
        for who in (committee.clerk, committee.head, committee.signer, committee.monitor, committee.inspector):
            assert outgoing(committee, who).status_code == 200
        administrator = factories.person("Quản Trị", (committee.organization, Role.ADMINISTRATOR))
        for who in (committee.drafter, committee.unit_clerks[0], other.clerk, administrator):
            assert outgoing(committee, who).status_code == 404
            assert outgoing(committee, who, printed=True).status_code == 404

    def test_a_period_in_the_address_narrows_the_book_and_not_its_statement(self, committee: Committee) -> None:
        numbered(committee, "việc hôm nay")
        today = committee.clock.today()
        tomorrow = f"{today + timedelta(days=1):%d/%m/%Y}"
        assert len(outgoing(committee, tu=f"{today:%d/%m/%Y}").context["lines"]) == 1
        later = outgoing(committee, tu=tomorrow)
        assert later.context["lines"] == []
        assert later.context["continuity"].last == 1

    def test_a_day_that_cannot_be_read_is_told_and_the_book_still_shown(self, committee: Committee) -> None:
        numbered(committee)
        answer = outgoing(committee, tu="32/13/2026")
        assert answer.status_code == 200
        assert answer.context["form"].errors["tu"]
        assert len(answer.context["lines"]) == 1

    def test_types_that_share_a_series_can_be_told_apart(self, committee: Committee) -> None:
        to_communes = {"text": "Các đảng ủy xã", "purpose": None, "targets": [{"group": "cac-xa"}]}
        for code in ("QĐ", "QĐi"):
            facts = {"type": code, "addressees": [], "distribution": [to_communes]}
            factories.directive(committee, DirectiveState.NUMBERED, factories.letter("một", **facts))
        assert len(outgoing(committee).context["lines"]) == 2
        [rule] = outgoing(committee, loai="QĐi").context["lines"]
        assert str(rule.entry) == "02-QĐ/TU"

    def test_the_printed_book_is_whole_in_its_order_and_closed_by_its_statement(self, committee: Committee) -> None:
        for _paper in range(3):
            numbered(committee)
        answer = outgoing(committee, printed=True)
        assert [line.entry.number for line in answer.context["lines"]] == [1, 2, 3]
        assert "Từ số 01 đến số 03, không khuyết số." in answer.content.decode()

    def test_a_long_book_is_printed_in_parts_without_losing_a_line(self, committee: Committee) -> None:
        entry = numbered(committee).entry
        facts = {"series": entry.series, "symbol": entry.symbol, "state": EntryState.NUMBERED, "secret": True}
        facts |= {"dated_on": entry.dated_on, "taken_by": entry.taken_by, "taken_at": entry.taken_at}
        last = entry.number + PART + 1
        RegisterEntry.objects.bulk_create(RegisterEntry(number=n, **facts) for n in range(entry.number + 1, last + 1))
        first, second = outgoing(committee, printed=True), outgoing(committee, printed=True, trang="2")
        lines = [*first.context["lines"], *second.context["lines"]]
        assert [line.entry.number for line in lines] == list(range(entry.number, last + 1))
        assert "Phần 02 của sổ" in second.content.decode()
        assert not second.context["page"].after

    def test_the_book_asks_the_same_questions_for_few_and_for_many_lines(self, committee: Committee) -> None:
        def questions() -> int:
            with CaptureQueriesContext(connection) as asked:
                outgoing(committee)
            return len(asked)

        numbered(committee)
        few = questions()
        for _paper in range(4):
            numbered(committee)
        assert questions() == few


class TestTheIncomingRegister:
    def test_a_line_holds_the_columns_of_the_book(self, committee: Committee) -> None:
        received(committee, "kiểm tra hồ chứa")
        [line] = incoming(committee.unit_clerks[0]).context["lines"]
        assert (line.entry.number, line.entry.issuer_name) == (1, "Tỉnh ủy Sơn Hà")
        assert line.entry.printed_number == "01-CV/TU"
        assert "kiểm tra hồ chứa" in line.subject
        assert line.entered_by == "Văn thư xã 1"

    def test_a_restricted_paper_is_masked_in_the_book_of_the_unit(self, committee: Committee) -> None:
        clerk = committee.unit_clerks[0]
        received(committee, "nội dung hạn chế", restricted=True, readers=(clerk.pk,))
        head = factories.person("Bí thư xã", (committee.units[0], Role.UNIT_HEAD))
        assert "nội dung hạn chế" in incoming(clerk).content.decode()
        assert "nội dung hạn chế" not in incoming(head).content.decode()

    def test_the_book_is_open_to_its_own_unit_only(self, committee: Committee) -> None:
        received(committee)
        for who in (committee.unit_clerks[1], committee.clerk, committee.monitor):
            assert incoming(who).status_code == 404
        drafter = factories.person("Chuyên viên xã", (committee.units[0], Role.DRAFTER))
        assert incoming(drafter).status_code == 404

    def test_the_printed_book_closes_with_its_statement(self, committee: Committee) -> None:
        received(committee)
        address = reverse("incoming_register_print", args=[IncomingBook.objects.get().pk])
        page = as_person(committee.unit_clerks[0]).get(address).content.decode()
        assert "Từ số 01 đến số 01, không khuyết số." in page


class TestTheShelf:
    def test_it_holds_the_books_that_the_member_may_open_and_no_others(self, committee: Committee) -> None:
        received(committee)
        clerk = as_person(committee.clerk).get(reverse("registers")).context["shelves"]
        assert [(shelf.name, len(shelf.outgoing), len(shelf.incoming)) for shelf in clerk] == [("Tỉnh ủy Sơn Hà", 1, 0)]
        unit = as_person(committee.unit_clerks[0]).get(reverse("registers")).context["shelves"]
        assert [(shelf.name, len(shelf.outgoing), len(shelf.incoming)) for shelf in unit] == [
            ("Đảng ủy xã Thử 1", 0, 1)
        ]

    def test_of_several_bodies_the_one_of_the_first_post_leads_here_and_where_a_number_is_kept(
        self, committee: Committee
    ) -> None:
        received(committee)
        clerk = factories.person(
            "Văn thư hai nơi", (committee.organization, Role.CLERK), (committee.units[0], Role.CLERK)
        )
        shelves = as_person(clerk).get(reverse("registers")).context["shelves"]
        assert [shelf.name for shelf in shelves] == ["Tỉnh ủy Sơn Hà", "Đảng ủy xã Thử 1"]
        form = as_person(clerk).get(reverse("reserve_number")).context["form"]
        assert [name for _id, name in form.fields["body"].choices] == ["Tỉnh ủy Sơn Hà", "Đảng ủy xã Thử 1"]

    def test_it_is_not_offered_to_those_who_have_no_book(self, committee: Committee) -> None:
        client = as_person(committee.drafter)
        assert client.get(reverse("registers")).status_code == 403
        assert reverse("registers") not in client.get(reverse("my_work")).content.decode()
        assert reverse("registers") in as_person(committee.clerk).get(reverse("my_work")).content.decode()


class TestActsInTheBook:
    def test_the_clerk_keeps_a_number_and_voids_it_again(self, committee: Committee) -> None:
        client, until = as_person(committee.clerk), committee.clock.today() + timedelta(days=3)
        facts = {"body": str(committee.organization.pk), "type": "CV", "reserved_for": "Giấy mời họp"}
        answer = press(client, reverse("reserve_number"), **facts, until=f"{until:%d/%m/%Y}")
        entry = RegisterEntry.objects.get()
        assert answer["Location"] == reverse("outgoing_register", args=[entry.series_id])
        page = client.get(answer["Location"]).content.decode()
        void = reverse("void_reserved", args=[entry.pk])
        assert "Giấy mời họp" in page
        assert void in page
        press(client, void, decided_by="Đ/c Chánh", reason="Hoãn họp")
        entry.refresh_from_db()
        assert entry.state == EntryState.VOID
        assert void not in client.get(answer["Location"]).content.decode()

    def test_a_form_that_is_sent_twice_takes_one_number(self, committee: Committee) -> None:
        client, key = as_person(committee.clerk), str(uuid4())
        facts = {"key": key, "body": str(committee.organization.pk), "type": "CV"}
        first = client.post(reverse("secret_number"), facts)
        second = client.post(reverse("secret_number"), facts)
        assert first["Location"] == second["Location"]
        entry = RegisterEntry.objects.get()
        assert f"Đã lấy số {entry};" in client.get(first["Location"]).content.decode()

    def test_the_type_of_a_secret_paper_is_chosen_and_not_taken_for_granted(self, committee: Committee) -> None:
        client, body = as_person(committee.clerk), str(committee.organization.pk)
        assert press(client, reverse("secret_number"), body=body, type="").status_code == 400
        assert not RegisterEntry.objects.exists()

    def test_a_refusal_keeps_what_was_typed(self, committee: Committee) -> None:
        yesterday = f"{committee.clock.today() - timedelta(days=1):%d/%m/%Y}"
        facts = {"body": str(committee.organization.pk), "type": "CV", "reserved_for": "Giấy mời", "until": yesterday}
        answer = press(as_person(committee.clerk), reverse("reserve_number"), **facts)
        assert answer.status_code == 409
        assert "Giấy mời" in answer.content.decode()
        assert yesterday in answer.content.decode()
        assert not RegisterEntry.objects.exists()

    def test_a_clerk_does_not_take_numbers_of_another_body(self, committee: Committee) -> None:
        other = factories.committee(committee.clock, code="tv", symbol="TV", units=1)
        facts = {"body": str(other.organization.pk), "type": "CV"}
        assert press(as_person(committee.clerk), reverse("secret_number"), **facts).status_code == 400
        assert not RegisterEntry.objects.exists()

    def test_others_neither_keep_nor_void_numbers(self, committee: Committee) -> None:
        by, clock = committee.member(committee.clerk), committee.clock
        kept = registering.reserve_number(
            committee.organization.pk, "CV", reserved_for="x", until=clock.today(), by=by, clock=clock
        )
        void = reverse("void_reserved", args=[kept.pk])
        for who, code in ((committee.monitor, 403), (committee.drafter, 404), (committee.unit_clerks[0], 404)):
            assert press(as_person(who), void, decided_by="a", reason="b").status_code == code
        assert as_person(committee.monitor).get(reverse("reserve_number")).status_code == 403
        kept.refresh_from_db()
        assert kept.state == EntryState.RESERVED


class TestTheSecretQuestion:
    def test_it_comes_before_the_draft_and_stores_nothing(self, committee: Committee) -> None:
        client = as_person(committee.drafter)
        before = (Event.objects.count(), Press.objects.count())
        page = client.get(reverse("draft_start")).content.decode()
        assert "Văn bản này có nội dung thuộc bí mật nhà nước không?" in page
        assert reverse("draft_new") in page
        assert reverse("secret_number") in page
        assert (Event.objects.count(), Press.objects.count()) == before
        assert client.post(reverse("draft_start"), {"co": "1"}).status_code == 405

    def test_the_form_is_not_shown_before_the_question_is_answered(self, committee: Committee) -> None:
        client = as_person(committee.drafter)
        assert client.get(reverse("draft_new"))["Location"] == reverse("draft_start")
        assert client.get(reverse("draft_new"), {"bi-mat": "khong"}).status_code == 200

    def test_yes_tells_a_drafter_what_to_do_and_asks_for_nothing(self, committee: Committee) -> None:
        answer = as_person(committee.drafter).get(reverse("secret_number"))
        assert answer.status_code == 200
        main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
        assert "<input" not in main
        assert "<textarea" not in main
        press(as_person(committee.drafter), reverse("secret_number"), body=str(committee.organization.pk), type="CV")
        assert not RegisterEntry.objects.exists()

    def test_yes_gives_a_clerk_a_number_and_asks_for_the_type_alone(self, committee: Committee) -> None:
        client = as_person(committee.clerk)
        form = client.get(reverse("secret_number")).context["form"]
        assert set(form.fields) == {"key", "body", "type"}
        facts = {"body": str(committee.organization.pk), "type": "CV", "subject": "điều bí mật"}
        page = client.get(press(client, reverse("secret_number"), **facts)["Location"]).content.decode()
        assert "01-CV/TU" in page
        assert SECRET_LINE in page
        assert "điều bí mật" not in page
        assert "điều bí mật" not in str(list(Event.objects.values_list("facts", flat=True)))

    def test_only_a_drafter_is_asked(self, committee: Committee) -> None:
        assert as_person(committee.monitor).get(reverse("draft_start")).status_code == 403


def test_runs_of_numbers_are_joined() -> None:
    assert in_runs([3, 7, 8, 9, 120]) == "03, 07-09, 120"
    assert in_runs([]) == ""


def test_an_empty_book_says_so(committee: Committee) -> None:
    statement = continuity.of_series(committee.first_number(5))
    assert (statement.first, statement.missing) == (None, ())
    assert statement.words == "Sổ chưa có dòng nào."
