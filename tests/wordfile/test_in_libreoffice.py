"""LibreOffice opens every Word file and prints what our own page prints: words, order, size, margins."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path

import docx
import pytest

from directives.rendering import render
from directives.wordfile import word_file
from tests.directives.documents import item, letter, paragraph
from tests.directives.pages import MM, Pages, squeezed
from tests.wordfile.papers import EVERY, in_libreoffice, paper, printed_words

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice (LibreOffice Writer) is not here")
CLOSE = 1 * MM


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> dict[str, bytes]:
    """The PDF that LibreOffice prints of each paper that is at hand."""
    samples = [name for name in EVERY if name.startswith("sample")]
    try:
        request.getfixturevalue("samples")
    except pytest.skip.Exception:
        at_hand = [name for name in EVERY if name not in samples]
    else:
        at_hand = EVERY
    files = {name.replace(" ", "-"): word_file(paper(name, request)) for name in at_hand}
    return in_libreoffice(tmp_path_factory.mktemp("word"), files)


@pytest.mark.parametrize("name", EVERY)
def test_the_word_file_prints_the_same_words_in_the_same_order(
    name: str, printed: dict[str, bytes], request: pytest.FixtureRequest
) -> None:
    document = paper(name, request)
    assert printed_words(printed[name.replace(" ", "-")]) == printed_words(render(document).pdf)


@pytest.mark.parametrize("name", EVERY)
def test_the_word_file_keeps_page_size_and_margins(
    name: str, printed: dict[str, bytes], request: pytest.FixtureRequest
) -> None:
    ours, theirs = Pages(render(paper(name, request)).pdf), Pages(printed[name.replace(" ", "-")])
    for own_page, other_page in ((0, 0), (len(ours) - 1, len(theirs) - 1)):
        size = ours.document[own_page].get_size()
        assert theirs.document[other_page].get_size() == pytest.approx(size, abs=CLOSE)
    own, other = ours.lines(1), theirs.lines(1)
    assert min(line.left for line in other) == pytest.approx(min(line.left for line in own), abs=CLOSE)
    assert max(line.right for line in other) == pytest.approx(max(line.right for line in own), abs=CLOSE)
    assert min(line.top for line in other) == pytest.approx(min(line.top for line in own), abs=CLOSE)


@pytest.mark.parametrize("name", ["twin 000", "three_pages", "rules_in_chapters"])
def test_lines_of_the_body_stand_where_our_page_has_them(
    name: str, printed: dict[str, bytes], request: pytest.FixtureRequest
) -> None:
    ours, theirs = Pages(render(paper(name, request)).pdf), Pages(printed[name.replace(" ", "-")])
    own, other = ours.lines(1), theirs.lines(1)
    assert len(own) == len(other)
    for mine, its in zip(own, other, strict=True):
        assert its.baseline == pytest.approx(mine.baseline, abs=1.5 * MM)
        assert its.size == pytest.approx(mine.size, abs=0.1)


def test_the_rule_under_the_title_is_as_long_as_its_words(printed: dict[str, bytes]) -> None:
    page = Pages(printed["twin-000"])
    title = page.find("ĐẢNG CỘNG SẢN VIỆT NAM")
    left, right = page.rule(title.bottom - 2, title.bottom + 8)
    assert right - left == pytest.approx(title.right - title.left, abs=2)


def test_page_one_carries_no_number_and_page_two_does(
    printed: dict[str, bytes], request: pytest.FixtureRequest
) -> None:
    page = Pages(printed["three_pages"])
    # One program writes the page number first, the other one last.
    first, own = page.lines(2)[0], Pages(render(paper("three_pages", request)).pdf).lines(2)[-1]
    assert page.lines(1)[0].top > 20 * MM
    assert (first.middle, first.size) == pytest.approx((own.middle, own.size), abs=1)
    assert first.baseline == pytest.approx(own.baseline, abs=CLOSE)


def test_an_item_put_in_between_renumbers_those_after_it(tmp_path: Path) -> None:
    content = word_file(letter(item("1.", "Việc đầu."), item("2.", "Việc sau."), paragraph("Thực hiện.")))
    changed = _with_first_item_doubled(content, tmp_path)
    (pdf,) = in_libreoffice(tmp_path, {"them": changed}).values()
    assert "1.Việcđầu.2.Việcđầu.3.Việcsau." in squeezed(Pages(pdf).text(1))


def _with_first_item_doubled(content: bytes, folder: Path) -> bytes:
    """The file after somebody has copied the first item and put it in once more, as one does in Word."""
    file = folder / "truoc.docx"
    file.write_bytes(content)
    opened = docx.Document(str(file))
    first = next(each for each in opened.paragraphs if each.text == "Việc đầu.")
    first._p.addnext(copy.copy(first._p))
    opened.save(str(file))
    return file.read_bytes()
