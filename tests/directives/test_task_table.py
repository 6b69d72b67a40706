"""A pasted table of tasks: whom its cells mean, until when, and every fault with what may be chosen."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directives.deadline_cells import read_deadline
from directives.editor_annexes import read_full_html
from directives.editor_html import write_html
from directives.editor_paste import read_pasted
from directives.pasted_tables import annex_of, read_text_table
from orgs.models import Organization
from tests import factories
from tests.browsing import as_person
from tests.directives.documents import paragraph, row, table
from tests.factories import ClockAt, Committee

HEAD = ("TT", "Nội dung", "Chủ trì", "Phối hợp", "Sản phẩm", "Thời hạn", "Cấp nhận")
TODAY = date(2026, 11, 22)


class TestDeadlines:
    @pytest.mark.parametrize(
        ("cell", "iso", "timing"),
        [
            ("30/6/2027", "2027-06-30", None),
            ("Trước 30/6", "2027-06-30", None),
            ("15.12", "2026-12-15", None),
            ("15/6/27", "2027-06-15", None),
            ("ngày 30 tháng 6 năm 2027", "2027-06-30", None),
            ("2027-06-30", "2027-06-30", None),
            ("07 giờ 30 ngày 12/5/2027", "2027-05-12T07:30", None),
            ("Trong 10 ngày", None, "within 10 days"),
            ("Thường xuyên", None, "standing"),
            ("Hằng quý", None, "every quarter"),
            ("", None, None),
        ],
    )
    def test_a_cell_that_is_clear_asks_nobody(self, cell: str, iso: str | None, timing: str | None) -> None:
        read = read_deadline(cell, TODAY)
        assert (read.iso, read.timing, read.is_clear, read.offers) == (iso, timing, True, ())

    @pytest.mark.parametrize(
        ("cell", "offers", "impossible"),
        [
            ("31/02/2027", ("2027-02-28",), True),
            ("06/30/2027", ("2027-06-30",), True),
            ("00/13", (), True),
            ("Tháng 6/2027", ("2027-06-30",), False),
            ("tháng 3", ("2027-03-31",), False),
            ("Quý II/2027", ("2027-06-30",), False),
            ("Quý IV", ("2026-12-31",), False),
            ("Năm 2027", ("2027-12-31",), False),
            ("15/6 và 15/12/2027", ("2027-06-15", "2027-12-15"), False),
            ("Khi có yêu cầu", (), False),
        ],
    )
    def test_a_cell_that_is_not_one_day_is_offered_and_never_taken(
        self, cell: str, offers: tuple[str, ...], impossible: bool
    ) -> None:
        read = read_deadline(cell, TODAY)
        assert (read.iso, read.is_clear) == (None, False)
        assert (read.offers, read.is_impossible) == (offers, impossible)


class TestPasted:
    def test_cells_apart_by_tabs_are_a_table_and_lines_with_markers_are_not(self) -> None:
        text = 'TT\tNội dung\tChủ trì\n1\t"Rà soát\nđê"\tSở A\n2\tKhám bệnh\n'
        read = read_text_table(text)
        assert read is not None
        assert [each.text for each in read.children] == [
            "TT | Nội dung | Chủ trì",
            "1 | Rà soát đê | Sở A",
            "2 | Khám bệnh | ",
        ]
        assert read_text_table("1.\tRà soát đê\n2.\tKhám bệnh") is None
        assert read_text_table("Một câu\ncó dòng thứ hai") is None
        assert read_text_table('a\tb\tc\n"' + "x" * 200_000) is None

    def test_a_table_of_tasks_with_its_name_above_it_makes_an_annex_across(self) -> None:
        html = (
            "<p>PHỤ LỤC I</p><p><b>Nhiệm vụ quý II</b></p><p>(kèm theo Kết luận số …)</p>"
            "<table><tr><td colspan=3>Theo kết luận của Ban Thường vụ</td></tr>"
            "<tr><td>TT</td><td>Nhiệm vụ</td><td>Cơ quan chủ trì</td></tr>"
            "<tr><td>1</td><td>Rà soát đê</td><td>Sở A</td></tr><tr><td></td><td></td><td></td></tr></table>"
        )
        annex = annex_of(read_pasted(html))
        assert annex is not None
        assert (annex.title, annex.orientation) == ("Nhiệm vụ quý II\nTheo kết luận của Ban Thường vụ", "landscape")
        assert [each.text for each in annex.body[0].children][1:] == ["1 | Rà soát đê | Sở A"]
        assert annex.body[0].head_rows == 1

    def test_other_tables_and_texts_with_a_table_within_are_no_annex(self) -> None:
        tasks = table(row(*HEAD), row("1", "Việc", "Sở A", "", "", "", ""))
        assert annex_of((tasks,)) is not None
        assert annex_of((table(),)) is None
        assert annex_of(()) is None
        assert annex_of((tasks, paragraph("Câu sau"))) is None
        assert annex_of((*[paragraph("Câu")] * 5, tasks)) is None


@pytest.fixture
def committee(db: None) -> Committee:
    made = factories.committee(ClockAt(timezone.now()))
    office = factories.body("vp", "Văn phòng Tỉnh ủy", short_name="VPTU")
    factories.body("ban-td", "Ban Tuyên giáo và Dân vận Tỉnh ủy", aliases=["Ban Tuyên giáo"])
    old = factories.body("vp-cu", "Văn phòng cấp ủy huyện")
    between = factories.body("vp-giua", "Văn phòng liên cơ quan")
    today = made.clock.today()
    Organization.objects.filter(pk__in=[old.pk, between.pk]).update(ended_on=today)
    old.successors.add(between)
    between.successors.add(office)
    factories.body("lang", "Ban Quản lý làng nghề")
    Organization.objects.filter(code="lang").update(ended_on=today)
    for n in (1, 2):
        factories.body(f"trung-{n}", "Trung tâm Văn hóa")
    return made


@pytest.fixture
def client(committee: Committee) -> Client:
    return as_person(committee.drafter)


def read(client: Client, committee: Committee, *rows: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows of a table of tasks as the editor hears of them."""
    blocks = [
        row(*HEAD, id="head"),
        *(row(*cells, *[""] * (7 - len(cells)), id=f"r{n}") for n, cells in enumerate(rows)),
    ]
    facts = {"issuer": str(committee.organization.pk), "table": write_html((table(*blocks),))}
    answer = client.post(reverse("draft_task_table"), facts)
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["rows"]
    return found


def units(row: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(unit["role"], unit["target"] and unit["target"]["code"]) for unit in row["units"]]


def offers(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [offer["change"] for fault in row["faults"] for offer in fault["offers"]]


def test_a_row_in_order_is_a_task_that_waits_for_a_yes(client: Client, committee: Committee) -> None:
    cells = (
        "3.",
        "Rà soát\nđê",
        "Đảng ủy xã Thử 1",
        "ĐẢNG UỶ XÃ THỬ 2; Văn phòng Tỉnh ủy",
        "Báo cáo",
        "30/6/2027",
        "Tỉnh ủy",
    )
    [one] = read(client, committee, cells)
    assert (one["id"], one["number"], one["words"]) == ("r0", "3", "Rà soát đê")
    assert units(one) == [("lead", "tu-xa-1"), ("coordinating", "tu-xa-2"), ("coordinating", "vp")]
    assert (one["deadline"], one["product"], one["receiver"]) == ("2027-06-30", "Báo cáo", "Tỉnh ủy")
    assert one["faults"] == []


def test_names_stand_apart_and_a_name_with_an_and_in_it_stays_whole(client: Client, committee: Committee) -> None:
    [one] = read(
        client,
        committee,
        ("1", "Việc", "Ban Tuyên giáo và Dân vận Tỉnh ủy", "- Đảng ủy xã Thử 1, Đảng ủy xã Thử 2 và Đảng ủy xã Thử 3."),
    )
    assert units(one) == [
        ("lead", "ban-td"),
        ("coordinating", "tu-xa-1"),
        ("coordinating", "tu-xa-2"),
        ("coordinating", "tu-xa-3"),
    ]
    [other] = read(client, committee, ("1", "Việc", "Đảng ủy xã Thử 1\nPhối hợp: Đảng ủy xã Thử 2", "-"))
    assert units(other) == [("lead", "tu-xa-1"), ("coordinating", "tu-xa-2")]


def test_two_leads_offer_that_the_first_leads(client: Client, committee: Committee) -> None:
    [one] = read(client, committee, ("1", "Việc", "Đảng ủy xã Thử 1; Đảng ủy xã Thử 2"))
    assert offers(one) == [{"leads": 1}]


def test_an_alias_an_abbreviation_and_a_shared_name_offer_their_bodies(client: Client, committee: Committee) -> None:
    rows = read(
        client, committee, ("1", "Việc", "VPTU"), ("2", "Việc", "Ban Tuyên giáo"), ("3", "Việc", "Trung tâm Văn hóa")
    )
    assert [units(each) for each in rows] == [[("lead", None)]] * 3
    codes = [sorted(change["target"]["code"] for change in offers(each)) for each in rows]
    assert codes == [["vp"], ["ban-td"], ["trung-1", "trung-2"]]


def test_a_body_that_has_ended_offers_who_took_over(client: Client, committee: Committee) -> None:
    known, unknown = read(
        client, committee, ("1", "Việc", "Văn phòng cấp ủy huyện"), ("2", "Việc", "Ban Quản lý làng nghề")
    )
    assert [change["target"]["code"] for change in offers(known)] == ["vp"]
    assert f"{committee.clock.today():%d/%m/%Y}" in known["faults"][0]["words"]
    assert offers(unknown) == []
    assert unknown["faults"][0]["asks"] == "unit"


def test_an_unknown_unit_is_asked_for_and_may_stay_words_where_it_does_not_lead(
    client: Client, committee: Committee
) -> None:
    [one] = read(client, committee, ("1", "Việc", "Tổ giúp việc", "Các hộ dân"))
    assert [(fault["asks"], fault["unit"]) for fault in one["faults"]] == [("unit", 0), ("unit", 1)]
    assert offers(one) == [{"target": None}]


def test_no_lead_a_group_that_leads_and_a_day_that_does_not_exist_are_faults(
    client: Client, committee: Committee
) -> None:
    nobody, group, never = read(
        client,
        committee,
        ("1", "Việc", "", "Đảng ủy xã Thử 1"),
        ("2", "Việc", "Các đảng ủy xã"),
        ("3", "Việc", "Đảng ủy xã Thử 1", "", "", "31/02/2027"),
    )
    assert (nobody["faults"][0]["asks"], offers(nobody)) == ("lead", [{"follow": "guidance"}])
    assert offers(group) == [{"follow": "each"}]
    assert offers(never) == [{"deadline": "2027-02-28", "says": "28/02/2027"}, {"deadline": None, "says": ""}]
    assert never["deadline"] is None


def test_what_is_pasted_comes_back_as_an_annex_and_within_one_as_a_table(client: Client, committee: Committee) -> None:
    facts = {"text": "TT\tNội dung\tChủ trì\n1\tViệc\tSở A\n", "issuer": str(committee.organization.pk)}
    outside = client.post(reverse("draft_pasted"), facts).json()
    inside = client.post(reverse("draft_pasted"), {**facts, "in_annex": "yes"}).json()
    [annex] = read_full_html(outside["html"]).annexes
    [within] = read_full_html(inside["html"]).body
    assert [each.cells for each in annex.body[0].children] == [each.cells for each in within.children]
    # Its rows are read with it, each known by its id.
    for pasted, answer in ((annex.body[0], outside), (within, inside)):
        assert [each["id"] for each in answer["rows"]] == [pasted.children[1].id]
        assert answer["rows"][0]["words"] == "Việc"
    assert client.post(reverse("draft_pasted"), {"text": "1.\tViệc"}).json() == {"html": "", "rows": None}


def test_a_table_is_pasted_also_where_nobody_may_read_its_rows(client: Client, committee: Committee) -> None:
    answer = client.post(reverse("draft_pasted"), {"text": "TT\tNội dung\tChủ trì\n1\tViệc\tSở A\n"}).json()
    assert len(read_full_html(answer["html"]).annexes) == 1
    assert answer["rows"] is None


def test_a_table_that_is_none_of_tasks_has_no_rows(client: Client, committee: Committee) -> None:
    for given in ("", "<p>x</p>", write_html((table(),))):
        facts = {"issuer": str(committee.organization.pk), "table": given}
        assert client.post(reverse("draft_task_table"), facts).json() == {"rows": []}


def test_twenty_five_rows_are_read_at_once(client: Client, committee: Committee) -> None:
    cells = ("1", "Rà soát đê " * 20, "Đảng ủy xã Thử 1", "Đảng ủy xã Thử 2; VPTU", "Báo cáo", "30/6/2027")
    read(client, committee, cells)
    # Of this process alone: the machine may have other work.
    began = time.process_time()
    assert len(read(client, committee, *[cells] * 25)) == 25
    assert time.process_time() - began < 0.3
