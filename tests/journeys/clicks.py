"""Counts what people press on the way to a result: a button, a link, a key in its place. Typing does not count."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page


class Clicks:
    """The presses of everybody who takes part; `count` is how many there were."""

    def __init__(self) -> None:
        self.count = 0

    def click(self, target: Locator) -> None:
        """Press what stays on its page."""
        self.count += 1
        target.click()

    def follow(self, page: Page, word: str) -> None:
        """Press the button or the link whose name begins so, and wait for the page that it leads to."""
        self.count += 1
        name = re.compile(f"^{re.escape(word)}")
        button, link = (page.locator("main").get_by_role(role, name=name) for role in ("button", "link"))
        with page.expect_navigation():
            button.or_(link).first.click()

    def press(self, page: Page, key: str) -> None:
        """Press a key that does what a button would."""
        self.count += 1
        page.keyboard.press(key)

    def choose(self, select: Locator, label: str) -> None:
        """Open a list and choose from it: two presses."""
        self.count += 2
        select.select_option(label=label)
