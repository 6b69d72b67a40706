"""What each print is for shows on it, and what a body keeps for itself is printed."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from directives.page_image import NoSuchPage, png_of
from directives.rendering import SignatureImages, Variant, for_the_screen, render
from tests.directives.documents import letter, row, table
from tests.directives.pages import Pages
from tests.format.checking import CASES, case
from tests.format.drawing import drawn

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("variant", [Variant.PROOF, Variant.DRAFT])
def test_number_and_day_stay_blank_for_the_pen(variant: Variant) -> None:
    text = Pages(render(case("plan_with_annexes"), variant=variant).pdf).text(1)
    assert re.search(r"Số\s+-KH/TU", text)
    assert re.search(r"ngày\s+tháng 6 năm 2026", text)


def test_the_reference_line_of_an_annex_stays_blank_too() -> None:
    proof = Pages(render(case("plan_with_annexes"), variant=Variant.PROOF).pdf).text(2)
    assert re.search(r"\(kèm theo Kế hoạch số\s+-KH/TU,\s+ngày\s+/6/2026 của Ban Thường vụ Tỉnh ủy\)", proof)
    final = Pages(render(case("plan_with_annexes")).pdf).text(2)
    assert "(kèm theo Kế hoạch số 60-KH/TU, ngày 05/6/2026 của Ban Thường vụ Tỉnh ủy)" in final


def test_only_a_draft_carries_the_mark_and_only_its_screen_the_watermark() -> None:
    draft, final = (
        Pages(render(case("odd_words"), variant=each).pdf).text(1) for each in (Variant.DRAFT, Variant.FINAL)
    )
    assert "Dự thảo" in draft
    assert "DỰ THẢO" not in draft
    assert "thảo" not in final.lower()
    shown, proof = (for_the_screen(case("odd_words"), variant=each) for each in (Variant.DRAFT, Variant.PROOF))
    assert Image.open(BytesIO(png_of(shown, 1))).tobytes() != Image.open(BytesIO(png_of(proof, 1))).tobytes()


@pytest.mark.parametrize(("dpi", "size"), [(96, (794, 1123)), (192, (1588, 2246))])
def test_an_image_shows_one_page(dpi: int, size: tuple[int, int]) -> None:
    pdf = for_the_screen(case("three_pages"))
    first, second = (Image.open(BytesIO(png_of(pdf, page, dpi))) for page in (1, 2))
    assert first.size == pytest.approx(size, abs=1)
    assert first.tobytes() != second.tobytes()
    with pytest.raises(NoSuchPage):
        png_of(pdf, 9)


def test_a_body_leaves_as_many_blank_lines_as_it_wants() -> None:
    def gap(lines: int | None) -> float:
        document = case("letter_to_one")
        issuer = dataclasses.replace(document.issuer, signature_blank_lines=lines)
        pages = Pages(render(dataclasses.replace(document, issuer=issuer)).pdf)
        return pages.find("Lò Thị Ngần").baseline - pages.find("PHÓ BÍ THƯ").baseline

    assert gap(None) == pytest.approx(5 * 18, abs=0.5)
    assert gap(5) == pytest.approx(6 * 18, abs=0.5)


def test_a_row_without_words_is_as_high_as_one_line() -> None:
    def gap(words: str) -> float:
        grid = table(row("TT", "Kênh"), row("1", "Nà Pông"), row("", words), row("3", "Khuổi Lìn"))
        pages = Pages(render(letter(grid)).pdf)
        return pages.find("Nà Pông").baseline - pages.find("Khuổi Lìn").baseline

    assert gap("") == pytest.approx(gap("Bản Luông"), abs=0.1)


def test_pictures_stand_on_the_page_only_when_given() -> None:
    plain = Pages(render(case("letter_to_one")).pdf)
    signed = Pages(render(case("letter_to_one"), images=SignatureImages(drawn("blue"), drawn("red"))).pdf)
    assert [len(list(pages.document[0].get_objects(filter=[3]))) for pages in (plain, signed)] == [0, 2]
    assert plain.text(1) == signed.text(1)


@pytest.mark.parametrize(("output", "files"), [("x.pdf", ["x.pdf"]), ("x.png", ["x-1.png", "x-2.png", "x-3.png"])])
def test_the_command_writes_the_kind_of_file_that_its_name_asks_for(
    output: str, files: list[str], tmp_path: Path
) -> None:
    made = _render("three_pages", tmp_path / output, "--variant", "draft", "--draft-no", "3")
    assert made.returncode == 0, made.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == files


def test_the_command_refuses_a_kind_of_file_that_it_does_not_write(tmp_path: Path) -> None:
    made = _render("three_pages", tmp_path / "x.odt")
    assert made.returncode == 1
    assert ".pdf" in made.stderr
    assert not any(tmp_path.iterdir())


def _render(name: str, output: Path, *options: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "manage.py", "render", str(CASES / f"{name}.json"), "-o", str(output), *options]
    return subprocess.run(words, capture_output=True, text=True, cwd=ROOT)
