"""Somebody at the page of a draft: types, presses keys, pastes, and reads what stands in the editor and on record."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection
from django.test.client import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from playwright.sync_api import Browser, BrowserContext, Page, expect

from directives.blocks import Block
from directives.flat_blocks import flattened
from directives.models import Directive
from orgs.models import Person

Answer = TypeVar("Answer")

CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
PASSWORD = "mot-mat-khau-dai"
TEXT_BOX = ".sheet__text"
SHORT = {"width": 1440, "height": 900}
LONGEST_WAIT_MS = 15_000


class DraftDesk:
    """One window with a draft open."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.faults: list[str] = []
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on("console", lambda line: self.faults.append(line.text) if "Content Security" in line.text else None)

    def open(self, directive: Directive | None = None) -> None:
        """Open the page of this draft, or of a new one, with the cursor in the text."""
        path = reverse("edit", args=[directive.pk]) if directive else f"{reverse('draft_new')}?bi-mat=khong"
        self.page.goto(self.address + path)
        self.into_the_text()

    def into_the_text(self) -> None:
        """Put the cursor at the end of the text, by the editor itself.

        A key that moves the cursor right after the focus may be undone: for 20 ms the editor puts its own place back.
        """
        self._cursor_at("end")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Type words key by key; of a long text only the beginning, the rest comes at once."""
        self.page.keyboard.type(words[:12])
        if words[12:]:
            self.page.keyboard.insert_text(words[12:])

    def paste(self, **formats: str) -> None:
        """Paste what a program put on the clipboard: `text`, `html` or both."""
        kinds = {"text": "text/plain", "html": "text/html"}
        entries = {kinds[name]: content for name, content in formats.items()}
        with self.page.expect_response(f"**{reverse('draft_pasted')}") if "html" in formats else _at_once():
            self.page.locator(TEXT_BOX).evaluate(
                """(box, entries) => {
                    const clipboardData = new DataTransfer();
                    for (const [kind, content] of Object.entries(entries)) clipboardData.setData(kind, content);
                    const how = { clipboardData, bubbles: true, cancelable: true };
                    box.dispatchEvent(new ClipboardEvent("paste", how));
                }""",
                entries,
            )
        self.page.wait_for_timeout(50)

    def cursor_in(self, place: int, *, at_end: bool = True) -> None:
        """Put the cursor into a block, counted from 0."""
        first, last = self._ends_of(place)
        self._cursor_at(last if at_end else first)

    def select(self, place: int) -> None:
        """Select the words of a block, counted from 0; keys might come while the editor still settles its cursor."""
        first, last = self._ends_of(place)
        self._cursor_at({"from": first, "to": last})

    def _ends_of(self, place: int) -> tuple[int, int]:
        """Where the words of a block begin and end."""
        sizes: list[int] = self.page.locator(TEXT_BOX).evaluate(
            "box => box.editor.state.doc.content.content.map((node) => node.nodeSize)"
        )
        start = sum(sizes[:place])
        return start + 1, start + sizes[place] - 1

    def _cursor_at(self, position: int | str | dict[str, int]) -> None:
        self.page.locator(TEXT_BOX).evaluate(
            """({ editor }, position) => {
                editor.view.focus();
                const last = editor.state.doc.content.size;
                editor.commands.setTextSelection(position === "end" ? last : position);
            }""",
            position,
        )

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """The facts and words of each block in the editor."""
        read: list[dict[str, Any]] = self.page.locator(TEXT_BOX).evaluate(
            "box => box.editor.state.doc.content.content.map((node) => ({ ...node.attrs, text: node.textContent }))"
        )
        return read

    @property
    def lines(self) -> list[str]:
        """Each block as it reads, with two spaces for each level."""
        return [
            "  " * block["level"] + " ".join(filter(None, (block.get("marker"), block["text"])))
            for block in self.blocks
        ]

    def save(self) -> None:
        """Save by hand and wait until the server has it."""
        self.press("Control+s")
        self.saved()

    def saved(self) -> None:
        """Wait until nothing is left to save."""
        expect(self.page.locator("[data-status]")).to_contain_text(
            _("Saved at %s").removesuffix("%s"), timeout=LONGEST_WAIT_MS
        )
        expect(self.page.locator('form.draft[data-typed=""]')).to_have_count(1, timeout=LONGEST_WAIT_MS)

    def on_record(self) -> tuple[Block, ...]:
        """The body as it was saved last."""
        return beside_the_browser(
            lambda: Directive.objects.order_by("-changed_at")[0].under_head_of(timezone.localdate()).body
        )


def add_lines(page: Page, name: str, *lines: str) -> None:
    """Add lines to the list editor of this name; what the directory finds first is taken, as by Enter."""
    editor = page.locator(f".lines[data-lines={name}]")
    rows = editor.locator("[data-line]")
    for line in lines:
        before = rows.count()
        editor.locator("[data-add]").fill(line)
        editor.locator("[data-add]").press("Enter")
        expect(rows).to_have_count(before + 1, timeout=LONGEST_WAIT_MS)


@contextmanager
def _at_once() -> Iterator[None]:
    yield


def beside_the_browser(ask: Callable[[], Answer]) -> Answer:
    """Ask the database on another thread: the browser's client keeps an event loop in the one of the test."""

    def ask_and_close() -> Answer:
        try:
            return ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(ask_and_close).result()


def session_of(person: Person) -> str:
    """The key of a session in which this person has signed in."""
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value


def new_context(browser: Browser, **options: Any) -> BrowserContext:
    """A browser of its own, at a desk."""
    return browser.new_context(**{"viewport": SHORT, "locale": "vi-VN", **options})


def shape(body: tuple[Block, ...]) -> list[tuple[int, str, str | None, str]]:
    """What typed text carries of each block: level, kind, marker, runs."""
    return [
        (flat.level, flat.block.kind.value, flat.block.marker, json.dumps([run.to_json() for run in flat.block.runs]))
        for flat in flattened(body)
    ]


def as_typed(body: tuple[Block, ...]) -> str:
    """The lines that somebody would type."""
    return "\n".join(" ".join(filter(None, (flat.block.marker, flat.block.text))) for flat in flattened(body))
