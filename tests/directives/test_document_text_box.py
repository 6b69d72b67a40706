"""The body in a plain text box: nothing is lost on the way out and back."""

import dataclasses
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives.document import Block, BlockKind, Cell, Document, Follow, Run, Target
from directives.inline_text import merged
from directives.reading_text import read_blocks, write_blocks
from tests.directives.documents import NAMES, item, json_of, paragraph, row, table

MARKERS = ["I-", "I.", "1.", "1-", "1.1.", "(1)-", "(1)", "a)", "a-", "-", "+", "*"]
# Signs that mean something in the box, and letters whose accents could be composed wrongly.
TEXTS = st.text(alphabet="ab1.-+*()_\\[]|#< \tIđốắ%“”\u00a0", max_size=8)
RUNS = st.lists(st.builds(Run, TEXTS, st.booleans(), st.booleans(), st.booleans()), max_size=3).map(tuple)
OWN_MARKERS = st.sampled_from(["Điều 1.", "Phần I", "•", "a]b", "\\"])


CELL_TEXTS = (
    TEXTS
    | st.sampled_from(["---", "//", "a // b", "\n", " \n", "một\n\n hai \n", "[2 cột] x", "[", '"a'])
    | (st.text(alphabet="a /\n|\\", max_size=6))
)
CELL_RUNS = st.lists(st.builds(Run, CELL_TEXTS, st.booleans(), st.booleans(), st.booleans()), max_size=2).map(tuple)
CELLS = st.lists(
    st.builds(Cell, CELL_RUNS, columns=st.integers(1, 3), rows=st.integers(1, 3)), min_size=1, max_size=3
).map(tuple)
ROWS = st.builds(
    Block,
    kind=st.just(BlockKind.ROW),
    cells=CELLS,
    follow=st.none() | st.sampled_from(Follow),
    product=st.just("Báo cáo"),
)
TABLES = st.builds(
    Block,
    kind=st.just(BlockKind.TABLE),
    children=st.lists(ROWS, min_size=1, max_size=4).map(tuple),
    widths=st.lists(st.integers(1, 9), max_size=3).map(tuple),
    head_rows=st.integers(0, 1),
)

NO_MORE: st.SearchStrategy[Block] = st.nothing()


def _trees(depth: int, others: st.SearchStrategy[Block] = NO_MORE) -> st.SearchStrategy[Block]:
    children = st.lists(_trees(depth - 1, others) | others, max_size=3).map(tuple) if depth else st.just(())
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
BODIES_WITH_TABLES = st.lists(_trees(1, TABLES) | TABLES, max_size=4).map(tuple)


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


def test_of_two_orders_the_one_that_was_reworded_keeps_what_was_noted_on_it() -> None:
    other = item("2.", "Sở Công Thương dự trữ hàng hóa thiết yếu", id="a2", follow=Follow.EACH)
    (read,) = read_blocks("1. Sở Công Thương dự trữ đủ hàng hóa thiết yếu", keep=(NOTED, other))
    assert (read.id, read.follow, read.deadline) == ("a2", Follow.EACH, None)


def test_an_order_that_moved_keeps_what_was_noted_on_it() -> None:
    first, second = item("1.", "Việc đầu", id="b1"), dataclasses.replace(NOTED, marker="2.")
    assert read_blocks("2. Sở Y tế chuẩn bị thuốc cho các xã vùng lũ\n1. Việc đầu", keep=(first, second)) == (
        second,
        first,
    )


def test_signs_of_machines_in_pasted_text_are_dropped() -> None:
    assert read_blocks("Một\u0007 câu\u202e.") == (paragraph("Một câu."),)


TABLE = table(row("TT", "Nội dung"), row("1", "Đê tả", id="r1", follow=Follow.EACH), id="t1", widths=(1, 9))
OTHER_TABLE = table(row("TT", "Nội dung"), row("7", "Cống", id="r7", follow=Follow.TASK), id="t2")


class TestTables:
    def test_a_table_stands_in_the_box_row_by_row_and_comes_back_whole(self) -> None:
        body = (paragraph("Phân công:"), TABLE, item("1.", "Việc", OTHER_TABLE, OTHER_TABLE), paragraph("Hết."))
        assert write_blocks(body).splitlines()[2:5] == ["| TT | Nội dung |", "|---|---|", "| 1 | Đê tả |"]
        assert read_blocks(write_blocks(body), keep=body) == body

    @settings(max_examples=400, deadline=None)
    @given(BODIES_WITH_TABLES)
    def test_any_body_with_tables_goes_through_the_box_and_comes_back_equal(self, body: tuple[Block, ...]) -> None:
        saved = Document(type="CV", profile="HD05", body=body).with_ids().body
        assert read_blocks(write_blocks(saved), keep=saved) == saved

    @settings(max_examples=300, deadline=None)
    @given(CELLS)
    def test_words_styles_breaks_and_spans_of_cells_stand_in_the_box_alone(self, cells: tuple[Cell, ...]) -> None:
        (read,) = read_blocks(write_blocks((Block(BlockKind.TABLE, children=(Block(BlockKind.ROW, cells=cells),)),)))
        wanted = tuple(dataclasses.replace(cell, runs=merged(cell.runs)) for cell in cells)
        assert read.children[0].cells[: len(cells)] == wanted

    def test_cells_apart_by_bars_under_each_other_are_a_table_with_its_head(self) -> None:
        read = read_blocks("Phân công:\n\n| TT | Việc |\n|---|---|\n| 1 | **Đê** tả |\n2 | Cống | \n| 3\nHết.")
        assert read == (
            paragraph("Phân công:"),
            table(
                row("TT", "Việc"),
                Block(BlockKind.ROW, cells=(Cell((Run("1"),)), Cell((Run("Đê", bold=True), Run(" tả"))))),
                row("2", "Cống"),
                Block(BlockKind.ROW, cells=(Cell((Run("3"),)), Cell())),
            ),
            paragraph("Hết."),
        )

    def test_a_table_pasted_from_excel_is_a_table(self) -> None:
        read = read_blocks('Phân công:\r\nTT\tViệc\tĐơn vị\r\n1\t"Đê ""tả""\r\nvà * cống"\tXã A\r\n\t\t\r\n2\t\t\r\n')
        wanted = table(row("TT", "Việc", "Đơn vị"), row("1", 'Đê "tả"\nvà * cống', "Xã A"), head_rows=0)
        assert read[0] == paragraph("Phân công:")
        assert read[1].children[:2] == wanted.children
        assert [cell.text for cell in read[1].children[2].cells] == ["2", "", ""]

    @pytest.mark.parametrize("pasted", ['\t"' * 100_000, "a\t" * 100_000, 'a\tb\t"c\n' * 10_000, "\\\t" * 100_000])
    def test_a_long_text_of_tabs_and_quotes_is_read_at_once(self, pasted: str) -> None:
        began = time.process_time()
        read_blocks(pasted)
        assert time.process_time() - began < 5

    @pytest.mark.parametrize("words", ["1.\tRà soát đê", "Một | hai", "Nơi nhận\t\tT/M", "a\\|b\\|c"])
    def test_a_tab_or_a_bar_alone_makes_no_table(self, words: str) -> None:
        (read,) = read_blocks(words)
        assert read.kind is not BlockKind.TABLE

    def test_a_line_of_dashes_beneath_nothing_and_a_row_of_dashes_are_rows(self) -> None:
        (read,) = read_blocks("|---|\n| - |\n| --- |\n| --- |")
        assert [each.text for each in read.children] == ["---", "-", "---"]
        assert read.head_rows == 2
        assert read_blocks(write_blocks((table(row("---"), row("---")),))) == (table(row("---"), row("---")),)

    def test_unchanged_rows_keep_what_was_noted_when_others_come_go_and_move(self) -> None:
        rows = [
            row(str(place), f"Việc số {place} của xã", id=f"r{place}", follow=Follow.TASK, deadline="2026-12-01")
            for place in range(1, 5)
        ]
        before = (table(row("TT", "Việc"), *rows, id="t"),)
        lines = [
            "| TT | Việc |",
            "|---|---|",
            "| 4 | Việc số 4 của xã |",
            "| 5 | Việc mới |",
            "| 1 | Việc số 1 của xã |",
        ]
        (read,) = read_blocks("\n".join([*lines, "| 3 | Việc số 3 của các xã |"]), keep=before)
        assert read.id == "t"
        assert read.children[1] == rows[3]
        assert (read.children[2].id, read.children[2].follow) == (None, None)
        assert read.children[3] == rows[0]
        assert (read.children[4].id, read.children[4].deadline) == ("r3", "2026-12-01")

    def test_tables_that_change_places_stay_themselves_and_one_taken_out_is_gone(self) -> None:
        first, second = write_blocks((TABLE,)), write_blocks((OTHER_TABLE,))
        assert read_blocks(f"{second}\n\nGiữa\n{first}", keep=(TABLE, OTHER_TABLE))[::2] == (OTHER_TABLE, TABLE)
        assert read_blocks(second, keep=(TABLE, OTHER_TABLE)) == (OTHER_TABLE,)

    def test_a_row_that_moves_to_another_table_takes_what_was_noted_along(self) -> None:
        longer = dataclasses.replace(OTHER_TABLE, children=(*OTHER_TABLE.children, row("8", "Kè", id="r8")))
        lines = "| TT | Nội dung |\n\n| TT | Nội dung |\n|---|---|\n| 7 | Cống |\n| 8 | Kè |\n| 1 | Đê tả |"
        shortened, lengthened = read_blocks(lines, keep=(TABLE, longer))
        assert (shortened.id, len(shortened.children)) == ("t1", 1)
        assert lengthened.children == (*longer.children, TABLE.children[1])

    def test_a_column_more_keeps_the_rows_and_forgets_the_widths(self) -> None:
        (read,) = read_blocks("| TT | Nội dung | Hạn |\n|---|---|---|\n| 1 | Đê tả | 30/11/2026 |", keep=(TABLE,))
        assert (read.id, read.widths) == ("t1", ())
        assert (read.children[1].id, read.children[1].follow) == ("r1", Follow.EACH)
        assert read.children[1].cells[2].text == "30/11/2026"
