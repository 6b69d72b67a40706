"""Typing is never blocked: what a browser itself says of each key in a draft of 30 pages and in a table of 25 rows."""

from __future__ import annotations

from typing import NamedTuple

from directives.annexes import Annex
from directives.bench.drafting import ITEMS_ON_A_PAGE, SENTENCE
from directives.bench.figures import Times, summary
from tests import factories
from tests.directives.documents import item, row, table
from tests.factories import Committee
from tests.journeys.draft_desk import TEXT_BOX, DraftDesk, beside_the_browser

PAGES, ROWS = 30, 25
BETWEEN_KEYS_MS = 60
WORDS = "Các đảng ủy xã, phường rà soát hồ chứa, đê điều, chuẩn bị lực lượng, vật tư trước ngày 30/11/2026. "
# Generous: other work may run beside the browser. What was measured at rest stands in docs/benchmarks.md.
USUAL_AT_MOST_MS, EVER_AT_MOST_MS = 250, 1_000
# The browser reports nothing that is faster, and rounds to 8 ms.
UNREPORTED_MS = 16

WATCH = """() => {
    window.keyDelays = [];
    window.longTasks = [];
    const note = (list, value) => (entries) => list.push(...entries.getEntries().filter(value.wanted).map(value.of));
    const keys = { wanted: (entry) => entry.name === "keydown", of: (entry) => entry.duration };
    const tasks = { wanted: () => true, of: (entry) => entry.duration };
    const watch = { type: "event", durationThreshold: 16 };
    new PerformanceObserver(note(window.keyDelays, keys)).observe(watch);
    new PerformanceObserver(note(window.longTasks, tasks)).observe({ type: "longtask" });
}"""


class Trace(NamedTuple):
    """From a key to the picture that shows it, and the longest task of the page meanwhile; in milliseconds."""

    keys: Times
    worst_key: float
    longest_task: float


def typed(desk: DraftDesk) -> Trace:
    """Type some sentences where the cursor is, at the pace of somebody who types fast."""
    desk.page.wait_for_timeout(1_500)
    desk.page.evaluate(WATCH)
    desk.page.keyboard.type(WORDS * 2, delay=BETWEEN_KEYS_MS)
    desk.page.wait_for_timeout(500)
    delays, tasks = desk.page.evaluate("[window.keyDelays, window.longTasks]")
    quick = [UNREPORTED_MS] * (2 * len(WORDS) - len(delays))
    return Trace(summary([*quick, *delays]), max(delays, default=UNREPORTED_MS), max(tasks, default=0))


def check(what: str, trace: Trace) -> None:
    usual, worst, task = (round(each) for each in (trace.keys.p95, trace.worst_key, trace.longest_task))
    print(f"\n{what}: p95 {usual} ms, worst {worst} ms, longest task {task} ms")
    assert usual <= USUAL_AT_MOST_MS, trace
    assert worst <= EVER_AT_MOST_MS, trace


def test_keys_in_a_draft_of_thirty_pages_are_shown_at_once(
    drafting_office: Committee, session: str, desk: DraftDesk
) -> None:
    items = [item(f"{number}.", SENTENCE.strip()).to_json() for number in range(1, ITEMS_ON_A_PAGE * PAGES + 1)]
    paper = beside_the_browser(lambda: factories.draft(drafting_office, factories.letter(body=items)))
    desk.open(paper)
    desk.cursor_in(ITEMS_ON_A_PAGE * PAGES // 2)
    check(f"a draft of {PAGES} pages", typed(desk))
    desk.save()
    assert WORDS in desk.blocks[ITEMS_ON_A_PAGE * PAGES // 2]["text"]


def test_keys_in_a_table_of_twenty_five_rows_are_shown_at_once(
    drafting_office: Committee, session: str, desk: DraftDesk
) -> None:
    rows = [row(str(place), SENTENCE, "Đảng ủy xã Thử 1", "", "Báo cáo", "30/6/2027") for place in range(1, ROWS + 1)]
    annex = Annex("Danh mục nhiệm vụ", (table(*rows),), "landscape").to_json()
    paper = beside_the_browser(lambda: factories.draft(drafting_office, factories.letter(annexes=[annex])))
    desk.open(paper)
    desk.page.locator(f"{TEXT_BOX} td", has_text=SENTENCE[:20]).nth(ROWS // 2).click()
    check(f"a table of {ROWS} rows", typed(desk))
    desk.save()
