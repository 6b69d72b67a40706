"""The editor by keys: markers, levels, numbers, tasks, pasting, input methods, the page beside it."""

from __future__ import annotations

import json
import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils.translation import gettext as _
from playwright.sync_api import expect

from directives import large_previews
from directives.beside import Busy
from directives.blocks import Follow
from directives.models import Directive
from tests import factories
from tests.directives.documents import item, paragraph, row, table
from tests.factories import Committee
from tests.journeys.draft_desk import TEXT_BOX, DraftDesk, beside_the_browser
from tests.journeys.test_axe import faults_of

PREVIEW_PAUSE_MS = 200
BODY = [
    paragraph("Yêu cầu:"),
    item("1.", "Rà soát hồ chứa", item("1.1.", "hồ lớn"), item("1.2.", "hồ nhỏ")),
    item("2.", "Đảng ủy xã Thử 1 báo cáo trước ngày 30/11/2026", item("-", "bằng văn bản")),
    item("3.", "Trực ban"),
    paragraph("Các cơ quan khác:"),
    item("1.", "Phối hợp"),
]


@pytest.fixture
def draft(drafting_office: Committee, session: str) -> Directive:
    return factories.draft(drafting_office, factories.letter(body=[block.to_json() for block in BODY]))


@pytest.fixture
def at_work(draft: Directive, desk: DraftDesk) -> DraftDesk:
    desk.open(draft)
    return desk


class TestNumbers:
    def test_siblings_are_counted_on_and_one_step_takes_it_back(self, at_work: DraftDesk) -> None:
        before = at_work.lines
        at_work.cursor_in(1, at_end=False)
        at_work.press(*["ArrowRight"] * 7)
        # The browser tells of a moved cursor a moment later.
        at_work.page.wait_for_timeout(100)
        at_work.press("Enter")
        assert at_work.lines == [
            "Yêu cầu:",
            "1. Rà soát",
            "2.  hồ chứa",
            "  1.1. hồ lớn",
            "  1.2. hồ nhỏ",
            "3. Đảng ủy xã Thử 1 báo cáo trước ngày 30/11/2026",
            "  - bằng văn bản",
            "4. Trực ban",
            "Các cơ quan khác:",
            "1. Phối hợp",
        ]
        expect(at_work.page.locator("[data-status]")).to_have_text(
            _("%s items were numbered anew. Ctrl+Z takes it back.").replace("%s", "2")
        )
        at_work.press("Control+z")
        assert at_work.lines == before

    def test_an_item_that_moves_takes_all_beneath_it_and_the_numbers_follow(self, at_work: DraftDesk) -> None:
        at_work.cursor_in(1)
        at_work.press("Alt+ArrowDown")
        assert at_work.lines[1:7] == [
            "1. Đảng ủy xã Thử 1 báo cáo trước ngày 30/11/2026",
            "  - bằng văn bản",
            "2. Rà soát hồ chứa",
            "  2.1. hồ lớn",
            "  2.2. hồ nhỏ",
            "3. Trực ban",
        ]
        at_work.press("Alt+ArrowUp")
        assert at_work.lines[1:3] == ["1. Rà soát hồ chứa", "  1.1. hồ lớn"]

    def test_a_list_that_begins_again_keeps_its_own_numbers(self, at_work: DraftDesk) -> None:
        at_work.cursor_in(6)
        at_work.press("Enter", "x")
        assert at_work.lines[6:] == ["3. Trực ban", "4. x", "Các cơ quan khác:", "1. Phối hợp"]

    def test_levels_change_by_tab_with_a_marker_that_fits(self, at_work: DraftDesk) -> None:
        at_work.cursor_in(6)
        at_work.press("Tab")
        assert at_work.lines[4:7] == [
            "2. Đảng ủy xã Thử 1 báo cáo trước ngày 30/11/2026",
            "  - bằng văn bản",
            "  - Trực ban",
        ]
        at_work.press("Tab")
        assert at_work.lines[6] == "    + Trực ban"
        at_work.press("Shift+Tab", "Shift+Tab")
        assert at_work.lines[6] == "3. Trực ban"

    def test_an_empty_item_leaves_its_list_and_escape_then_tab_leaves_the_text(self, at_work: DraftDesk) -> None:
        at_work.into_the_text()
        at_work.press("Enter", "Enter")
        at_work.type("Hết.")
        assert at_work.lines[-2:] == ["1. Phối hợp", "Hết."]
        at_work.press("Escape", "Tab")
        assert at_work.page.evaluate("!document.activeElement.closest('.sheet__text')")


class TestTasks:
    def test_an_item_becomes_a_task_of_a_unit_with_a_deadline_by_keys_alone(
        self, at_work: DraftDesk, drafting_office: Committee
    ) -> None:
        page = at_work.page
        expect(page.locator(".named--body")).to_have_text("Đảng ủy xã Thử 1")
        at_work.cursor_in(4)
        at_work.press("F8", "F8")
        page.locator('[data-tab="task"]').click()
        expect(page.locator("#side-task .chosen li")).to_contain_text("Đảng ủy xã Thử 1")
        at_work.cursor_in(6)
        at_work.press("F2", "F4")
        page.keyboard.press("Tab")
        box = page.locator('[data-add="lead"]')
        expect(box).to_be_focused()
        page.keyboard.type("xa thu 2")
        expect(page.locator("#side-task .found li").first).to_have_text("Đảng ủy xã Thử 2")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.locator("[data-day]").fill("24/12/2026")
        page.locator("[data-due]").select_option("working")
        page.locator("[data-days]").fill("5")
        page.locator("[data-receiver]").fill("Văn phòng Tỉnh ủy")
        page.locator("[data-monitor]").select_option(label="Ngô Văn Dõi")
        page.locator("[data-product]").fill("Danh sách trực")
        page.locator("[data-product]").blur()
        at_work.save()
        named, duty = [block for block in at_work.on_record() if block.follow]
        assert (named.follow, named.deadline, named.named_units) == (Follow.TASK, "2026-11-30", ("Đảng ủy xã Thử 1",))
        assert [(target.code, target.role) for target in named.targets] == [("tu-xa-1", "lead")]
        assert [(target.code, target.role) for target in duty.targets] == [("tu-xa-2", "lead")]
        assert (duty.deadline, duty.timing) == (None, "within 5 working days")
        assert (duty.product, duty.receiving_level) == ("Danh sách trực", "Văn phòng Tỉnh ủy")
        assert duty.monitor == drafting_office.monitor.username

    def test_a_day_or_an_hour_that_does_not_exist_is_told_beneath_the_box_and_not_kept(
        self, at_work: DraftDesk
    ) -> None:
        page = at_work.page
        fault = page.locator("#side-task [data-fault]")
        at_work.cursor_in(6)
        at_work.press("F2", "F4")
        page.locator("[data-day]").fill("31/02/2027")
        page.locator("[data-day]").blur()
        expect(fault).to_have_text(
            _("%s is no day of the calendar and is not saved. Write it as 24/11/2026.").replace("%s", "31/02/2027")
        )
        at_work.cursor_in(6)
        expect(page.locator("[data-day]")).to_have_value("31/02/2027")
        page.locator("[data-day]").fill("28/02/2027")
        page.locator("[data-hour]").fill("25:99")
        page.locator("[data-hour]").blur()
        expect(fault).to_have_text(_("%s is no hour and is not saved. Write it as 07:30.").replace("%s", "25:99"))
        page.locator("[data-hour]").fill("16h30")
        page.locator("[data-hour]").blur()
        expect(fault).to_be_hidden()
        at_work.save()
        assert [block.deadline for block in at_work.on_record() if block.follow] == ["2027-02-28T16:30"]

    def test_what_the_text_names_is_nobodys_before_somebody_says_yes(self, at_work: DraftDesk) -> None:
        expect(at_work.page.locator(".named--body")).to_be_visible()
        at_work.into_the_text()
        at_work.type(".")
        at_work.save()
        assert not any(block.targets or block.deadline for block in at_work.on_record())


class TestPasting:
    def test_what_is_cut_keeps_what_was_noted_and_a_copy_does_not(self, at_work: DraftDesk) -> None:
        at_work.cursor_in(6)
        at_work.press("F2")
        noted = at_work.blocks[6]
        at_work.select(6)
        at_work.press("Control+c")
        at_work.cursor_in(6)
        at_work.press("Enter", "Control+v")
        assert [block["follow"] for block in at_work.blocks[6:8]] == ["task", None]
        assert at_work.blocks[6]["id"] == noted["id"]

    def test_a_page_with_scripts_leaves_words_only(self, at_work: DraftDesk) -> None:
        at_work.into_the_text()
        at_work.press("Enter")
        at_work.paste(
            html='<p onclick="x()">Một<script>document.title="đã chạy"</script></p>'
            '<img src=x onerror="document.title=1"><p hx-get="/y" style="color:red">Hai <b>đậm</b></p>',
            text="Một\nHai đậm",
        )
        assert at_work.lines[-2:] == ["Một", "Hai đậm"]
        html = at_work.page.locator(TEXT_BOX).inner_html()
        assert not any(word in html for word in ("script", "onclick", "hx-", "onerror", "color"))
        assert "đã chạy" not in at_work.page.title()

    def test_two_hundred_kilobytes_of_text_are_there_in_seconds(self, at_work: DraftDesk) -> None:
        at_work.into_the_text()
        at_work.press("Enter")
        began = time.monotonic()
        at_work.paste(text="\n".join(f"{number}. " + "kiểm tra hồ chứa " * 12 for number in range(1, 1000)))
        assert at_work.lines[-1].startswith("999. ")
        assert time.monotonic() - began < 10

    def test_a_table_is_pasted_edited_and_saved(self, at_work: DraftDesk) -> None:
        at_work.into_the_text()
        at_work.press("Enter")
        at_work.paste(
            html="<table><tr><td>TT</td><td>Việc</td></tr><tr><td>1</td><td>Đê</td></tr></table>", text="TT Việc"
        )
        cell = at_work.page.locator(f"{TEXT_BOX} td").last
        cell.click()
        at_work.press("End")
        at_work.type(" tả")
        at_work.save()
        [pasted] = [block for block in at_work.on_record() if block.children and block.kind == "table"]
        assert [[cell.text for cell in line.cells] for line in pasted.children] == [["TT", "Việc"], ["1", "Đê tả"]]


def test_a_table_on_record_is_shown_and_saved_as_it_was(
    drafting_office: Committee, session: str, desk: DraftDesk
) -> None:
    noted = row("1", "Đê tả", follow=Follow.EACH, deadline="2026-12-01")
    body = [item("1.", "Phân công:", table(row("TT", "Nội dung"), noted, widths=(1, 4))).to_json()]
    paper = beside_the_browser(lambda: factories.draft(drafting_office, factories.letter(body=body)))
    desk.open(paper)
    before = desk.on_record()
    desk.page.fill("[name=subject]", "phân công")
    desk.save()
    assert desk.on_record() == before


def test_letters_of_an_input_method_arrive_as_they_are_composed(at_work: DraftDesk) -> None:
    at_work.into_the_text()
    at_work.press("Enter")
    client = at_work.page.context.new_cdp_session(at_work.page)
    for words in ("đê điều", "vững chắc"):
        for length in range(1, len(words) + 1):
            written = words[:length]
            where = {"selectionStart": length, "selectionEnd": length}
            client.send("Input.imeSetComposition", {"text": written, **where})
        client.send("Input.insertText", {"text": words})
        at_work.press("Space")
    assert at_work.lines[-1] == "2. đê điều vững chắc "


def test_the_printed_page_stands_beside_the_text_and_follows_the_cursor(at_work: DraftDesk) -> None:
    image = at_work.page.locator("[data-image]")
    expect(image).to_be_visible()
    at_work.into_the_text()
    at_work.paste(text="\n".join(f"Đoạn {place} đủ dài để sang trang sau. " * 8 for place in range(16)))
    last_of_several = re.compile(_("Page %s of %s").replace("%s", "([2-9])", 1).replace("%s", r"\1"))
    expect(at_work.page.locator("[data-page]")).to_have_text(last_of_several, timeout=15_000)
    at_work.page.locator('[data-turn="-1"]').click()
    expect(at_work.page.locator("[data-turn='1']")).to_be_enabled()


def test_a_page_that_takes_too_long_waits_for_a_press_while_the_text_is_typed_and_saved(
    at_work: DraftDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    image, again = at_work.page.locator("[data-image]"), at_work.page.locator("[data-again] button")
    line = at_work.page.locator("[data-page]")
    expect(image).to_be_visible()
    asked: list[object] = []
    with monkeypatch.context() as large:
        large.setattr(large_previews, "shown", lambda *what: refuse(large_previews.TooLarge, asked))
        at_work.into_the_text()
        at_work.type(" thêm")
        expect(again).to_be_visible()
        expect(line).to_contain_text("Việc soạn, lưu và trình vẫn như thường")
        expect(image).to_be_visible()
        at_work.page.wait_for_timeout(3 * PREVIEW_PAUSE_MS)
        before = len(asked)
        at_work.type(" nữa")
        at_work.save()
        at_work.page.wait_for_timeout(3 * PREVIEW_PAUSE_MS)
        assert len(asked) == before
    assert at_work.on_record()[-1].text.endswith("thêm nữa")
    again.click()
    expect(line).to_have_text("Trang 1/1")
    expect(again).to_be_hidden()


def test_a_page_for_which_the_press_is_busy_comes_when_it_is_free(
    at_work: DraftDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = at_work.page.locator("[data-page]")
    expect(line).to_have_text("Trang 1/1")
    asked: list[object] = []
    with monkeypatch.context() as busy:
        busy.setattr(large_previews, "shown", lambda *what: refuse(Busy, asked))
        at_work.into_the_text()
        at_work.type(" thêm")
        expect(line).to_have_text(_("The page is being made…"))
    expect(line).to_have_text("Trang 1/1")
    assert asked


def refuse(fault: type[Exception], asked: list[object]) -> None:
    asked.append(fault)
    raise fault


@pytest.mark.parametrize("tab", ["print", "task"])
def test_the_page_has_no_serious_fault_light_and_dark(at_work: DraftDesk, tab: str) -> None:
    at_work.cursor_in(4)
    at_work.press("F2")
    expect(at_work.page.locator(".named--body")).to_be_visible()
    at_work.page.locator(f'[data-tab="{tab}"]').click()
    # A button that is still changing its colour is no fault.
    at_work.page.emulate_media(reduced_motion="reduce")
    assert faults_of(at_work.page, Axe()) == []


def test_nothing_stands_outside_of_a_phone(at_work: DraftDesk) -> None:
    at_work.page.set_viewport_size({"width": 390, "height": 844})
    assert at_work.page.evaluate("document.documentElement.scrollWidth") <= 390
    at_work.into_the_text()
    at_work.type(" Viết trên điện thoại.")
    at_work.save()
    assert "Viết trên điện thoại." in json.dumps([block.to_json() for block in at_work.on_record()], ensure_ascii=False)
