"""Reads any HTML as lines of words: paragraphs, items of lists, cells; bold, italic and underlined. Nothing else.

Scripts, styles, frames and comments vanish with what they hold; of every other tag only its words stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from directives.blocks import Run

DEEPEST_NESTING = 60
"""Tags that are nested more deeply say nothing about their words."""

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
_ENDS_AT_THE_NEXT = {"td": ("td", "th"), "th": ("td", "th"), "tr": ("tr",), "li": ("li",)}
# Word writes sections for other programs in this way; Python's parser stumbles over some of them.
_WORD_SECTION = re.compile(r"<!\[[^>]*>|<!--\[if[^>]*>|<!\[endif\]-->|<!--\[endif\]-->", re.IGNORECASE)
_LINE_BREAKS = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_HIDDEN_MARKER = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_WORD_LEVEL = re.compile(r"mso-list:[^;]*\blevel(\d+)", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"display:\s*none|mso-hide:\s*all|visibility:\s*hidden", re.IGNORECASE)
_CSS_STYLES = (
    (
        "bold",
        re.compile(r"(?<![\w-])font-weight:\s*(bold|[6-9]00)"),
        re.compile(r"(?<![\w-])font-weight:\s*(normal|[1-5]00)"),
    ),
    ("italic", re.compile(r"(?<![\w-])font-style:\s*(italic|oblique)"), re.compile(r"(?<![\w-])font-style:\s*normal")),
    (
        "underline",
        re.compile(r"(?<![\w-])text-decoration[\w-]*:[^;]*underline"),
        re.compile(r"(?<![\w-])text-decoration:\s*none"),
    ),
)


@dataclass(eq=False, slots=True)
class HtmlTag:
    """A tag as it was opened; two of the same look are not the same."""

    name: str
    attributes: dict[str, str]


@dataclass(slots=True)
class HtmlLine:
    """One line as it was found.

    `tag` is the one that holds it. `marker` is the number or bullet that the list gives it, "•" for a bullet of unknown
    shape; `depth` counts the lists around it, or is the level that Word notes. Within tables `table`, `row` and `cell`
    are the tags of the outermost one; a cell may have several lines, and a break within one is a newline in its runs.
    """

    tag: HtmlTag
    runs: list[Run] = field(default_factory=list)
    marker: str = ""
    depth: int = 0
    table: HtmlTag | None = None
    row: HtmlTag | None = None
    cell: HtmlTag | None = None


@dataclass(slots=True)
class _Open:
    tag: HtmlTag
    styles: dict[str, bool]
    silent: bool = False
    hidden_marker: bool = False
    # For an ordered list: how its numbers look, and the number of the next item.
    numbering: str | None = None
    next_number: int = 1


_NOTHING = HtmlTag("", {})


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

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        opened = HtmlTag(tag, {name: value or "" for name, value in attrs})
        if tag == "br":
            self._break_line()
            return
        if not _VOID_TAGS.fullmatch(tag):
            self._close_left_open(tag)
            self._open(opened)
        if _LINE_TAGS.fullmatch(tag):
            self._begin_line(opened)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if not _VOID_TAGS.fullmatch(tag):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        place = next((at for at in range(len(self._stack) - 1, -1, -1) if self._stack[at].tag.name == tag), None)
        if place is None:
            return
        del self._stack[place:]
        if _LINE_TAGS.fullmatch(tag):
            self._line = None

    def handle_data(self, data: str) -> None:
        top = self._stack[-1] if self._stack else _Open(_NOTHING, {})
        if top.silent or (self._line is None and not data.strip()):
            return
        line = self._line or self._begin_line(_NOTHING)
        if line is None:
            return
        if top.hidden_marker:
            line.marker += data
        else:
            line.runs.append(Run(_LINE_BREAKS.sub(" ", data), **top.styles))

    def _close_left_open(self, tag: str) -> None:
        """A cell, a row or an item ends where the next one begins, said or not."""
        within = _ENDS_AT_THE_NEXT.get(tag, ())
        for place in range(len(self._stack) - 1, -1, -1):
            name = self._stack[place].tag.name
            if name in within:
                del self._stack[place:]
                self._line = None
                return
            if name in {"table", "ul", "ol"}:
                return

    def _open(self, tag: HtmlTag) -> None:
        opened = self._opened(tag)
        hides = opened.silent and not any(other.silent for other in self._stack)
        if len(self._stack) < DEEPEST_NESTING or hides:
            self._stack.append(opened)

    def _opened(self, tag: HtmlTag) -> _Open:
        above = self._stack[-1] if self._stack else _Open(_NOTHING, {})
        style = tag.attributes.get("style", "").lower()
        styles = dict(above.styles)
        if tag.name in _STYLE_OF_TAG:
            styles[_STYLE_OF_TAG[tag.name]] = True
        for name, on, off in _CSS_STYLES:
            if on.search(style):
                styles[name] = True
            elif off.search(style):
                styles[name] = False
        opened = _Open(
            tag,
            styles,
            silent=above.silent or bool(_SILENT_TAGS.fullmatch(tag.name)) or bool(_NOT_SHOWN.search(style)),
            hidden_marker=above.hidden_marker or bool(_HIDDEN_MARKER.search(style)),
        )
        if tag.name == "ol":
            start = tag.attributes.get("start", "")
            opened.numbering = tag.attributes.get("type") or "1"
            opened.next_number = int(start) if re.fullmatch(r"[0-9]{1,4}", start) else 1
        return opened

    def _begin_line(self, tag: HtmlTag) -> HtmlLine | None:
        if any(opened.silent for opened in self._stack):
            return None
        inside = self._line
        # A paragraph that opens an item or a cell is that item, not a line of its own.
        if inside is not None and not inside.runs and tag.name in {"p", "div"}:
            inside.tag = HtmlTag(inside.tag.name, {**inside.tag.attributes, **tag.attributes})
            return inside
        line = self._line = HtmlLine(tag)
        line.table, line.row, line.cell = self._table_row_and_cell()
        lists = [opened for opened in self._stack if opened.tag.name in {"ul", "ol"}]
        word_level = _WORD_LEVEL.search(tag.attributes.get("style", ""))
        line.depth = int(word_level[1]) if word_level else len(lists)
        if tag.name == "li" and lists:
            line.marker = _marker_in(lists[-1])
        self.lines.append(line)
        return line

    def _table_row_and_cell(self) -> tuple[HtmlTag | None, HtmlTag | None, HtmlTag | None]:
        tags = iter([opened.tag for opened in self._stack])
        table = next((tag for tag in tags if tag.name == "table"), None)
        row = next((tag for tag in tags if tag.name == "tr"), None)
        cell = next((tag for tag in tags if tag.name in {"td", "th"}), None)
        return table, row, cell

    def _break_line(self) -> None:
        before = self._line
        if before is None or self._stack[-1].silent:
            return
        if before.cell is not None:
            before.runs.append(Run("\n", **self._stack[-1].styles))
        else:
            self._line = HtmlLine(HtmlTag("br", {}), depth=before.depth)
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
