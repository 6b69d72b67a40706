"""Annexes in the editor: added, ordered, turned, taken out and back; a pasted table of tasks becomes tasks by a yes."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from playwright.sync_api import expect

from directives.blocks import Block
from directives.document import Document, Follow
from directives.models import Directive
from tests.factories import LONG_AGO, Committee
from tests.journeys.draft_desk import DraftDesk, beside_the_browser

TASKS = (
    "TT\tNội dung\tChủ trì\tPhối hợp\tSản phẩm\tThời hạn\n"
    "1\tRà soát đê\tĐảng ủy xã Thử 1\tĐảng ủy xã Thử 2\tBáo cáo\t30/6/2027\n"
    "2\tRà soát cống\tĐảng ủy xã Thử 1; Đảng ủy xã Thử 3\t\tBáo cáo\t31/02/2027\n"
    "3\tRà soát kè\tTổ công tác\t\tKế hoạch\tThường xuyên\n"
    "4\tRà soát mốc\tTổ công tác\tTổ công tác\t\t\n"
)
FAULTS = "[data-faults] .task-row"
FOLLOWED = ".sheet__text tr[data-follow]"


def begun(desk: DraftDesk, office: Committee) -> None:
    """A new draft with its first sentence; the cursor stands behind it."""
    desk.open()
    desk.page.fill("[name=subject]", "kiểm tra đê")
    desk.into_the_text()
    desk.type("Có phụ lục kèm theo.")


def saved(desk: DraftDesk) -> Document:
    """The draft on record after it was saved by hand."""
    desk.save()
    return beside_the_browser(lambda: Directive.objects.order_by("-changed_at")[0].document(LONG_AGO))


def annexes(document: Document) -> list[tuple[str, str, list[str]]]:
    return [(each.title, each.orientation, [block.line for block in each.body]) for each in document.annexes]


def test_annexes_are_added_ordered_turned_taken_out_and_back(desk: DraftDesk, drafting_office: Committee) -> None:
    begun(desk, drafting_office)
    for title in ("Danh mục", "Biểu mẫu"):
        desk.press("F9")
        desk.type(title)
        desk.press("Enter")
        desk.type(f"1. Mục của {title}")
    desk.page.get_by_role("tab", name=_("Annexes")).click()
    entries = desk.page.locator("[data-annexes] li")
    entries.first.locator("[data-lies]").select_option("landscape")
    one = ("Danh mục", "landscape", ["1. Mục của Danh mục", ""])
    other = ("Biểu mẫu", "portrait", ["1. Mục của Biểu mẫu", ""])
    assert annexes(saved(desk)) == [one, other]
    entries.nth(1).locator("[data-act=up]").click()
    assert annexes(saved(desk)) == [other, one]
    entries.nth(1).locator("[data-go]").click()
    desk.press("Alt+ArrowUp")
    assert annexes(saved(desk)) == [one, other]
    entries.first.locator("[data-act=out]").click()
    expect(entries).to_have_count(1)
    desk.press("Control+z")
    expect(entries).to_have_count(2)
    assert annexes(saved(desk)) == [one, other]
    desk.page.reload()
    expect(desk.page.locator(".sheet__text h2")).to_have_text(["Danh mục", "Biểu mẫu"])


def rows(desk: DraftDesk) -> list[Block]:
    """The rows of the table on record, without its head."""
    return list(saved(desk).annexes[0].body[-1].children[1:])


def test_a_pasted_table_is_an_annex_across_and_gives_nothing_to_anybody_without_a_yes(
    desk: DraftDesk, drafting_office: Committee
) -> None:
    begun(desk, drafting_office)
    desk.paste(text=TASKS)
    faults = desk.page.locator(FAULTS)
    expect(faults).to_have_count(3)
    assert annexes(saved(desk))[0][:2] == ("Danh mục nhiệm vụ", "landscape")
    assert not any(row.follow for row in rows(desk))
    accept_all = desk.page.locator("[data-accept-all]")
    expect(accept_all).to_be_disabled()
    # Two leads, then a day that does not exist; the unknown name is asked for, and answered once for every row.
    desk.press("F8", "F8")
    expect(faults).to_have_count(2)
    desk.press("F8")
    with desk.page.expect_response(f"**{reverse('draft_bodies')}*"):
        desk.page.keyboard.type("xa thu 2")
    expect(desk.page.locator(".found li")).to_have_count(1)
    desk.press("Enter")
    expect(faults).to_have_count(0)
    desk.page.locator("[data-ready] summary").click()
    desk.page.locator("[data-ready] .offer").first.click()
    expect(desk.page.locator(FOLLOWED)).to_have_count(1)
    accept_all.click()
    expect(desk.page.locator(FOLLOWED)).to_have_count(4)
    first, second, third, last = rows(desk)
    assert {row.follow for row in (first, second, third, last)} == {Follow.TASK}
    assert [(target.code, target.role) for target in second.targets] == [
        ("tu-xa-1", "lead"),
        ("tu-xa-3", "coordinating"),
    ]
    assert (first.deadline, second.deadline, third.deadline) == ("2027-06-30", "2027-02-28", None)
    assert [target.code for target in last.targets] == ["tu-xa-2"]


def test_a_yes_that_is_taken_back_waits_again_and_long_tables_do_not_hold_the_typing_up(
    desk: DraftDesk, drafting_office: Committee
) -> None:
    begun(desk, drafting_office)
    row = "\t".join(["", "Rà soát đê điều " * 12, "Đảng ủy xã Thử 1", "", "Báo cáo", "30/6/2027"])
    heads = TASKS.split("\n", 1)[0]
    desk.paste(text="\n".join([heads, *(f"{place}{row}" for place in range(1, 801))]))
    accept_all = desk.page.locator("[data-accept-all]")
    expect(accept_all).to_be_enabled(timeout=15_000)
    accept_all.click()
    expect(accept_all).to_be_hidden()
    desk.press("Control+z")
    expect(accept_all).to_be_visible()
    desk.cursor_in(0)
    usual = desk.page.evaluate(
        """async () => {
            const { editor } = document.querySelector(".sheet__text");
            const times = [];
            for (const letter of "Nội dung gõ tiếp") {
                const began = performance.now();
                editor.view.dispatch(editor.state.tr.insertText(letter));
                document.body.getBoundingClientRect();
                times.push(performance.now() - began);
                await new Promise(requestAnimationFrame);
            }
            return times.sort((one, other) => one - other)[Math.floor(times.length / 2)];
        }"""
    )
    assert usual < 100, f"a key takes {usual:.0f} ms"
    desk.save()
