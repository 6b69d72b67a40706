"""The body in a plain text box: nothing is lost on the way out and back."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives.document import Block, BlockKind, Document, Follow, Run, Target
from directives.reading_text import read_blocks, write_blocks
from tests.directives.documents import NAMES, item, json_of, paragraph, row, table

MARKERS = ["I-", "I.", "1.", "1-", "1.1.", "(1)-", "(1)", "a)", "a-", "-", "+", "*"]
# Signs that mean something in the box, and letters whose accents could be composed wrongly.
TEXTS = st.text(alphabet="ab1.-+*()_\\[]#< \tIđốắ%“”\u00a0", max_size=8)
RUNS = st.lists(st.builds(Run, TEXTS, st.booleans(), st.booleans(), st.booleans()), max_size=3).map(tuple)
OWN_MARKERS = st.sampled_from(["Điều 1.", "Phần I", "•", "a]b", "\\"])


def _trees(depth: int) -> st.SearchStrategy[Block]:
    children = st.lists(_trees(depth - 1), max_size=3).map(tuple) if depth else st.just(())
    return st.builds(
        Block,
        kind=st.sampled_from([BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM]),
        marker=st.none() | st.sampled_from(MARKERS) | OWN_MARKERS,
        runs=RUNS,
        children=children,
        task=st.booleans(),
        named_units=st.lists(TEXTS, max_size=1).map(tuple),
        follow=st.none() | st.sampled_from(Follow),
        deadline=st.none() | st.just("2026-12-01"),
    )


BODIES = st.lists(_trees(3), max_size=4).map(tuple)


def _markers_and_words(blocks: tuple[Block, ...], level: int = 0) -> list[tuple[int, str | None, str]]:
    return [
        line
        for block in blocks
        for line in [(level, block.marker, block.text), *_markers_and_words(block.children, level + 1)]
    ]


@settings(max_examples=300, deadline=None)
@given(BODIES)
def test_any_body_goes_through_the_box_and_comes_back_equal(body: tuple[Block, ...]) -> None:
    assert read_blocks(write_blocks(body), keep=body) == body


@settings(max_examples=200, deadline=None)
@given(BODIES)
def test_words_markers_and_levels_stand_in_the_box_alone(body: tuple[Block, ...]) -> None:
    assert _markers_and_words(read_blocks(write_blocks(body))) == _markers_and_words(body)


@pytest.mark.parametrize("name", NAMES)
def test_the_body_of_a_text_goes_through_the_box(name: str, request: pytest.FixtureRequest) -> None:
    body = Document.from_json(json_of(name, request)).body
    assert read_blocks(write_blocks(body), keep=body) == body
    assert _markers_and_words(read_blocks(write_blocks(body))) == _markers_and_words(body)


def test_lines_without_blank_lines_between_are_blocks_of_their_own() -> None:
    read = read_blocks("Một câu.\nCâu nữa.\n\n1. Việc\n")
    assert read == (paragraph("Một câu."), paragraph("Câu nữa."), item("1.", "Việc"))


def test_pasted_lines_find_their_level_by_their_markers() -> None:
    read = read_blocks("1. Giao Ủy ban:\n- Rà soát\n+ Kênh\n- Báo cáo\n2. Giao Sở\nHết.")
    assert read == (
        item("1.", "Giao Ủy ban:", item("-", "Rà soát", item("+", "Kênh")), item("-", "Báo cáo")),
        item("2.", "Giao Sở"),
        paragraph("Hết."),
    )


def test_an_indented_line_belongs_to_the_item_above() -> None:
    assert read_blocks("1. Việc\n  Câu tiếp theo.") == (item("1.", "Việc", paragraph("Câu tiếp theo.")),)


def test_a_sign_keeps_a_dash_at_the_margin() -> None:
    assert read_blocks("1. Việc\n< - Riêng") == (item("1.", "Việc"), item("-", "Riêng"))


@pytest.mark.parametrize("marker", MARKERS)
def test_a_line_that_begins_with_a_marker_is_an_item(marker: str) -> None:
    assert read_blocks(f"{marker} Rà soát") == (item(marker, "Rà soát"),)


@pytest.mark.parametrize("words", ["1.357 ca", "-5 độ", "(xem trên)", "Mục 1. có ba ý", "A. B. C"])
def test_words_that_only_look_like_a_marker_stay_words(words: str) -> None:
    assert read_blocks(words) == (paragraph(words),)


def test_a_number_sign_makes_a_heading_and_items_stand_beneath_it() -> None:
    (heading,) = read_blocks("# 2. Nhiệm vụ\n(1)- Các xã")
    assert heading == Block(BlockKind.HEADING, "2.", (Run("Nhiệm vụ"),), (item("(1)-", "Các xã"),))


def test_stars_and_lines_set_the_style_and_a_backslash_keeps_them_as_they_are() -> None:
    (read,) = read_blocks(r"Ba **điều *lớn*** __này__ 2 \* 3")
    assert read.runs == (
        Run("Ba "),
        Run("điều ", bold=True),
        Run("lớn", bold=True, italic=True),
        Run(" "),
        Run("này", underline=True),
        Run(" 2 * 3"),
    )


NOTED = item(
    "1.",
    "Sở Y tế chuẩn bị thuốc cho các xã vùng lũ",
    id="a1",
    task=True,
    named_units=("Sở Y tế",),
    follow=Follow.TASK,
    targets=(Target("organization", "syt", "lead"),),
    deadline="2026-12-01",
    product="Kế hoạch",
)


def test_an_unchanged_item_keeps_what_was_noted_on_it_when_others_come_and_go() -> None:
    before = (paragraph("Mở đầu.", id="p"), NOTED)
    assert read_blocks("0. Việc mới\n1. Sở Y tế chuẩn bị thuốc cho các xã vùng lũ", keep=before)[1] == NOTED


def test_a_slip_of_the_pen_mended_in_an_item_keeps_how_it_is_followed() -> None:
    (read,) = read_blocks("1. Sở Y tế chuẩn bị đủ thuốc cho các xã vùng lũ", keep=(NOTED,))
    assert read == dataclasses.replace(NOTED, runs=(Run("Sở Y tế chuẩn bị đủ thuốc cho các xã vùng lũ"),))


def test_a_unit_that_the_new_words_no_longer_name_is_forgotten() -> None:
    (read,) = read_blocks("1. Sở Công Thương chuẩn bị thuốc cho các xã vùng lũ", keep=(NOTED,))
    assert read.named_units == ()
    assert read.follow is Follow.TASK


def test_another_order_in_the_same_place_keeps_only_the_id() -> None:
    (read,) = read_blocks("1. Tổng kết năm học", keep=(NOTED,))
    assert read == item("1.", "Tổng kết năm học", id="a1")


def test_a_changed_style_alone_keeps_what_was_noted() -> None:
    (read,) = read_blocks("1. **Sở Y tế** chuẩn bị thuốc cho các xã vùng lũ", keep=(NOTED,))
    assert read.runs[0] == Run("Sở Y tế", bold=True)
    assert dataclasses.replace(read, runs=NOTED.runs) == NOTED


def test_signs_of_machines_in_pasted_text_are_dropped() -> None:
    assert read_blocks("Một\u0007 câu\u202e.") == (paragraph("Một câu."),)


TABLE = table(row("TT", "Nội dung"), row("1", "Đê tả", id="r1", follow=Follow.EACH), id="t1")


def test_a_table_stands_in_the_box_as_one_line_and_comes_back_whole() -> None:
    body = (paragraph("Phân công:"), TABLE, item("1.", "Việc", TABLE_BENEATH), paragraph("Hết."))
    assert write_blocks(body).splitlines()[2] == "[|1|] TT | Nội dung"
    assert read_blocks(write_blocks(body), keep=body) == body


TABLE_BENEATH = table(row("Xã", "Số"), row("A", "5"), id="t2")


def test_a_table_whose_line_was_taken_out_is_gone_and_the_others_stay() -> None:
    kept = read_blocks("Phân công:\n[|2|] Xã", keep=(TABLE, TABLE_BENEATH))
    assert kept == (paragraph("Phân công:"), TABLE_BENEATH)


def test_a_table_that_is_named_twice_stands_once() -> None:
    first, second = read_blocks("[|1|]\n[|1|] TT", keep=(TABLE,))
    assert first == TABLE
    assert second.kind is BlockKind.ITEM
