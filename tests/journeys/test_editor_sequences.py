"""Whatever somebody does in the editor, ids and what was noted on items stay with their items, and nothing is lost."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directives.editor_html import read_html, write_html
from directives.flat_blocks import flattened
from tests.journeys.draft_desk import TEXT_BOX, DraftDesk

PLAY = (Path(__file__).parent / "edit_sequences.js").read_text(encoding="utf-8").partition("\n")[2]
FACTS = ("follow", "task", "units", "targets", "deadline", "timing", "product", "receiver", "monitor")
NOTED = {
    "follow": "task",
    "task": True,
    "units": ["Sở Y tế"],
    "targets": [{"organization": "syt", "role": "lead"}],
    "deadline": "2026-12-01",
    "product": "Kế hoạch",
    "receiver": "Thường trực Huyện ủy",
    "monitor": "dung",
}
Row = dict[str, Any]


def block(own_id: str, level: int, marker: str | None, words: str, **facts: Any) -> Row:
    kind = "item" if marker else "paragraph"
    attrs = {"id": own_id, "kind": kind, "level": level, "marker": marker, **facts}
    return {"type": "block", "attrs": attrs, "content": [{"type": "text", "text": words}]}


def table(own_id: str, level: int, *rows: tuple[str, dict[str, Any]]) -> Row:
    """A table of two columns whose first row is its head; the words of a row are apart by a bar."""
    return {
        "type": "table",
        "attrs": {"id": own_id, "level": level, "head": 1},
        "content": [
            {
                "type": "tableRow",
                "attrs": {"id": f"{own_id}{place}", **facts},
                "content": [
                    {"type": "tableCell", "content": [{"type": "text", "text": cell}]} for cell in words.split("|")
                ],
            }
            for place, (words, facts) in enumerate(rows)
        ],
    }


TEXT = [
    block("a0", 0, None, "Mở đầu"),
    block("a1", 0, "1.", "Rà soát", **NOTED),
    block("a2", 1, "-", "hồ chứa"),
    block("a3", 1, "-", "đê điều", follow="each"),
    table("t", 1, ("TT|Việc", {}), ("1|Đê", NOTED), ("2|Cống", {"follow": "each", "deadline": "2026-11-30"})),
    block("a4", 0, "2.", "Báo cáo", deadline="2026-12-01T07:30", follow="each"),
    block("a5", 0, "4.", "Trực ban"),
    block("a6", 1, None, "Câu tiếp"),
    block("a7", 0, None, "Hết"),
    table("u", 0, ("Xã|Số", {}), ("A|5", {})),
]
IN_TABLES = (
    *("rowAbove", "rowBelow", "rowUp", "rowDown", "rowOut"),
    *("columnBefore", "columnAfter", "columnOut", "head", "tableOut", "beneath"),
)
NAMES = (
    *("split", "continue", "joinBefore", "joinAfter", "deeper", "back", "up", "down", "delete", "type", "undo"),
    *("table", *IN_TABLES),
)
NEW_ROWS = 3
WORDS = st.sampled_from(["thêm ", "1. ", "- ", "a) ", "x"])
EDITS = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 12), st.integers(0, 12), WORDS), max_size=8)


def by_id(rows: list[Row]) -> dict[str, Row]:
    return {row["id"]: row for row in rows}


def with_rows(rows: list[Row]) -> list[Row]:
    """The blocks, and the rows of each table behind it."""
    return [each for row in rows for each in (row, *(row["rows"] or ()))]


def facts_of(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in FACTS}


def words_of(rows: list[Row]) -> str:
    return "".join(row["text"] for row in rows)


@settings(
    max_examples=1000 if os.environ.get("LONG") == "1" else 40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(edits=EDITS)
def test_any_row_of_edits_keeps_ids_facts_words_and_levels_in_order(desk: DraftDesk, edits: list[Any]) -> None:
    if desk.page.url == "about:blank":
        desk.open()
    box = desk.page.locator(TEXT_BOX).element_handle()
    states = desk.page.evaluate(PLAY, [box, TEXT, edits])
    for before, after in pairwise(states):
        rows_are_in_order(after["rows"])
        facts_stay_with_their_ids(before["rows"], after)
        the_step_did_what_it_says(before["rows"], after)
    for state in states:
        html_goes_round(state)


def rows_are_in_order(rows: list[Row]) -> None:
    assert rows
    everything = with_rows(rows)
    assert all(row["id"] for row in everything)
    assert len(by_id(everything)) == len(everything)
    deepest = 0
    for row in rows:
        assert 0 <= row["level"] <= deepest
        deepest = row["level"] + (row["rows"] is None)
        if row["rows"] is not None:
            assert 0 <= row["head"] <= len(row["rows"])
            assert len({len(each["cells"]) for each in row["rows"]}) == 1


def facts_stay_with_their_ids(before: list[Row], after: dict[str, Any]) -> None:
    if after["name"] == "undo":
        return
    known = by_id(with_rows(before))
    for row in with_rows(after["rows"]):
        nothing = {**dict.fromkeys(FACTS), "task": False, "units": [], "targets": []}
        assert facts_of(row) == (facts_of(known[row["id"]]) if row["id"] in known else nothing)


def the_step_did_what_it_says(before: list[Row], after: dict[str, Any]) -> None:
    name, place, rows = after["name"], after["place"], after["rows"]
    ids, own = [row["id"] for row in rows], before[place]["id"] if place < len(before) else None
    if name in IN_TABLES:
        the_table_is_shaped(before, after)
        return
    if name in {"split", "continue"} and len(rows) > len(before):
        # The words that were there keep the id: the head, or all of them where nothing stands before the cut.
        kept = by_id(rows)[own]
        assert (
            before[place]["text"].startswith(kept["text"]) if after["offset"] else kept["text"] == before[place]["text"]
        )
        assert set(by_id(before)) <= set(ids)
    if name in {"up", "down", "deeper", "back"}:
        assert sorted(ids) == sorted(row["id"] for row in before)
        assert sorted(row["text"] for row in rows) == sorted(row["text"] for row in before) or before[place]["rows"]
    if name in {"joinBefore", "joinAfter", "split", "continue"}:
        assert words_of(rows) == words_of(before)
    if name == "joinBefore" and len(rows) < len(before) and before[place - 1]["text"]:
        assert before[place - 1]["id"] in ids
        assert own not in ids
    if name == "joinAfter" and len(rows) < len(before) and before[place]["text"]:
        assert own in ids
    if name == "delete" and len(rows) < len(before):
        assert set(ids) < {row["id"] for row in before}
    if name == "table" and before[place]["rows"] is None:
        made = [row for row in rows if row["id"] not in by_id(before) and row["rows"] is not None]
        assert [(row["head"], len(row["rows"])) for row in made] == [(1, NEW_ROWS)]
        assert words_of(rows) == words_of(before)


def the_table_is_shaped(before: list[Row], after: dict[str, Any]) -> None:
    """What is done within a table changes no other block, no marker, and no row but the one that it is done to."""
    name, rows = after["name"], by_id(after["rows"])
    shaped = before[after["place"]]
    for row in before:
        if row is not shaped:
            assert {**rows[row["id"]], "level": None} == {**row, "level": None}
    if shaped["id"] not in rows:
        assert name in {"tableOut", "rowOut", "columnOut"}
        return
    old, new = shaped["rows"], rows[shaped["id"]]["rows"]
    kept = [row for row in new if row["id"] in by_id(old)]
    change = {"rowAbove": 1, "rowBelow": 1, "rowOut": -1}.get(name, 0)
    assert len(new) == len(old) + change
    assert len(kept) == min(len(new), len(old))
    if name in {"rowUp", "rowDown"}:
        assert by_id(new) == by_id(old)
        assert [row["id"] for row in new[: shaped["head"]]] == [row["id"] for row in old[: shaped["head"]]] or (
            shaped["head"] > 1
        )
    elif name.startswith("column"):
        assert [row["id"] for row in new] == [row["id"] for row in old]
    else:
        assert kept == [row for row in old if row["id"] in by_id(new)]
    if name in {"rowAbove", "rowBelow", "columnBefore", "columnAfter"}:
        assert "".join(map(words_in, new)) == "".join(map(words_in, old))


def words_in(row: Row) -> str:
    return "".join(row["cells"])


def html_goes_round(state: dict[str, Any]) -> None:
    body = read_html(state["html"])
    assert read_html(write_html(body)) == body
    flat = list(flattened(body))
    assert [
        (each.block.id, each.level, each.block.marker, each.block.deadline, len(each.block.targets)) for each in flat
    ] == [(row["id"], row["level"], row.get("marker"), row["deadline"], len(row["targets"])) for row in state["rows"]]
    for each, row in zip(flat, state["rows"], strict=True):
        if row["rows"] is None:
            assert each.block.text == row["text"]
        else:
            assert each.block.head_rows == row["head"]
            assert [
                (known.id, known.deadline, len(known.targets), [cell.text for cell in known.cells])
                for known in each.block.children
            ] == [(known["id"], known["deadline"], len(known["targets"]), known["cells"]) for known in row["rows"]]
