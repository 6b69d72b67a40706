"""Hướng dẫn 36-HD/VPTW of 03/4/2018.

"ô" and "phụ lục 3" name the boxes of its layout table; "trình bày" is its part on paper, margins and paragraphs.
Where no rule was found the comment says so.
"""

import datetime

from directives.formats.profile import Profile

HD36 = Profile(
    name="HD36",
    valid_from=datetime.date(2018, 4, 3),
    valid_until=datetime.date(2026, 5, 26),
    page_width_mm=210,  # trình bày: A4
    page_height_mm=297,
    margin_top_mm=20,  # trình bày: top and bottom 20 mm
    margin_bottom_mm=20,
    margin_left_mm=30,  # trình bày: left 30 mm, right 15 mm
    margin_right_mm=15,
    page_number_pt=14,  # trình bày: upright 14, centred
    page_number_from_top_mm=10,  # trình bày: 10 mm from the top edge
    left_column_mm=78,  # not regulated
    right_column_mm=87,  # not regulated; 78 + 87 fill the text block
    side_space_mm=4,  # not regulated
    title_pt=15,  # phụ lục 3, ô 1: upper case, bold 15
    title_rule_pt=0.75,  # ô 1: solid; its weight is not regulated
    superior_pt=14,  # ô 2a: upper case 14
    issuer_pt=14,  # ô 2b: upper case, bold 14
    number_pt=14,  # ô 3
    place_date_pt=14,  # ô 4: italic 14
    letter_subject_pt=12,  # ô 5b: italic 12
    type_pt=16,  # ô 5a: upper case, bold 15-16
    author_pt=14,  # ô 5a: bold 14-15
    subject_pt=14,  # ô 5a: bold 14-15
    meeting_note_pt=14,  # not regulated
    subject_rule="-----",  # 1.5.2: five hyphens
    body_pt=14,  # ô 6: 14-15
    body_line_pt=18,  # trình bày: exactly, at least 18
    paragraph_space_pt=6,  # trình bày: at least 6
    first_line_indent_mm=10,  # trình bày: about 10 mm
    addressees_pt=14,  # ô 9a: label italic, names upright 14
    addressees_label="Kính gửi",  # ô 9a
    petition_label="Kính gửi",  # ô 9a: a tờ trình is no exception
    addressees_separator=",",  # ô 9a
    distribution_label_pt=14,  # ô 9b: upright, underlined 14
    distribution_pt=12,  # ô 9b: 12
    distribution_separator=",",  # ô 9b: comma after each entry
    list_end=".",  # ô 9a, 9b: full stop after the last
    signature_pt=14,  # ô 7a, 7b, 7c: 14
    signature_blank_lines=4,  # ô 7c: four blank lines of 14 pt
)
