"""The text itself: grounds, paragraphs, headings, items with Word's numbering, tables."""

from collections.abc import Sequence
from dataclasses import replace

from directives.blocks import Block, BlockKind, walk
from directives.document import Document
from directives.formats import Profile
from directives.printed_page.parts import PrintedBlock, PrintedLine
from directives.word_styles import Style
from directives.wordfile.markup import element, paragraph, run, runs_of, twips_of_pt
from directives.wordfile.numbering import Numbering
from directives.wordfile.parts import blank
from directives.wordfile.tables import text_table

_STYLES = {
    "heading": Style.HEADING,
    "item": Style.ITEM,
    "ground": Style.GROUND,
    "enacting": Style.ENACTING,
}
_BEFORE_TEXT_PT = 12


def text(
    blocks: Sequence[PrintedBlock], markers: Sequence[str], numbering: Numbering, profile: Profile, width_mm: float
) -> str:
    """Write the blocks one after another, each with its marker; tables fill `width_mm`."""
    written = []
    for place, (block, marker) in enumerate(zip(blocks, markers, strict=True)):
        follows_alone = place + 1 < len(blocks) and "single-line" in blocks[place + 1].style.split()
        if block.is_table:
            space = blank(profile.paragraph_space_pt)
            written.append(space + text_table(block, profile, width_mm) + paragraph(Style.BLANK))
        elif "division" in block.style.split():
            written.append(_division(block, is_first=not place))
        else:
            written.append(_paragraph(block, marker, numbering, is_first=not place, keep=follows_alone))
    return "".join(written)


def markers_of(body: Sequence[Block]) -> list[str]:
    """Return the marker of every block that is printed, in reading order; an empty one where there is none."""
    return [block.marker or "" for block, _ancestors in walk(body) if block.kind is not BlockKind.ROW]


def markers_of_main(document: Document) -> list[str]:
    """Return the markers of all that is printed between head and foot; only the blocks of the body have any."""
    before = [""] * (len(document.grounds) + bool(document.enacting_line))
    return [*before, *markers_of(document.body), *([""] if document.dissemination else [])]


def _division(block: PrintedBlock, *, is_first: bool) -> str:
    """Write a part, chapter or section: its number on a line of its own above its name."""
    number = run(f"{block.marker}\n") if block.marker else ""
    return paragraph(Style.DIVISION, number, runs_of(block.runs), properties=_before(is_first) + _outline(block))


def _paragraph(block: PrintedBlock, marker: str, numbering: Numbering, *, is_first: bool, keep: bool) -> str:
    """Write one block; a marker that Word counts is taken from its words, another one stays there."""
    styles = block.style.split()
    numbered = numbering.list_of(marker)
    bold = bool(block.runs) and block.runs[0].style == "bold"
    properties = [
        element("keepNext") if keep or "closing" in styles else "",
        element("numPr", element("ilvl", val=0), element("numId", val=numbered)) if numbered else "",
        _before(is_first),
        element("jc", val="left") if "ragged" in styles else "",
        _outline(block),
        # Word gives its number the look of the paragraph's end.
        element("rPr", element("b"), element("bCs")) if numbered and bold else "",
    ]
    style = next((_STYLES[name] for name in styles if name in _STYLES), Style.BODY)
    runs = _without(marker, block.runs) if numbered else block.runs
    return paragraph(style, runs_of(runs), properties="".join(properties))


def _without(marker: str, runs: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Return the words after a marker, which begins the first run or is all of it, and after its space."""
    first = replace(runs[0], text=runs[0].text.removeprefix(marker))
    rest = [first, *runs[1:]] if first.text else list(runs[1:])
    return [replace(rest[0], text=rest[0].text.lstrip()), *rest[1:]] if rest else []


def _before(is_first: bool) -> str:
    return element("spacing", before=twips_of_pt(_BEFORE_TEXT_PT)) if is_first else ""


def _outline(block: PrintedBlock) -> str:
    return element("outlineLvl", val=int(block.tag[1:]) - 1) if block.tag != "p" else ""
