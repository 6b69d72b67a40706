"""Counts the clicks that a job takes, so that none is added unseen. Typing does not count."""

from __future__ import annotations

import re

from playwright.sync_api import FilePayload, Locator, Page


class Clicks:
    """A page on which every click is counted; choosing files counts as one, choosing from a list as two."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def click(self, target: str | Locator) -> None:
        """Click what the selector finds, or this very thing."""
        (self.page.locator(target) if isinstance(target, str) else target).first.click()
        self.count += 1

    def follow(self, word: str) -> None:
        """Click the button or the link whose name begins so, and wait for the page that it leads to."""
        name = re.compile(f"^{re.escape(word)}")
        button, link = (self.page.locator("main").get_by_role(role, name=name) for role in ("button", "link"))
        with self.page.expect_navigation():
            self.click(button.or_(link))

    def press(self, key: str) -> None:
        """Press a key that does what a click would."""
        self.page.keyboard.press(key)
        self.count += 1

    def pick(self, target: str, label: str) -> None:
        """Open a list and click the line with these words."""
        self.page.select_option(target, label=label)
        self.count += 2

    def choose(self, target: str, files: list[FilePayload]) -> None:
        """Choose files in the box that the selector finds: one click opens the choice."""
        self.page.set_input_files(target, files)
        self.count += 1
