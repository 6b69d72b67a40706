"""Writes a directive as a Word file that an office may go on editing, set like the official page.

The same directive gives the same bytes: no clock is read. Word's styles bear the names of the parts in Vietnamese.
"""

from directives.balanced_lines import balance
from directives.document import Document
from directives.formats import Profile, profile_named
from directives.printed_page import Print, Variant, printed_page
from directives.printed_page.parts import PrintedPage
from directives.word_styles import Style
from directives.wordfile.foot import copy, foot
from directives.wordfile.head import addressees, annex_titles, head, titles
from directives.wordfile.looks import looks
from directives.wordfile.markup import element, paragraph, root
from directives.wordfile.numbering import Numbering
from directives.wordfile.package import Properties, packed
from directives.wordfile.sections import FIRST_FOOTER, FOOTER, HEADER, Sheet, footer, page_number, section
from directives.wordfile.styles import styles_part
from directives.wordfile.text import markers_of, markers_of_main, text

__all__ = ["word_file"]

_COMPATIBILITY = "http://schemas.microsoft.com/office/word"


def word_file(
    document: Document,
    *,
    profile: Profile | None = None,
    variant: Variant = Variant.FINAL,
    draft_number: int | None = None,
    note: str = "",
) -> bytes:
    """Return the .docx of a directive in its own format profile, or in the given one.

    `draft_number` stands in the mark of a draft, `note` at the foot of every page.
    """
    profile = profile or profile_named(document.profile)
    page = balance(printed_page(document, profile, Print(variant, draft_number)), profile)
    numbering = Numbering()
    written = _written(document, page, profile, numbering)
    parts = {
        "document": root("document", element("body", written)),
        "styles": styles_part(looks(profile), profile.body_pt),
        "numbering": numbering.part(profile),
        "settings": _settings(mirrored=variant is Variant.DUPLEX),
        HEADER: page_number(),
        FOOTER: footer(note),
        **({FIRST_FOOTER: footer(note, page.contact)} if page.contact else {}),
    }
    return packed(parts, Properties(page.name, page.author, page.created))


def _written(document: Document, page: PrintedPage, profile: Profile, numbering: Numbering) -> str:
    """Write the main text and each annex as a section of its own."""
    main = Sheet(small=document.document_type.paper == "A5", with_contact=bool(page.contact))
    contents = [
        "".join(
            [
                head(page.head, profile),
                titles(page, small=main.small),
                addressees(page),
                text(page.blocks, markers_of_main(document), numbering, profile, main.width_mm(profile)),
                foot(page.foot, page.distribution_label, profile),
                copy(page.copy, page.distribution_label, profile) if page.copy else "",
            ]
        )
    ]
    sheets = [main]
    for annex, source in zip(page.annexes, document.annexes, strict=True):
        sheet = Sheet(across=annex.landscape)
        body = text(annex.blocks, markers_of(source.body), numbering, profile, sheet.width_mm(profile))
        contents.append(annex_titles(annex, page.subject_rule) + body)
        sheets.append(sheet)
    *before, last = (section(sheet, profile) for sheet in sheets)
    # The last paragraph of a section holds its properties; after a table Word asks for a paragraph anyway.
    ended = [content + paragraph(Style.BLANK, properties=end) for content, end in zip(contents, before, strict=False)]
    return "".join([*ended, contents[-1], paragraph(Style.BLANK), last])


def _settings(*, mirrored: bool) -> str:
    modern = element("compatSetting", name="compatibilityMode", uri=_COMPATIBILITY, val=15)
    return root(
        "settings",
        element("mirrorMargins") if mirrored else "",
        element("defaultTabStop", val=720),
        element("characterSpacingControl", val="doNotCompress"),
        element("compat", modern),
        element("themeFontLang", val="vi-VN"),
        element("decimalSymbol", val=","),
        element("listSeparator", val=";"),
    )
