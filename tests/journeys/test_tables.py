"""Tables in the editor: made, shaped and taken out again, by buttons and keys; what is noted on a row stays with it."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import gettext as _
from playwright.sync_api import expect

from directives.blocks import Block, BlockKind, Follow, Target
from directives.models import Directive
from tests import factories
from tests.directives.documents import paragraph, row, table
from tests.factories import Committee
from tests.journeys.draft_desk import TEXT_BOX, DraftDesk

NOTED: dict[str, Any] = {"follow": Follow.TASK, "task": True, "targets": (Target("organization", "xa-1", "lead"),)}
HEAD, FIRST, SECOND = row("TT", "Việc", id="r0"), row("1", "Đê", id="r1", **NOTED), row("2", "Cống", id="r2")
TABLE_TOOLS = "[data-table-tools]"


@pytest.fixture
def draft(drafting_office: Committee, session: str) -> Directive:
    body = (paragraph("Phân công:", id="p1"), table(HEAD, FIRST, SECOND, id="t1", widths=(1, 9)))
    return factories.draft(drafting_office, factories.letter(body=[block.to_json() for block in body]))


def press(desk: DraftDesk, name: str) -> None:
    desk.page.locator(TABLE_TOOLS).get_by_role("button", name=name, exact=True).click()


def cells(desk: DraftDesk) -> list[list[str]]:
    """The words of the first table, row by row."""
    read: list[list[str]] = desk.page.locator(f"{TEXT_BOX} table").first.evaluate(
        "table => [...table.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"
    )
    return read


def tables_on_record(desk: DraftDesk) -> list[Block]:
    return [block for block in desk.on_record() if block.kind is BlockKind.TABLE]


def test_a_table_is_made_filled_and_left_by_keys(draft: Directive, desk: DraftDesk) -> None:
    desk.open(draft)
    desk.cursor_in(0)
    desk.press("Alt+F10", "ArrowLeft", "ArrowLeft", "ArrowLeft")
    expect(desk.page.get_by_role("button", name=_("Insert a table"), exact=True)).to_be_focused()
    desk.press("Enter")
    expect(desk.page.locator(TABLE_TOOLS)).to_be_visible()
    for place in range(9):
        desk.type(f"ô {place}")
        desk.press("Tab")
    desk.type("thêm")
    desk.press("Control+Enter")
    desk.type("Dưới bảng")
    expect(desk.page.locator(TABLE_TOOLS)).to_be_hidden()
    desk.save()
    made, known = tables_on_record(desk)
    assert [each.text for each in made.children] == [
        "ô 0 | ô 1 | ô 2",
        "ô 3 | ô 4 | ô 5",
        "ô 6 | ô 7 | ô 8",
        "thêm |  | ",
    ]
    assert made.head_rows == 1
    assert len({each.id for each in (made, *made.children)}) == 5
    assert known.children == (HEAD, FIRST, SECOND)
    assert [block.text for block in desk.on_record()] == ["Phân công:", "", "Dưới bảng", ""]


def test_rows_and_columns_come_go_and_move_and_rows_keep_what_is_noted_on_them(
    draft: Directive, desk: DraftDesk
) -> None:
    desk.open(draft)
    desk.page.locator(f"{TEXT_BOX} td", has_text="Đê").click()
    press(desk, _("Move the row down"))
    press(desk, _("Add a row below"))
    desk.type("3")
    press(desk, _("Add a column on the right"))
    desk.type("ghi chú")
    desk.save()
    [shaped] = tables_on_record(desk)
    assert [each.text for each in shaped.children] == ["TT |  | Việc", "2 |  | Cống", "1 |  | Đê", "3 | ghi chú | "]
    assert [each.id for each in shaped.children[:3]] == ["r0", "r2", "r1"]
    assert shaped.children[3].id not in {"r0", "r1", "r2", None}
    assert (shaped.children[2].follow, shaped.children[2].targets) == (FIRST.follow, FIRST.targets)
    assert (shaped.widths, shaped.head_rows) == ((), 1)

    press(desk, _("Take the column out"))
    desk.press("Alt+ArrowUp", "Alt+ArrowUp", "Alt+ArrowUp")
    assert cells(desk) == [["TT", "Việc"], ["3", ""], ["2", "Cống"], ["1", "Đê"]]
    press(desk, _("The first row names the columns, on every page"))
    desk.save()
    [shaped] = tables_on_record(desk)
    assert [each.id for each in shaped.children if each.follow] == ["r1"]
    assert shaped.head_rows == 0


def test_an_assigned_row_that_is_taken_out_is_told_and_comes_back(draft: Directive, desk: DraftDesk) -> None:
    desk.open(draft)
    desk.page.locator(f"{TEXT_BOX} td", has_text="Đê").click()
    press(desk, _("Take the row out"))
    told = _("%s assigned rows were taken out. Ctrl+Z takes them back.") % 1
    expect(desk.page.locator("[data-status]")).to_have_text(told)
    desk.save()
    assert [each.id for each in tables_on_record(desk)[0].children] == ["r0", "r2"]
    desk.press("Control+z")
    desk.save()
    assert tables_on_record(desk)[0].children[1] == FIRST
    desk.press("Alt+F10")
    press(desk, _("Take the table out"))
    expect(desk.page.locator(TABLE_TOOLS)).to_be_hidden()
    expect(desk.page.locator("[data-status]")).to_have_text(told)
    desk.type(" hết")
    desk.save()
    assert [block.text for block in desk.on_record()] == ["Phân công: hết"]


def test_rows_that_a_cell_holds_together_move_as_one_and_stay_beneath_the_head(desk: DraftDesk) -> None:
    desk.open()
    held = "<tr><td rowspan=2>1</td><td>a</td></tr><tr><td>b</td></tr>"
    desk.page.locator(TEXT_BOX).evaluate(
        """({ editor }, rows) => editor.commands.setContent(`<table data-head="1"><tbody>${rows}</tbody></table>`)""",
        f"<tr><td>TT</td><td>Việc</td></tr>{held}<tr><td>2</td><td>Kè</td></tr>",
    )
    desk.page.locator(f"{TEXT_BOX} td", has_text="Kè").click()
    desk.press("Alt+ArrowUp")
    assert cells(desk) == [["TT", "Việc"], ["2", "Kè"], ["1", "a"], ["b"]]
    expect(desk.page.locator(TABLE_TOOLS).get_by_role("button", name=_("Move the row up"))).to_be_disabled()
    desk.press("Alt+ArrowUp")
    assert cells(desk)[1] == ["2", "Kè"]
    press(desk, _("Take the table out"))
    assert [(block["kind"], block["text"]) for block in desk.blocks] == [("paragraph", "")]
