"""The final copy as an archive and a screen reader want it: standards, fonts, bookmarks, words, the same bytes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from directives.document import Document
from directives.rendering import SignatureImages, Variant, render
from tests.directives.documents import json_of
from tests.format.checking import CASES, NAMES, case
from tests.format.drawing import drawn

ROOT = Path(__file__).resolve().parents[2]
OURS = Path(__file__).parent / "verapdf"
# Outside the repository's own files; fetched once.
LIBRARIES = ROOT / "var" / "verapdf"


@pytest.fixture(scope="session")
def validator() -> list[str]:
    """The command that validates files; the test is skipped where it cannot be had."""
    if shutil.which("mvn") is None or shutil.which("java") is None:
        pytest.skip("veraPDF needs mvn to be fetched and java to run; one of them is missing")
    if not any(LIBRARIES.glob("validation-model-*.jar")):
        fetched = subprocess.run(
            [
                "mvn",
                "-q",
                "-B",
                "-f",
                str(OURS / "pom.xml"),
                "dependency:copy-dependencies",
                f"-DoutputDirectory={LIBRARIES}",
            ],
            capture_output=True,
            text=True,
            timeout=300,
        )
        if fetched.returncode:
            pytest.skip(f"veraPDF could not be fetched: {fetched.stdout.strip()[-200:]}")
    return ["java", "-cp", f"{LIBRARIES}/*", str(OURS / "Validate.java")]


def prints(samples: Path, request: pytest.FixtureRequest) -> Iterator[tuple[str, bytes]]:
    """Every directive of ours and every sample as it is printed, and one with pictures of signature and seal."""
    for name in NAMES:
        yield name, render(case(name)).pdf
    for place in range(len(list(samples.glob("*.json")))):
        yield f"sample-{place}", render(Document.from_json(json_of(f"sample {place:03}", request))).pdf
    images = SignatureImages(drawn("blue"), drawn("red"))
    yield "with-images", render(case("letter_to_one"), images=images).pdf
    yield "proof", render(case("plan_with_annexes"), variant=Variant.PROOF).pdf
    yield "duplex", render(case("three_pages"), variant=Variant.DUPLEX).pdf
    yield "draft", render(case("letter_with_marks"), variant=Variant.DRAFT, draft_number=2).pdf


@pytest.mark.long
def test_every_copy_is_pdf_a_2a_and_pdf_ua_1(
    validator: list[str], samples: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    files = []
    for name, pdf in prints(samples, request):
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(pdf)
    said = subprocess.run([*validator, *map(str, files)], capture_output=True, text=True, check=True, timeout=300)
    lines = [line.split("\t") for line in said.stdout.splitlines() if "\t" in line]
    assert [line for line in lines if line[2] != "ok"] == []
    assert len(lines) == 2 * len(files), "each file is held against both standards"


@pytest.mark.parametrize("name", ["rules_in_chapters", "plan_with_annexes"])
def test_bookmarks_follow_the_headings(name: str) -> None:
    with pypdfium2.PdfDocument(render(case(name)).pdf) as document:
        marks = [(mark.level, mark.get_title(), mark.get_dest().get_index() + 1) for mark in document.get_toc()]
    if name == "plan_with_annexes":
        assert [(level, title.split()[0:3]) for level, title, _page in marks if level == 0] == [
            (0, ["KẾ", "HOẠCH", "CỦA"]),
            (0, ["PHỤ", "LỤC", "I"]),
            (0, ["PHỤ", "LỤC", "II"]),
        ]
    else:
        assert (1, "Chương I NGUYÊN TẮC VÀ PHẠM VI", 1) in marks
        assert (2, "Điều 1. Nguyên tắc làm việc", 1) in marks
        assert (3, "Điều 4. Những việc Ban Thường vụ quyết định", 2) in marks


def test_the_file_names_the_body_that_issues_it() -> None:
    with pypdfium2.PdfDocument(render(case("joint_issue")).pdf) as document:
        metadata = document.get_metadata_dict()
    assert metadata["Author"] == "BAN TỔ CHỨC, BAN DÂN VẬN"
    assert metadata["Title"].startswith("Hướng dẫn - Số 05-HD/BTCTU-BDVTU - về phối hợp")


@pytest.mark.parametrize("name", ["three_pages", "letter_with_marks", "report_with_table"])
def test_words_that_are_copied_are_searched_with_success(name: str) -> None:
    document = case(name)
    with pypdfium2.PdfDocument(render(document).pdf) as pdf:
        text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    assert unicodedata.is_normalized("NFC", text)
    copied = " ".join(text.replace("\ufffe", "-").replace("\x02", "-").split())
    for words in (document.subject.text, document.body[0].text[:60]):
        assert words in copied


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="pdffonts is not installed")
@pytest.mark.parametrize("name", ["programme_of_all_levels", "plan_with_annexes"])
def test_only_parts_of_our_own_fonts_are_embedded(name: str, tmp_path: Path) -> None:
    file = tmp_path / "one.pdf"
    file.write_bytes(render(case(name)).pdf)
    fonts = subprocess.run(["pdffonts", str(file)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert fonts
    for font in fonts:
        # name, type of two words, encoding, embedded, subset, Unicode
        assert re.match(r"[A-Z]{6}\+Directive-Serif\S*\s+CID TrueType\s+Identity-H\s+yes yes yes", font), font


def test_two_processes_make_the_same_bytes_after_other_pages() -> None:
    """Fonts and style sheets are kept between two renders; what was printed before must leave no trace."""
    name = "plan_with_annexes"
    program = (
        "import json, sys, django; django.setup();"
        "from directives.document import Document; from directives.rendering import render;"
        "made = [render(Document.from_json(json.load(open(name)))).sha256 for name in sys.argv[1:]]; print(made[-1])"
    )
    before = {"1": ["odd_words", "long_names", "programme_of_all_levels"], "2": []}
    hashes = {
        subprocess.run(
            [sys.executable, "-c", program, *(str(CASES / f"{each}.json") for each in (*others, name))],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed, others in before.items()
    }
    assert hashes == {render(case(name)).sha256}


def test_a_worker_that_is_killed_leaves_no_file_behind(tmp_path: Path) -> None:
    program = (
        "import json, os, sys, django; django.setup();"
        "from directives.document import Document; from directives.rendering import render;"
        "render(Document.from_json(json.load(open(sys.argv[1])))); os._exit(9)"
    )
    words = [sys.executable, "-c", program, str(CASES / "letter_to_one.json")]
    ended = subprocess.run(words, cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path)}, timeout=60)
    assert ended.returncode == 9
    assert list(tmp_path.iterdir()) == []
