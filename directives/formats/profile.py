"""What one edition of the official format fixes: sizes in millimetres and points, marks and labels.

The boxes (ô) are those of the layout table that HD36 and HD05 share; each edition gives its values with their clauses.
"""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One edition of the format. Lengths end in `_mm`, type sizes and distances in `_pt`."""

    name: str
    valid_from: datetime.date
    valid_until: datetime.date | None

    # Page (khổ giấy, định lề): A4 portrait, the text block is 165 x 257 mm.
    page_width_mm: float
    page_height_mm: float
    margin_top_mm: float
    margin_bottom_mm: float
    margin_left_mm: float
    margin_right_mm: float
    # Page number: Arabic, upright, centred, from page 2.
    page_number_pt: float
    page_number_from_top_mm: float

    # Head in two columns. The rule gives no widths; these hold the longest usual lines on either side.
    left_column_mm: float
    right_column_mm: float
    # What a centred subject keeps free, both sides together.
    side_space_mm: float
    # Box 1, tiêu đề; the rule beneath it is as long as the words.
    title_pt: float
    title_rule_pt: float
    # Boxes 2a and 2b, superior and issuing body.
    superior_pt: float
    issuer_pt: float
    # Boxes 3 and 4, number and symbol, place and date.
    number_pt: float
    place_date_pt: float
    # Box 5b, subject of a công văn, under the number.
    letter_subject_pt: float
    # Box 5a, type, author line, subject, meeting note, and the hyphens beneath them.
    type_pt: float
    author_pt: float
    subject_pt: float
    meeting_note_pt: float
    subject_rule: str

    # Box 6, body.
    body_pt: float
    body_line_pt: float
    paragraph_space_pt: float
    first_line_indent_mm: float

    # Box 9a, addressees.
    addressees_pt: float
    addressees_label: str
    petition_label: str
    addressees_separator: str
    # Box 9b, nơi nhận.
    distribution_label_pt: float
    distribution_pt: float
    distribution_separator: str
    # The mark after the last entry of either list.
    list_end: str

    # Box 7, signature: lines 14, as many blank lines of 14 pt between them and the name.
    signature_pt: float
    signature_blank_lines: int

    def separator_after(self, place: int, count: int, separator: str) -> str:
        """Return the mark after entry `place` (from 0) of a list of `count` entries."""
        return self.list_end if place == count - 1 else separator
