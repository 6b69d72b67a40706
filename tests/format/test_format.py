"""Every row of the format table, measured on every directive of ours and on the samples, in both editions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from directives.document import Document
from directives.formats import Profile
from directives.rendering import Variant
from tests.directives.documents import json_of
from tests.format import body_checks, foot_checks, head_checks
from tests.format.checking import NAMES, SAME_PLACE, Printed, case
from tests.format.measured import MM
from tests.format.table import EDITIONS, HD36_VALUES, values_of

CHECKS = (*head_checks.CHECKS, *body_checks.CHECKS, *foot_checks.CHECKS)
EVERY = [*NAMES, *(f"sample {place:03}" for place in range(5))]


def printed(name: str, profile: Profile, values: dict[str, float | str], request: pytest.FixtureRequest) -> Printed:
    """Return one of our own directives, or a sample, as it is printed."""
    if name.startswith("sample "):
        return Printed.of(Document.from_json(json_of(name, request)), profile, values)
    return Printed.of(case(name), profile, values)


@pytest.mark.parametrize(("profile", "values"), EDITIONS, ids=["HD36", "HD05"])
def test_the_table_of_the_program_is_that_of_the_tests(profile: Profile, values: dict[str, float | str]) -> None:
    assert values_of(profile) == values


@pytest.mark.parametrize(("profile", "values"), EDITIONS, ids=["HD36", "HD05"])
@pytest.mark.parametrize("name", EVERY)
def test_a_directive_stands_on_its_pages_as_the_edition_wants(
    name: str, profile: Profile, values: dict[str, float | str], request: pytest.FixtureRequest
) -> None:
    one = printed(name, profile, values, request)
    for check in CHECKS:
        check(one)


# A draft says which it is, tested below. The other is room between two columns, which no rule gives and nobody sees.
MEASURED_ELSEWHERE = {"draft_mark", "draft_mark_pt", "side_space_mm"}
# Which directive shows a value; the first one shows all others.
SHOWN_BY = {
    "letter_with_marks": (),
    "petition": ("petition_label",),
    "conclusion_of_a_meeting": ("type_pt", "author_pt", "subject_pt", "meeting_note_pt", "subject_rule", "superior_pt"),
    "decision_with_grounds": ("ground_mark", "ground_separator", "grounds_end_before_enacting"),
    "resolution_with_grounds_of_2018": ("grounds_end",),
    "transfer_slip_on_small_paper": ("small_page_height_mm", "small_page_margin_mm"),
    "full_pages": ("margin_bottom_mm", "page_number_pt", "page_number_from_top_mm"),
    "joint_issue": ("joint_mark",),
    "certified_copy": ("copy_rule_pt", "copy_form_pt"),
    "report_with_table": ("table_pt", "table_line_pt", "table_rule_pt"),
    "plan_with_annexes": (
        *("annex_name", "annex_name_pt", "annex_title_pt", "annex_reference_pt"),
        *("table_columns_narrow", "table_narrow_pt", "table_narrow_line_pt"),
    ),
}
SHOWS = {field: name for name, shown in SHOWN_BY.items() for field in shown}


def _other(value: float | str) -> float | str:
    """Return another value of the same kind."""
    if isinstance(value, str):
        return "!" if len(value) == 1 else f"{value[:-1]}x"
    return value + 5 if isinstance(value, int) else value * 1.5


@pytest.mark.parametrize("field", sorted(HD36_VALUES.keys() - MEASURED_ELSEWHERE))
def test_a_page_printed_with_another_value_fails(field: str) -> None:
    profile, values = EDITIONS[0]
    changed = replace(profile, **{field: _other(values[field])})
    one = Printed.of(case(SHOWS.get(field, "letter_with_marks")), changed, values)
    with pytest.raises((AssertionError, StopIteration)):
        for check in CHECKS:
            check(one)


@pytest.mark.parametrize(("profile", "values"), EDITIONS, ids=["HD36", "HD05"])
def test_a_draft_says_which_it_is(profile: Profile, values: dict[str, float | str]) -> None:
    one = Printed.of(case("draft_without_number"), profile, values, Variant.DRAFT)
    mark = one.pages.one(str(values["draft_mark"]).format(number=2), 1)
    one.says(mark, size=values["draft_mark_pt"], face="italic")
    one.centred(mark, one.left_axis)


def test_backs_of_sheets_have_mirrored_margins() -> None:
    profile, values = EDITIONS[1]
    one = Printed.of(case("three_pages"), profile, values, Variant.DUPLEX)
    for page, margin in ((1, 30), (2, 15), (3, 30)):
        left = min(line.left for line in one.pages.pages[page - 1] if line.baseline > 60)
        assert left == pytest.approx(margin * MM, abs=SAME_PLACE)
