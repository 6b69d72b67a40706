"""Files that people bring are looked through: what is taken, and what is said of the rest."""

from __future__ import annotations

import subprocess
import sys
import time
import tracemalloc
import unicodedata
from pathlib import Path

import pikepdf
import pytest

from directives import rendering
from directives.rendering import Variant
from directives.uploads import FileKind, checked, clean_name
from directives.uploads.pdf import LONGEST_SECONDS, SCAN
from directives.uploads.pdf_scan import MOST_MEMORY, verdict
from directives.wordfile import word_file
from orgs.verdicts import Refused
from tests import factories
from tests.directives.upload_corpus import RUNS, TAKEN, TOO_MUCH, Sample, pdf, pdf_unpacking_to, samples

CORPUS = list(samples())


def said_of(sample: Sample) -> str:
    try:
        checked(sample.name, sample.content)
    except Refused as refusal:
        return str(refusal)
    return TAKEN


@pytest.mark.parametrize("sample", CORPUS, ids=lambda sample: sample.shows)
def test_every_file_of_the_corpus_is_taken_or_refused_in_time_with_words_that_fit(sample: Sample) -> None:
    began = time.monotonic()
    said = said_of(sample)
    assert time.monotonic() - began < 5
    assert sample.said in said if sample.said else not said


def test_the_corpus_is_as_large_as_was_promised() -> None:
    assert len(CORPUS) >= 60
    assert len({sample.shows for sample in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize("sample", [one for one in CORPUS if one.said == TOO_MUCH], ids=lambda sample: sample.shows)
def test_what_unpacks_to_too_much_is_never_kept_in_memory(sample: Sample) -> None:
    tracemalloc.start()
    said_of(sample)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10 * 1024 * 1024


def test_a_pdf_made_to_fill_the_memory_ends_the_scan_and_not_the_program() -> None:
    bomb = pdf_unpacking_to(megabytes=400)
    began = time.monotonic()
    with pytest.raises(Refused):
        checked("a.pdf", bomb)
    assert time.monotonic() - began < LONGEST_SECONDS + 1
    assert _most_memory_of(SCAN, bomb) < MOST_MEMORY


def _most_memory_of(program: Path, content: bytes) -> int:
    """How much memory it took at most; it is asked of a process whose only child it is."""
    asked = "import resource, subprocess, sys; subprocess.run([sys.executable, '-I', sys.argv[1]], stdout=2);"
    asked += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    command = [sys.executable, "-c", asked, str(program)]
    return int(subprocess.run(command, input=content, capture_output=True, check=True).stdout) * 1024


def test_without_the_look_at_actions_the_script_would_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the corpus fails when the protection is gone."""
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    content = pdf({"/Deep": script})
    assert verdict(content) != "clean"
    monkeypatch.setattr("directives.uploads.pdf_scan.KEYS", frozenset())
    monkeypatch.setattr("directives.uploads.pdf_scan.KINDS", frozenset())
    assert verdict(content) == "clean"
    assert RUNS in said_of(Sample("", "a.pdf", content, RUNS))


def test_papers_of_our_own_are_taken() -> None:
    document = factories.letter()
    printed = rendering.render(document, variant=Variant.FINAL).pdf
    assert checked("745-CV-TU.pdf", printed).kind is FileKind.PDF
    assert checked("745-CV-TU.docx", word_file(document, variant=Variant.FINAL)).kind is FileKind.WORD


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Tờ trình.pdf", "Tờ trình.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\nhà\\tờ trình.pdf", "tờ trình.pdf"),
        ("..\\..\\..pdf", "tep.pdf"),
        (".pdf", "tep.pdf"),
        ("to-trinh\u202efdp.exe", "to-trinhfdp.exe"),
        ("a\u200b\u2066b\x00\r\n.pdf", "ab.pdf"),
        ("  tờ   trình  .pdf ", "tờ trình.pdf"),
        ('a<b>:"c|?*.pdf', "a b c.pdf"),
        ("con.pdf", "_con.pdf"),
        ("", "tep"),
        (unicodedata.normalize("NFD", "Tờ trình số 5.pdf"), "Tờ trình số 5.pdf"),
    ],
)
def test_names_are_made_clean(given: str, shown: str) -> None:
    assert clean_name(given) == shown


def test_a_name_of_300_letters_keeps_its_ending() -> None:
    name = clean_name("ờ" * 300 + ".docx")
    assert len(name) == 120
    assert name.endswith("ờ.docx")
