"""Nothing typed is lost: two windows on one draft, a session that ends, a network that goes, no JavaScript."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils.translation import gettext as _
from playwright.sync_api import expect

from directives.blocks import Follow
from directives.editor_html import write_html
from directives.models import Directive, Draft
from tests import factories
from tests.directives.documents import item, row, table
from tests.factories import Committee
from tests.journeys.conftest import OpenDesk
from tests.journeys.draft_desk import LONGEST_WAIT_MS, PASSWORD, DraftDesk, beside_the_browser

NEW_WORDS = " Báo cáo trước ngày 30/11/2026."


@pytest.fixture
def draft(drafting_office: Committee, session: str) -> Directive:
    return factories.draft(drafting_office)


def texts(desk: DraftDesk) -> str:
    """All that is on record of the text."""
    return write_html(desk.on_record())


class TestSavingByItself:
    def test_what_is_typed_is_saved_when_the_text_is_left(self, draft: Directive, desk: DraftDesk) -> None:
        desk.open(draft)
        desk.type(NEW_WORDS)
        desk.page.locator("[name=subject]").focus()
        desk.saved()
        assert NEW_WORDS in texts(desk)

    def test_what_is_typed_is_saved_within_ten_seconds(self, draft: Directive, desk: DraftDesk) -> None:
        desk.open(draft)
        desk.type(NEW_WORDS)
        desk.saved()
        assert NEW_WORDS in texts(desk)

    def test_many_saves_in_a_row_are_one_round_and_one_entry_of_the_history(
        self, draft: Directive, desk: DraftDesk
    ) -> None:
        desk.open(draft)
        for words in ("một ", "hai ", "ba "):
            desk.type(words)
            desk.save()
        desk.press("Control+s")
        rounds = beside_the_browser(lambda: list(Draft.objects.order_by("version").values_list("version", flat=True)))
        assert rounds == [1, 4]

    def test_a_new_draft_is_begun_once_it_has_a_subject_and_goes_on_under_its_own_address(
        self, desk: DraftDesk
    ) -> None:
        desk.open()
        desk.type("Mùa mưa đến sớm.")
        desk.press("Control+s")
        expect(desk.page.locator("[data-status]")).to_contain_text(_("Subject"))
        assert beside_the_browser(Directive.objects.count) == 0
        desk.page.fill("[name=subject]", "kiểm tra hồ chứa")
        desk.save()
        desk.into_the_text()
        desk.press("Enter")
        desk.type("1. Kiểm tra.")
        desk.save()
        made = beside_the_browser(Directive.objects.get)
        assert desk.page.url.endswith(reverse("edit", args=[made.pk]))
        assert "Kiểm tra." in texts(desk)
        desk.page.reload()
        assert desk.lines == ["Mùa mưa đến sớm.", "1. Kiểm tra."]

    def test_the_button_saves_and_goes_on(self, draft: Directive, desk: DraftDesk) -> None:
        desk.open(draft)
        desk.type(NEW_WORDS)
        desk.page.locator(".save .button--primary").click()
        desk.page.wait_for_url(f"**{reverse('recipients_and_tasks', args=[draft.pk])}")
        assert NEW_WORDS in texts(desk)

    def test_a_fault_is_shown_at_its_field_with_the_text_still_in_the_editor(
        self, draft: Directive, desk: DraftDesk
    ) -> None:
        desk.open(draft)
        desk.type(NEW_WORDS)
        desk.page.fill("[name=subject]", "")
        desk.page.locator(".save .button--primary").click()
        expect(desk.page.locator("#id_subject_error")).to_be_visible()
        assert desk.lines[-1].endswith(NEW_WORDS)


class TestTwoWindows:
    def test_the_second_is_told_who_has_the_draft_open(
        self, draft: Directive, desk: DraftDesk, open_desk: OpenDesk
    ) -> None:
        desk.open(draft)
        expect(desk.page.locator("[data-others]")).to_be_hidden()
        second = open_desk()
        second.open(draft)
        expect(second.page.locator("[data-others]")).to_contain_text(_("you, in another window"))

    def test_the_second_of_two_people_is_told_of_the_first_and_writes_over_nothing(
        self, draft: Directive, session_of_colleague: str, desk: DraftDesk, open_desk: OpenDesk
    ) -> None:
        desk.open(draft)
        second = open_desk(session_of_colleague)
        second.open(draft)
        expect(second.page.locator("[data-others]")).to_contain_text(beside_the_browser(lambda: str(draft.drafter)))
        desk.type(NEW_WORDS)
        desk.save()
        second.type(" Thêm một câu.")
        second.press("Control+s")
        expect(second.page.locator("[data-conflict]")).to_be_visible()
        assert NEW_WORDS in texts(desk)

    def test_both_texts_are_shown_and_none_is_written_over(
        self, draft: Directive, desk: DraftDesk, open_desk: OpenDesk
    ) -> None:
        second = open_desk()
        desk.open(draft)
        second.open(draft)
        desk.type(" Của người thứ nhất.")
        desk.save()
        second.type(" Của người thứ hai.")
        second.press("Control+s")
        conflict = second.page.locator("[data-conflict]")
        expect(conflict).to_be_visible()
        assert "thứ nhất" in texts(desk)
        conflict.get_by_role("button").click()
        expect(second.page.locator(".others del")).to_have_text("nhất")
        expect(second.page.locator(".others ins")).to_have_text("hai")
        assert second.lines[-1].endswith("Của người thứ hai.")
        second.page.locator("[name=subject]").focus()
        second.page.wait_for_timeout(500)
        assert "thứ hai" not in texts(desk)
        second.page.locator(".save .button--primary").click()
        second.page.wait_for_url(f"**{reverse('recipients_and_tasks', args=[draft.pk])}")
        assert "thứ hai" in texts(desk)
        rounds = beside_the_browser(lambda: [str(kept.text) for kept in Draft.objects.order_by("version")])
        assert "thứ nhất" in rounds[-2]


class TestASessionThatEnds:
    def test_the_drafter_signs_in_beside_the_text_and_it_is_saved(self, draft: Directive, desk: DraftDesk) -> None:
        desk.open(draft)
        beside_the_browser(lambda: Session.objects.all().delete())
        desk.type(NEW_WORDS)
        desk.press("Control+s")
        dialog = desk.page.locator("#sign-in-again")
        expect(dialog).to_be_visible()
        dialog.get_by_label(_("Sign-in name")).fill(beside_the_browser(lambda: draft.drafter.username))
        dialog.get_by_label(_("Password")).fill("không đúng")
        dialog.get_by_role("button").click()
        expect(dialog).to_contain_text(_("The name or the password is not right."))
        dialog.get_by_label(_("Password")).fill(PASSWORD)
        dialog.get_by_role("button").click()
        expect(dialog).to_be_hidden()
        desk.saved()
        assert NEW_WORDS in texts(desk)

    def test_a_window_that_was_closed_without_signing_in_gives_the_text_back(
        self, draft: Directive, desk: DraftDesk
    ) -> None:
        desk.open(draft)
        beside_the_browser(lambda: Session.objects.all().delete())
        desk.type(NEW_WORDS)
        desk.press("Control+s")
        expect(desk.page.locator("#sign-in-again")).to_be_visible()
        desk.page.on("dialog", lambda dialog: dialog.accept())
        desk.page.goto(f"{desk.address}{reverse('sign_in')}?next={reverse('edit', args=[draft.pk])}")
        desk.page.fill("[name=username]", beside_the_browser(lambda: draft.drafter.username))
        desk.page.fill("[name=password]", PASSWORD)
        desk.page.click("main button[type=submit]")
        bar = desk.page.locator("[data-kept]")
        expect(bar).to_be_visible()
        bar.get_by_role("button", name=_("Take it up again")).click()
        assert desk.lines[-1].endswith(NEW_WORDS)
        desk.saved()
        assert NEW_WORDS in texts(desk)


class TestALostNetwork:
    def test_the_text_is_saved_when_the_network_is_back(self, draft: Directive, desk: DraftDesk) -> None:
        desk.open(draft)
        desk.page.context.set_offline(True)
        desk.type(NEW_WORDS)
        desk.press("Control+s")
        expect(desk.page.locator("[data-status]")).to_contain_text("Mất kết nối mạng.")
        desk.type(" Thêm nữa.")
        desk.page.context.set_offline(False)
        desk.saved()
        assert f"{NEW_WORDS} Thêm nữa." in texts(desk)

    def test_a_window_that_died_gives_the_text_back(self, draft: Directive, desk: DraftDesk) -> None:
        desk.open(draft)
        desk.page.context.set_offline(True)
        desk.type(NEW_WORDS)
        desk.page.wait_for_timeout(700)
        desk.page.close(run_before_unload=False)
        desk.page.context.set_offline(False)
        again = DraftDesk(desk.page.context.new_page(), desk.address)
        again.open(draft)
        again.page.locator("[data-kept]").get_by_role("button", name=_("Take it up again")).click()
        again.saved()
        assert NEW_WORDS in texts(again)
        again.page.reload()
        expect(again.page.locator("[data-kept]")).to_be_hidden()

    def test_words_pasted_without_a_network_are_kept_as_lines(self, draft: Directive, desk: DraftDesk) -> None:
        desk.open(draft)
        desk.page.context.set_offline(True)
        desk.press("Enter")
        desk.page.locator(".sheet__text").evaluate(
            """box => {
                const clipboardData = new DataTransfer();
                clipboardData.setData("text/html", "<p>Một</p><p>Hai</p>");
                clipboardData.setData("text/plain", "Một\\nHai");
                box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
            }"""
        )
        expect(desk.page.locator(".sheet__text")).to_contain_text("Hai", timeout=LONGEST_WAIT_MS)
        assert desk.lines[-2:] == ["Một", "Hai"]


class TestWithoutJavaScript:
    @pytest.fixture
    def plain(self, open_desk: OpenDesk) -> DraftDesk:
        return open_desk(java_script_enabled=False)

    def test_the_plain_box_is_there_and_saves_words_and_markers(self, draft: Directive, plain: DraftDesk) -> None:
        plain.page.goto(plain.address + reverse("edit", args=[draft.pk]))
        expect(plain.page.locator("[data-editor]")).to_be_hidden()
        box = plain.page.locator("textarea[name=body]")
        before = plain.on_record()
        box.fill(box.input_value() + "\n4. Trực 24/24.")
        plain.page.locator(".save .button--primary").click()
        assert plain.on_record()[:-1] == before
        assert [block.marker for block in plain.on_record()] == [None, "1.", "2.", "3.", "4."]

    def test_a_table_is_changed_row_by_row_and_another_is_typed(
        self, drafting_office: Committee, session: str, open_desk: OpenDesk
    ) -> None:
        noted = row("1", "Rà soát đê", id="r1", follow=Follow.EACH, deadline="2026-12-01")
        body = [item("1.", "Phân công:", table(row("TT", "Việc"), noted, row("2", "Trực ban"))).to_json()]
        paper = beside_the_browser(lambda: factories.draft(drafting_office, factories.letter(body=body)))
        plain = open_desk(java_script_enabled=False)
        plain.page.goto(plain.address + reverse("edit", args=[paper.pk]))
        before = plain.on_record()
        plain.page.fill("[name=subject]", "phân công")
        plain.page.locator(".save .button--primary").click()
        assert plain.on_record() == before

        plain.page.goto(plain.address + reverse("edit", args=[paper.pk]))
        box = plain.page.locator("textarea[name=body]")
        written = box.input_value().replace("  | 2 | Trực ban |", "  | 2 | Trực 24/24 |\n  | 3 | Báo cáo |")
        box.fill(f"{written}\n\nTT\tXã\tSố\n1\tA\t5\n\n| Hết |")
        plain.page.locator(".save .button--primary").click()
        given, pasted, typed = plain.on_record()
        assert given.children[0].children[:2] == before[0].children[0].children[:2]
        assert [each.text for each in given.children[0].children[2:]] == ["2 | Trực 24/24", "3 | Báo cáo"]
        assert [each.text for each in pasted.children] == ["TT | Xã | Số", "1 | A | 5"]
        assert [each.text for each in typed.children] == ["Hết"]
