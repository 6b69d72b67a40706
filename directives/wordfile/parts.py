"""What several parts of the file have in common: one line of words, an empty line of a height."""

from directives.word_styles import Style
from directives.wordfile.markup import element, paragraph, run, twips_of_pt


def line(style: Style, words: str, properties: str = "") -> str:
    """Write one paragraph with these words; nothing where there are none."""
    return paragraph(style, run(words), properties=properties) if words else ""


def blank(height_pt: float) -> str:
    """Write an empty paragraph of this height that stays with what follows; without it two tables would become one."""
    height = element("spacing", before=0, line=twips_of_pt(height_pt), lineRule="exact")
    return paragraph(Style.BLANK, properties=element("keepNext") + height)
