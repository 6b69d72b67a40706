"""Reads any HTML as lines of words: paragraphs, items of lists, cells; bold, italic and underlined. Nothing else.

Scripts, styles, frames and comments vanish with what they hold; of every other tag only its words stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from directives.blocks import Run

_LINE_TAGS = re.compile(
    "address|article|aside|blockquote|body|center|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|"
    "nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
_SILENT_TAGS = re.compile(
    "applet|audio|button|canvas|datalist|embed|frame|frameset|head|iframe|math|noembed|noscript|object|script|select|"
    "style|svg|template|textarea|title|video|xml"
)
_VOID_TAGS = re.compile("area|base|br|col|embed|frame|hr|img|input|link|meta|param|source|track|wbr")
_STYLE_OF_TAG = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline"}
# Word writes sections for other programs in this way; Python's parser stumbles over some of them.
_WORD_SECTION = re.compile(r"<!\[[^>]*>|<!--\[if[^>]*>|<!\[endif\]-->|<!--\[endif\]-->", re.IGNORECASE)
_HIDDEN_MARKER = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_WORD_LEVEL = re.compile(r"mso-list:[^;]*\blevel(\d+)", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"display:\s*none|mso-hide:\s*all|visibility:\s*hidden", re.IGNORECASE)
_CSS_STYLES = (
    ("bold", re.compile(r"font-weight:\s*(bold|[6-9]00)"), re.compile(r"font-weight:\s*(normal|[1-5]00)")),
    ("italic", re.compile(r"font-style:\s*(italic|oblique)"), re.compile(r"font-style:\s*normal")),
    ("underline", re.compile(r"text-decoration[\w-]*:[^;]*underline"), re.compile(r"text-decoration:\s*none")),
)


@dataclass(slots=True)
class HtmlLine:
    """One line as it was found.

    `attributes` are those of the tag that holds it. `marker` is the number or bullet that the list gives it, "•" for a
    bullet of unknown shape; `depth` counts the lists around it, or is the level that Word notes.
    """

    tag: str
    attributes: dict[str, str]
    runs: list[Run] = field(default_factory=list)
    marker: str = ""
    depth: int = 0
    of_row: int | None = None


@dataclass(slots=True)
class _Open:
    tag: str
    styles: dict[str, bool]
    silent: bool = False
    hidden_marker: bool = False
    # For an ordered list: how its numbers look, and the number of the next item.
    numbering: str | None = None
    next_number: int = 1


def lines_of(html: str) -> Iterator[HtmlLine]:
    """Yield the lines of the HTML in reading order, empty ones included."""
    parser = _Parser()
    parser.feed(_WORD_SECTION.sub("", html))
    parser.close()
    yield from parser.lines


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[HtmlLine] = []
        self._stack: list[_Open] = []
        self._line: HtmlLine | None = None
        self._rows = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._break_line()
            return
        if _LINE_TAGS.fullmatch(tag):
            self._begin_line(tag, attributes)
        if not _VOID_TAGS.fullmatch(tag):
            self._stack.append(self._opened(tag, attributes))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if not _VOID_TAGS.fullmatch(tag):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        place = next((at for at in range(len(self._stack) - 1, -1, -1) if self._stack[at].tag == tag), None)
        if place is None:
            return
        del self._stack[place:]
        if _LINE_TAGS.fullmatch(tag):
            self._line = None

    def handle_data(self, data: str) -> None:
        top = self._stack[-1] if self._stack else _Open("", {})
        if top.silent or not data:
            return
        if self._line is None:
            if not data.strip():
                return
            self._begin_line("", {})
        line = self._line
        assert line is not None  # begun above
        if top.hidden_marker:
            line.marker += data
        else:
            line.runs.append(Run(data, **top.styles))

    def _opened(self, tag: str, attributes: dict[str, str]) -> _Open:
        above = self._stack[-1] if self._stack else _Open("", {})
        style = attributes.get("style", "")
        styles = dict(above.styles)
        if tag in _STYLE_OF_TAG:
            styles[_STYLE_OF_TAG[tag]] = True
        for name, on, off in _CSS_STYLES:
            if on.search(style.lower()):
                styles[name] = True
            elif off.search(style.lower()):
                styles[name] = False
        opened = _Open(
            tag,
            styles,
            silent=above.silent or bool(_SILENT_TAGS.fullmatch(tag)) or bool(_NOT_SHOWN.search(style)),
            hidden_marker=above.hidden_marker or bool(_HIDDEN_MARKER.search(style)),
        )
        if tag == "ol":
            opened.numbering = attributes.get("type") or "1"
            opened.next_number = int(attributes["start"]) if attributes.get("start", "").isdecimal() else 1
        return opened

    def _begin_line(self, tag: str, attributes: dict[str, str]) -> None:
        if any(opened.silent for opened in self._stack):
            return
        inside = self._line
        if tag == "tr":
            self._rows += 1
        # A paragraph that opens an item or a cell is that item, not a line of its own.
        if inside is not None and not inside.runs and tag in {"p", "div", "span"}:
            inside.attributes = {**inside.attributes, **attributes}
            return
        self._line = HtmlLine(tag, attributes)
        if any(opened.tag == "tr" for opened in self._stack):
            self._line.of_row = self._rows
        lists = [opened for opened in self._stack if opened.tag in {"ul", "ol"}]
        word_level = _WORD_LEVEL.search(attributes.get("style", ""))
        if word_level:
            self._line.depth = int(word_level[1])
        elif lists:
            self._line.depth = len(lists)
        if tag == "li" and lists:
            self._line.marker = _marker_in(lists[-1])
        self.lines.append(self._line)

    def _break_line(self) -> None:
        before = self._line
        if before is None:
            return
        self._line = HtmlLine("br", {}, depth=before.depth, of_row=before.of_row)
        self.lines.append(self._line)


def _marker_in(listed: _Open) -> str:
    if listed.numbering is None:
        return "•"
    number, listed.next_number = listed.next_number, listed.next_number + 1
    if listed.numbering in {"a", "A"}:
        return f"{_LETTERS[(number - 1) % len(_LETTERS)]})"
    if listed.numbering in {"i", "I"}:
        return f"{_roman(number)}."
    return f"{number}."


# The letters by which offices count: without f, j, w and z, with đ.
_LETTERS = "abcdđeghiklmnopqrstuvxy"


def _roman(number: int) -> str:
    written = ""
    for value, letters in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= value and len(written) < 20:
            written += letters
            number -= value
    return written
