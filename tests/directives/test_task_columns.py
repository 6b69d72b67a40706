"""Tables of tasks are known by their heads; their rows are tasks that go by the number in the table."""

from __future__ import annotations

import pytest

from directives.annexes import Annex
from directives.blocks import Block, BlockKind, Cell, Follow, Run
from directives.document import Document
from directives.item_places import item_places
from directives.task_columns import Column, heads_of, task_rows
from tests.directives.documents import item, letter, paragraph, row, table

HEAD = ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời hạn", "Cấp nhận")


def cell(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell((Run(text),), columns, rows)


def row_of(*cells: Cell) -> Block:
    return Block(BlockKind.ROW, cells=cells)


def places(document: Document) -> dict[str, str]:
    return {place.marker: place.words for place in item_places(document) if place.block.kind is BlockKind.ROW}


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("STT", Column.NUMBER),
        ("Số TT", Column.NUMBER),
        ("NHIỆM VỤ, GIẢI PHÁP", Column.CONTENT),
        ("Noi dung cong viec", Column.CONTENT),
        ("Đơn vị chủ trì\n(thực hiện)", Column.LEAD),
        ("Cơ quan thực hiện", Column.LEAD),
        ("Đơn vị phối hợp", Column.COORDINATING),
        ("Kết quả thực hiện", Column.PRODUCT),
        ("Thời gian hoàn thành", Column.DEADLINE),
        ("Tiến độ", Column.DEADLINE),
        ("Cấp nhận sản phẩm", Column.RECEIVING),
    ],
)
def test_a_column_is_known_by_its_head_in_any_letters(head: str, column: Column) -> None:
    usual = {Column.CONTENT: "Nội dung", Column.LEAD: "Chủ trì"}
    others = [words for kind, words in usual.items() if kind is not column]
    heads = heads_of(table(row(head, *others), row("a", "b", "c")))
    assert heads is not None
    assert heads.columns[column] == 0


def test_an_unknown_column_stays_text_and_a_table_without_leads_is_no_table_of_tasks() -> None:
    heads = heads_of(table(row(*HEAD, "Ghi chú"), row("1", *"abcdefg")))
    assert heads is not None
    assert sorted(heads.columns.values()) == list(range(7))
    assert heads_of(table(row("TT", "Nội dung", "Kinh phí"), row("1", "Đê tả", "5"))) is None
    assert heads_of(table(row("TT", "Xã"), row("1", "Nhiệm vụ chủ trì của xã"))) is None


def test_a_head_of_two_rows_and_one_that_numbers_its_columns_are_heads() -> None:
    merged = table(
        row_of(cell("TT", rows=2), cell("Nhiệm vụ", rows=2), cell("Cơ quan thực hiện", columns=2)),
        row_of(cell("Chủ trì"), cell("Phối hợp")),
        row("(1)", "(2)", "(3)", "(4)"),
        row("1", "Rà soát đê", "Sở A", "Sở B"),
    )
    apart = table(
        row("TT", "Nhiệm vụ", "Cơ quan thực hiện", ""),
        row("", "", "Chủ trì", "Phối hợp"),
        row("1", "Rà soát đê", "Sở A", "Sở B"),
    )
    for each in (merged, apart):
        [task] = task_rows(each)
        assert task.said[Column.LEAD] == "Sở A"
        assert task.said[Column.COORDINATING] == "Sở B"


def test_a_name_above_the_head_and_headings_of_groups_are_no_tasks() -> None:
    found = task_rows(
        table(
            row_of(cell("DANH MỤC NHIỆM VỤ", columns=7)),
            row(*HEAD),
            row("I", "Về kinh tế", "", "", "", "", ""),
            row("1", "Rà soát đê", "Sở A", "", "", "", ""),
            row_of(cell("II. Về xã hội", columns=7)),
            row("2.", "Khám sức khỏe", "Sở B", "", "", "", ""),
            row("3", "Việc chưa giao", "", "", "", "", ""),
            row("", "", "", "", "", "", ""),
        )
    )
    assert [(task.number, task.content) for task in found] == [
        ("1", "Rà soát đê"),
        ("2", "Khám sức khỏe"),
        ("3", "Việc chưa giao"),
    ]


def test_merged_cells_and_as_above_say_what_the_row_above_says() -> None:
    rows = task_rows(
        table(
            row("TT", "Nội dung", "Chủ trì", "Thời hạn"),
            row_of(cell("1"), cell("Rà soát đê"), cell("Sở A", rows=2), cell("30/6/2027")),
            row_of(cell("2"), cell("Rà soát cống"), cell("nt")),
            row("3", "Rà soát kè", "Như trên", "-nt-"),
            row("4", "Rà soát mốc", '"', ""),
        )
    )
    assert [task.said[Column.LEAD] for task in rows] == ["Sở A"] * 4
    assert [task.said[Column.DEADLINE] for task in rows] == ["30/6/2027"] * 3 + [""]


def test_rows_of_annexes_go_by_annex_and_number() -> None:
    tasks = table(row("TT", "Nội dung", "Chủ trì"), row("1", "Rà soát đê", "Sở A"), row("2", "Khám bệnh", "Sở B"))
    plain = table(row("Xã", "Hộ"), row("Thử 1", "5", follow=Follow.EACH))
    one = letter(annexes=(Annex("Việc", (tasks,)),))
    assert places(one)["Phụ lục, 2"] == "Khám bệnh"
    several = letter(annexes=(Annex("Việc", (tasks,)), Annex("Biểu", (item("1.", "Mục", item("a)", "Ý")), plain))))
    assert places(several)["Phụ lục I, 1"] == "Rà soát đê"
    assert places(several)["Phụ lục II, 1"] == "Thử 1 | 5"
    markers = [place.marker for place in item_places(several) if place.block.kind is BlockKind.ITEM]
    assert markers == ["Phụ lục II, 1.", "Phụ lục II, 1. a)"]
    inside = letter(paragraph("Bảng:"), item("2.", "Giao việc"), table(row("a", "b"), row("7", "Việc")))
    assert list(places(inside)) == ["1", "7"]
