"""The printed page: every word in order, nothing else, the same bytes, nothing opened."""

import dataclasses
import datetime
import hashlib
import json
import os
import re
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from django.utils import translation
from weasyprint.urls import FatalURLFetchingError

from directives import document_fonts
from directives.document import Addressee, DistributionLine, Document, Issuer, Signature, SignatureLine, Subject
from directives.document_fonts import FACES, font_files
from directives.formats import HD05, HD36, Profile
from directives.rendering import RenderingError, Variant, bundled_fonts_only, render
from tests.directives.documents import NAMES, TWINS, item, json_of, letter, paragraph, twin
from tests.directives.pages import Pages, squeezed

ROOT = Path(__file__).parents[2]
# All that a page may print beside the words of the directive.
FIXED_WORDING = re.compile(r"ĐẢNGCỘNGSẢNVIỆTNAM|Kínhgửi:|Kínhtrình:|Nơinhận:|-{5}|[-*,;.]")


@pytest.mark.parametrize("profile", [HD36, HD05], ids=["HD36", "HD05"])
@pytest.mark.parametrize("name", NAMES)
def test_the_page_holds_every_word_and_marker_in_order_and_nothing_else(
    name: str, profile: Profile, request: pytest.FixtureRequest
) -> None:
    document = Document.from_json(json_of(name, request))
    rest = Pages(render(document, profile=profile).pdf).running_text()
    beside = []
    for line in document.to_text().split("\n"):
        before, found, rest = rest.partition(squeezed(line))
        assert found, f"{line!r} is missing or out of order"
        beside.append(before)
    assert [part for part in (*beside, rest) if FIXED_WORDING.sub("", part)] == []


def test_two_processes_make_the_same_bytes() -> None:
    program = (
        "import json, sys, django; django.setup();"
        "from directives.document import Document; from directives.rendering import render;"
        "print(render(Document.from_json(json.load(sys.stdin))).sha256)"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=json.dumps(twin(0).to_json()),
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout.strip()
        for seed, zone in (("1", "UTC"), ("2", "Asia/Ho_Chi_Minh"))
    }
    assert hashes == {render(twin(0)).sha256}


@pytest.mark.parametrize("language", ["vi", "en", "de"])
def test_the_language_of_the_screen_does_not_change_the_page(language: str) -> None:
    with translation.override(language):
        shown_in_another = render(twin(4)).sha256
    with translation.override(None):
        assert render(twin(4)).sha256 == shown_in_another


def test_the_hash_is_that_of_the_bytes() -> None:
    rendered = render(twin(1))
    assert rendered.sha256 == hashlib.sha256(rendered.pdf).hexdigest()
    assert rendered.pages == len(Pages(rendered.pdf))


def test_the_versions_of_what_made_the_page_are_told() -> None:
    versions = render(twin(1)).versions
    assert set(versions) == {"weasyprint", "pango", "harfbuzz", "fonts"}
    assert re.fullmatch(r"\d+\.\d+\.\d+", versions["harfbuzz"])
    assert re.fullmatch(r"1\.\d+\.\d+", versions["pango"])
    assert len(versions["fonts"]) == 64


def test_the_pdf_says_its_title_and_language() -> None:
    pdf = render(twin(0)).pdf
    assert Pages(pdf).document.get_metadata_dict()["Title"].startswith("Công văn - Số ")
    assert re.search(rb"/Lang ?\(vi\)", _uncompressed(pdf))


def test_the_pdf_carries_the_date_of_the_directive_and_no_clock() -> None:
    dated = Pages(render(letter(paragraph("Một."), date=datetime.date(2026, 6, 1))).pdf)
    undated = Pages(render(letter(paragraph("Một."))).pdf)
    assert dated.document.get_metadata_dict()["CreationDate"].startswith("D:20260601")
    assert undated.document.get_metadata_dict()["CreationDate"] == ""


HOSTILE = (
    "<img src=file:///etc/passwd>",
    "<script>alert(1)</script>",
    '<link rel="attachment" href="file:///etc/hostname">',
    "<style>@import url(http://127.0.0.1:9/x.css);</style>",
    "</style></head><base href=http://127.0.0.1:9/>",
    "url(http://127.0.0.1:9/a.png)",
    "{{ page.name }}{% include 'base.html' %}",
    "&lt;b&gt;&amp;",
)


def test_text_that_looks_like_markup_is_printed_as_it_stands_and_opens_nothing() -> None:
    opened: list[str] = []

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes):
            opened.append(os.fsdecode(arguments[0]))
        if event in {"socket.connect", "urllib.Request", "socket.getaddrinfo"}:
            opened.append(f"{event} {arguments}")

    render(letter(paragraph("Làm nóng.")))
    sys.addaudithook(watch)
    text = " ".join(HOSTILE)
    hostile = letter(
        paragraph(text),
        item(HOSTILE[0], text),
        issuer=Issuer(text, text, "TU"),
        place=HOSTILE[1],
        subject=Subject(HOSTILE[4], text),
        addressees=(Addressee(text), Addressee(text)),
        distribution_heading=text,
        distribution=(DistributionLine(text, HOSTILE[0]),),
        signature=Signature((SignatureLine(HOSTILE[1], "authority"),), HOSTILE[2]),
    )
    pages = Pages(render(hostile).pdf)
    shown = opened.copy()
    printed = pages.running_text()
    for words in HOSTILE:
        assert squeezed(words) in printed
    assert pages.document.count_attachments() == 0
    assert [name for name in shown if "passwd" in name or "hostname" in name or "127.0.0.1" in name] == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/",
        "https://example.org/",
        "data:text/css,body{}",
        "ftp://127.0.0.1/",
        "bundled:../../manage.py",
        "bundled:LiberationSerif-Regular.ttf?x",
        f"file://{document_fonts.FOLDER}/LiberationSerif-Regular.ttf",
    ],
)
def test_the_fetcher_refuses_everything_but_the_bundled_fonts(url: str) -> None:
    fetcher = bundled_fonts_only()
    with pytest.raises(FatalURLFetchingError):
        fetcher.fetch(url)
    with pytest.raises(FatalURLFetchingError):
        fetcher(url)
    with pytest.raises(FatalURLFetchingError):
        fetcher.open(url)


@pytest.mark.parametrize("face", FACES, ids=[face.file_name for face in FACES])
def test_the_fetcher_answers_for_a_bundled_font_by_its_key(face: document_fonts.FontFace) -> None:
    assert bundled_fonts_only().fetch(face.url).read() == font_files()[face.url]


def test_only_bundled_fonts_stand_in_the_pdf() -> None:
    names = set(re.findall(rb"/FontName /\w{6}\+([\w-]+)", _uncompressed(render(twin(0)).pdf)))
    assert names
    assert {name.split(b"-")[0] for name in names} == {b"Directive"}


def test_a_sign_that_the_fonts_do_not_hold_is_named_instead_of_taken_from_the_machine() -> None:
    with pytest.raises(RenderingError, match=r"U\+1F600"):
        render(letter(paragraph("Hoan nghênh \U0001f600")))


def test_a_missing_font_file_says_which_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_fonts, "FOLDER", tmp_path)
    _forget_fonts()
    try:
        with pytest.raises(RenderingError, match=r"LiberationSerif-Regular\.ttf"):
            render(twin(0))
    finally:
        _forget_fonts()


def test_the_print_for_the_pen_leaves_number_and_day_blank() -> None:
    document = letter(paragraph("Một."), place="Bạch Sơn", date=datetime.date(2026, 6, 1))
    final = Pages(render(document).pdf).text(1)
    proof = Pages(render(document, variant=Variant.PROOF).pdf).text(1)
    assert "Số 12-CV/TU" in final
    assert "ngày 01 tháng 6 năm 2026" in final
    assert re.search(r"Số\s+-CV/TU", proof)
    assert re.search(r"ngày\s+tháng 6 năm 2026", proof)


def test_a_draft_prints_its_symbol_with_room_for_the_number() -> None:
    draft = letter(paragraph("Một."), number=None)
    assert re.search(r"Số\s+-CV/TU", Pages(render(draft).pdf).text(1))


def test_a_petition_is_addressed_with_kinh_trinh_since_2026() -> None:
    petition = dataclasses.replace(letter(paragraph("Một.")), type="TTr", addressees=(Addressee("Tỉnh ủy"),))
    assert "Kính trình: Tỉnh ủy." in Pages(render(petition, profile=HD05).pdf).text(1)
    assert "Kính gửi: Tỉnh ủy." in Pages(render(petition, profile=HD36).pdf).text(1)


def test_lists_end_as_the_edition_wants() -> None:
    lines = (DistributionLine("Như trên", same_as_addressees=True), DistributionLine("Lưu VPTU", archive=True))
    document = letter(paragraph("Một."), addressees=(Addressee("Các xã"), Addressee("Sở Y tế")), distribution=lines)
    old, new = (Pages(render(document, profile=profile).pdf).text(1) for profile in (HD36, HD05))
    assert "- Các xã," in old and "- Sở Y tế." in old and "- Như trên," in old and "- Lưu VPTU." in old
    assert "- Các xã," in new and "- Sở Y tế." in new and "- Như trên;" in new and "- Lưu VPTU." in new


def test_the_sentence_of_dissemination_closes_the_body() -> None:
    document = letter(paragraph("Một."), dissemination="Công văn này phổ biến đến chi bộ.")
    assert Pages(render(document).pdf).running_text().endswith("Một.Côngvănnàyphổbiếnđếnchibộ.")


def test_an_empty_draft_still_makes_a_page() -> None:
    empty = Document(type="CT", profile="HD05")
    assert Pages(render(empty).pdf).running_text() == "ĐẢNGCỘNGSẢNVIỆTNAMCHỈTHỊ"


def _forget_fonts() -> None:
    """Fonts are read once in the life of a process."""
    document_fonts.font_files.cache_clear()
    document_fonts.fingerprint.cache_clear()


def _uncompressed(pdf: bytes) -> bytes:
    """Return the PDF with its streams opened, so that its objects can be read."""
    opened = [pdf]
    for stream in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            opened.append(zlib.decompress(stream[1]))
        except zlib.error:
            continue
    return b"\n".join(opened)


def test_the_command_renders_a_file_without_a_database(tmp_path: Path) -> None:
    made = _command(next(TWINS.glob("004*.json")), tmp_path / "out.pdf", "--profile", "HD05", "--variant", "trinh-ky")
    assert made.returncode == 0, made.stderr
    assert Pages((tmp_path / "out.pdf").read_bytes()).text(1).startswith("ĐẢNG CỘNG SẢN VIỆT NAM")


def test_the_command_names_the_key_that_does_not_fit(tmp_path: Path) -> None:
    content = twin(0).to_json()
    content["subject"]["colour"] = "red"
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(content), encoding="utf-8")
    made = _command(bad, tmp_path / "out.pdf")
    assert made.returncode == 1
    assert "subject.colour" in made.stderr
    assert len(made.stderr.strip().split("\n")) == 1
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[]", b"[" * 100_000])
def test_the_command_refuses_what_is_no_json_of_a_directive_in_one_line(tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "bad.json"
    bad.write_bytes(content)
    made = _command(bad, tmp_path / "out.pdf")
    assert made.returncode == 1
    assert len(made.stderr.strip().split("\n")) == 1


def _command(file: Path, output: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    """Run the command as a person would, with a database address where nobody answers."""
    return subprocess.run(
        [sys.executable, "manage.py", "render", str(file), "-o", str(output), *options],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"},
    )
