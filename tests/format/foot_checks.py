"""Boxes 7, 8, 9b and 12, annexes and certified copies: what stands below the body and after it."""

from __future__ import annotations

import pytest

from directives.annexes import roman
from directives.document import Issuer, Signature
from tests.format.checking import SAME_PLACE, SAME_SIZE, Printed
from tests.format.measured import MM, Line


def signatures_leave_room_between_position_and_name(printed: Printed) -> None:
    document = printed.document
    _signature(printed, document.signature, document.issuer, printed.right_axis)
    if document.second_signature:
        _signature(printed, document.second_signature, document.issuer, printed.left_axis)
        first, second = (_first_line(printed, each) for each in (document.signature, document.second_signature))
        assert first.baseline == pytest.approx(second.baseline, abs=SAME_SIZE)
        names = [
            printed.pages.one(str(each.signer)) for each in (document.signature, document.second_signature) if each
        ]
        assert names[0].baseline == pytest.approx(names[1].baseline, abs=SAME_SIZE), "the names stand level"
    _signature(printed, document.confirmation, document.issuer, printed.right_axis)


def two_lines_of_the_body_stand_by_the_signature(printed: Printed) -> None:
    signature = printed.document.signature
    if signature is None or not signature.lines:
        return
    first = _first_line(printed, signature)
    if first.page == 1:
        return
    above = [line for line in printed.pages.pages[first.page - 1] if line.baseline < first.baseline - 10]
    assert len([line for line in above if line.baseline > printed.want.margin_top_mm * MM]) >= 2


def the_distribution_is_level_with_the_signature(printed: Printed) -> None:
    document = printed.document
    if not document.distribution:
        return
    label = next(line for line in printed.pages.lines if line.text.startswith(f"{printed.want.distribution_label}:"))
    words = label.letters[: len(f"{printed.want.distribution_label}:")]
    assert {letter.face for letter in words} == {"regular"}
    assert round(words[0].size, 1) == pytest.approx(printed.want.distribution_label_pt, abs=SAME_SIZE)
    assert label.left == pytest.approx(printed.left_edge, abs=SAME_PLACE)
    under = [box for box in printed.pages.boxes(label.page) if 0 < box.top - label.baseline < 4 and box.left < 100]
    assert len(under) == 1, "the label is underlined"
    assert under[0].right == pytest.approx(words[-2].right, abs=1), "the colon is not underlined"
    if document.signature and document.signature.lines and not document.second_signature:
        assert label.baseline == pytest.approx(_first_line(printed, document.signature).baseline, abs=SAME_SIZE)


def entries_of_the_distribution_carry_the_marks_of_the_edition(printed: Printed) -> None:
    document, count = printed.document, len(printed.document.distribution)
    text = "".join("".join(line.text.split()) for line in printed.pages.lines)
    for place, entry in enumerate(document.distribution):
        mark = printed.want.list_end if place == count - 1 else printed.want.distribution_separator
        end = "" if entry.printed.endswith((",", ";", ".")) else mark
        assert "".join(f"- {entry.printed}{end}".split()) in text, f"{entry.text!r} is missing"
        line = printed.pages.lines[printed.pages.beginning(f"- {entry.printed}{end}")]
        printed.says(line, size=printed.want.distribution_pt, face="regular")
        if entry.heading:
            heading = printed.pages.one(entry.heading)
            printed.says(heading, size=printed.want.distribution_pt, face="regular")
            assert heading.baseline < line.baseline
    if document.typist:
        typist = printed.pages.one(f"{document.typist.upper()}-{document.copies}")
        printed.says(typist, size=printed.want.typist_pt, face="regular")


def annexes_have_their_own_head_and_their_own_numbers(printed: Printed) -> None:
    several = len(printed.document.annexes) > 1
    for place, annex in enumerate(printed.document.annexes, start=1):
        name = f"{printed.want.annex_name} {roman(place)}" if several else str(printed.want.annex_name)
        line = next(line for line in printed.pages.lines if line.text == name and line.page > printed.main_pages)
        width, height = printed.pages.size_mm(line.page)
        assert (width > height) == (annex.orientation == "landscape")
        axis = (printed.left_edge + (width - printed.want.margin_right_mm) * MM) / 2
        printed.says(line, size=printed.want.annex_name_pt, face="bold")
        page = [each for each in printed.pages.pages[line.page - 1] if each.baseline >= line.baseline]
        title = [each for each in page[1:4] if each.text in annex.title]
        assert title, f"{annex.title!r} is missing"
        reference = next(each for each in page if each.text.startswith("(kèm theo"))
        rule = next(each for each in page if each.text == printed.want.subject_rule)
        for each, size, face in (
            (title[0], printed.want.annex_title_pt, "bold"),
            (reference, printed.want.annex_reference_pt, "italic"),
            (rule, printed.want.body_pt, "regular"),
        ):
            printed.says(each, size=size, face=face)
            printed.centred(each, axis)
        printed.centred(line, axis)
        assert not [each for each in printed.pages.pages[line.page - 1] if each.baseline < line.baseline]
        following = printed.pages.pages[line.page] if line.page < len(printed.pages.pages) else []
        if (following and following[0].baseline < printed.want.margin_top_mm * MM) or _numbered(printed, following):
            assert [each.text for each in following if each.baseline < printed.want.margin_top_mm * MM] == ["2"]


def a_certified_copy_stands_under_a_rule_across_the_page(printed: Printed) -> None:
    copy = printed.document.certified_copy
    if copy is None:
        return
    form = printed.pages.one(copy.form)
    printed.says(form, size=printed.want.copy_form_pt, face="bold")
    printed.centred(form, printed.right_axis)
    rules = [box for box in printed.pages.boxes(form.page) if box.width > 400]
    assert len(rules) == 1
    assert rules[0].width == pytest.approx(printed.right_edge - printed.left_edge, abs=1)
    assert rules[0].height == pytest.approx(printed.want.copy_rule_pt, abs=SAME_SIZE)
    assert rules[0].bottom < form.baseline
    ended = printed.pages.one(str(printed.document.signature and printed.document.signature.signer))
    assert ended.page == form.page and ended.baseline < rules[0].top
    _signature(printed, copy.signature, copy.issuer, printed.right_axis)


def pictures_have_their_places(printed: Printed) -> None:
    for signature, seal in zip(printed.rendered.places[::2], printed.rendered.places[1::2], strict=True):
        assert signature.image == "signature" and seal.image == "seal"
        assert signature.width_mm == pytest.approx(printed.want.signature_image_width_mm)
        assert seal.width_mm == seal.height_mm == pytest.approx(printed.want.seal_mm)
        covered = seal.left_mm + seal.width_mm - signature.left_mm
        assert covered == pytest.approx(printed.want.seal_over_signature * signature.width_mm, abs=0.1)
        axis = printed.left_axis if signature.key == "second-signature" else printed.right_axis
        assert signature.left_mm + signature.width_mm / 2 == pytest.approx(axis / MM, abs=0.3)


def _signature(printed: Printed, signature: Signature | None, issuer: Issuer, axis: float) -> None:
    if signature is None or signature.signer is None:
        return
    name = printed.pages.one(signature.signer)
    printed.says(name, size=printed.want.signature_pt, face="bold")
    printed.centred(name, axis)
    above = _lines_above(printed, name, axis)
    under_authority = False
    for line in signature.lines:
        own = [each for each in above if each.text in line.text]
        assert own, f"{line.text!r} does not stand above {signature.signer!r}"
        bold = line.role == "authority" or (line.role == "position" and not under_authority)
        under_authority = under_authority or line.role == "authority"
        for each in own:
            printed.says(each, size=printed.want.signature_pt, face="bold" if bold else "regular")
            printed.centred(each, axis)
    blank = issuer.signature_blank_lines or printed.want.signature_blank_lines
    if not printed.document.second_signature:
        gap = name.baseline - max(each.baseline for each in above)
        assert gap == pytest.approx((blank + 1) * printed.want.body_line_pt, abs=SAME_PLACE)


def _lines_above(printed: Printed, name: Line, axis: float) -> list[Line]:
    page = [line for line in printed.pages.pages[name.page - 1] if abs(line.middle - axis) < 2]
    return [line for line in page if 0 < name.baseline - line.baseline < 220]


def _first_line(printed: Printed, signature: Signature | None) -> Line:
    assert signature is not None
    words = signature.lines[0].text
    return next(line for line in reversed(printed.pages.lines) if line.text and words.startswith(line.text))


def _numbered(printed: Printed, page: list[Line]) -> bool:
    return any(line.baseline < printed.want.margin_top_mm * MM for line in page)


CHECKS = (
    signatures_leave_room_between_position_and_name,
    two_lines_of_the_body_stand_by_the_signature,
    the_distribution_is_level_with_the_signature,
    entries_of_the_distribution_carry_the_marks_of_the_edition,
    annexes_have_their_own_head_and_their_own_numbers,
    a_certified_copy_stands_under_a_rule_across_the_page,
    pictures_have_their_places,
)
