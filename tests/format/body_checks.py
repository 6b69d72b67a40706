"""Box 6, the paper and the numbers of pages: paragraphs, headings, grounds, tables, and where pages end."""

from __future__ import annotations

from itertools import pairwise

import pytest

from directives.blocks import walk
from directives.document import Block, BlockKind
from tests.format.checking import SAME_PLACE, SAME_SIZE, Printed
from tests.format.head_checks import ASCENT
from tests.format.measured import MM, Line

# What stands beneath a baseline: the descent of 14 pt within a line of 18.
_UNDER_BASELINE = 4.5


def the_paper_has_its_size(printed: Printed) -> None:
    small = printed.document.document_type.paper == "A5"
    height = printed.want.small_page_height_mm if small else printed.want.page_height_mm
    for page in range(1, printed.main_pages + 1):
        assert printed.pages.size_mm(page) == pytest.approx((printed.want.page_width_mm, height), abs=0.1)


def words_stay_inside_the_margins(printed: Printed) -> None:
    small = printed.document.document_type.paper == "A5"
    margin = printed.want.small_page_margin_mm if small else printed.want.margin_bottom_mm
    for page in range(1, printed.main_pages + 1):
        height = printed.pages.size_mm(page)[1]
        for line in printed.pages.pages[page - 1]:
            assert line.left >= printed.left_edge - SAME_PLACE, f"{line.text!r} begins in the margin"
            assert line.right <= printed.right_edge + SAME_PLACE, f"{line.text!r} ends in the margin"
            if 10 not in line.sizes:
                assert line.baseline + 3 <= (height - margin) * MM, f"{line.text!r} stands in the bottom margin"


def paragraphs_begin_ten_millimetres_in_and_fill_their_lines(printed: Printed) -> None:
    indent = printed.want.first_line_indent_mm * MM
    for block, lines in printed.paragraphs:
        assert lines[0].left == pytest.approx(printed.left_edge + indent, abs=SAME_PLACE), f"{block.text[:40]!r}"
        for line in lines:
            printed.has_size(line, printed.want.body_pt)
        for line in lines[1:]:
            assert line.left == pytest.approx(printed.left_edge, abs=SAME_PLACE)
        if not any(len(word) > 40 for word in block.text.split()):
            for line in lines[:-1]:
                assert line.right == pytest.approx(printed.right_edge, abs=SAME_PLACE), f"{line.text!r} is ragged"


def lines_and_paragraphs_keep_their_distance(printed: Printed) -> None:
    pitch, space = printed.want.body_line_pt, printed.want.paragraph_space_pt
    every = [lines for _block, lines in printed.paragraphs]
    for lines in every:
        for above, below in pairwise(lines):
            if above.page == below.page:
                assert below.baseline - above.baseline == pytest.approx(pitch, abs=SAME_SIZE)
    blocks = [block for block, _above in walk(printed.document.body)]
    neighbours = {id(one): other for one, other in pairwise(blocks)}
    for (block, lines), (below_block, below) in pairwise(printed.paragraphs):
        if neighbours.get(id(block)) is below_block and lines[-1].page == below[0].page:
            assert below[0].baseline - lines[-1].baseline == pytest.approx(pitch + space, abs=SAME_SIZE)


def headings_are_bold_and_divisions_stand_in_the_middle(printed: Printed) -> None:
    for block, lines in printed.paragraphs:
        if block.kind is BlockKind.HEADING:
            assert all(line.faces <= {"bold", "bold italic"} for line in lines), f"{block.text!r} is not bold"
        if (block.marker or "").startswith("Điều"):
            marker = lines[0].letters[: len(block.marker or "")]
            assert {letter.face for letter in marker if letter.text.strip()} == {"bold"}
    for block, _above in walk(printed.document.body):
        if (block.marker or "").startswith(("Phần", "Chương", "Mục")):
            _division(printed, block)


def grounds_carry_the_marks_of_the_edition(printed: Printed) -> None:
    grounds, enacting = printed.document.grounds, printed.document.enacting_line
    text = "".join("".join(line.text.split()) for line in printed.pages.lines)
    end = printed.want.grounds_end_before_enacting if enacting else printed.want.grounds_end
    for place, ground in enumerate(grounds):
        mark = end if place == len(grounds) - 1 else printed.want.ground_separator
        assert "".join(f"{printed.want.ground_mark}{ground}{mark}".split()) in text
        first = printed.pages.lines[printed.pages.beginning(f"{printed.want.ground_mark}{ground}{mark}")]
        printed.says(first, size=printed.want.body_pt, face="regular")
    if enacting:
        line = printed.pages.one(enacting)
        printed.says(line, size=printed.want.body_pt, face="bold")
        printed.centred(line, printed.middle)


def tables_repeat_their_head_on_every_page(printed: Printed) -> None:
    for block, _above in printed.document.walk():
        if block.kind is BlockKind.TABLE:
            _table(printed, block)


def pages_are_numbered_from_the_second(printed: Printed) -> None:
    size, top = printed.want.page_number_pt, printed.want.page_number_from_top_mm * MM
    for page in range(1, printed.main_pages + 1):
        above = [line for line in printed.pages.pages[page - 1] if line.baseline < printed.want.margin_top_mm * MM]
        if page == 1 or printed.document.document_type.paper == "A5":
            assert page > 1 or not [line for line in above if line.text == "1"]
            continue
        assert [line.text for line in above] == [str(page)]
        printed.says(above[0], size=size, face="regular")
        printed.centred(above[0], printed.middle)
        assert above[0].baseline == pytest.approx(top + ASCENT * size, abs=SAME_PLACE)


def a_full_page_is_filled(printed: Printed) -> None:
    room = (printed.want.page_height_mm - printed.want.margin_top_mm - printed.want.margin_bottom_mm) * MM
    for _block, lines in printed.paragraphs:
        for page in range(lines[0].page + 1, lines[-1].page):
            held = [line for line in lines if line.page == page]
            assert len(held) == int(room / printed.want.body_line_pt), f"page {page} holds {len(held)} lines"


def pages_end_well(printed: Printed) -> None:
    """No heading ends a page, and no paragraph leaves its first or brings its last line alone to a page."""
    ends = {_last_of_body(page) for page in printed.pages.pages[: printed.main_pages]}
    for block, lines in printed.paragraphs:
        pages = [line.page for line in lines]
        for page in set(pages):
            assert len(set(pages)) == 1 or pages.count(page) >= 2, f"a line of {block.text[:40]!r} stands alone"
        if block.kind is BlockKind.HEADING and block.children:
            assert lines[-1] not in ends, f"{block.text!r} ends a page"


def _last_of_body(page: list[Line]) -> Line:
    return max(page, key=lambda line: line.baseline)


def _division(printed: Printed, block: Block) -> None:
    number = printed.pages.one(str(block.marker))
    printed.says(number, size=printed.want.body_pt, face="bold")
    printed.centred(number, printed.middle)
    words = block.text.upper()
    named = [line for line in printed.pages.lines if line.page == number.page and line.text and line.text in words]
    named = [line for line in named if number.baseline < line.baseline < number.baseline + 80 and len(line.text) > 3]
    assert named, f"{words!r} is missing"
    assert named[0].baseline - number.baseline == pytest.approx(printed.want.body_line_pt, abs=SAME_SIZE)
    for line in named:
        printed.says(line, size=printed.want.body_pt, face="bold")
        printed.centred(line, printed.middle)


def _table(printed: Printed, table: Block) -> None:
    narrow = max(sum(cell.columns for cell in row.cells) for row in table.children) >= printed.want.table_columns_narrow
    size = printed.want.table_narrow_pt if narrow else printed.want.table_pt
    pitch = printed.want.table_narrow_line_pt if narrow else printed.want.table_line_pt
    words = " ".join(table.children[table.head_rows].cells[1].text.split()[:2])
    first = next(line for line in printed.pages.lines if words in line.text and 14.0 not in line.sizes)
    printed.has_size(first, size)
    held = {line.page for line in printed.pages.lines if line.sizes == first.sizes}
    for page in sorted(held):
        lines = [line for line in printed.pages.pages[page - 1] if line.sizes == first.sizes]
        for row in table.children[: table.head_rows]:
            word = row.cells[0].text.split()[0]
            assert any(word in line.text and "bold" in line.faces for line in lines), f"page {page} lacks the head"
        assert (_pitch(lines) or pitch) == pytest.approx(pitch, abs=SAME_SIZE)
        rules = [box for box in printed.pages.boxes(page) if box.width > 10 and box.height < 3 and box.stroke]
        held_by = (lines[0].baseline - 60, lines[-1].baseline + 20)
        strokes = {round(rule.stroke, 2) for rule in rules if held_by[0] < rule.top < held_by[1]}
        assert strokes == {printed.want.table_rule_pt}, f"rules between the rows are {strokes}"


def _pitch(lines: list[Line]) -> float | None:
    """The distance of two lines of one cell: of all that begin at the same place the smallest."""
    pairs = pairwise(lines)
    below = [two.baseline - one.baseline for one, two in pairs if abs(one.left - two.left) < 1]
    return min((distance for distance in below if distance > 0), default=None)


CHECKS = (
    the_paper_has_its_size,
    words_stay_inside_the_margins,
    paragraphs_begin_ten_millimetres_in_and_fill_their_lines,
    lines_and_paragraphs_keep_their_distance,
    headings_are_bold_and_divisions_stand_in_the_middle,
    grounds_carry_the_marks_of_the_edition,
    tables_repeat_their_head_on_every_page,
    pages_are_numbered_from_the_second,
    a_full_page_is_filled,
    pages_end_well,
)
