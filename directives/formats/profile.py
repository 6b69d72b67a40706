"""What one edition of the official format fixes: sizes in millimetres and points, marks and labels.

The boxes (ô) are those of the layout table that HD36 and HD05 share; each edition gives its values with their clauses.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Rule:
    """One value of an edition, the clause that gives it, and whether the clause was read or only its digest."""

    value: Any
    clause: str
    confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One edition of the format. Lengths end in `_mm`, type sizes and distances in `_pt`; `rules` holds the clauses."""

    name: str
    valid_from: datetime.date
    valid_until: datetime.date | None
    rules: Mapping[str, Rule] = field(compare=False)

    # Page (khổ giấy, định lề): A4 portrait, the text block is 165 x 257 mm; small papers lie across on A5
    # with narrower margins at top and bottom.
    page_width_mm: float
    page_height_mm: float
    small_page_height_mm: float
    margin_top_mm: float
    margin_bottom_mm: float
    margin_left_mm: float
    margin_right_mm: float
    small_page_margin_mm: float
    # Page number: Arabic, upright, centred, from page 2.
    page_number_pt: float
    page_number_from_top_mm: float

    # Head in two columns, and what a centred subject keeps free, both sides together.
    left_column_mm: float
    right_column_mm: float
    side_space_mm: float
    # Box 1, tiêu đề; the rule beneath it is as long as the words.
    party_title: str
    title_pt: float
    title_rule_pt: float
    # Boxes 2a and 2b, superior and issuing body, with the mark beneath them and between bodies that issue jointly.
    superior_pt: float
    issuer_pt: float
    issuer_mark: str
    joint_mark: str
    # Boxes 3 and 4, number and symbol, place and date.
    number_pt: float
    place_date_pt: float
    # Box 5b, subject of a công văn, under the number.
    letter_subject_pt: float
    # Boxes 10b, 11a and 11b, under number or subject: urgency, limit of circulation, draft mark.
    urgency_pt: float
    circulation_pt: float
    draft_mark_pt: float
    draft_mark: str
    # Box 5a, type, author line, subject, meeting note, and the hyphens beneath them.
    type_pt: float
    author_pt: float
    subject_pt: float
    meeting_note_pt: float
    subject_rule: str

    # Box 6, body. The grounds (căn cứ) stand before it, each after a mark; the last one ends otherwise.
    body_pt: float
    body_line_pt: float
    paragraph_space_pt: float
    first_line_indent_mm: float
    ground_mark: str
    ground_separator: str
    grounds_end: str
    grounds_end_before_enacting: str
    # Tables in the body and in annexes; narrow from `table_columns_narrow` columns.
    table_pt: float
    table_line_pt: float
    table_columns_narrow: int
    table_narrow_pt: float
    table_narrow_line_pt: float
    table_rule_pt: float

    # Box 9a, addressees.
    addressees_pt: float
    addressees_label: str
    petition_label: str
    addressees_separator: str
    # Box 9b, nơi nhận; box 12, typist and number of copies beneath it; box 13, contact at the foot of page 1.
    distribution_label: str
    distribution_label_pt: float
    distribution_pt: float
    distribution_separator: str
    typist_pt: float
    contact_pt: float
    # The mark after the last entry of either list.
    list_end: str

    # Box 7, signature: lines 14, as many blank lines of 14 pt between them and the name.
    signature_pt: float
    signature_blank_lines: int
    # Boxes 7b and 8: room for the image of the signature, and the diameter of the seal that covers a third of it.
    signature_image_width_mm: float
    seal_mm: float
    seal_over_signature: float

    # Phụ lục: its name, title and reference line.
    annex_name: str
    annex_name_pt: float
    annex_title_pt: float
    annex_reference_pt: float
    # Bản sao: the rule across the page, and the form of the copy where the title stands on a directive.
    copy_rule_pt: float
    copy_form_pt: float

    def separator_after(self, place: int, count: int, separator: str) -> str:
        """Return the mark after entry `place` (from 0) of a list of `count` entries."""
        return self.list_end if place == count - 1 else separator

    @property
    def text_width_mm(self) -> float:
        """The width between the margins of an upright page."""
        return self.page_width_mm - self.margin_left_mm - self.margin_right_mm


def profile_of(
    name: str, valid_from: datetime.date, valid_until: datetime.date | None, rules: Mapping[str, Rule]
) -> Profile:
    """Return the edition that these rules make; raise TypeError where one is missing or unknown."""
    values = {field: rule.value for field, rule in rules.items()}
    return Profile(name=name, valid_from=valid_from, valid_until=valid_until, rules=rules, **values)
