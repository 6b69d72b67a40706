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


TEXT = [
    block("a0", 0, None, "Mở đầu"),
    block("a1", 0, "1.", "Rà soát", **NOTED),
    block("a2", 1, "-", "hồ chứa"),
    block("a3", 1, "-", "đê điều", follow="each"),
    block("a4", 0, "2.", "Báo cáo", deadline="2026-12-01T07:30", follow="each"),
    block("a5", 0, "4.", "Trực ban"),
    block("a6", 1, None, "Câu tiếp"),
    block("a7", 0, None, "Hết"),
]
NAMES = ("split", "continue", "joinBefore", "joinAfter", "deeper", "back", "up", "down", "delete", "type", "undo")
WORDS = st.sampled_from(["thêm ", "1. ", "- ", "a) ", "x"])
EDITS = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 12), st.integers(0, 12), WORDS), max_size=8)


def by_id(rows: list[Row]) -> dict[str, Row]:
    return {row["id"]: row for row in rows}


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
    assert all(row["id"] for row in rows)
    assert len(by_id(rows)) == len(rows)
    above = -1
    for row in rows:
        assert 0 <= row["level"] <= above + 1
        above = row["level"]


def facts_stay_with_their_ids(before: list[Row], after: dict[str, Any]) -> None:
    if after["name"] == "undo":
        return
    known = by_id(before)
    for row in after["rows"]:
        nothing = {**dict.fromkeys(FACTS), "task": False, "units": [], "targets": []}
        assert facts_of(row) == (facts_of(known[row["id"]]) if row["id"] in known else nothing)


def the_step_did_what_it_says(before: list[Row], after: dict[str, Any]) -> None:
    name, place, rows = after["name"], after["place"], after["rows"]
    ids, own = [row["id"] for row in rows], before[place]["id"] if place < len(before) else None
    if name in {"split", "continue"} and len(rows) > len(before):
        # The words that were there keep the id: the head, or all of them where nothing stands before the cut.
        kept = by_id(rows)[own]
        assert (
            before[place]["text"].startswith(kept["text"]) if after["offset"] else kept["text"] == before[place]["text"]
        )
        assert set(by_id(before)) <= set(ids)
    if name in {"up", "down", "deeper", "back"}:
        assert sorted(ids) == sorted(row["id"] for row in before)
        assert sorted(row["text"] for row in rows) == sorted(row["text"] for row in before)
    if name in {"joinBefore", "joinAfter", "split", "continue"}:
        assert words_of(rows) == words_of(before)
    if name == "joinBefore" and len(rows) < len(before) and before[place - 1]["text"]:
        assert before[place - 1]["id"] in ids
        assert own not in ids
    if name == "joinAfter" and len(rows) < len(before) and before[place]["text"]:
        assert own in ids
    if name == "delete" and len(rows) < len(before):
        assert set(ids) < {row["id"] for row in before}


def html_goes_round(state: dict[str, Any]) -> None:
    body = read_html(state["html"])
    assert read_html(write_html(body)) == body
    assert [
        (flat.block.id, flat.level, flat.block.marker, flat.block.text, flat.block.deadline, len(flat.block.targets))
        for flat in flattened(body)
    ] == [
        (row["id"], row["level"], row["marker"], row["text"], row["deadline"], len(row["targets"]))
        for row in state["rows"]
    ]
