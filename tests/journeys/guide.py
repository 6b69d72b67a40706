"""The guide as a reader sees it: what it tells to press and to fill in, and somebody who does exactly that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "huong-dan"
WALK = GUIDE / "muoi-lam-phut.md"
LONGEST_WAIT_MS = 60_000
COLOURS = 96

_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_ADDRESS_OF_PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")


def pages() -> list[Path]:
    """Every page of the guide."""
    return sorted(GUIDE.glob("*.md"))


def bold(text: str) -> list[str]:
    """What the text names in **bold**, in its order: the words as they stand on the screen."""
    return re.findall(r"\*\*([^*]+)\*\*", _without_fences(text))


def italic(text: str) -> list[str]:
    """What the text names in *italics*, in its order: the fields that are filled in."""
    return re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", _without_fences(text))


def fenced(text: str) -> list[str]:
    """The blocks that the reader is asked to copy."""
    return [block.split("\n", 1)[1].removesuffix("\n```") for block in _FENCED.findall(text)]


def pictures(page: Path) -> Iterator[Path]:
    """The files of the pictures that a page shows."""
    for address in _ADDRESS_OF_PICTURE.findall(page.read_text(encoding="utf-8")):
        yield (page.parent / address).resolve()


def _without_fences(text: str) -> str:
    return _FENCED.sub("", text)


class Reader:
    """Somebody at a browser who presses and fills in what the guide names, and remembers it in order."""

    def __init__(self, page: Page, address: str, screens: Path) -> None:
        self.page = page
        self.screens = screens
        self.pressed: list[str] = []
        self.filled: list[str] = []
        page.goto(address)

    def press(self, word: str, *, beside: str = "") -> None:
        """Press the button, link or chip that begins with this word; `beside` names the row in which it stands."""
        self.pressed.append(word)
        self._press(self._pressable(word, beside))

    def _pressable(self, word: str, beside: str) -> Locator:
        place = self.row(beside) if beside else self.page
        exactly = re.compile(rf"^\s*{re.escape(word)}(\s|:|$)")
        # Asked as one: the page before may still be standing, and then none is there yet.
        button, link = (place.get_by_role(role, name=exactly) for role in ("button", "link"))
        return button.or_(link).or_(place.locator("summary", has_text=exactly)).first

    def _press(self, place: Locator) -> None:
        place.click()

    def row(self, words: str) -> Locator:
        """The row of a list that shows these words."""
        return self.page.locator("main li, main tbody tr", has_text=words).first

    def fill(self, label: str, text: str, *, within: str = "main") -> None:
        """Write into a field, or choose from its list, by the label that stands above it."""
        field = self._field(label, within)
        if field.evaluate("field => field.tagName") == "SELECT":
            self._choose(field, text)
        else:
            self._write(field, text)

    def _choose(self, field: Locator, text: str) -> None:
        field.select_option(field.locator("option", has_text=text).first.get_attribute("value"))

    def _write(self, field: Locator, text: str) -> None:
        field.fill(text)

    def write_lines(self, label: str, name: str, lines: str) -> None:
        """Add lines to the list editor that stands under this label."""
        self.filled.append(label)
        expect(self.page.locator(f"#lines-{name}")).to_have_text(label)
        editor = self.page.locator(f".lines[data-lines={name}]")
        rows = editor.locator("[data-line]")
        for line in lines.splitlines():
            before = rows.count()
            self._write(editor.locator("[data-add]"), line)
            self.page.keyboard.press("Enter")
            expect(rows).to_have_count(before + 1, timeout=LONGEST_WAIT_MS)

    def tick(self, label: str, *, within: str = "main") -> None:
        """Choose one of the answers that stand beside each other."""
        self._tick(self._field(label, within))

    def _tick(self, answer: Locator) -> None:
        answer.check()

    def _field(self, label: str, within: str) -> Locator:
        self.filled.append(label)
        # Behind the words a label may say that the field may be empty.
        exactly = re.compile(rf"^\s*{re.escape(label)}(\s*·|\s*$)")
        place = self.page.locator(within)
        boxes_of_names = place.get_by_role("group", name=exactly).locator("input")
        return (
            place.get_by_label(exactly)
            .and_(place.locator("input, select, textarea, [role=textbox]"))
            .or_(boxes_of_names)
            .first
        )

    def follow(self, words: str) -> None:
        """Follow the link that begins with these words of a paper or a body, which are not the program's own."""
        begins = re.compile(rf"^\s*{re.escape(words)}")
        self._press(self.page.locator("main").get_by_role("link", name=begins).first)

    def sees(self, words: str) -> None:
        """Wait until the page shows these words."""
        expect(self.page.locator("main")).to_contain_text(words, timeout=LONGEST_WAIT_MS)

    def picture(self, name: str, *, whole: bool = False) -> None:
        """Keep a small picture of the window, or of the `whole` page, named with its width."""
        self.page.wait_for_load_state("networkidle")
        own = self.page.viewport_size
        assert own is not None
        if whole:
            # A window as tall as the page: what stays at the edge of the window then stands where it belongs.
            tall = self.page.evaluate("document.documentElement.scrollHeight")
            self.page.set_viewport_size({**own, "height": max(tall, own["height"])})
        taken = Image.open(BytesIO(self.page.screenshot()))
        self.page.set_viewport_size(own)
        few_colours = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few_colours.save(self.screens / f"{name}-{own['width']}.png", optimize=True)
