"""The clerk's desk: its tabs with their counts, and mails that did not arrive."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from directives import outbox
from directives.models import Notice, OutboxRow, Work
from directives.workflow import DirectiveState, Step, WorkState
from orgs.models import Event, Person
from tests import factories
from tests.browsing import as_person, press
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Committee:
    """A committee of today: pages read the machine's own clock."""
    return factories.committee(ClockAt(timezone.now()))


def desk(person: Person, tab: str = "") -> Any:
    """The desk as this person sees it."""
    return as_person(person).get(reverse("clerk"), {"xem": tab})


def refused_mail(committee: Committee, answer: str, state: WorkState = WorkState.QUARANTINED) -> Notice:
    """A mail of an issued paper that the server answered so."""
    factories.delivered(committee)
    notice = Notice.objects.order_by("address")[0]
    Notice.objects.filter(pk=notice.pk).update(answer=answer, handed_over_at=timezone.now())
    OutboxRow.objects.filter(object_id=notice.pk).update(state=state, last_error=answer, attempts=3)
    return notice


class TestTabs:
    def test_each_paper_stands_on_the_tab_of_what_it_waits_for(self, committee: Committee) -> None:
        approved = factories.directive(committee, DirectiveState.APPROVED)
        sealed = factories.directive(committee, DirectiveState.NUMBERED)
        unsealed = factories.directive(committee, DirectiveState.NUMBERED, sealed=False)
        issued = factories.directive(committee, DirectiveState.ISSUED)
        shown = {
            tab: [str(directive.pk) for directive in desk(committee.clerk, tab).context["page"].rows]
            for tab in ("cho-cap-so", "cho-dau", "cho-phat-hanh", "da-phat-hanh")
        }
        assert shown == {
            "cho-cap-so": [str(approved.pk)],
            "cho-dau": [str(unsealed.pk)],
            "cho-phat-hanh": [str(sealed.pk)],
            "da-phat-hanh": [str(issued.pk)],
        }

    def test_the_seal_is_noted_after_the_number_and_the_paper_goes_to_the_next_tab(self, committee: Committee) -> None:
        paper = factories.directive(committee, DirectiveState.NUMBERED, sealed=False)
        client, today = as_person(committee.clerk), f"{timezone.localdate():%d/%m/%Y}"
        page = reverse("step", args=[paper.pk, Step.NOTE_SEAL])
        assert page in desk(committee.clerk, "cho-dau").content.decode()
        assert press(client, page, sealed_on="01/01/2020").status_code == 409
        assert press(client, page, sealed_on=today).status_code == 302
        assert [row.pk for row in desk(committee.clerk, "cho-phat-hanh").context["page"].rows] == [paper.pk]
        assert press(client, page, sealed_on=today).status_code == 409
        assert Event.objects.filter(step=Step.NOTE_SEAL).count() == 1

    def test_a_body_without_a_seal_issues_a_numbered_paper_at_once(self, committee: Committee) -> None:
        paper = factories.directive(committee, DirectiveState.NUMBERED, sealed=False)
        client = as_person(committee.clerk)
        following = client.get(reverse("directive", args=[paper.pk])).context["next"]
        assert following.primary.step == Step.NOTE_SEAL
        assert Step.ISSUE in [button.step for button in following.others]
        assert press(client, reverse("step", args=[paper.pk, Step.ISSUE])).status_code == 302

    def test_a_tab_says_how_many_rows_it_leads_to(self, committee: Committee) -> None:
        for _paper in range(2):
            factories.directive(committee, DirectiveState.NUMBERED)
        refused_mail(committee, "550 no such mailbox")
        counted = {tab.address: tab.count for tab in desk(committee.clerk).context["tabs"] if tab.count is not None}
        client = as_person(committee.clerk)
        assert sum(counted.values()) == 3
        for address, count in counted.items():
            assert len(client.get(address).context["page"].rows) == count, address

    def test_a_unit_sees_what_it_has_to_receive_and_receives_it_there(self, committee: Committee) -> None:
        factories.delivered(committee)
        [row] = desk(committee.unit_clerks[0], "cho-tiep-nhan").context["rows"]
        assert press(as_person(committee.unit_clerks[0]), row.address).status_code == 302
        assert desk(committee.unit_clerks[0], "cho-tiep-nhan").context["rows"] == []

    def test_whoever_is_no_clerk_has_no_desk(self, committee: Committee) -> None:
        assert desk(committee.drafter).status_code == 403


class TestMailsThatDidNotArrive:
    @pytest.mark.parametrize(
        ("answer", "words"),
        [
            ("550 5.1.1 no such mailbox", "Địa chỉ"),
            ("552 5.2.2 mailbox full", "đã đầy"),
            ("554 5.7.1 spam", "không nhận thư này"),
            ("451 try later", "đang bận"),
            ("ValueError: odd", "Quản trị hệ thống"),
        ],
    )
    def test_the_answer_of_the_server_is_said_in_plain_words(
        self, committee: Committee, answer: str, words: str
    ) -> None:
        refused_mail(committee, answer)
        page = desk(committee.clerk, "gui-khong-thanh-cong")
        assert words in page.context["failed"][0].words
        assert answer in page.content.decode()

    def test_a_mail_in_doubt_asks_the_clerk_to_ask_the_unit(self, committee: Committee) -> None:
        refused_mail(committee, "", WorkState.UNCERTAIN)
        [mail] = desk(committee.clerk, "gui-khong-thanh-cong").context["failed"]
        assert "hỏi lại đơn vị" in mail.words

    def test_the_clerk_sends_again_and_the_history_tells_who(self, committee: Committee) -> None:
        notice = refused_mail(committee, "550 no such mailbox")
        answer = press(as_person(committee.clerk), reverse("send_again", args=[notice.pk]))
        assert answer.status_code == 302
        row = OutboxRow.objects.get(object_id=notice.pk)
        assert (row.state, row.attempts) == (WorkState.QUEUED, 0)
        event = Event.objects.get(step=Step.RETRY)
        assert event.person == committee.clerk
        assert event.facts["address"] == notice.address

    def test_a_mail_that_is_under_way_is_not_sent_twice(self, committee: Committee) -> None:
        notice = refused_mail(committee, "550 no such mailbox")
        client, address = as_person(committee.clerk), reverse("send_again", args=[notice.pk])
        press(client, address)
        assert press(client, address).status_code == 409
        outbox.claim([OutboxRow.objects.get(object_id=notice.pk).pk])
        assert press(client, address).status_code == 409

    def test_only_the_clerk_of_the_issuer_sends_again(self, committee: Committee) -> None:
        notice = refused_mail(committee, "550 no such mailbox")
        address = reverse("send_again", args=[notice.pk])
        assert press(as_person(committee.monitor), address).status_code == 403
        stranger = factories.committee(committee.clock, code="tv", symbol="TV", units=1)
        assert press(as_person(stranger.clerk), address).status_code == 404
        assert OutboxRow.objects.get(work=Work.MAIL, object_id=notice.pk).state == WorkState.QUARANTINED

    def test_one_clerk_does_not_see_the_mails_of_another_committee(self, committee: Committee) -> None:
        refused_mail(committee, "550 no such mailbox")
        stranger = factories.committee(committee.clock, code="tv", symbol="TV", units=1)
        page = desk(stranger.clerk, "gui-khong-thanh-cong")
        assert page.context["failed"] == []
        assert all(not tab.count for tab in page.context["tabs"])
