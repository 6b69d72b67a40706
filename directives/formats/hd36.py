"""Hướng dẫn 36-HD/VPTW of 03/4/2018.

"ô" and "phụ lục 3" name the boxes of its layout table; "trình bày" is its part on paper, margins and paragraphs. A rule
that is open was not found in the text: its value is the custom of offices or our choice, and may be corrected here.
"""

import datetime

from directives.formats.profile import Rule, profile_of


def _open(value: float | str, clause: str) -> Rule:
    return Rule(value, clause, confirmed=False)


_NOT_REGULATED = "not regulated"

PAGE = {
    "page_width_mm": Rule(210, "trình bày: A4"),
    "page_height_mm": Rule(297, "trình bày: A4"),
    "small_page_height_mm": _open(148, "trình bày: A5 for administrative papers; that it lies across is custom"),
    "margin_top_mm": Rule(20, "trình bày: top 20 mm"),
    "margin_bottom_mm": Rule(20, "trình bày: bottom 20 mm"),
    "margin_left_mm": Rule(30, "trình bày: left 30 mm"),
    "margin_right_mm": Rule(15, "trình bày: right 15 mm"),
    "small_page_margin_mm": _open(10, "not regulated; on A5 the head and the signature leave little room"),
    "page_number_pt": Rule(14, "trình bày: upright 14, centred"),
    "page_number_from_top_mm": Rule(10, "trình bày: 10 mm from the top edge"),
}
HEAD = {
    "left_column_mm": _open(78, f"{_NOT_REGULATED}; 78 + 87 fill the text block"),
    "right_column_mm": _open(87, f"{_NOT_REGULATED}; 78 + 87 fill the text block"),
    "side_space_mm": _open(4, _NOT_REGULATED),
    "party_title": Rule("ĐẢNG CỘNG SẢN VIỆT NAM", "phụ lục 3, ô 1"),
    "title_pt": Rule(15, "phụ lục 3, ô 1: upper case, bold 15"),
    "title_rule_pt": _open(0.75, "phụ lục 3, ô 1: solid, as long as the title; its weight is not regulated"),
    "superior_pt": Rule(14, "phụ lục 3, ô 2a: upper case 14"),
    "issuer_pt": Rule(14, "phụ lục 3, ô 2b: upper case, bold 14"),
    "issuer_mark": Rule("*", "phụ lục 3, ô 2b: an asterisk beneath"),
    "joint_mark": _open(" - ", "ô 2b: bodies that issue jointly, with a hyphen between"),
    "number_pt": Rule(14, "phụ lục 3, ô 3"),
    "place_date_pt": Rule(14, "phụ lục 3, ô 4: italic 14"),
    "letter_subject_pt": Rule(12, "phụ lục 3, ô 5b: italic 12"),
    "urgency_pt": Rule(14, "phụ lục 3, ô 10b: upper case, bold 14, red"),
    "circulation_pt": Rule(12, "phụ lục 3, ô 11a: upper case, bold 12", confirmed=False),
    "draft_mark_pt": Rule(14, "phụ lục 3, ô 11b: italic 14", confirmed=False),
    "draft_mark": _open("Dự thảo lần {number}", "ô 11b"),
}
TITLES = {
    "type_pt": Rule(16, "phụ lục 3, ô 5a: upper case, bold 15-16"),
    "author_pt": Rule(14, "phụ lục 3, ô 5a: bold 14-15"),
    "subject_pt": Rule(14, "phụ lục 3, ô 5a: bold 14-15"),
    "meeting_note_pt": _open(14, _NOT_REGULATED),
    "subject_rule": Rule("-----", "1.5.2: five hyphens"),
}
BODY = {
    "body_pt": Rule(14, "phụ lục 3, ô 6: 14-15"),
    "body_line_pt": Rule(18, "trình bày: exactly, at least 18"),
    "paragraph_space_pt": Rule(6, "trình bày: at least 6"),
    "first_line_indent_mm": Rule(10, "trình bày: about 10 mm"),
    "ground_mark": Rule("- ", "căn cứ: upright, each after a hyphen"),
    "ground_separator": Rule(";", "căn cứ: semicolon after each"),
    "grounds_end": Rule(",", "căn cứ: comma after the last"),
    "grounds_end_before_enacting": Rule(",", "căn cứ: comma after the last"),
    "table_pt": _open(13, _NOT_REGULATED),
    "table_line_pt": _open(16, _NOT_REGULATED),
    "table_columns_narrow": _open(8, _NOT_REGULATED),
    "table_narrow_pt": _open(11, _NOT_REGULATED),
    "table_narrow_line_pt": _open(13.5, _NOT_REGULATED),
    "table_rule_pt": _open(0.5, _NOT_REGULATED),
}
LISTS = {
    "addressees_pt": Rule(14, "phụ lục 3, ô 9a: label italic, names upright 14"),
    "addressees_label": Rule("Kính gửi", "ô 9a"),
    "petition_label": Rule("Kính gửi", "ô 9a: a tờ trình is no exception"),
    "addressees_separator": Rule(",", "ô 9a"),
    "distribution_label": Rule("Nơi nhận", "ô 9b"),
    "distribution_label_pt": Rule(14, "phụ lục 3, ô 9b: upright, underlined 14"),
    "distribution_pt": Rule(12, "phụ lục 3, ô 9b: 12"),
    "distribution_separator": Rule(",", "ô 9b: comma after each entry"),
    "typist_pt": Rule(8, "phụ lục 3, ô 12: upper case 8"),
    "contact_pt": Rule(10, "phụ lục 3, ô 13: 10"),
    "list_end": Rule(".", "ô 9a, 9b: full stop after the last"),
}
SIGNATURE = {
    "signature_pt": Rule(14, "phụ lục 3, ô 7a, 7b, 7c: 14"),
    "signature_blank_lines": Rule(4, "ô 7c: four blank lines of 14 pt; some offices leave five", confirmed=False),
    "signature_image_width_mm": _open(45, _NOT_REGULATED),
    "seal_mm": _open(36, "ô 8: the seal in its real size"),
    "seal_over_signature": Rule(1 / 3, "ô 8: the seal covers a third of the signature, from the left"),
}
ADDED = {
    "annex_name": Rule("PHỤ LỤC", "phụ lục: numbered in Roman figures where there are several"),
    "annex_name_pt": _open(14, "phụ lục: as a type name; its size is not confirmed"),
    "annex_title_pt": _open(14, "phụ lục: as a subject; its size is not confirmed"),
    "annex_reference_pt": _open(14, "phụ lục: in brackets under the title; its size is not confirmed"),
    "copy_rule_pt": _open(0.75, "bản sao: a rule across the page; its weight is not regulated"),
    "copy_form_pt": _open(14, "bản sao: upper case, bold; its size is not confirmed"),
}

RULES = {**PAGE, **HEAD, **TITLES, **BODY, **LISTS, **SIGNATURE, **ADDED}

HD36 = profile_of("HD36", datetime.date(2018, 4, 3), datetime.date(2026, 5, 26), RULES)
