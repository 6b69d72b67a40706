"""Text that no office means to print: a finding that names its place, or a clean page; never a crash."""

from __future__ import annotations

import dataclasses
import json

import pytest

from directives.document import Document, DocumentError
from directives.rendering import RenderingError, SignatureImages, render
from tests.directives.documents import item, letter, paragraph, row, table
from tests.directives.pages import MM, Pages
from tests.format.measured import Measured

RIGHT_EDGE = (210 - 15) * MM


@pytest.mark.parametrize("mark", ["\x00", "\x07", "\x1b", "\u202e", "\u2067", "\u2028", "\ud800"])
def test_signs_that_cannot_be_printed_are_refused_with_their_place(mark: str) -> None:
    content = letter(paragraph("Một.")).to_json()
    content["body"][0]["runs"][0]["text"] = f"Nội{mark}dung"
    with pytest.raises(DocumentError, match=r"body\[0\]\.runs\[0\]\.text"):
        Document.from_json(content)


@pytest.mark.parametrize("letter_", ["\u0378", "\u0e01", "\u4e2d", "\U0001f600", "\ue000", "\u3000"])
def test_a_sign_without_a_glyph_is_named_with_its_block(letter_: str) -> None:
    document = letter(paragraph("Một.", id="a1"), item("1.", f"Nội {letter_} dung", id="b2"))
    with pytest.raises(RenderingError, match=rf"U\+{ord(letter_):04X}.*b2"):
        render(document)


def test_a_sign_without_a_glyph_in_a_table_is_named_with_its_row() -> None:
    with pytest.raises(RenderingError, match="c3"):
        render(letter(table(row("TT", "Nội dung"), row("1", "Kênh \u4e2d", id="c3"))))


def test_a_block_without_an_id_is_named_by_its_first_words() -> None:
    with pytest.raises(RenderingError, match="Tu sửa kênh mương"):
        render(letter(paragraph("Tu sửa kênh mương \u4e2d trước vụ chiêm.")))


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u061c", "\u200b", "\u00ad", "\ufeff"])
def test_marks_that_nobody_sees_leave_a_clean_page(mark: str) -> None:
    words = "Các xã thực hiện nghiêm túc."
    plain = Measured(render(letter(paragraph(words))).pdf)
    marked = Measured(render(letter(paragraph(words.replace(" nghiêm", f" {mark}nghiêm")))).pdf)
    assert [round(line.right) for line in marked.lines] == [round(line.right) for line in plain.lines]


def test_a_paragraph_of_five_thousand_words_runs_over_its_pages() -> None:
    words = " ".join(f"việc{place}" for place in range(5000))
    pages = Pages(render(letter(paragraph(words))).pdf)
    assert len(pages) > 5
    assert "việc0" in pages.running_text() and pages.running_text().endswith("việc4999")


@pytest.mark.parametrize("length", [300, 3000])
def test_a_word_without_a_break_stays_inside_the_margins(length: int) -> None:
    word = "A" * length
    document = letter(paragraph(f"Mã {word} của hồ sơ."), item("1.", word), table(row("Mã", word)))
    measured = Measured(render(document).pdf)
    assert max(line.right for line in measured.lines) <= RIGHT_EDGE + 1
    assert sum(letter_.text == "A" for line in measured.lines for letter_ in line.letters) >= 3 * length


def test_html_in_every_text_is_printed_as_it_stands() -> None:
    content = json.dumps(letter(paragraph("@"), item("1.", "@"), table(row("@", "@"))).to_json())
    document = Document.from_json(json.loads(content.replace("@", "</p><script>x</script>&amp;")))
    assert Pages(render(document).pdf).running_text().count("</p><script>x</script>&amp;") == 4


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"<svg onload='x'/>", b"\xff\xd8\xff\xe0"])
def test_an_image_that_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(RenderingError, match="PNG"):
        render(letter(paragraph("Một.")), images=SignatureImages(seal=content))


def test_hundreds_of_empty_parts_make_a_page() -> None:
    empty = [paragraph("") for _ in range(300)]
    document = dataclasses.replace(letter(*empty), grounds=("", " "), contact="", typist="", copies=1)
    assert render(document).pages >= 1
