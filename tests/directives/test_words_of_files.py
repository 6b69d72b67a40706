"""An issued paper is found by the words of its files, by whoever may read the paper."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from docx import Document as WordDocument
from openpyxl import Workbook

from directives import outbox, rendering, search
from directives.actions import reading_files, text_as_file
from directives.models import Directive, OutboxRow, SearchEntry, Work
from directives.reading import files
from directives.reading.files import LONGEST, words_of_file
from directives.rendering import Variant
from directives.uploads import CheckedFile, FileKind, checked
from directives.views.sending import progress_of
from directives.workflow import DirectiveState, WorkState
from orgs.models import Person
from tests import factories
from tests.directives.upload_corpus import png
from tests.factories import ClockAt, Committee
from tests.processes import Program, until

pytestmark = pytest.mark.django_db

IN_THE_FILE = "hành lang thoát lũ"


@pytest.fixture
def of() -> Committee:
    return factories.committee(ClockAt(timezone.now()))


def pdf(words: str) -> CheckedFile:
    return checked("de-an.pdf", rendering.render(factories.letter(words), variant=Variant.FINAL).pdf)


def word(*words: str, cell: str = "") -> CheckedFile:
    written, content = WordDocument(), BytesIO()
    for paragraph in words:
        written.add_paragraph(paragraph)
    if cell:
        written.add_table(1, 1).cell(0, 0).text = cell
    written.save(content)
    return checked("de-an.docx", content.getvalue())


def excel(*rows: tuple[object, ...]) -> CheckedFile:
    book, content = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.create_sheet("Phụ lục").append(["trang thứ hai"])
    book.save(content)
    return checked("bieu.xlsx", content.getvalue())


def issued(of: Committee, *files: CheckedFile, **facts: Any) -> Directive:
    """Issued with these files and with its units; the files are not read yet."""
    return factories.delivered(of, enclosed=files, **facts)


def read(paper: Directive) -> None:
    """Do what the issue put."""
    outbox.work_through([OutboxRow.objects.get(work=Work.WORDS, object_id=paper.pk).pk], reading_files.read)


def found(of: Committee, person: Person, words: str) -> set[Directive]:
    seen = Directive.objects.visible_to(of.member(person))
    everything = set(search.found(seen, words))
    assert {paper.pk for paper in everything} == set(search.newest(seen, words, 50))
    return everything


FILES: dict[str, Callable[[], CheckedFile]] = {
    "pdf": lambda: pdf(IN_THE_FILE),
    "docx": lambda: word("Mở đầu.", IN_THE_FILE),
    "xlsx": lambda: excel((1, IN_THE_FILE)),
}


@pytest.mark.parametrize("kind", FILES)
def test_an_issued_paper_is_found_by_what_stands_in_its_files(of: Committee, kind: str) -> None:
    paper = issued(of, FILES[kind]())
    assert found(of, of.drafter, IN_THE_FILE) == set()
    read(paper)
    for words in (IN_THE_FILE, "thoat lu"):
        assert found(of, of.drafter, words) == {paper}
        assert found(of, of.unit_clerks[0], words) == {paper}
    assert found(of, of.drafter, "kiểm tra hồ chứa") == {paper}, "its own text is still known"


def test_the_worker_reads_it(of: Committee, background: tuple[Program, Program]) -> None:
    paper = issued(of, word(IN_THE_FILE))
    put = OutboxRow.objects.filter(work=Work.WORDS, object_id=paper.pk)
    until(lambda: put.get().state == WorkState.DONE, "the worker has read its file")
    assert found(of, of.clerk, IN_THE_FILE) == {paper}


def test_the_file_that_is_the_text_is_read_too(of: Committee) -> None:
    paper = factories.delivered(of, text_as_file.with_file(factories.letter(), pdf(IN_THE_FILE)))
    read(paper)
    assert found(of, of.drafter, IN_THE_FILE) == {paper}


def test_a_restricted_paper_is_found_by_its_files_by_its_readers_alone(of: Committee) -> None:
    reader, other = of.unit_clerks[:2]
    paper = issued(of, word(IN_THE_FILE), restricted=True, readers=(reader.pk,))
    read(paper)
    assert found(of, reader, IN_THE_FILE) == {paper}
    assert found(of, other, IN_THE_FILE) == set()
    assert found(of, of.drafter, IN_THE_FILE) == {paper}


def test_a_paper_without_files_of_its_own_gives_nothing_to_read(of: Committee) -> None:
    factories.directive(of, DirectiveState.ISSUED)
    assert not OutboxRow.objects.filter(work=Work.WORDS).exists()


def test_files_are_read_once_the_paper_is_issued_and_never_in_a_draft(of: Committee) -> None:
    factories.directive(of, DirectiveState.NUMBERED, enclosed=[word(IN_THE_FILE)])
    assert not OutboxRow.objects.filter(work=Work.WORDS).exists()


def test_a_second_reading_changes_nothing(of: Committee) -> None:
    paper = issued(of, word(IN_THE_FILE))
    read(paper)
    known = SearchEntry.objects.get(pk=paper.pk).words
    reading_files.read(paper.pk)
    assert SearchEntry.objects.get(pk=paper.pk).words == known


def test_nobody_waits_for_the_reading_of_files(of: Committee) -> None:
    paper = issued(of, word(IN_THE_FILE))
    OutboxRow.objects.exclude(work=Work.WORDS).update(state=WorkState.DONE)
    OutboxRow.objects.filter(work=Work.WORDS).update(state=WorkState.QUARANTINED)
    progress = progress_of(paper)
    assert progress is not None
    assert (progress.working, progress.failures) == (False, [])


def test_a_file_that_cannot_be_read_is_noted_on_the_work_and_the_paper_is_found_as_before(
    of: Committee, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = issued(of, word(IN_THE_FILE))

    def breaks(*_facts: object) -> str:
        raise ValueError("no words here")

    monkeypatch.setattr(reading_files, "words_of_file", breaks)
    read(paper)
    row = OutboxRow.objects.get(work=Work.WORDS)
    assert (row.state, row.last_error) == (WorkState.FAILED, "ValueError: no words here")
    assert row not in outbox.due(of.clock.now())
    assert found(of, of.drafter, "kiểm tra hồ chứa") == {paper}


class TestWordsOfAFile:
    def test_paragraphs_and_cells_of_a_word_file(self) -> None:
        file = word("Một.", "Hai.", cell="ba")
        assert words_of_file(file.kind, file.content).split() == ["Một.", "Hai.", "ba"]

    def test_the_texts_of_every_sheet_and_no_numbers(self) -> None:
        file = excel(("TT", "Nội dung", 3), (1, "Kiểm tra", None))
        assert words_of_file(file.kind, file.content).splitlines() == ["TT Nội dung", "Kiểm tra", "trang thứ hai"]

    def test_a_picture_has_none(self) -> None:
        assert words_of_file(FileKind.PNG, png()) == ""

    def test_a_table_of_numbers_is_not_read_to_its_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        file = excel(*[(row,) for row in range(200)])
        assert "trang thứ hai" in words_of_file(file.kind, file.content)
        monkeypatch.setattr(files, "LONGEST", 100)
        assert words_of_file(file.kind, file.content).strip() == ""

    def test_of_a_very_long_file_the_beginning_is_read(self) -> None:
        file = excel(*[("kiểm tra " * 10,) for _row in range(2_000)])
        assert len(words_of_file(file.kind, file.content)) == LONGEST
