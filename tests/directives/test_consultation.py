"""Units comment on a draft: they read this text alone, answer once, and the drafter says what was made of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from directives import consulted_pages, filestore, notices, rendering
from directives.actions import consulting, drafting, mailing, text_as_file
from directives.actions.consulting import Comments
from directives.actions.drafting import DraftFacts
from directives.beside import BESIDE, Busy, OutOfTime
from directives.document import Document
from directives.models import Consultation, Consulted, Directive, Notice, Opinion, OutboxRow, Policy, Work
from directives.page_image import png_of
from directives.rendering import Variant
from directives.uploads import checked
from directives.workflow import DirectiveState, Step, WorkState
from orgs.models import Event, Post, Role
from orgs.verdicts import Refused
from tests import factories
from tests.browsing import as_person, page, press, step
from tests.directives.upload_corpus import word
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db

FIRST = "Đảng ủy xã Thử 1"


@pytest.fixture
def committee() -> Committee:
    """A committee of today: pages read the machine's own clock."""
    return factories.committee(ClockAt(timezone.now()))


@pytest.fixture
def draft(committee: Committee) -> Directive:
    return factories.draft(committee)


@pytest.fixture
def asked(committee: Committee, draft: Directive) -> Consulted:
    """The first two units are asked for a week; what the first of them is asked."""
    consulting.consult(
        draft.pk,
        committee.units[:2],
        answer_by=committee.clock.today() + timedelta(days=7),
        asked="Đề nghị góp ý mục 2.",
        by=committee.member(committee.drafter),
        clock=committee.clock,
    )
    return Consulted.objects.get(organization=committee.units[0])


@pytest.fixture
def nothing_kept() -> Iterator[None]:
    """No print of another test is there, and none is left."""
    consulted_pages.printed_once.cache_clear()
    yield
    consulted_pages.printed_once.cache_clear()


@pytest.fixture
def unit(committee: Committee) -> Client:
    return as_person(committee.unit_clerks[0])


def at_unit(asked: Consulted) -> str:
    return reverse("consulted", args=[asked.pk])


def table(draft: Directive) -> str:
    return reverse("consultation", args=[draft.pk])


def block_of(draft: Directive, place: int) -> str:
    return str(draft.text["body"][place]["id"])


def ask(of: Committee, draft: Directive) -> Consultation:
    """Ask the first unit until today."""
    by, day = of.member(of.drafter), of.clock.today()
    return consulting.consult(draft.pk, of.units[:1], answer_by=day, asked="", by=by, clock=of.clock)


def with_file(of: Committee, draft: Directive, name: str, content: bytes, *, alone: bool = False) -> Directive:
    """Make a file the text of the draft."""
    file, by = checked(name, content), of.member(of.drafter)
    return text_as_file.put(draft.pk, file, alone=alone, version=draft.version, by=by, clock=of.clock)


def everything(notice: Notice) -> str:
    """Every word that a mail server on the way could read."""
    parts = [part for part in notices.mail_of(notice).message().walk() if not part.is_multipart()]
    return "\n".join([notices.mail_of(notice).subject, *(part.get_payload(decode=True).decode() for part in parts)])


class TestAsking:
    def test_the_drafter_asks_the_draft_s_own_recipients_by_name(self, committee: Committee, draft: Directive) -> None:
        client = as_person(committee.drafter)
        form = client.get(table(draft)).context["form"]
        assert form["units"].value() == ["Các đảng ủy xã"]
        until = f"{timezone.localdate() + timedelta(days=3):%d/%m/%Y}"
        answer = press(client, table(draft), units=["Các đảng ủy xã", FIRST], answer_by=until, asked="Mục 2.")
        assert answer.status_code == 302
        assert set(Consulted.objects.values_list("organization", flat=True)) == {unit.pk for unit in committee.units}
        assert Event.objects.get(step=consulting.CONSULT).facts["units"] == 3

    def test_a_name_nobody_knows_and_a_day_that_is_over_keep_what_was_typed(
        self, committee: Committee, draft: Directive
    ) -> None:
        client = as_person(committee.drafter)
        wrong = press(client, table(draft), units=["Xã Không Có"], answer_by="mai", asked="Đề nghị góp ý mục 2.")
        assert wrong.status_code == 400
        assert "Đề nghị góp ý mục 2." in wrong.content.decode()
        assert "Xã Không Có" in wrong.content.decode()
        over = press(client, table(draft), units=[FIRST], answer_by="01/01/2020")
        assert over.status_code == 409
        assert press(client, table(draft), units=[], answer_by="01/01/2100").status_code == 409
        assert not Consultation.objects.exists()

    def test_a_draft_is_with_the_units_once_at_a_time(self, committee: Committee, asked: Consulted) -> None:
        by, day = committee.member(committee.drafter), committee.clock.today()
        draft = asked.consultation.directive
        with pytest.raises(Refused):
            consulting.consult(draft.pk, committee.units, answer_by=day, asked="", by=by, clock=committee.clock)
        consulting.call_off(draft.pk, by=by, clock=committee.clock)
        consulting.consult(draft.pk, committee.units, answer_by=day, asked="", by=by, clock=committee.clock)
        assert Consulted.objects.count() == 5

    def test_who_may_submit_reads_first_how_many_have_answered_and_that_it_ends_then(
        self, committee: Committee, asked: Consulted
    ) -> None:
        draft = asked.consultation.directive
        shown = as_person(committee.drafter).get(page(draft)).content.decode()
        assert "00/02 đơn vị đã trả lời. Trình dự thảo thì thôi lấy ý kiến." in shown
        consulting.call_off(draft.pk, by=committee.member(committee.drafter), clock=committee.clock)
        assert "Trình dự thảo thì thôi" not in as_person(committee.drafter).get(page(draft)).content.decode()

    def test_a_restricted_draft_is_sent_to_nobody(self, committee: Committee) -> None:
        draft = factories.draft(committee, restricted=True)
        by, day = committee.member(committee.drafter), committee.clock.today()
        with pytest.raises(Refused):
            consulting.consult(draft.pk, committee.units, answer_by=day, asked="", by=by, clock=committee.clock)


class TestMail:
    """Units are told in the transaction that asks them, by the road of every mail, and of nothing that is secret."""

    def test_each_unit_gets_one_mail_that_says_who_asks_and_until_when_and_leads_to_the_draft(
        self, committee: Committee, asked: Consulted
    ) -> None:
        assert Notice.objects.filter(consulted__consultation=asked.consultation).count() == 2
        [notice] = asked.notices.all()
        words = everything(notice)
        assert notice.address == "tu-xa-1@chidao.example"
        assert "Tỉnh ủy Sơn Hà đề nghị đơn vị góp ý dự thảo văn bản" in words
        assert f"{asked.consultation.answer_by:%d/%m/%Y}" in words
        assert f"/gop-y/{asked.pk}/" in words
        assert asked.consultation.directive.subject not in words
        assert OutboxRow.objects.filter(work=Work.MAIL, object_id=notice.pk).exists()

    def test_the_subject_is_named_where_the_committee_wants_it_and_never_of_a_draft_that_was_restricted_meanwhile(
        self, committee: Committee, asked: Consulted
    ) -> None:
        Policy.objects.create(organization=committee.organization, subject_in_mail=True)
        draft = asked.consultation.directive
        assert "tăng cường kiểm tra hồ chứa" in everything(asked.notices.get())
        Directive.objects.filter(pk=draft.pk).update(restricted=True)
        assert "tăng cường kiểm tra hồ chứa" not in everything(Notice.objects.get(consulted=asked))

    def test_nobody_is_told_of_what_is_asked_no_more(self, committee: Committee, asked: Consulted) -> None:
        draft, rows = asked.consultation.directive, OutboxRow.objects.filter(work=Work.MAIL)
        consulting.call_off(draft.pk, by=committee.member(committee.drafter), clock=committee.clock)
        mailing.send_mails([row.pk for row in rows], clock=committee.clock)
        assert {row.state for row in rows.all()} == {WorkState.DONE}
        assert not Notice.objects.filter(handed_over_at__isnull=False).exists()

    def test_a_mail_that_did_not_arrive_stands_at_its_unit_and_the_drafter_sends_it_again(
        self, committee: Committee, asked: Consulted
    ) -> None:
        notice = asked.notices.get()
        rows = OutboxRow.objects.filter(object_id=notice.pk)
        rows.update(state=WorkState.QUARANTINED, last_error="550 5.1.1 no such mailbox")
        draft, drafter = asked.consultation.directive, as_person(committee.drafter)
        shown = drafter.get(table(draft)).content.decode()
        assert f"Thư gửi {notice.address} không đến được." in shown
        assert "Địa chỉ thư điện tử này không có ở đơn vị" in shown
        address = reverse("send_again", args=[notice.pk])
        assert press(as_person(committee.clerk), address).status_code == 404
        assert press(as_person(committee.unit_clerks[0]), address).status_code == 404
        assert press(drafter, address).url == table(draft)
        assert rows.get().state == WorkState.QUEUED
        assert press(drafter, address).status_code == 409


class TestWhatAUnitSees:
    def test_the_text_marked_as_a_draft_and_what_is_asked(self, asked: Consulted, unit: Client) -> None:
        assert at_unit(asked) in unit.get(reverse("my_work")).content.decode()
        shown = unit.get(at_unit(asked)).content.decode()
        for words in ("Dự thảo lấy ý kiến", "Đề nghị góp ý mục 2.", "Kiểm tra toàn bộ hồ chứa trên địa bàn"):
            assert words in shown
        image = unit.get(reverse("consulted_page", args=[asked.pk, 1]))
        assert image.content.startswith(b"\x89PNG")
        assert image["Cache-Control"] == "private, no-store"
        assert unit.get(reverse("consulted_page", args=[asked.pk, 99])).status_code == 404

    @pytest.mark.parametrize(("alone", "pages"), [(False, 3), (True, 2)])
    def test_of_a_text_that_is_a_pdf_the_pages_behind_the_first_page_or_alone(
        self, committee: Committee, draft: Directive, alone: bool, pages: int
    ) -> None:
        runs = [{"text": "Đề án. " * 600}]
        long = factories.letter(body=[{"kind": "paragraph", "marker": None, "runs": runs, "children": []}])
        content = rendering.render(long, variant=Variant.FINAL).pdf
        with_file(committee, draft, "de-an.pdf", content, alone=alone)
        consulted = ask(committee, draft).consulted.get()
        client = as_person(committee.unit_clerks[0])
        shown = client.get(at_unit(consulted))
        assert len(shown.context["pages"]) == pages
        images = [client.get(reverse("consulted_page", args=[consulted.pk, n + 1])).content for n in range(pages)]
        assert images[-2:] == [png_of(content, 1), png_of(content, 2)]
        assert client.get(reverse("consulted_page", args=[consulted.pk, pages + 1])).status_code == 404
        assert "Kiểm tra toàn bộ hồ chứa" in shown.content.decode()

    def test_the_page_bears_the_round_as_people_count_it_however_often_the_browser_saved(
        self, committee: Committee, draft: Directive
    ) -> None:
        by = committee.member(committee.drafter)
        for subject in ("một", "hai", "ba"):
            facts = DraftFacts(document=factories.letter(subject), authority_id=committee.authority.pk)
            draft = drafting.edit(draft.pk, facts, version=draft.version, by=by, clock=committee.clock, by_itself=True)
        assert draft.version == 4
        consulted = ask(committee, draft).consulted.get()
        shown = as_person(committee.unit_clerks[0]).get(reverse("consulted_page", args=[consulted.pk, 1])).content
        document = consulted.consultation.document
        assert shown == png_of(rendering.for_the_screen(document, 2), 1)
        assert shown != png_of(rendering.for_the_screen(document, 4), 1)

    def test_a_word_file_is_saved_and_has_no_pages(self, committee: Committee, draft: Directive) -> None:
        content = word()
        with_file(committee, draft, "de-an.docx", content)
        consulted = ask(committee, draft).consulted.get()
        client, address = as_person(committee.unit_clerks[0]), reverse("consulted_file", args=[consulted.pk])
        shown = client.get(at_unit(consulted))
        assert len(shown.context["pages"]) == 0
        assert client.get(reverse("consulted_page", args=[consulted.pk, 1])).status_code == 404
        assert address in shown.content.decode()
        saved = client.get(address)
        assert saved.content == content
        assert "attachment" in saved["Content-Disposition"]
        assert "de-an.docx" in saved["Content-Disposition"]
        assert as_person(committee.unit_clerks[1]).get(address).status_code == 404

    def test_the_file_stays_the_one_that_was_sent(self, committee: Committee, draft: Directive) -> None:
        content = word()
        changed = with_file(committee, draft, "de-an.docx", content)
        consulted = ask(committee, draft).consulted.get()
        with_file(committee, changed, "khac.docx", word(word__more_dot_xml="<a/>"))
        address = reverse("consulted_file", args=[consulted.pk])
        assert as_person(committee.unit_clerks[0]).get(address).content == content

    def test_a_text_that_is_written_here_is_no_file(self, asked: Consulted, unit: Client) -> None:
        assert unit.get(reverse("consulted_file", args=[asked.pk])).status_code == 404

    def test_a_file_that_is_damaged_is_not_shown(self, committee: Committee, draft: Directive) -> None:
        content = rendering.render(factories.letter(), variant=Variant.FINAL).pdf
        file = with_file(committee, draft, "de-an.pdf", content, alone=True).text_file
        consulted = ask(committee, draft).consulted.get()
        filestore.path_of(file.sha256).chmod(0o600)
        filestore.path_of(file.sha256).write_bytes(b"%PDF-")
        client = as_person(committee.unit_clerks[0])
        assert client.get(reverse("consulted_page", args=[consulted.pk, 1])).status_code == 404
        assert client.get(reverse("consulted_file", args=[consulted.pk])).status_code == 404

    @pytest.mark.usefixtures("nothing_kept")
    def test_it_is_printed_once_for_all_its_pages(
        self, committee: Committee, asked: Consulted, unit: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        printed: list[Document] = []

        def note(document: Document, draft_number: int) -> bytes:
            printed.append(document)
            return rendering.render(document).pdf

        monkeypatch.setattr(rendering, "for_the_screen", note)
        assert list(unit.get(at_unit(asked)).context["pages"]) == [1]
        assert unit.get(reverse("consulted_page", args=[asked.pk, 1])).status_code == 200
        assert printed == [asked.consultation.document]

    @pytest.mark.usefixtures("nothing_kept")
    @pytest.mark.parametrize(
        ("fault", "status", "said"),
        [(OutOfTime, 404, "Dự thảo này quá dài để xem từng trang"), (Busy, 503, "Các trang đang được tạo")],
    )
    def test_of_a_large_text_that_is_not_printed_the_words_can_be_read(
        self,
        asked: Consulted,
        unit: Client,
        fault: type[Exception],
        status: int,
        said: str,
        settings: Settings,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def refuse(*what: object, **limits: int) -> bytes:
            raise fault

        settings.PREVIEW_BLOCKS = 0
        monkeypatch.setattr(BESIDE, "do", refuse)
        shown = unit.get(at_unit(asked)).content.decode()
        assert said in shown
        assert "Kiểm tra toàn bộ hồ chứa trên địa bàn" in shown
        assert unit.get(reverse("consulted_page", args=[asked.pk, 1])).status_code == status

    def test_the_text_stays_the_one_that_was_sent_while_the_draft_goes_on(
        self, committee: Committee, asked: Consulted, unit: Client
    ) -> None:
        draft = asked.consultation.directive
        facts = DraftFacts(document=factories.letter("một việc mới"), authority_id=committee.authority.pk)
        drafting.edit(draft.pk, facts, version=1, by=committee.member(committee.drafter), clock=committee.clock)
        shown = unit.get(at_unit(asked)).content.decode()
        assert "một việc mới" not in shown
        assert "tăng cường kiểm tra hồ chứa" in shown

    def test_no_other_right_comes_with_it(self, committee: Committee, asked: Consulted, unit: Client) -> None:
        draft = asked.consultation.directive
        member = committee.member(committee.unit_clerks[0])
        assert not Directive.objects.visible_to(member).exists()
        routes = ("directive", "rounds", "opinions", "word", "edit", "consultation", "submission_slip")
        assert {unit.get(reverse(route, args=[draft.pk])).status_code for route in routes} == {404}
        found = unit.get(reverse("find"), {"q": "kiểm tra toàn bộ"}).content.decode()
        assert str(draft.pk) not in found
        assert draft.subject not in found

    def test_a_unit_that_is_not_asked_and_a_person_without_the_post_see_nothing(
        self, committee: Committee, asked: Consulted
    ) -> None:
        officer = factories.person("Cán bộ xã", (committee.units[0], Role.OFFICER))
        for who in (committee.unit_clerks[1], committee.unit_clerks[2], officer, committee.drafter):
            assert as_person(who).get(at_unit(asked)).status_code == 404

    @pytest.mark.parametrize("end", ["submitted", "called off", "restricted", "post ended"])
    def test_it_ends(self, committee: Committee, asked: Consulted, unit: Client, end: str) -> None:
        draft, by, clock = asked.consultation.directive, committee.member(committee.drafter), committee.clock
        if end == "submitted":
            drafting.submit(draft.pk, by=by, clock=clock)
        elif end == "called off":
            assert press(as_person(committee.drafter), reverse("end_consultation", args=[draft.pk])).status_code == 302
        elif end == "restricted":
            facts = DraftFacts(document=factories.letter(), authority_id=committee.authority.pk, restricted=True)
            drafting.edit(draft.pk, facts, version=1, by=by, clock=clock)
        else:
            Post.objects.filter(person=committee.unit_clerks[0]).update(ends_on=clock.today() - timedelta(days=1))
        assert unit.get(at_unit(asked)).status_code == 404
        assert unit.get(reverse("consulted_page", args=[asked.pk, 1])).status_code == 404
        assert unit.get(reverse("consulted_file", args=[asked.pk])).status_code == 404
        assert at_unit(asked) not in unit.get(reverse("my_work")).content.decode()
        member = committee.member(committee.unit_clerks[0])
        with pytest.raises(Refused):
            consulting.comment(asked.pk, Comments(agrees=True, passages={}), by=member, clock=clock)

    def test_what_was_pulled_back_is_not_open_to_the_units_again(
        self, committee: Committee, asked: Consulted, unit: Client
    ) -> None:
        draft, by = asked.consultation.directive, committee.member(committee.drafter)
        drafting.submit(draft.pk, by=by, clock=committee.clock)
        drafting.pull_back(draft.pk, by=by, clock=committee.clock)
        assert unit.get(at_unit(asked)).status_code == 404


class TestAnswering:
    def test_comments_on_passages_come_to_the_drafter_who_says_what_was_made_of_each(
        self, committee: Committee, asked: Consulted, unit: Client
    ) -> None:
        draft = asked.consultation.directive
        answer = {"agrees": "co-y-kien", "whole": "Cần rõ kinh phí.", f"doan_{block_of(draft, 1)}": "Thêm thời hạn."}
        assert press(unit, at_unit(asked), **answer).status_code == 302
        assert "Thêm thời hạn." in unit.get(at_unit(asked)).content.decode()
        drafter = as_person(committee.drafter)
        shown = drafter.get(table(draft)).content.decode()
        for words in (FIRST, "Cần rõ kinh phí.", "Thêm thời hạn.", "Kiểm tra toàn bộ hồ chứa", "Văn thư xã 1"):
            assert words in shown
        whole, passage = Opinion.objects.order_by("block")
        address = reverse("answer_opinion", args=[draft.pk, passage.pk])
        assert press(drafter, address, answer="Đã bổ sung.").status_code == 400
        assert press(drafter, address, taken_over="0").status_code == 409
        assert press(drafter, address, taken_over="0", answer="Thời hạn do cấp trên định.").status_code == 302
        other = reverse("answer_opinion", args=[draft.pk, whole.pk])
        assert press(drafter, other, taken_over="1").status_code == 302
        shown = drafter.get(table(draft)).content.decode()
        assert "Không tiếp thu" in shown
        assert "Thời hạn do cấp trên định." in shown
        assert "Đã tiếp thu." in shown

    def test_agreement_needs_no_words_and_comments_do(self, asked: Consulted, unit: Client) -> None:
        assert press(unit, at_unit(asked)).status_code == 400
        assert press(unit, at_unit(asked), agrees="co-y-kien").status_code == 409
        assert press(unit, at_unit(asked), agrees="nhat-tri").status_code == 302
        assert press(unit, at_unit(asked), agrees="nhat-tri").status_code == 409
        assert Event.objects.filter(step=consulting.COMMENTED).count() == 1

    def test_what_is_typed_stays_after_an_error(self, asked: Consulted, unit: Client) -> None:
        block = block_of(asked.consultation.directive, 0)
        wrong = press(unit, at_unit(asked), **{f"doan_{block}": "Nên nêu căn cứ."})
        assert wrong.status_code == 400
        assert "Nên nêu căn cứ." in wrong.content.decode()

    def test_who_is_late_is_said(self, committee: Committee, asked: Consulted, unit: Client) -> None:
        draft = asked.consultation.directive
        Consultation.objects.update(answer_by=timezone.localdate() - timedelta(days=2))
        assert "quá hạn" in unit.get(at_unit(asked)).content.decode()
        press(unit, at_unit(asked), agrees="nhat-tri")
        rows = as_person(committee.drafter).get(table(draft)).context["asked"][0].rows
        assert [(row.unit, row.late, row.status.word) for row in rows] == [
            (FIRST, True, "Nhất trí"),
            ("Đảng ủy xã Thử 2", True, "Chưa trả lời"),
        ]

    def test_a_unit_reads_no_other_unit_s_answer(self, committee: Committee, asked: Consulted, unit: Client) -> None:
        other = Consulted.objects.get(organization=committee.units[1])
        press(as_person(committee.unit_clerks[1]), at_unit(other), agrees="co-y-kien", whole="Riêng xã Hai.")
        assert "Riêng xã Hai." not in unit.get(at_unit(asked)).content.decode()

    def test_the_table_stays_with_the_paper_and_the_slip_counts_it(
        self, committee: Committee, asked: Consulted, unit: Client
    ) -> None:
        draft = asked.consultation.directive
        press(unit, at_unit(asked), agrees="nhat-tri")
        drafting.submit(draft.pk, by=committee.member(committee.drafter), clock=committee.clock)
        assert Directive.objects.get(pk=draft.pk).state == DirectiveState.SUBMITTED
        signer = as_person(committee.signer)
        assert table(draft) in signer.get(page(draft)).content.decode()
        assert FIRST in signer.get(table(draft)).content.decode()
        assert signer.get(reverse("submission_slip", args=[draft.pk])).status_code == 200
        assert press(as_person(committee.drafter), step(draft, Step.PULL_BACK)).status_code == 302
