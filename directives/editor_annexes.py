"""The text with its annexes to and from the HTML of the editor: one `<h2>` opens each annex, its blocks follow.

The heading holds the title; `data-annex` says how the pages lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from directives.annexes import ORIENTATIONS, Annex, FullText
from directives.editor_html import read_lines, write_html
from directives.html_lines import HtmlLine, lines_of
from directives.inline_text import merged, printable

_HEAD = "data-annex"


def write_full_html(text: FullText) -> str:
    """Write text and annexes so that `read_full_html` gives them back."""
    return write_html(text.body) + "".join(_head(annex) + write_html(annex.body) for annex in text.annexes)


def read_full_html(html: str) -> FullText:
    """Read the editor's HTML; what stands before the first head of an annex is the text."""
    seen: set[str] = set()
    first, *rest = _parts(lines_of(html))
    return FullText(read_lines(first, seen), tuple(_read_annex(lines, seen) for lines in rest))


def _head(annex: Annex) -> str:
    title = "<br>".join(escape(line, quote=False) for line in annex.title.split("\n"))
    return f'<h2 {_HEAD}="{annex.orientation}">{title}</h2>'


def _parts(lines: Iterable[HtmlLine]) -> Iterator[list[HtmlLine]]:
    """Yield the lines of the text, and those of each annex beginning with its head."""
    part: list[HtmlLine] = []
    for line in lines:
        if _HEAD in line.tag.attributes and line.table is None:
            yield part
            part = []
        part.append(line)
    yield part


def _read_annex(lines: list[HtmlLine], seen: set[str]) -> Annex:
    head, *rest = lines
    title = [head]
    while rest and rest[0].tag.name == "br":
        title.append(rest.pop(0))
    lies = head.tag.attributes[_HEAD]
    orientation = next((each for each in ORIENTATIONS if each == lies), ORIENTATIONS[0])
    return Annex("\n".join(map(_words, title)), read_lines(rest, seen), orientation)


def _words(line: HtmlLine) -> str:
    return printable("".join(run.text for run in merged(line.runs)))
