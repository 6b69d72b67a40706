"""The text itself: grounds, paragraphs, headings, items with Word's numbering, tables."""

from collections.abc import Sequence

from directives.formats import Profile
from directives.printed_page.parts import PrintedBlock
from directives.wordfile.markup import element, paragraph, run, runs_of, twips_of_pt
from directives.wordfile.numbering import Numbering
from directives.wordfile.parts import blank
from directives.wordfile.styles import Style
from directives.wordfile.tables import text_table

_STYLES = {
    "division": Style.DIVISION,
    "heading": Style.HEADING,
    "item": Style.ITEM,
    "ground": Style.GROUND,
    "enacting": Style.ENACTING,
}
_BEFORE_TEXT_PT = 12


def text(blocks: Sequence[PrintedBlock], numbering: Numbering, profile: Profile, width_mm: float) -> str:
    """Write the blocks one after another; tables fill `width_mm`."""
    written = []
    for place, block in enumerate(blocks):
        follows_alone = place + 1 < len(blocks) and "single-line" in blocks[place + 1].style.split()
        if block.is_table:
            space = blank(profile.paragraph_space_pt)
            written.append(space + text_table(block, profile, width_mm) + paragraph(Style.BLANK))
        else:
            written.append(_paragraph(block, numbering, is_first=not place, keep=follows_alone))
    return "".join(written)


def _paragraph(block: PrintedBlock, numbering: Numbering, *, is_first: bool, keep: bool) -> str:
    """Write one block; a marker that Word cannot count is written as words."""
    styles = block.style.split()
    style = next((_STYLES[name] for name in ("division", *styles) if name in styles and name in _STYLES), Style.BODY)
    on_own_line = "division" in styles
    numbered = None if on_own_line else numbering.list_of(block.marker)
    bold = "bold-marker" in styles
    properties = [
        element("keepNext") if keep or "closing" in styles else "",
        element("numPr", element("ilvl", val=0), element("numId", val=numbered)) if numbered else "",
        element("spacing", before=twips_of_pt(_BEFORE_TEXT_PT)) if is_first else "",
        element("jc", val="left") if "ragged" in styles else "",
        element("outlineLvl", val=int(block.tag[1:]) - 1) if block.tag != "p" else "",
        # Word gives its number the look of the paragraph's end.
        element("rPr", element("b"), element("bCs")) if numbered and bold else "",
    ]
    after_marker = "\n" if on_own_line else " "
    marker = run(f"{block.marker}{after_marker}", bold=bold) if block.marker and not numbered else ""
    return paragraph(style, marker, runs_of(block.runs), properties="".join(properties))
