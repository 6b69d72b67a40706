"""Boxes 1 to 5, 9a, 10 to 11 and 13: what stands above the body, and the contact at the foot of page 1."""

from __future__ import annotations

import pytest

from tests.format.checking import SAME_PLACE, SAME_SIZE, Printed
from tests.format.measured import MM, Line

# The ascent of the document font: where the first baseline stands in its line.
ASCENT, HEIGHT = 0.891, 1.107


def the_title_is_bold_on_its_axis_and_begins_at_the_top_margin(printed: Printed) -> None:
    title = printed.pages.one(printed.want.party_title, 1)
    printed.says(title, size=printed.want.title_pt, face="bold")
    printed.centred(title, printed.right_axis)
    small = printed.document.document_type.paper == "A5"
    margin = printed.want.small_page_margin_mm if small else printed.want.margin_top_mm
    line, size = printed.want.body_line_pt, printed.want.title_pt
    assert title.baseline == pytest.approx(margin * MM + (line - HEIGHT * size) / 2 + ASCENT * size, abs=SAME_PLACE), (
        "the top margin is another"
    )


def the_rule_under_the_title_is_as_long_as_the_title(printed: Printed) -> None:
    title = printed.pages.one(printed.want.party_title, 1)
    rules = [
        box for box in printed.pages.boxes(1) if 0 < box.top - title.baseline < 12 and box.left > printed.middle - 40
    ]
    assert len(rules) == 1, "one rule stands under the title"
    [rule] = rules
    assert rule.width == pytest.approx(title.right - title.left, abs=1)
    assert rule.left == pytest.approx(title.left, abs=1)
    assert rule.height == pytest.approx(printed.want.title_rule_pt, abs=SAME_SIZE)


def the_bodies_stand_above_their_mark_on_the_left(printed: Printed) -> None:
    issuers = [printed.document.issuer, *printed.document.co_issuers]
    head = [
        line for line in printed.pages.pages[0] if line.right < printed.left_edge + printed.want.left_column_mm * MM
    ]
    written = " ".join(line.text for line in head)
    for names, size, face in (
        ([issuer.superior_line for issuer in issuers], printed.want.superior_pt, "regular"),
        ([issuer.name_line for issuer in issuers], printed.want.issuer_pt, "bold"),
    ):
        words = str(printed.want.joint_mark).join(dict.fromkeys(name for name in names if name))
        assert words in written, f"{words!r} does not stand on the left"
        for line in (line for line in head if line.text and line.text in words and len(line.text) > 3):
            printed.says(line, size=size, face=face)
            printed.centred(line, printed.left_axis)
    if issuers[0].name_line:
        mark = printed.pages.one(str(printed.want.issuer_mark), 1)
        printed.says(mark, size=printed.want.issuer_pt, face="regular")
        printed.centred(mark, printed.left_axis)
        no_rule = [box for box in printed.pages.boxes(1) if box.right < printed.middle and box.bottom < mark.baseline]
        assert not no_rule, "a rule stands under the issuing body"


def number_and_date_stand_level_each_on_its_axis(printed: Printed) -> None:
    document = printed.document
    number = _beginning(printed, "Số ")
    if document.printed_number and number:
        printed.says(number, size=printed.want.number_pt, face="regular")
        printed.centred(number, printed.left_axis)
    if document.place and len(document.place) < 12:
        date = _beginning(printed, f"{document.place},")
        assert date
        printed.says(date, size=printed.want.place_date_pt, face="italic")
        printed.centred(date, printed.right_axis)
        assert number is None or number.baseline == pytest.approx(date.baseline, abs=SAME_SIZE)


def a_letter_has_its_subject_under_the_number_and_no_type(printed: Printed) -> None:
    if not printed.document.document_type.is_letter:
        return
    words = printed.document.subject.printed
    lines = [line for line in printed.pages.pages[0] if line.faces == {"italic"} and line.right < printed.middle]
    subject = [line for line in lines if line.text in " ".join(words.split())]
    assert "".join(line.text for line in subject).replace(" ", "") == "".join(words.split())
    for line in subject:
        printed.says(line, size=printed.want.letter_subject_pt, face="italic")
        printed.centred(line, printed.left_axis)
        assert line.right - line.left <= (printed.want.left_column_mm - printed.want.side_space_mm) * MM + 1
    assert not [line for line in printed.pages.pages[0] if line.text == "CÔNG VĂN"]


def type_author_and_subject_stand_in_the_middle(printed: Printed) -> None:
    document = printed.document
    if document.document_type.is_letter:
        return
    kind = printed.pages.one(document.document_type.name.upper(), 1)
    printed.says(kind, size=printed.want.type_pt, face="bold")
    printed.centred(kind, printed.middle)
    parts = (
        (document.author_line, printed.want.author_pt, "bold"),
        (document.subject.printed, printed.want.subject_pt, "bold"),
        (document.meeting_note, printed.want.meeting_note_pt, "italic"),
    )
    under = [line for line in printed.pages.pages[0] if line.baseline > kind.baseline]
    for words, size, face in parts:
        for line in (line for line in under[:8] if words and line.text in " ".join(words.split())):
            printed.says(line, size=size, face=face)
            printed.centred(line, printed.middle)
    if any(words for words, _size, _face in parts):
        printed.centred(printed.pages.one(str(printed.want.subject_rule), 1), printed.middle)


def marks_stand_under_number_or_subject(printed: Printed) -> None:
    document = printed.document
    if document.urgency:
        urgency = printed.pages.one(document.urgency, 1)
        printed.says(urgency, size=printed.want.urgency_pt, face="bold")
        printed.centred(urgency, printed.left_axis)
        assert all(letter.red for letter in urgency.letters)
        assert urgency.baseline > printed.pages.lines[0].baseline
    if document.circulation:
        circulation = printed.pages.one(document.circulation.upper(), 1)
        printed.says(circulation, size=printed.want.circulation_pt, face="bold")
        printed.centred(circulation, printed.left_axis)
    if document.contact:
        contact = next(line for line in printed.pages.pages[0] if document.contact.startswith(line.text))
        printed.says(contact, size=printed.want.contact_pt, face="regular")
        assert contact.baseline > (printed.want.page_height_mm - printed.want.margin_bottom_mm) * MM


def addressees_stand_beside_their_label_in_the_middle(printed: Printed) -> None:
    document = printed.document
    if not document.addressees:
        return
    label = printed.want.petition_label if document.type == "TTr" else printed.want.addressees_label
    first = _beginning(printed, f"{label}:")
    assert first, f"{label!r} stands nowhere"
    edge = len(f"{label}:")
    assert {letter.face for letter in first.letters[:edge]} == {"italic"}
    assert {letter.face for letter in first.letters[edge:] if letter.text.strip()} == {"regular"}
    printed.has_size(first, printed.want.addressees_pt)
    count = len(document.addressees)
    for place, addressee in enumerate(document.addressees):
        end = printed.want.list_end if place == count - 1 else printed.want.addressees_separator
        own = "" if addressee.text.endswith((",", ";", ".")) else end
        words = "".join(f"{'- ' if count > 1 else ''}{addressee.text}{own}".split())
        assert words in "".join("".join(line.text.split()) for line in printed.pages.lines), f"{addressee.text!r}"
    if count == 1:
        assert (first.left + first.right) / 2 == pytest.approx(printed.middle, abs=SAME_PLACE)


def _beginning(printed: Printed, words: str) -> Line | None:
    return next((line for line in printed.pages.pages[0] if line.text.startswith(words)), None)


CHECKS = (
    the_title_is_bold_on_its_axis_and_begins_at_the_top_margin,
    the_rule_under_the_title_is_as_long_as_the_title,
    the_bodies_stand_above_their_mark_on_the_left,
    number_and_date_stand_level_each_on_its_axis,
    a_letter_has_its_subject_under_the_number_and_no_type,
    type_author_and_subject_stand_in_the_middle,
    marks_stand_under_number_or_subject,
    addressees_stand_beside_their_label_in_the_middle,
)
