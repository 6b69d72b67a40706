"""The pages: their size and margins, page numbers from the second page, what stands at the foot of each."""

from dataclasses import dataclass

from directives.formats import Profile
from directives.word_styles import Style
from directives.wordfile.markup import element, paragraph, root, run, twips_of_mm
from directives.wordfile.package import relationship_id

HEADER, FOOTER, FIRST_FOOTER = "header1", "footer1", "footer2"
# From the lower edge; the rule gives no place for what stands there.
_FOOTER_MM = 8


@dataclass(frozen=True, slots=True)
class Sheet:
    """How the pages of one section lie: across, or small; the first of a file may carry the contact at its foot."""

    across: bool = False
    small: bool = False
    with_contact: bool = False

    def width_mm(self, profile: Profile) -> float:
        """The width between the margins."""
        whole = profile.page_height_mm if self.across else profile.page_width_mm
        return whole - profile.margin_left_mm - profile.margin_right_mm


def section(sheet: Sheet, profile: Profile) -> str:
    """Write the properties of a section; every section counts its own pages and shows no number on its first."""
    first_footer = FIRST_FOOTER if sheet.with_contact else FOOTER
    return element(
        "sectPr",
        _reference("header", "default", HEADER),
        _reference("footer", "default", FOOTER),
        _reference("footer", "first", first_footer),
        element("type", val="nextPage"),
        _size(sheet, profile),
        _margins(sheet, profile),
        element("pgNumType", start=1),
        element("titlePg"),
    )


def page_number() -> str:
    """Write the header with the number of the page."""
    number = f'<w:fldSimple w:instr=" PAGE ">{run("2")}</w:fldSimple>'
    return root("hdr", paragraph(Style.PAGE_NUMBER, number))


def footer(note: str, contact: str = "") -> str:
    """Write what stands at the foot of a page: the contact, and a note on what the file is."""
    above = element("pBdr", element("top", val="single", sz=4, space=3, color="auto"))
    lines = [paragraph(Style.CONTACT, run(contact), properties=above)] if contact else []
    lines += [paragraph(Style.NOTE, run(note))] if note or not lines else []
    return root("ftr", *lines)


def _reference(kind: str, pages: str, part: str) -> str:
    return f'<w:{kind}Reference w:type="{pages}" r:id="{relationship_id(part)}"/>'


def _size(sheet: Sheet, profile: Profile) -> str:
    width, height = profile.page_width_mm, profile.small_page_height_mm if sheet.small else profile.page_height_mm
    if sheet.across:
        return element("pgSz", w=twips_of_mm(height), h=twips_of_mm(width), orient="landscape")
    lies = {"orient": "landscape"} if width > height else {}
    return element("pgSz", w=twips_of_mm(width), h=twips_of_mm(height), **lies)


def _margins(sheet: Sheet, profile: Profile) -> str:
    small = profile.small_page_margin_mm
    return element(
        "pgMar",
        top=twips_of_mm(small if sheet.small else profile.margin_top_mm),
        right=twips_of_mm(profile.margin_right_mm),
        bottom=twips_of_mm(small if sheet.small else profile.margin_bottom_mm),
        left=twips_of_mm(profile.margin_left_mm),
        header=twips_of_mm(profile.page_number_from_top_mm),
        footer=twips_of_mm(min(_FOOTER_MM, small) if sheet.small else _FOOTER_MM),
        gutter=0,
    )
