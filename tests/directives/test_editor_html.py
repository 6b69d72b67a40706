"""The body as HTML of the editor: nothing is lost on the way, and nothing but a body comes back."""

import dataclasses
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives.blocks import Block, BlockKind, Cell, Follow, Run, Target
from directives.document import Document
from directives.editor_html import read_html, write_html
from directives.flat_blocks import FlatBlock, flattened, nested
from directives.inline_text import merged
from tests.directives.documents import NAMES, item, json_of, paragraph, row, table

# Signs that mean something in HTML, spaces at the ends, and letters whose accents could be composed wrongly.
TEXTS = st.text(alphabet="ab1.<>&\"'-/= \tIđốắ%“”\u00a0", max_size=8)
RUNS = st.lists(st.builds(Run, TEXTS, st.booleans(), st.booleans(), st.booleans()), max_size=3).map(merged)
MARKERS = st.none() | st.sampled_from(["I-", "1.", "1.1.", "(1)-", "a)", "-", "+", "*", "Điều 1.", '"<b>"'])
TARGETS = st.builds(
    Target,
    kind=st.sampled_from(["organization", "group", "posts"]),
    code=st.sampled_from(["syt", "cac-xa", "a'b\"c"]),
    role=st.none() | st.sampled_from(["lead", "coordinating", "informed"]),
)
FACTS = {
    "task": st.booleans(),
    "named_units": st.lists(st.sampled_from(["Sở Y tế", 'UBND "xã"', "<p>"]), max_size=2).map(tuple),
    "follow": st.none() | st.sampled_from(Follow),
    "targets": st.lists(TARGETS, max_size=2).map(tuple),
    "deadline": st.none() | st.sampled_from(["2026-12-01", "2026-12-01T07:30"]),
    "product": st.none() | st.sampled_from(["Kế hoạch", "a & b"]),
    "receiving_level": st.none() | st.just("Thường trực Tỉnh ủy"),
    "monitor": st.none() | st.just("dung.tt"),
}
CELLS = st.builds(Cell, runs=RUNS, columns=st.integers(1, 3), rows=st.integers(1, 3))
ROWS = st.builds(Block, kind=st.just(BlockKind.ROW), cells=st.lists(CELLS, min_size=1, max_size=3).map(tuple), **FACTS)
TABLES = st.builds(
    Block,
    kind=st.just(BlockKind.TABLE),
    children=st.lists(ROWS, min_size=1, max_size=3).map(tuple),
    widths=st.lists(st.integers(1, 9), max_size=3).map(tuple),
    head_rows=st.integers(0, 1),
)


def _trees(depth: int) -> st.SearchStrategy[Block]:
    children = st.lists(_trees(depth - 1) | TABLES, max_size=3).map(tuple) if depth else st.just(())
    plain = st.sampled_from([BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM])
    return st.builds(Block, kind=plain, marker=MARKERS, runs=RUNS, children=children, **FACTS)


BODIES = st.lists(_trees(3) | TABLES, max_size=4).map(tuple)


def _named(body: tuple[Block, ...]) -> tuple[Block, ...]:
    """The body as it is once saved: every block has an id."""
    return Document(type="CV", profile="HD05", body=body).with_ids().body


@settings(max_examples=400, deadline=None)
@given(BODIES)
def test_any_body_goes_through_the_html_and_comes_back_equal(body: tuple[Block, ...]) -> None:
    saved = _named(body)
    assert read_html(write_html(saved)) == saved
    assert write_html(read_html(write_html(saved))) == write_html(saved)


@pytest.mark.parametrize("name", NAMES)
def test_the_body_of_a_text_goes_through_the_html(name: str, request: pytest.FixtureRequest) -> None:
    body = Document.from_json(json_of(name, request)).body
    assert read_html(write_html(body)) == body


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), max_size=12))
def test_a_row_with_any_levels_is_a_tree_and_keeps_every_block(levels: list[tuple[int, bool]]) -> None:
    blocks = [
        table(id=f"b{place}") if flat else paragraph("x", id=f"b{place}") for place, (_, flat) in enumerate(levels)
    ]
    row_of_blocks = [FlatBlock(level, block) for (level, _), block in zip(levels, blocks, strict=True)]
    back = list(flattened(nested(row_of_blocks)))
    assert [flat.block for flat in back] == blocks
    assert all(flat.level <= wanted.level for flat, wanted in zip(back, row_of_blocks, strict=True))


NOTED = item(
    "1.",
    "Sở Y tế chuẩn bị thuốc",
    id="a1",
    task=True,
    named_units=("Sở Y tế",),
    follow=Follow.TASK,
    targets=(Target("organization", "syt", "lead"),),
    deadline="2026-12-01",
    product="Kế hoạch",
    receiving_level="Thường trực Tỉnh ủy",
    monitor="dung.tt",
)


def test_a_timing_goes_through_the_html_and_a_day_has_none() -> None:
    monthly = (item("1.", "Báo cáo", timing="every month on 25"),)
    assert read_html(write_html(monthly)) == monthly
    [both] = read_html('<p data-deadline="2026-12-01" data-timing="standing">Họp</p>')
    assert (both.deadline, both.timing) == ("2026-12-01", None)


class TestWhatIsNotABody:
    def test_scripts_styles_handlers_and_requests_vanish(self) -> None:
        read = read_html(
            "<style>p{color:red}</style><script>alert(1)</script>"
            '<p data-kind="item" data-marker="1." data-id="a1" onclick="x()" hx-get="/y" style="color:red" class="z">'
            'Họp <a href="javascript:x()">ngày</a> <img src="x" onerror="y()">mai<script>z</script></p><!-- p -->'
        )
        assert read == (item("1.", "Họp ngày mai", id="a1"),)
        assert write_html(read) == '<p data-kind="item" data-level="0" data-marker="1." data-id="a1">Họp ngày mai</p>'

    def test_words_outside_of_a_paragraph_are_kept_as_paragraphs(self) -> None:
        assert read_html("Một <div>hai</div> ba") == (paragraph("Một "), paragraph("hai"), paragraph(" ba"))

    @pytest.mark.parametrize(
        ("attribute", "value"),
        [
            ("follow", "perhaps"),
            ("deadline", "mai"),
            ("timing", "bao giờ xong"),
            ("targets", '[{"organization":"a","group":"b"}]'),
            ("targets", "no json"),
            ("units", '{"a":1}'),
            ("units", "[" * 5_000),
            ("kind", "row"),
            ("kind", "script"),
            ("level", "-1"),
            ("id", "a b"),
            ("id", "x" * 33),
            ("product", "\u202e"),
        ],
    )
    def test_a_fact_that_does_not_fit_is_left_out_and_the_words_stay(self, attribute: str, value: str) -> None:
        assert read_html(f'<p data-{attribute}="{escape(value)}">Họp</p>') == (paragraph("Họp"),)

    def test_one_fact_that_does_not_fit_takes_no_other_with_it(self) -> None:
        broken = write_html((NOTED,)).replace("2026-12-01", "mai")
        assert read_html(broken) == (dataclasses.replace(NOTED, deadline=None),)

    def test_of_two_blocks_with_one_id_the_first_keeps_what_was_noted(self) -> None:
        first, second = read_html(write_html((NOTED,)) * 2)
        assert first == NOTED
        assert second == item("1.", "Sở Y tế chuẩn bị thuốc")

    def test_signs_of_machines_become_spaces_or_nothing(self) -> None:
        assert read_html("<p>Một\u0007\u202e\nhai\u2028ba</p>") == (paragraph("Một hai ba"),)

    def test_a_row_outside_of_a_table_and_a_table_without_cells_are_no_tables(self) -> None:
        assert read_html("<tr><td>Một</td></tr>") == (paragraph("Một"),)
        assert read_html("<table><tr></tr></table><p>Hai</p>") == (paragraph("Hai"),)

    def test_two_hundred_thousand_letters_of_broken_html_are_read_at_once(self) -> None:
        assert read_html("<p><b><i>" * 20_000)[0].kind is BlockKind.PARAGRAPH


def test_a_break_in_a_cell_is_a_new_line_in_it() -> None:
    (read,) = read_html("<table><tr><td>Một<br>hai</td><td><p>Ba</p><p>bốn</p></td></tr></table>")
    assert [cell.text for cell in read.children[0].cells] == ["Một\nhai", "Ba\nbốn"]


def test_a_row_that_is_followed_keeps_what_was_noted_on_it() -> None:
    noted = row("1", "Đê tả", id="r1", follow=Follow.TASK, targets=(Target("organization", "syt", "lead"),))
    body = (table(row("TT", "Nội dung", id="r0"), noted, id="t1"),)
    assert read_html(write_html(body)) == body
