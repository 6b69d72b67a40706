"""A directive as data: to and from JSON, its order of reading, its hash."""

import copy
import dataclasses
import datetime
import json
import unicodedata
from typing import Any

import pytest

from directives.document import (
    Addressee,
    Annex,
    CertifiedCopy,
    DigitalSignature,
    Document,
    DocumentError,
    Follow,
    Issuer,
    Number,
    Run,
    Signature,
    SignatureLine,
    Target,
    content_hash,
)
from tests.directives.documents import NAMES, TWINS, item, json_of, letter, paragraph, row, table, twin

RARE_PARTS: dict[str, Any] = {
    "grounds": ("Căn cứ Điều lệ Đảng", "Xét đề nghị của Văn phòng"),
    "enacting_line": "BAN THƯỜNG VỤ QUYẾT ĐỊNH",
    "co_issuers": (Issuer(None, "BAN NỘI CHÍNH", "BNCTU"),),
    "second_signature": Signature((SignatureLine("NGƯỜI GHI BIÊN BẢN", "position"),), "Lê Văn Hai"),
    "confirmation": Signature((SignatureLine("CHÁNH VĂN PHÒNG", "position"),), "Trần Thị Ba"),
    "urgency": "HỎA TỐC",
    "circulation": "LƯU HÀNH NỘI BỘ",
    "typist": "NTB",
    "copies": 45,
    "contact": "Số 1 đường Bờ Kè, phường Bạch Tùng",
    "annexes": (Annex("Danh sách", (paragraph("Một câu"), table()), "landscape"), Annex("Biểu")),
    "certified_copy": CertifiedCopy(
        form="SAO Y", issuer=Issuer(None, "VĂN PHÒNG", "VPTU"), number=Number(4, "", "BS/VPTU")
    ),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_text_goes_through_the_document_and_comes_back_equal(name: str, request: pytest.FixtureRequest) -> None:
    content = json_of(name, request)
    assert Document.from_json(content).to_json() == content


def test_what_the_drafter_notes_on_an_item_comes_back() -> None:
    noted = item(
        "1.",
        "Kiểm tra đê",
        id="a1",
        follow=Follow.TASK,
        targets=(Target("organization", "xa-bach-tung", "lead"), Target("group", "cac-xa")),
        deadline="2026-12-01T07:00",
        product="Báo cáo",
        receiving_level="Thường trực Tỉnh ủy",
        monitor="dung.tt",
    )
    standing = item("2.", "Trực ban", timing="standing")
    document = letter(
        noted,
        standing,
        addressees=(Addressee("Các xã", (Target("group", "cac-xa"),)), Addressee("Sở Y tế")),
        dissemination="Công văn này được phổ biến đến chi bộ.",
        deciding_body="Thường trực Tỉnh ủy",
        schema=1,
    )
    assert Document.from_json(json.loads(json.dumps(document.to_json()))) == document
    assert document.to_json()["addressees"] == [{"text": "Các xã", "targets": [{"group": "cac-xa"}]}, "Sở Y tế"]


def test_the_parts_that_few_papers_have_come_back() -> None:
    document = dataclasses.replace(letter(table()), **RARE_PARTS)
    assert Document.from_json(json.loads(json.dumps(document.to_json()))) == document


@pytest.mark.parametrize("part", RARE_PARTS)
def test_a_part_that_few_papers_have_is_left_out_where_it_is_missing_and_changes_the_hash(part: str) -> None:
    plain = letter(paragraph("Một câu"))
    with_it = dataclasses.replace(plain, **{part: RARE_PARTS[part]})
    assert part not in plain.to_json()
    # A certified copy is made of the approved paper; it adds nothing that the signer approves.
    assert (content_hash(with_it) == content_hash(plain)) == (part == "certified_copy")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "table", "children": []},
        {"kind": "table", "children": [paragraph("Không phải hàng").to_json()]},
        {"kind": "table", "children": [row("Một").to_json()], "head_rows": 2},
        {"kind": "paragraph", "children": [row("Một").to_json()]},
        {"kind": "row", "children": []},
        {"kind": "paragraph", "children": [], "cells": [{"runs": [{"text": "Một"}]}]},
        {"kind": "table", "children": [row("Một").to_json()], "widths": [0]},
    ],
    ids=["no row", "no rows", "more head rows", "row alone", "no cells", "cells of no row", "no width"],
)
def test_a_table_that_is_none_is_refused_with_its_place(wrong: dict[str, Any]) -> None:
    content = letter(paragraph("Một câu")).to_json()
    content["body"].append({"marker": None, "runs": [], **wrong})
    with pytest.raises(DocumentError, match=r"^body\[1\]"):
        Document.from_json(content)


def test_a_row_that_is_followed_counts_as_an_item_and_annexes_are_part_of_the_text() -> None:
    rows = (row("TT", "Nội dung"), row("1", "Rà soát đê", follow=Follow.TASK), row("2", "Số liệu nền"))
    document = dataclasses.replace(letter(item("1.", "Giao việc")), annexes=(Annex("Việc giao", (table(*rows),)),))
    assert [block.text for block in document.items()] == ["Giao việc", "1 | Rà soát đê"]
    assert document.to_text().endswith("Việc giao\nTT | Nội dung\n1 | Rà soát đê\n2 | Số liệu nền")
    named = document.with_ids()
    assert len({block.id for block, _ancestors in named.walk()} - {None}) == 5


def test_facts_that_a_block_does_not_have_are_left_out_of_its_json() -> None:
    written = paragraph("Một câu").to_json()
    assert written == {"kind": "paragraph", "marker": None, "runs": [{"text": "Một câu"}], "children": []}


def _set(value: Any, *path: str | int) -> Any:
    def change(content: Any) -> None:
        for step in path[:-1]:
            content = content[step]
        content[path[-1]] = value

    return change


def _drop(*path: str | int) -> Any:
    def change(content: Any) -> None:
        for step in path[:-1]:
            content = content[step]
        del content[path[-1]]

    return change


MISFITS = [
    ("colour", _set("red", "colour")),
    ("body[2].runs[0].bold", _set("yes", "body", 2, "runs", 0, "bold")),
    ("body[2].runs[0].colour", _set("red", "body", 2, "runs", 0, "colour")),
    ("body[2].runs[0].text", _drop("body", 2, "runs", 0, "text")),
    ("body[0].kind", _set("poem", "body", 0, "kind")),
    ("body[0].marker", _set("", "body", 0, "marker")),
    ("body[0].children", _set({}, "body", 0, "children")),
    ("body[0].follow", _set("sometimes", "body", 0, "follow")),
    ("body[0].deadline", _set("tomorrow", "body", 0, "deadline")),
    ("body[0].deadline", _set("2026-12-01 07:00", "body", 0, "deadline")),
    ("body[0].deadline", _set("0001-01-01T00:00", "body", 0, "deadline")),
    ("body[0].deadline", _set("9999-12-31T23:59-14:00", "body", 0, "deadline")),
    ("body[0].targets[0]", _set([{"role": "lead"}], "body", 0, "targets")),
    ("body[0].targets[0].role", _set([{"group": "g", "role": "boss"}], "body", 0, "targets")),
    ("type", _set("XYZ", "type")),
    ("profile", _set("HD99", "profile")),
    ("date", _set("24/11/2021", "date")),
    ("date", _set("20211124", "date")),
    ("date", _set("2021-02-30", "date")),
    ("subject", _drop("subject")),
    ("subject.text", _set(None, "subject", "text")),
    ("number.value", _set(0, "number", "value")),
    ("number.value", _set(True, "number", "value")),
    ("addressees", _set("Các xã", "addressees")),
    ("addressees[1]", _set(7, "addressees", 1)),
    ("place", _set("Bạch\u0000Tùng", "place")),
    ("place", _set("Bạch\u202eTùng", "place")),
    ("place", _set("Bạch\nTùng", "place")),
    ("signature.lines[0].role", _set("king", "signature", "lines", 0, "role")),
    ("digital_signatures[0].time", _set([{"kind": "agency", "label": "A", "time": "2021"}], "digital_signatures")),
    ("citations[0].date", _set("hôm qua", "citations", 0, "date")),
]


@pytest.mark.parametrize(
    ("where", "change"), MISFITS, ids=[f"{place} {where}" for place, (where, _) in enumerate(MISFITS)]
)
def test_a_key_that_does_not_fit_is_named(where: str, change: Any) -> None:
    content = copy.deepcopy(twin(0).to_json())
    change(content)
    with pytest.raises(DocumentError) as refused:
        Document.from_json(content)
    assert refused.value.where == where
    assert str(refused.value).startswith(f"{where}: ")


def test_a_file_that_is_no_object_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"^document: "):
        Document.from_json([])  # type: ignore[arg-type]


def test_two_blocks_with_one_id_are_refused() -> None:
    document = letter(paragraph("Một", id="a"), item("1.", "Hai", paragraph("Ba", id="a")))
    with pytest.raises(DocumentError, match="a"):
        Document.from_json(document.to_json())


def test_blocks_nested_without_end_are_refused() -> None:
    deep = item("-", "đáy")
    for _level in range(40):
        deep = item("-", "tầng", deep)
    with pytest.raises(DocumentError):
        Document.from_json(letter(deep).to_json())


def test_text_becomes_nfc_on_entry_and_keeps_its_tone_placement() -> None:
    content = twin(0).to_json()
    content["place"] = unicodedata.normalize("NFD", "Thuỷ Hoà")
    assert Document.from_json(content).place == "Thuỷ Hoà"


def test_walking_gives_every_block_with_its_ancestors() -> None:
    leaf = item("+", "lá")
    branch = item("-", "cành", leaf)
    root = item("1.", "gốc", branch)
    assert list(letter(root, paragraph("hết")).walk()) == [
        (root, ()),
        (branch, (root,)),
        (leaf, (root, branch)),
        (paragraph("hết"), ()),
    ]


def test_items_come_in_reading_order_without_paragraphs_and_headings() -> None:
    assert [block.marker for block in twin(2).items()] == ["1.", "2.", "-", "-", "-", "-", "*", "3.", "4.", "5.", "-"]


def test_every_block_gets_an_id_of_its_own_and_given_ones_stay() -> None:
    named = letter(item("1.", "a", id="kept"), item("2.", "b", item("-", "c"))).with_ids()
    ids = [block.id for block, _ancestors in named.walk()]
    assert ids[0] == "kept"
    assert None not in ids
    assert len(set(ids)) == 3
    assert named.with_ids() == named


def test_number_date_and_digital_signatures_do_not_change_the_content_hash() -> None:
    document = twin(0)
    issued = dataclasses.replace(
        document,
        number=Number(999, "a", "CV/HU"),
        date=datetime.date(2026, 6, 1),
        digital_signatures=(DigitalSignature("agency", "Huyện ủy"),),
    )
    assert content_hash(issued) == content_hash(document)


@pytest.mark.parametrize(
    "change",
    [
        {"place": "Nơi khác"},
        {"distribution": ()},
        {"addressees": (Addressee("Một nơi khác"),)},
        {"body": (paragraph("Câu khác"),)},
        {"profile": "HD05"},
        {"signature": None},
    ],
)
def test_any_other_change_changes_the_content_hash(change: dict[str, Any]) -> None:
    assert content_hash(dataclasses.replace(twin(0), **change)) != content_hash(twin(0))


def test_the_content_hash_does_not_depend_on_how_letters_are_composed() -> None:
    composed = letter(paragraph("Tỉnh ủy"))
    taken_apart = letter(paragraph(unicodedata.normalize("NFD", "Tỉnh ủy")))
    assert content_hash(taken_apart) == content_hash(composed)


def test_the_plain_text_follows_the_page() -> None:
    document = letter(
        item("1.", "Rà soát", item("-", "đê sông")),
        date=datetime.date(2026, 6, 1),
        place="Bạch Sơn",
        addressees=(Addressee("Các xã"),),
        dissemination="Phổ biến đến chi bộ.",
    )
    assert document.to_text().split("\n") == [
        "TỈNH ỦY BẠCH SƠN",
        "Số 12-CV/TU",
        "Bạch Sơn, ngày 01 tháng 6 năm 2026",
        "V/v kiểm tra đê điều",
        "Các xã",
        "1. Rà soát",
        "- đê sông",
        "Phổ biến đến chi bộ.",
    ]


def test_the_twins_are_five() -> None:
    assert len(list(TWINS.glob("*.json"))) == 5


def test_runs_keep_only_the_styles_they_have_in_json() -> None:
    assert Run("chữ", bold=True, underline=True).to_json() == {"text": "chữ", "bold": True, "underline": True}


def test_the_room_that_a_body_leaves_for_the_signature_is_frozen_with_its_head() -> None:
    body = Issuer(None, "TỈNH ỦY BẠCH SƠN", "TU", signature_blank_lines=5)
    assert body.to_json()["signature_blank_lines"] == 5
    assert Issuer.from_json(body.to_json(), "issuer") == body
    assert "signature_blank_lines" not in Issuer(None, "TỈNH ỦY BẠCH SƠN", "TU").to_json(), "old papers keep their hash"
