"""The head: issuing body and title side by side, number, place and date, marks; beneath it type and subject."""

from directives.document_fonts import BOLD, ITALIC, width
from directives.formats import Profile
from directives.printed_page.parts import PrintedAnnex, PrintedHead, PrintedPage
from directives.word_styles import Style
from directives.wordfile.markup import element, paragraph, run, twips_of_mm, twips_of_pt
from directives.wordfile.parts import blank, line
from directives.wordfile.tables import centred_columns, columns

_POINTS_PER_MM = 72 / 25.4
_HANGING_MM = 2.5
_MARKS = {"urgency": Style.URGENCY, "circulation": Style.CIRCULATION}
_BEFORE_ADDRESSEES_PT = 18
_BEFORE_TYPE_ON_SMALL_PT = 9


def head(page: PrintedHead, profile: Profile) -> str:
    """Write the two columns of the head."""
    left = [
        line(Style.SUPERIOR, page.superior),
        line(Style.ISSUER, page.issuer),
        line(Style.NUMBER, page.issuer_mark if page.issuer else ""),
    ]
    rows = [("".join(left), _title(page, profile))]
    if page.number or page.place_date:
        rows.append((line(Style.NUMBER, page.number), line(Style.PLACE_DATE, _place_date(page, profile))))
    if page.letter_subject or page.marks:
        marks = [
            line(_MARKS.get(mark.style, Style.MARK), mark.text.upper() if mark.style == "circulation" else mark.text)
            for mark in page.marks
        ]
        rows.append((line(Style.LETTER_SUBJECT, page.letter_subject) + "".join(marks), ""))
    return columns((profile.left_column_mm, profile.right_column_mm), *rows)


def titles(page: PrintedPage, *, small: bool) -> str:
    """Write type, author, subject and the hyphens beneath them; nothing for a công văn."""
    if not page.type_name:
        return ""
    closer = element("spacing", before=twips_of_pt(_BEFORE_TYPE_ON_SMALL_PT)) if small else ""
    rule = page.subject_rule if page.author_line or page.subject or page.meeting_note else ""
    return "".join(
        [
            line(Style.TYPE, page.type_name, closer),
            line(Style.AUTHOR, page.author_line),
            line(Style.SUBJECT, page.subject),
            line(Style.MEETING_NOTE, page.meeting_note),
            line(Style.RULE, rule),
        ]
    )


def annex_titles(annex: PrintedAnnex, subject_rule: str) -> str:
    """Write what stands above the text of an annex."""
    return "".join(
        [
            line(Style.ANNEX_NUMBER, annex.name),
            line(Style.ANNEX_TITLE, annex.title),
            line(Style.ANNEX_REFERENCE, annex.reference),
            line(Style.RULE, subject_rule),
        ]
    )


def addressees(page: PrintedPage) -> str:
    """Write "Kính gửi:" with its names, one beside it or several as a list, in the middle of the page."""
    if not page.addressees:
        return ""
    several = len(page.addressees) > 1
    label = paragraph(Style.ADDRESSEE, run(f"{page.addressees_label}:", italic=True))
    hanging = twips_of_mm(_HANGING_MM)
    indent = element("ind", left=hanging, hanging=hanging) if several else ""
    names = [
        paragraph(Style.ADDRESSEE, run(f"- {name}" if several else name), properties=indent) for name in page.addressees
    ]
    return blank(_BEFORE_ADDRESSEES_PT) + centred_columns((page.label_mm, page.list_mm), (label, "".join(names)))


def _place_date(page: PrintedHead, profile: Profile) -> str:
    """Join place and date; where they are too long for one line, the date stands on its own."""
    whole = " ".join(page.place_date)
    room_pt = profile.right_column_mm * _POINTS_PER_MM
    return whole if width(whole, ITALIC, profile.place_date_pt) <= room_pt else "\n".join(page.place_date)


def _title(page: PrintedHead, profile: Profile) -> str:
    """Write the title with a rule beneath it that is as long as its words; the form of a copy has none."""
    if page.style == "copy":
        return line(Style.COPY_FORM, page.title)
    free_pt = profile.right_column_mm * _POINTS_PER_MM - width(page.title, BOLD, profile.title_pt)
    side = max(0, twips_of_pt(free_pt / 2))
    eighths = round(profile.title_rule_pt * 8)
    rule = element("pBdr", element("bottom", val="single", sz=eighths, space=0, color="auto"))
    return paragraph(Style.PARTY_TITLE, run(page.title), properties=rule + element("ind", left=side, right=side))
