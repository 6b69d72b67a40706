"""What the editor asks for while somebody types: rounds that gather, conflicts, who else has the draft open, aids."""

from __future__ import annotations

import dataclasses
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directives.actions import approving, consulting, drafting, drafting_together
from directives.actions.drafting import DraftFacts
from directives.actions.drafting_together import SILENT
from directives.document import Subject
from directives.draft_preview import Preview
from directives.forms.draft import DraftForm
from directives.models import Directive
from directives.workflow import DirectiveState, Step
from orgs.models import Event, Role
from tests import factories
from tests.browsing import as_person
from tests.directives.documents import item, letter
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Committee:
    return factories.committee(ClockAt(timezone.now()))


@pytest.fixture
def draft(committee: Committee) -> Directive:
    return factories.draft(committee)


@pytest.fixture
def client(committee: Committee) -> Client:
    return as_person(committee.drafter)


def saved(committee: Committee, draft: Directive, subject: str, *, by_itself: bool = True) -> Directive:
    """The draft with another subject, saved by its drafter."""
    draft = Directive.objects.select_related("issuer").get(pk=draft.pk)
    written = dataclasses.replace(draft.under_head_of(committee.clock.today()), subject=Subject("Về", subject))
    facts = DraftFacts(document=written, authority_id=committee.authority.pk)
    version = draft.version
    member = committee.member(committee.drafter)
    return drafting.edit(draft.pk, facts, version=version, by=member, clock=committee.clock, by_itself=by_itself)


def rounds(draft: Directive) -> list[int]:
    return list(draft.drafts.values_list("version", flat=True))


def fields(draft: Directive, **changes: Any) -> dict[str, Any]:
    """What the editor's form sends."""
    draft.refresh_from_db()
    return {**DraftForm.initial_of(draft, timezone.localdate()), "key": str(uuid4()), **changes}


class TestRounds:
    def test_what_saves_by_itself_is_one_round_and_one_event_for_a_while(
        self, committee: Committee, draft: Directive
    ) -> None:
        for subject in ("một", "hai", "ba"):
            saved(committee, draft, subject)
        assert rounds(draft) == [1, 4]
        assert Event.objects.about(draft).filter(step=Step.EDIT).count() == 1
        committee.clock.moment += timedelta(minutes=11)
        saved(committee, draft, "bốn")
        assert rounds(draft) == [1, 4, 5]

    def test_a_save_that_brings_nothing_new_makes_no_round(self, committee: Committee, draft: Directive) -> None:
        saved(committee, draft, "một")
        assert saved(committee, draft, "một").version == 2
        assert rounds(draft) == [1, 2]

    def test_a_round_that_was_saved_by_hand_is_never_written_over(self, committee: Committee, draft: Directive) -> None:
        saved(committee, draft, "một", by_itself=False)
        saved(committee, draft, "hai")
        assert rounds(draft) == [1, 2, 3]

    def test_the_round_that_was_submitted_is_never_written_over(self, committee: Committee, draft: Directive) -> None:
        saved(committee, draft, "một")
        drafting.submit(draft.pk, by=committee.member(committee.drafter), clock=committee.clock)
        committee.clock.moment += timedelta(seconds=1)
        approving.return_for_repair(
            draft.pk, reason="Sửa.", by=committee.member(committee.signer), clock=committee.clock
        )
        saved(committee, draft, "hai")
        assert rounds(draft) == [1, 2, 3]

    def test_the_round_that_was_sent_to_units_is_never_written_over(
        self, committee: Committee, draft: Directive
    ) -> None:
        saved(committee, draft, "một")
        by, day = committee.member(committee.drafter), committee.clock.today()
        consulting.consult(draft.pk, committee.units, answer_by=day, asked="", by=by, clock=committee.clock)
        saved(committee, draft, "hai")
        saved(committee, draft, "ba")
        assert rounds(draft) == [1, 2, 4]


class TestKeeping:
    def test_the_round_of_somebody_else_is_not_written_over(self, client: Client, draft: Directive) -> None:
        opened = fields(draft)
        address = reverse("draft_keep", args=[draft.pk])
        assert client.post(address, {**opened, "subject": "một"}).json()["version"] == 2
        answer = client.post(address, {**opened, "subject": "hai"})
        assert answer.status_code == 409
        assert answer.json()["words"]
        draft.refresh_from_db()
        assert draft.subject == "một"

    def test_a_new_draft_is_begun_once_however_often_it_is_sent(self, client: Client, committee: Committee) -> None:
        body = committee.organization.pk
        new = {"key": str(uuid4()), "pair": f"{body}:{body}", "type": "CV", "subject": "một việc"}
        first, second = (client.post(reverse("draft_keep_new"), new).json() for _time in range(2))
        assert first["address"] == second["address"]
        assert first["key"] != new["key"]
        assert Directive.objects.count() == 1

    def test_a_fault_names_its_field(self, client: Client, draft: Directive) -> None:
        answer = client.post(reverse("draft_keep", args=[draft.pk]), fields(draft, subject=""))
        assert answer.status_code == 400
        assert list(answer.json()["faults"]) == ["subject"]

    def test_the_html_of_the_editor_counts_before_the_plain_box(self, client: Client, draft: Directive) -> None:
        sent = fields(draft, body_html='<p data-kind="item" data-marker="1.">Họp</p>', body="khác")
        client.post(reverse("draft_keep", args=[draft.pk]), sent)
        draft.refresh_from_db()
        [block] = draft.under_head_of(timezone.localdate()).body
        assert (block.marker, block.text) == ("1.", "Họp")
        assert block.id


class TestTogether:
    def test_other_windows_are_named_until_they_fall_silent(self, committee: Committee, draft: Directive) -> None:
        colleague = factories.person("Vũ Văn Cùng", (committee.organization, Role.DRAFTER))
        first, second = uuid4(), uuid4()
        clock = committee.clock

        def stand(window: Any, person: Any) -> list[str]:
            others = drafting_together.stand_open(draft.pk, window, by=committee.member(person), clock=clock)
            return [str(other.person) for other in others]

        assert stand(first, committee.drafter) == []
        assert stand(second, colleague) == ["Lê Thị Soạn"]
        assert stand(first, committee.drafter) == ["Vũ Văn Cùng"]
        clock.moment += SILENT + timedelta(seconds=1)
        assert stand(first, committee.drafter) == []

    def test_nobody_stands_at_a_paper_that_is_no_draft_any_more(self, client: Client, committee: Committee) -> None:
        paper = factories.directive(committee, DirectiveState.SUBMITTED)
        answer = client.post(reverse("draft_open", args=[paper.pk]), {"window": str(uuid4())})
        assert answer.status_code == 409


class TestAids:
    def test_what_a_text_names_is_told_with_its_places(self, client: Client, committee: Committee) -> None:
        text = "Đảng ủy xã Thử 2 báo cáo trước ngày 30/11/2027"
        asked = {"issuer": str(committee.organization.pk), "texts": json.dumps([text, "không"])}
        named, nothing = client.post(reverse("draft_named"), asked).json()["named"]
        [body], [deadline] = named["bodies"], named["deadlines"]
        assert text[body["start"] : body["end"]] == "Đảng ủy xã Thử 2"
        assert body["meanings"][0]["code"] == "tu-xa-2"
        assert (text[deadline["start"] : deadline["end"]], deadline["iso"]) == ("trước ngày 30/11/2027", "2027-11-30")
        assert nothing == {"bodies": [], "deadlines": []}

    def test_texts_that_are_no_list_name_nothing(self, client: Client, committee: Committee) -> None:
        for texts in ("{", '{"a":1}', "[" * 5_000):
            asked = {"issuer": str(committee.organization.pk), "texts": texts}
            assert client.post(reverse("draft_named"), asked).json() == {"named": []}

    def test_the_page_is_printed_before_there_is_a_subject(self, client: Client, draft: Directive) -> None:
        sent = {**fields(draft, subject=""), "directive": str(draft.pk), "page": "99"}
        answer = client.post(reverse("draft_preview"), sent).json()
        assert (answer["page"], answer["pages"]) == (1, 1)
        assert answer["image"].startswith("data:image/png;base64,")

    def test_the_page_of_a_block_is_found(self) -> None:
        body = (item(f"{number}.", f"Việc thứ {number}. " + "chữ " * 300, id=f"b{number}") for number in range(1, 6))
        preview = Preview(letter(*body))
        pages = [preview.page_of(f"b{number}") for number in range(1, 6)]
        assert pages[0] == 1
        assert pages[-1] > 1
        assert pages == sorted(pages)
        assert preview.page_of("nobody") == 1
