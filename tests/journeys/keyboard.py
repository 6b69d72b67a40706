"""Somebody who has no mouse: goes from place to place with Tab, and presses, chooses and types with keys alone."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.journeys.guide import Reader

MOST_STEPS = 400
HERE = "place => place === document.activeElement"


class KeyboardReader(Reader):
    """Does what the guide tells without a single click."""

    def _press(self, place: Locator) -> None:
        self._go_to(place)
        self.page.keyboard.press("Enter")

    def _choose(self, field: Locator, text: str) -> None:
        self._go_to(field)
        wanted = field.locator("option", has_text=text).first.get_attribute("value")
        self.page.keyboard.press("Home")
        for _option in range(field.locator("option").count()):
            if field.input_value() == wanted:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no key chooses {text}")

    def _write(self, field: Locator, text: str) -> None:
        """Put the text in place of what stands there, as it was copied from the guide."""
        self._go_to(field)
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Control+v")

    def _tick(self, answer: Locator) -> None:
        """Of answers that stand beside each other Tab reaches one, arrows the others."""
        group = answer.evaluate("answer => answer.name")
        answers = self.page.locator(f"input[type=radio][name='{group}']")
        self._go_to(answers)
        for _answer in range(answers.count()):
            if answer.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError("no key chooses the answer")

    def picture(self, name: str, *, whole: bool = False) -> None:
        """Pictures are taken by others."""

    def _go_to(self, place: Locator) -> None:
        """Press Tab until the place, or one of several, has the focus; out of the text box Esc leads first."""
        expect(place.first).to_be_visible()
        for _step in range(MOST_STEPS):
            if any(each.evaluate(HERE) for each in place.all()):
                return
            if self.page.evaluate("document.activeElement.role === 'textbox'"):
                self.page.keyboard.press("Escape")
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {place}")
