"""What units do on their pages: receive, give back, report; and what the monitor asks of them."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from directives.actions import tracking
from directives.actions.tracking import ReportFacts
from directives.models import (
    Assignment,
    Directive,
    Policy,
    Report,
)
from directives.views.my_work import ROWS
from directives.workflow import AssignmentState, DeliveryState, Step
from tests import factories
from tests.browsing import as_person, page, press
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Committee:
    """A committee of today: pages read the machine's own clock."""
    return factories.committee(ClockAt(timezone.now()))


class TestUnits:
    def test_a_unit_receives_with_one_press_and_is_told_the_incoming_number(self, committee: Committee) -> None:
        paper = factories.delivered(committee)
        delivery = paper.deliveries.get(organization=committee.units[0])
        client = as_person(committee.unit_clerks[0])
        answer = press(client, reverse("receive", args=[delivery.pk]))
        assert answer["Location"] == page(paper)
        delivery.refresh_from_db()
        assert delivery.state == DeliveryState.RECEIVED
        assert "01" in client.get(page(paper)).content.decode()

    def test_receiving_again_later_is_refused_and_gives_no_second_number(self, committee: Committee) -> None:
        paper = factories.delivered(committee)
        delivery = paper.deliveries.get(organization=committee.units[0])
        client = as_person(committee.unit_clerks[0])
        press(client, reverse("receive", args=[delivery.pk]))
        assert press(client, reverse("receive", args=[delivery.pk])).status_code == 409

    def test_what_is_not_received_yet_stands_first_in_the_inbox(self, committee: Committee) -> None:
        first, second = factories.delivered(committee), factories.delivered(committee)
        client = as_person(committee.unit_clerks[0])
        press(client, reverse("receive", args=[second.deliveries.get(organization=committee.units[0]).pk]))
        rows = client.get(reverse("inbox")).context["rows"]
        assert [row.delivery.directive_id for row in rows] == [first.pk, second.pk]

    def test_of_a_task_stands_first_who_leads_and_then_the_units_by_name(self, committee: Committee) -> None:
        led = [{"organization": f"tu-xa-{number}", "role": "coordinating"} for number in (3, 1)]
        led.append({"organization": "tu-xa-2", "role": "lead"})
        body = factories.letter().to_json()["body"]
        body[2]["targets"] = led
        paper = factories.delivered(committee, factories.letter(body=body))
        each, task = as_person(committee.clerk).get(page(paper)).context["tasks"]
        assert [cell.unit for cell in each.cells] == ["Đảng ủy xã Thử 1", "Đảng ủy xã Thử 2", "Đảng ủy xã Thử 3"]
        assert [cell.unit for cell in task.cells] == ["Đảng ủy xã Thử 2", "Đảng ủy xã Thử 1", "Đảng ủy xã Thử 3"]
        content = as_person(committee.clerk).get(page(paper)).content.decode()
        assert content.count("Mỗi đơn vị thực hiện") == 1

    def test_a_misdirected_paper_goes_back_with_its_reason_and_leaves_the_list(self, committee: Committee) -> None:
        paper = factories.delivered(committee)
        delivery = paper.deliveries.get(organization=committee.units[0])
        client = as_person(committee.unit_clerks[0])
        answer = press(client, reverse("misdirect", args=[delivery.pk]), reason="gửi nhầm xã")
        assert answer["Location"] == reverse("inbox")
        assert client.get(page(paper)).status_code == 404
        assert "gửi nhầm xã" in as_person(committee.clerk).get(page(paper)).content.decode()

    def test_one_report_answers_several_shares_even_when_the_form_is_sent_twice(self, committee: Committee) -> None:
        factories.delivered(committee)
        shares = list(Assignment.objects.filter(organization=committee.units[0]))
        assert len(shares) == 2
        facts = {
            "key": str(uuid4()),
            "shares": [str(share.pk) for share in shares],
            "dated_on": f"{timezone.localdate():%d/%m/%Y}",
            "number": "12",
            "symbol": "BC/ĐU",
            "text": "Đã kiểm tra 4 hồ chứa.",
        }
        client = as_person(committee.unit_clerks[0])
        first = client.post(reverse("report"), facts)
        second = client.post(reverse("report"), facts)
        assert first["Location"] == second["Location"] == reverse("tasks")
        assert Report.objects.get().answers.count() == 2

    def test_the_report_form_begins_with_the_chosen_share(self, committee: Committee) -> None:
        factories.delivered(committee)
        shares = Assignment.objects.filter(organization=committee.units[0])
        for chosen in shares:
            answer = as_person(committee.unit_clerks[0]).get(reverse("report"), {"phan-viec": chosen.pk})
            content = answer.content.decode()
            boxes = re.findall(r'name="shares" value="([^"]+)"[^>]*?( checked)?>', content)
            assert boxes[0] == (str(chosen.pk), " checked")
            assert [checked for _value, checked in boxes[1:]] == [""]
            assert content.index('name="shares"') < content.index('name="text"')

    def test_a_share_says_that_its_unit_has_received_the_paper(self, committee: Committee) -> None:
        paper = factories.delivered(committee)
        share = Assignment.objects.filter(organization=committee.units[0])[0]
        client, task = as_person(committee.unit_clerks[0]), reverse("task", args=[share.pk])
        before = client.get(task).context["cell"].status
        press(client, reverse("receive", args=[paper.deliveries.get(organization=committee.units[0]).pk]))
        after = client.get(task).context["cell"].status
        assert (before.word, after.word) == (str(AssignmentState.ASSIGNED.label), str(DeliveryState.RECEIVED.label))

    def test_a_report_dated_tomorrow_is_refused_with_its_text_kept(self, committee: Committee) -> None:
        factories.delivered(committee)
        share = Assignment.objects.filter(organization=committee.units[0]).first()
        assert share is not None
        tomorrow = f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}"
        client = as_person(committee.unit_clerks[0])
        answer = press(
            client, reverse("report"), shares=[str(share.pk)], dated_on=tomorrow, number="18", text="Đã làm xong."
        )
        assert answer.status_code == 400
        assert "Đã làm xong." in answer.content.decode()
        assert set(answer.context["form"].errors) == {"dated_on", "symbol"}
        assert not Report.objects.exists()

    def test_the_monitor_asks_for_more_and_the_unit_sees_what(self, committee: Committee) -> None:
        factories.delivered(committee)
        share = reported_share(committee)
        press(
            as_person(committee.monitor),
            reverse("task_step", args=[share.pk, Step.ASK_MORE]),
            words="Gửi kèm danh sách hồ",
        )
        share.refresh_from_db()
        assert share.state == AssignmentState.WORKING
        shown = as_person(committee.unit_clerks[0]).get(reverse("task", args=[share.pk])).content.decode()
        assert "Gửi kèm danh sách hồ" in shown

    def test_a_report_that_needs_confirmation_waits_on_the_monitors_page(self, committee: Committee) -> None:
        Policy.objects.create(organization=committee.organization, reports_need_confirmation=True)
        factories.delivered(committee)
        share = reported_share(committee)
        client = as_person(committee.monitor)
        assert [row.address for row in client.get(reverse("my_work")).context["waiting"]] == [
            reverse("task", args=[share.pk])
        ]
        task = reverse("task", args=[share.pk])
        assert not client.get(task).context["waits_for_issuer"]
        shown = as_person(committee.unit_clerks[0]).get(task).content.decode()
        assert "Chờ Tỉnh ủy Sơn Hà xác nhận hoàn thành." in shown
        press(client, reverse("task_step", args=[share.pk, Step.CONFIRM]))
        share.refresh_from_db()
        assert share.state == AssignmentState.DONE

    def test_the_draft_that_was_saved_last_leads_and_many_have_their_own_list(self, committee: Committee) -> None:
        client = as_person(committee.drafter)
        first, *others = [factories.draft(committee) for _draft in range(ROWS)]
        Directive.objects.filter(pk=first.pk).update(changed_at=committee.clock.now() + timedelta(hours=1))
        context = client.get(reverse("my_work")).context
        assert (context["drafts"][0].pk, len(context["drafts"]), context["more_drafts"]) == (first.pk, ROWS, False)
        factories.draft(committee)
        context = client.get(reverse("my_work")).context
        assert (len(context["drafts"]), context["more_drafts"]) == (ROWS, True)
        assert len(client.get(reverse("outgoing"), {"loc": "du-thao"}).context["rows"]) == len(others) + 2

    def test_what_waits_beyond_the_first_rows_has_its_own_list(self, committee: Committee) -> None:
        Policy.objects.create(organization=committee.organization, reports_need_confirmation=True)
        for _paper in range(ROWS + 1):
            factories.delivered(committee)
        unit, clock = committee.units[0], committee.clock
        facts = ReportFacts(dated_on=clock.today(), text="Đã làm xong.")
        shares = Assignment.objects.filter(organization=unit).values_list("pk", flat=True)
        tracking.report(list(shares), facts, by=committee.member(committee.unit_clerks[0]), clock=clock)
        client = as_person(committee.monitor)
        context = client.get(reverse("my_work")).context
        [reports] = [each for each in context["waiting_lists"] if each.more]
        assert (len(reports.rows), reports.total) == (ROWS, len(shares))
        assert len(client.get(reports.address).context["rows"]) == len(shares)


def reported_share(committee: Committee) -> Assignment:
    """A share of the first unit that the unit has reported."""
    share = Assignment.objects.filter(organization=committee.units[0]).first()
    assert share is not None
    facts = ReportFacts(dated_on=committee.clock.today(), text="Đã làm xong.")
    tracking.report([share.pk], facts, by=committee.member(committee.unit_clerks[0]), clock=committee.clock)
    return share
