"""Drafting on the page: what is typed becomes the paper, and nothing typed is lost."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directives.actions import approving, drafting
from directives.actions.drafting import DraftFacts
from directives.document import BlockKind, Follow
from directives.forms.draft import DraftForm
from directives.models import Directive
from directives.workflow import DirectiveState, Step
from directives.written_lines import read_addressees, read_distribution, write_distribution
from orgs.models import Organization, Role
from tests import factories
from tests.browsing import as_person
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db

TEXT = "Mùa mưa đến sớm.\n1. Kiểm tra hồ chứa.\n2. Diễn tập ứng phó."


@pytest.fixture
def committee() -> Committee:
    """A committee of today: pages read the machine's own clock."""
    return factories.committee(ClockAt(timezone.now()))


@pytest.fixture
def client(committee: Committee) -> Client:
    return as_person(committee.drafter)


def typed(committee: Committee, **changes: Any) -> dict[str, Any]:
    """A filled form of a new draft."""
    facts = {
        "key": str(uuid4()),
        "pair": f"{committee.organization.pk}:{committee.organization.pk}",
        "type": "CV",
        "begins": "về",
        "subject": "tăng cường kiểm tra hồ chứa",
        "addressees": "Các đảng ủy xã",
        "body": TEXT,
        "distribution": "- Như trên,\n- Thường trực Tỉnh ủy (để báo cáo),\n- Lưu Văn phòng Tỉnh ủy.",
        "authority": str(committee.authority.pk),
    }
    return {**facts, **changes}


def edited(directive: Directive, committee: Committee, **changes: Any) -> dict[str, Any]:
    """A filled form of a draft that exists, as it was opened now."""
    directive.refresh_from_db()
    return typed(committee, version=directive.version, **changes)


def drafted(client: Client, committee: Committee, **changes: Any) -> Directive:
    """The draft that this form makes."""
    answer = client.post(reverse("draft_new"), typed(committee, **changes))
    assert answer.status_code == 302, answer.context["form"].errors
    return Directive.objects.get()


def boxes(client: Client, directive: Directive, **changes: Any) -> dict[str, Any]:
    """What the form of recipients and tasks would send as it is shown, with changes by the name of the field."""
    form = client.get(reverse("recipients_and_tasks", args=[directive.pk])).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    facts = {name: value for name, value in shown.items() if value not in (None, "", [])}
    return {**facts, "key": str(uuid4()), **changes}


def test_what_is_typed_becomes_the_paper(client: Client, committee: Committee) -> None:
    document = drafted(client, committee).document(timezone.localdate())
    assert document.subject.printed == "về tăng cường kiểm tra hồ chứa"
    assert [block.kind for block in document.body] == [BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ITEM]
    assert [line.printed for line in document.distribution] == [
        "Như trên",
        "Thường trực Tỉnh ủy (để báo cáo)",
        "Lưu Văn phòng Tỉnh ủy",
    ]
    assert document.distribution[0].same_as_addressees
    assert document.distribution[2].archive
    assert document.signature is not None
    assert document.signature.signer == committee.signer.full_name


def test_sending_a_new_draft_twice_makes_one(client: Client, committee: Committee) -> None:
    facts = typed(committee)
    first = client.post(reverse("draft_new"), facts)
    second = client.post(reverse("draft_new"), facts)
    assert first["Location"] == second["Location"]
    assert Directive.objects.count() == 1


def test_an_empty_subject_is_asked_for_and_the_text_stays(client: Client, committee: Committee) -> None:
    answer = client.post(reverse("draft_new"), typed(committee, subject=""))
    assert answer.status_code == 400
    assert "Diễn tập ứng phó." in answer.content.decode()
    assert not Directive.objects.exists()


def test_a_sign_that_cannot_be_printed_is_named_at_its_field(client: Client, committee: Committee) -> None:
    answer = client.post(reverse("draft_new"), typed(committee, addressees="Đảng ủy xã \u202eThử 1"))
    assert answer.status_code == 400
    assert answer.context["form"].errors["addressees"]


def test_a_body_drafts_for_the_body_above_it_and_for_no_other(client: Client, committee: Committee) -> None:
    other = factories.body("tu-khac", "Tỉnh ủy Khác")
    answer = client.post(reverse("draft_new"), typed(committee, pair=f"{other.pk}:{committee.organization.pk}"))
    assert answer.status_code == 400
    office = factories.body("vp", "Văn phòng Tỉnh ủy", superior=committee.organization)
    drafter = factories.person("Vũ Thị Văn", (office, Role.DRAFTER))
    form = as_person(drafter).get(reverse("draft_new"), {"bi-mat": "khong"}).context["form"]
    assert [value for value, _words in form.fields["pair"].choices] == [
        f"{committee.organization.pk}:{office.pk}",
        f"{office.pk}:{office.pk}",
    ]


def test_a_signer_of_another_body_is_refused_at_the_field(client: Client, committee: Committee) -> None:
    other = factories.committee(committee.clock, code="khac")
    factories.Post.objects.create(
        person=committee.drafter, organization=other.organization, role=Role.DRAFTER, starts_on=factories.LONG_AGO
    )
    answer = client.post(reverse("draft_new"), typed(committee, authority=str(other.authority.pk)))
    assert answer.status_code == 400
    assert answer.context["form"].errors["authority"]


def words_of_both(conflict: HttpResponse) -> tuple[str, str]:
    """The words that stand in the saved text alone, and those in the typed one alone."""
    shown = conflict.content.decode()
    return "".join(re.findall("<del>(.*?)</del>", shown)), "".join(re.findall("<ins>(.*?)</ins>", shown))


def test_two_windows_that_save_the_same_round_lose_nothing(client: Client, committee: Committee) -> None:
    draft = drafted(client, committee)
    address = reverse("edit", args=[draft.pk])
    opened = edited(draft, committee)
    assert client.post(address, {**opened, "body": TEXT + "\n3. Trực 24/24."}).status_code == 302
    mine = {**opened, "key": str(uuid4()), "body": TEXT + "\n3. Báo cáo hằng ngày."}
    conflict = client.post(address, mine)
    assert conflict.status_code == 409
    assert words_of_both(conflict) == ("Trực24/24", "Báocáo hằng ngày")
    mine["version"] = conflict.context["form"]["version"].value()
    assert client.post(address, mine).status_code == 302
    assert [round.version for round in draft.drafts.all()] == [1, 2, 3]


def test_a_submitted_paper_cannot_be_edited_and_the_page_says_why(client: Client, committee: Committee) -> None:
    paper = factories.directive(committee, DirectiveState.SUBMITTED)
    assert client.get(reverse("edit", args=[paper.pk])).status_code == 409
    assert client.post(reverse("edit", args=[paper.pk]), edited(paper, committee)).status_code == 409


def test_a_text_that_is_sent_after_the_session_ended_is_given_back(client: Client, committee: Committee) -> None:
    client.logout()
    answer = client.post(reverse("draft_new"), typed(committee))
    assert answer.status_code == 401
    assert "Diễn tập ứng phó." in answer.content.decode()
    assert not Directive.objects.exists()


def test_readers_are_named_only_for_a_restricted_paper(client: Client, committee: Committee) -> None:
    readers = [str(committee.head.pk)]
    open_paper = drafted(client, committee, readers=readers)
    assert not open_paper.readers.exists()
    client.post(reverse("edit", args=[open_paper.pk]), edited(open_paper, committee, readers=readers, restricted="on"))
    open_paper.refresh_from_db()
    assert open_paper.restricted
    assert [reader.person for reader in open_paper.readers.all()] == [committee.head]


class TestRecipients:
    def test_the_directory_offers_whom_a_line_means_and_saving_confirms_it(
        self, client: Client, committee: Committee
    ) -> None:
        draft = drafted(client, committee)
        assert not draft.document(timezone.localdate()).addressees[0].targets
        client.post(reverse("recipients_and_tasks", args=[draft.pk]), boxes(client, draft))
        draft.refresh_from_db()
        [target] = draft.document(timezone.localdate()).addressees[0].targets
        assert (target.kind, target.code) == ("group", "cac-xa")

    def test_an_item_is_followed_as_it_was_chosen(self, client: Client, committee: Committee) -> None:
        draft = drafted(client, committee)
        first, second = [block.id for block in draft.document(timezone.localdate()).items()]
        due = timezone.localdate() + timedelta(days=9)
        facts = {
            f"follow-{first}": "each",
            f"follow-{second}": "task",
            f"lead-{second}": ["Đảng ủy xã Thử 1"],
            f"coordinating-{second}": ["Đảng ủy xã Thử 2", "Đảng ủy xã Thử 3"],
            f"day-{second}": f"{due:%d/%m/%Y}",
            f"hour-{second}": "07:30",
            f"product-{second}": "Kế hoạch diễn tập",
        }
        answer = client.post(reverse("recipients_and_tasks", args=[draft.pk]), boxes(client, draft, **facts))
        assert answer["Location"] == reverse("directive", args=[draft.pk])
        draft.refresh_from_db()
        one, two = draft.document(timezone.localdate()).items()
        assert one.follow == Follow.EACH
        assert two.follow == Follow.TASK
        assert [(target.code, target.role) for target in two.targets] == [
            ("tu-xa-1", "lead"),
            ("tu-xa-2", "coordinating"),
            ("tu-xa-3", "coordinating"),
        ]
        assert two.deadline == f"{due.isoformat()}T07:30"
        assert two.product == "Kế hoạch diễn tập"

    def test_two_lines_with_the_same_words_keep_what_each_means(self, client: Client, committee: Committee) -> None:
        lines = [
            {"text": "Đơn vị chủ trì", "purpose": None, "targets": [{"organization": code}]}
            for code in ("tu-xa-1", "tu-xa-2")
        ]
        paper = factories.draft(committee, factories.letter(distribution=lines))
        address = reverse("recipients_and_tasks", args=[paper.pk])
        assert client.post(address, boxes(client, paper)).status_code == 302
        paper.refresh_from_db()
        kept = paper.document(timezone.localdate()).distribution
        assert [line.targets[0].code for line in kept] == ["tu-xa-1", "tu-xa-2"]

    def test_what_was_chosen_is_shown_again_and_saved_without_change(
        self, client: Client, committee: Committee
    ) -> None:
        draft = drafted(client, committee)
        second = [block.id for block in draft.document(timezone.localdate()).items()][1]
        facts = {f"follow-{second}": "task", f"lead-{second}": ["Đảng ủy xã Thử 1"], f"day-{second}": "24/12/2026"}
        client.post(reverse("recipients_and_tasks", args=[draft.pk]), boxes(client, draft, **facts))
        draft.refresh_from_db()
        before = draft.text
        again = boxes(client, draft)
        again[f"day-{second}"] = "24/12/2026"
        assert client.post(reverse("recipients_and_tasks", args=[draft.pk]), again).status_code == 302
        draft.refresh_from_db()
        assert draft.text == before

    def test_a_name_that_nobody_bears_is_named_and_everything_typed_stays(
        self, client: Client, committee: Committee
    ) -> None:
        draft = drafted(client, committee)
        first = next(block.id for block in draft.document(timezone.localdate()).items())
        facts = {f"follow-{first}": "task", f"lead-{first}": ["Đảng ủy xã Không Có"], f"product-{first}": "Báo cáo"}
        answer = client.post(reverse("recipients_and_tasks", args=[draft.pk]), boxes(client, draft, **facts))
        assert answer.status_code == 400
        assert "Đảng ủy xã Không Có" in str(answer.context["form"].errors[f"lead-{first}"])
        assert answer.context["form"][f"product-{first}"].value() == "Báo cáo"

    def test_a_name_that_two_bodies_bear_is_chosen_by_its_code(self, client: Client, committee: Committee) -> None:
        factories.body("xa-trung-ten", "Đảng ủy xã Thử 1")
        draft = drafted(client, committee, addressees="Đảng ủy xã Thử 1")
        [line] = [name for name in boxes(client, draft) if name.startswith("to-")]
        address = reverse("recipients_and_tasks", args=[draft.pk])
        assert client.post(address, boxes(client, draft, **{line: ["Đảng ủy xã Thử 1"]})).status_code == 400
        chosen = {line: ["Đảng ủy xã Thử 1 [xa-trung-ten]"]}
        assert client.post(address, boxes(client, draft, **chosen)).status_code == 302
        draft.refresh_from_db()
        assert [target.code for target in draft.document(timezone.localdate()).addressees[0].targets] == [
            "xa-trung-ten"
        ]

    def test_a_body_that_has_ended_is_not_in_the_list(self, client: Client, committee: Committee) -> None:
        Organization.objects.filter(code="tu-xa-2").update(ended_on=timezone.localdate())
        draft = drafted(client, committee)
        names = client.get(reverse("recipients_and_tasks", args=[draft.pk])).context["form"].bodies.names
        assert "Đảng ủy xã Thử 1" in names
        assert "Đảng ủy xã Thử 2" not in names

    def test_an_hour_without_its_day_is_asked_again(self, client: Client, committee: Committee) -> None:
        draft = drafted(client, committee)
        first = next(block.id for block in draft.document(timezone.localdate()).items())
        facts = boxes(client, draft, **{f"follow-{first}": "each", f"hour-{first}": "07:30"})
        answer = client.post(reverse("recipients_and_tasks", args=[draft.pk]), facts)
        assert answer.context["form"].errors[f"day-{first}"]

    def test_each_deadline_that_an_item_names_is_offered_with_what_its_boxes_would_hold(
        self, client: Client, committee: Committee
    ) -> None:
        named = (
            "1. Gửi báo cáo trước 07 giờ 30 ngày 15/01/2027.\n2. Trả lời trong 10 ngày làm việc kể từ khi nhận văn bản."
        )
        draft = drafted(client, committee, body=named)
        form = client.get(reverse("recipients_and_tasks", args=[draft.pk])).context["form"]
        empty = {"due": "", "day": "", "hour": "", "days": "", "on": ""}
        assert [[json.loads(each.boxes) for each in card.named] for card in form.item_cards] == [
            [{**empty, "day": "15/01/2027", "hour": "07:30"}],
            [{**empty, "due": "working", "days": "10"}],
        ]

    def test_boxes_filled_while_the_text_was_changed_in_another_window_are_kept(
        self, client: Client, committee: Committee
    ) -> None:
        draft = drafted(client, committee)
        first = next(block.id for block in draft.document(timezone.localdate()).items())
        filled = boxes(client, draft, **{f"follow-{first}": "each", f"product-{first}": "Báo cáo kiểm tra"})
        client.post(reverse("edit", args=[draft.pk]), edited(draft, committee, body=TEXT + "\n3. Trực 24/24."))
        answer = client.post(reverse("recipients_and_tasks", args=[draft.pk]), filled)
        assert answer.status_code == 409
        form = answer.context["form"]
        assert form[f"product-{first}"].value() == "Báo cáo kiểm tra"
        assert len(form.item_cards) == 3

    def test_what_is_missing_stands_on_the_page_until_the_paper_can_be_submitted(
        self, client: Client, committee: Committee
    ) -> None:
        draft = drafted(client, committee)
        page = reverse("directive", args=[draft.pk])
        assert client.get(page).context["next"].missing
        assert client.get(page).context["next"].primary.step == Step.EDIT
        # What is missing is mended there, not in the text.
        assert client.get(page).context["recipients_first"]
        client.post(reverse("recipients_and_tasks", args=[draft.pk]), boxes(client, draft))
        following = client.get(page).context["next"]
        assert (following.missing, following.primary.step) == ((), Step.SUBMIT)
        assert not client.get(page).context["recipients_first"]

    def test_who_reads_a_draft_sees_each_task_with_its_unit_and_its_day(self, committee: Committee) -> None:
        document = factories.letter()
        first, second, *_rest = document.items()
        dated = document.with_each_block(
            lambda block: dataclasses.replace(block, deadline="2026-12-15") if block.text == second.text else block
        )
        paper = factories.directive(committee, DirectiveState.SUBMITTED, dated)
        lines = as_person(committee.signer).get(reverse("directive", args=[paper.pk])).context["task_lines"]
        assert [line.rpartition("(")[2] for line in lines] == ["03 đơn vị)", "Đảng ủy xã Thử 1, 15/12/2026)"]
        assert first.text in lines[0]

    def test_a_draft_that_came_back_is_repaired_before_it_is_submitted_again(self, committee: Committee) -> None:
        paper = factories.directive(committee, DirectiveState.SUBMITTED)
        approving.return_for_repair(
            paper.pk, reason="Ghi rõ thời hạn", by=committee.member(committee.signer), clock=committee.clock
        )
        drafter = as_person(committee.drafter)
        following = drafter.get(reverse("directive", args=[paper.pk])).context["next"]
        assert following.primary.step == Step.EDIT
        assert Step.SUBMIT in [button.step for button in following.others]
        facts = DraftFacts(document=factories.letter("kiểm tra hồ chứa"), authority_id=committee.authority.pk)
        by = committee.member(committee.drafter)
        drafting.edit(paper.pk, facts, version=paper.version, by=by, clock=committee.clock)
        assert drafter.get(reverse("directive", args=[paper.pk])).context["next"].primary.step == Step.SUBMIT


class TestLines:
    def test_a_line_that_comes_back_keeps_whom_it_means(self) -> None:
        before = factories.letter().addressees
        assert read_addressees("- Các đảng ủy xã trực thuộc,\nSở Y tế.", before)[0] == before[0]

    def test_lines_are_read_as_they_were_written(self) -> None:
        lines = read_distribution("Sở Y tế (để biết)\nLưu VPTU", ())
        assert read_distribution(write_distribution(lines), ()) == lines
        assert (lines[0].text, lines[0].purpose) == ("Sở Y tế", "để biết")


def test_two_windows_of_which_one_changed_whom_a_line_means_are_told_so(client: Client, committee: Committee) -> None:
    draft = factories.draft(committee)
    opened = {**DraftForm.initial_of(draft, timezone.localdate()), "key": str(uuid4())}
    document = draft.document(timezone.localdate())
    nobody = tuple(dataclasses.replace(line, targets=()) for line in document.addressees)
    facts = DraftFacts.with_text(draft, dataclasses.replace(document, addressees=nobody))
    drafting.edit(draft.pk, facts, version=1, by=committee.member(committee.drafter), clock=committee.clock)
    conflict = client.post(reverse("edit", args=[draft.pk]), opened)
    assert conflict.status_code == 409
    assert "Lời văn giống nhau" in conflict.content.decode()


@pytest.mark.parametrize(
    ("typed_in", "timing"),
    [
        ({"due": "within", "days": "10"}, "within 10 days"),
        ({"due": "working", "days": "5"}, "within 5 working days"),
        ({"due": "month", "on": "25"}, "every month on 25"),
        ({"due": "week"}, "every week"),
        ({"due": "standing"}, "standing"),
    ],
)
def test_a_deadline_may_be_no_day_of_the_calendar(
    client: Client, committee: Committee, typed_in: dict[str, str], timing: str
) -> None:
    draft = factories.draft(committee)
    [first, *_others] = draft.document(timezone.localdate()).items()
    facts = {f"{name}-{first.id}": value for name, value in typed_in.items()}
    facts |= {f"receiver-{first.id}": "Thường trực Tỉnh ủy", f"monitor-{first.id}": committee.monitor.username}
    answer = client.post(reverse("recipients_and_tasks", args=[draft.pk]), boxes(client, draft, **facts))
    assert answer.status_code == 302, answer.context["form"].errors
    draft.refresh_from_db()
    [saved, *_others] = draft.document(timezone.localdate()).items()
    assert (saved.timing, saved.deadline) == (timing, None)
    assert (saved.receiving_level, saved.monitor) == ("Thường trực Tỉnh ủy", committee.monitor.username)
    assert boxes(client, draft)[f"due-{first.id}"] == typed_in["due"]


@pytest.mark.parametrize(
    ("typed_in", "field"), [({"due": "within"}, "days"), ({"due": "week", "on": "9"}, "on"), ({"hour": "07:30"}, "day")]
)
def test_a_deadline_that_lacks_its_number_is_asked_for_and_what_was_typed_stays(
    client: Client, committee: Committee, typed_in: dict[str, str], field: str
) -> None:
    draft = factories.draft(committee)
    [first, *_others] = draft.document(timezone.localdate()).items()
    facts = {f"{name}-{first.id}": value for name, value in typed_in.items()} | {f"product-{first.id}": "Kế hoạch"}
    answer = client.post(reverse("recipients_and_tasks", args=[draft.pk]), boxes(client, draft, **facts))
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [f"{field}-{first.id}"]
    assert answer.context["form"][f"product-{first.id}"].value() == "Kế hoạch"


def test_a_deadline_in_the_words_of_an_item_is_told_and_not_filled_in(client: Client, committee: Committee) -> None:
    draft = drafted(client, committee, body="1. Báo cáo kết quả trong 05 ngày làm việc kể từ ngày nhận được.")
    shown = client.get(reverse("recipients_and_tasks", args=[draft.pk]))
    assert "Văn bản nêu: Trong 05 ngày làm việc kể từ khi nhận" in shown.content.decode()
    [item] = draft.document(timezone.localdate()).items()
    assert shown.context["form"][f"due-{item.id}"].value() == ""
