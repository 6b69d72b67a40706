"""Counts the clicks that a job takes, so that none is added unseen."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


class Clicks:
    """A page on which every click is counted; choosing files counts as one."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def click(self, target: str | Locator) -> None:
        """Click what the selector finds, or this very thing."""
        (self.page.locator(target) if isinstance(target, str) else target).first.click()
        self.count += 1

    def choose(self, target: str, files: list[dict[str, object]]) -> None:
        """Choose files in the box that the selector finds: one click opens the choice."""
        self.page.set_input_files(target, files)  # type: ignore[arg-type]
        self.count += 1
