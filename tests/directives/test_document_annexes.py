"""Annexes go through the editor's HTML and through the plain box without loss, with what is noted on their rows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives.annexes import Annex, FullText
from directives.blocks import Block, Follow, Target
from directives.document import Document
from directives.editor_annexes import read_full_html, write_full_html
from directives.reading_annexes import read_full_text, write_full_text
from tests.directives.documents import item, paragraph, row, table

TITLES = st.lists(st.text(alphabet='ab<&"I. */\\_đốắ%“”', max_size=8).map(str.strip), min_size=1, max_size=2).map(
    "\n".join
)
BODIES = st.lists(
    st.sampled_from(
        [
            paragraph("Câu thường"),
            paragraph("[Phụ lục] trong câu"),
            item("1.", "Việc", item("-", "Ý", paragraph("Câu nữa"))),
            item("(1)", "Lùi vào"),
            table(row("TT", "Nội dung"), row("1", "Đê tả", follow=Follow.TASK, targets=(Target("organization", "x"),))),
        ]
    ),
    max_size=3,
).map(tuple)
ANNEXES = st.lists(st.builds(Annex, TITLES, BODIES, st.sampled_from(["portrait", "landscape"])), max_size=3).map(tuple)


def saved(body: tuple[Block, ...], annexes: tuple[Annex, ...]) -> FullText:
    """The text as it is on record: every block has an id."""
    return Document(type="KL", profile="HD05", body=body, annexes=annexes).with_ids().full_text


@settings(max_examples=200, deadline=None)
@given(BODIES, ANNEXES)
def test_any_text_with_annexes_goes_through_the_editor(body: tuple[Block, ...], annexes: tuple[Annex, ...]) -> None:
    text = saved(body, annexes)
    assert read_full_html(write_full_html(text)) == text


@settings(max_examples=200, deadline=None)
@given(BODIES, ANNEXES)
def test_any_text_with_annexes_goes_through_the_box(body: tuple[Block, ...], annexes: tuple[Annex, ...]) -> None:
    text = saved(body, annexes)
    assert read_full_text(write_full_text(text), keep=text) == text


def test_annexes_that_change_places_in_the_box_keep_their_tables() -> None:
    rows = (row("TT", "Nội dung"), row("1", "Đê tả", follow=Follow.TASK))
    text = saved((paragraph("Có phụ lục."),), (Annex("Việc", (table(*rows),), "landscape"), Annex("Biểu", (table(),))))
    shown = "| TT | Nội dung |\n|---|---|\n| 1 | Đê tả |"
    assert write_full_text(text) == (f"Có phụ lục.\n\n[Phụ lục ngang] Việc\n\n{shown}\n\n[Phụ lục] Biểu\n\n{shown}")
    written = f"Có phụ lục.\n[Phụ lục] Biểu\n{shown}\n\n[Phụ lục ngang] Việc\n{shown}"
    first, second = read_full_text(written, keep=text).annexes
    assert (first.title, first.orientation, first.body) == ("Biểu", "portrait", text.annexes[1].body)
    assert (second.title, second.orientation, second.body) == ("Việc", "landscape", text.annexes[0].body)


@pytest.mark.parametrize(
    ("html", "title", "orientation"),
    [
        ('<p>a</p><h2 data-annex="landscape">Dòng một<br>Dòng hai</h2><p>b</p>', "Dòng một\nDòng hai", "landscape"),
        ('<p>a</p><h2 data-annex="ngang"><b>Đậm</b></h2><p>b</p>', "Đậm", "portrait"),
    ],
)
def test_the_head_of_an_annex_is_its_title_and_how_its_pages_lie(html: str, title: str, orientation: str) -> None:
    text = read_full_html(html)
    assert [block.text for block in text.body] == ["a"]
    [annex] = text.annexes
    assert (annex.title, annex.orientation, [block.text for block in annex.body]) == (title, orientation, ["b"])


def test_an_id_that_stands_in_the_text_and_in_an_annex_stays_with_the_text() -> None:
    text = read_full_html('<p data-id="a1">x</p><h2 data-annex="portrait">Biểu</h2><p data-id="a1">y</p>')
    assert (text.body[0].id, text.annexes[0].body[0].id) == ("a1", None)
