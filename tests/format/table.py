"""The format table as the tests know it, written a second time: a slip in the program's own must not hide here."""

from __future__ import annotations

from dataclasses import fields

from directives.formats import HD05, HD36, Profile

HD36_VALUES: dict[str, float | str] = {
    "page_width_mm": 210,
    "page_height_mm": 297,
    "small_page_height_mm": 148,
    "margin_top_mm": 20,
    "margin_bottom_mm": 20,
    "margin_left_mm": 30,
    "margin_right_mm": 15,
    "small_page_margin_mm": 10,
    "page_number_pt": 14,
    "page_number_from_top_mm": 10,
    "left_column_mm": 78,
    "right_column_mm": 87,
    "side_space_mm": 4,
    "party_title": "ĐẢNG CỘNG SẢN VIỆT NAM",
    "title_pt": 15,
    "title_rule_pt": 0.75,
    "superior_pt": 14,
    "issuer_pt": 14,
    "issuer_mark": "*",
    "joint_mark": " - ",
    "number_pt": 14,
    "place_date_pt": 14,
    "letter_subject_pt": 12,
    "urgency_pt": 14,
    "circulation_pt": 12,
    "draft_mark_pt": 14,
    "draft_mark": "Dự thảo lần {number}",
    "type_pt": 16,
    "author_pt": 14,
    "subject_pt": 14,
    "meeting_note_pt": 14,
    "subject_rule": "-----",
    "body_pt": 14,
    "body_line_pt": 18,
    "paragraph_space_pt": 6,
    "first_line_indent_mm": 10,
    "ground_mark": "- ",
    "ground_separator": ";",
    "grounds_end": ",",
    "grounds_end_before_enacting": ",",
    "table_pt": 13,
    "table_line_pt": 16,
    "table_columns_narrow": 8,
    "table_narrow_pt": 11,
    "table_narrow_line_pt": 13.5,
    "table_rule_pt": 0.5,
    "addressees_pt": 14,
    "addressees_label": "Kính gửi",
    "petition_label": "Kính gửi",
    "addressees_separator": ",",
    "distribution_label": "Nơi nhận",
    "distribution_label_pt": 14,
    "distribution_pt": 12,
    "distribution_separator": ",",
    "typist_pt": 8,
    "contact_pt": 10,
    "list_end": ".",
    "signature_pt": 14,
    "signature_blank_lines": 4,
    "signature_image_width_mm": 45,
    "seal_mm": 36,
    "seal_over_signature": 1 / 3,
    "annex_name": "PHỤ LỤC",
    "annex_name_pt": 14,
    "annex_title_pt": 14,
    "annex_reference_pt": 14,
    "copy_rule_pt": 0.75,
    "copy_form_pt": 14,
}
HD05_VALUES: dict[str, float | str] = {
    **HD36_VALUES,
    "grounds_end": ".",
    "petition_label": "Kính trình",
    "distribution_separator": ";",
}
EDITIONS: tuple[tuple[Profile, dict[str, float | str]], ...] = ((HD36, HD36_VALUES), (HD05, HD05_VALUES))


def values_of(profile: Profile) -> dict[str, float | str]:
    """Return every value of an edition by its name."""
    return {field.name: getattr(profile, field.name) for field in fields(profile) if field.name in profile.rules}
