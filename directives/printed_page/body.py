"""The body of the page: grounds, paragraphs, headings, items, tables."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from directives.blocks import walk
from directives.document import Block, BlockKind, Document, Run
from directives.formats import Profile
from directives.printed_page.parts import PrintedBlock, PrintedLine
from directives.printed_page.tables import printed_table

_DIVISIONS = ("phần", "chương", "mục")
_ARTICLE = "điều"
_GROUND_MARKS = (",", ";", ".", ":")
# About nine tenths of a full line of 14 pt; a closing paragraph below it may fill only one line.
_ONE_LINE = 80
# A word so long breaks anywhere; justified, the few words before it would be torn apart.
_UNBROKEN = re.compile(r"\S{50}")
_FIRST_HEADING, _LAST_HEADING = 2, 6
_WORDS_OF_A_PLACE = 6


def body_of(document: Document, profile: Profile) -> tuple[PrintedBlock, ...]:
    """Return grounds, enacting line and body of a directive; the sentence of dissemination closes it."""
    body = document.body
    if document.dissemination:
        body = (*body, Block(BlockKind.PARAGRAPH, runs=(Run(document.dissemination),)))
    return (*_grounds(document, profile), *blocks_of(body, before_signature=True))


def blocks_of(body: tuple[Block, ...], *, before_signature: bool = False) -> tuple[PrintedBlock, ...]:
    """Return the blocks one after another; the last of them may have to stay with the signature."""
    flat = [(block, ancestors) for block, ancestors in walk(body) if block.kind is not BlockKind.ROW]
    last = len(flat) - 1
    return tuple(
        _block(block, ancestors, closing=before_signature and place == last)
        for place, (block, ancestors) in enumerate(flat)
    )


def runs_of(runs: Iterable[Run]) -> Iterator[PrintedLine]:
    """Print the space between two runs with the second; WeasyPrint breaks a line wrongly after one at an end.

    Between words of which only the second are underlined it stands by itself.
    """
    space, before = "", Run("")
    for run in runs:
        text = space + run.text
        words = text.strip()
        if words:
            between = _space_before(text)
            if between and run.underline and not before.underline:
                yield PrintedLine(between, "plain")
                between = ""
            yield PrintedLine(between + words, _run_style(run))
            before = run
        space = text[len(text.rstrip()) :]


def _space_before(text: str) -> str:
    """A line break in a cell is kept, any other space is one."""
    space = text[: len(text) - len(text.lstrip())]
    return "\n" if "\n" in space else space and " "


def _run_style(run: Run) -> str:
    styles = (("bold", run.bold), ("italic", run.italic), ("underline", run.underline))
    return " ".join(name for name, wanted in styles if wanted)


def _grounds(document: Document, profile: Profile) -> Iterator[PrintedBlock]:
    """Print each căn cứ on a line of its own with the marks of the edition; one that brings its own keeps them."""
    last = len(document.grounds) - 1
    end = profile.grounds_end_before_enacting if document.enacting_line else profile.grounds_end
    for place, ground in enumerate(document.grounds):
        words = ground.strip()
        begin = "" if words.startswith(profile.ground_mark.strip()) else profile.ground_mark
        finish = end if place == last else profile.ground_separator
        printed = f"{begin}{words}{'' if words.endswith(_GROUND_MARKS) else finish}"
        yield PrintedBlock(runs=(PrintedLine(printed),), style="block ground", place=f"căn cứ {place + 1}")
    if document.enacting_line:
        yield PrintedBlock(runs=(PrintedLine(document.enacting_line),), style="enacting")


def _block(block: Block, ancestors: tuple[Block, ...], *, closing: bool) -> PrintedBlock:
    place = block.id or " ".join(block.text.split()[:_WORDS_OF_A_PLACE])
    if block.kind is BlockKind.TABLE:
        return printed_table(block, place, runs_of, closing=closing)
    marker = block.marker or ""
    styles = ["block", block.kind.value]
    runs = tuple(runs_of(block.runs))
    if block.kind is BlockKind.HEADING and marker.casefold().startswith(_DIVISIONS):
        styles.append("division")
        runs = tuple(PrintedLine(run.text.upper(), run.style) for run in runs)
    else:
        runs, marker = tuple(_after_marker(marker, runs)), ""
    if _UNBROKEN.search(block.text):
        styles.append("ragged")
    if closing:
        styles.append("closing")
        # The signature must keep two lines of the body by it; a single line has to bring the paragraph before along.
        if len(block.text) < _ONE_LINE:
            styles.append("single-line")
    return PrintedBlock(marker, runs, " ".join(styles), _tag(block, ancestors), place)


def _after_marker(marker: str, runs: tuple[PrintedLine, ...]) -> Iterator[PrintedLine]:
    """Put the marker before the first words; that of a điều is bold, and that of bold words which run on into others.

    Words of one style stay one piece, so that the file's text keeps the space between them.
    """
    if not marker or not runs:
        yield from (PrintedLine(marker), *runs) if marker else runs
        return
    first = replace(runs[0], text=f" {runs[0].text.lstrip()}")
    style = "bold" if marker.casefold().startswith(_ARTICLE) or first.style == "bold" else ""
    if first.style == style:
        yield replace(first, text=f"{marker}{first.text}")
    else:
        yield from (PrintedLine(marker, style), first)
    yield from runs[1:]


def _tag(block: Block, ancestors: tuple[Block, ...]) -> str:
    """Headings are numbered by how many stand above them, so that a reader of the file's outline misses none."""
    if block.kind is not BlockKind.HEADING:
        return "p"
    above = sum(ancestor.kind is BlockKind.HEADING for ancestor in ancestors)
    return f"h{min(_FIRST_HEADING + above, _LAST_HEADING)}"
