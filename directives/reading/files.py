"""The words of a file that somebody brought: what a paper can be found by besides its own text."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import chain

from openpyxl import load_workbook

from directives import scans
from directives.reading.parts import Paragraph, Table, sections_of
from directives.uploads import FileKind

LONGEST = 100_000
"""So many signs of one file, some fifty pages, are read; more would make the index of one paper very large."""


def words_of_file(kind: FileKind, content: bytes) -> str:
    """The words of a file that was looked through when it came, at most LONGEST signs; empty for a picture.

    Raises Refused for a PDF that does not open and a Word file with more text than any paper.
    """
    read = {FileKind.PDF: _of_pdf, FileKind.WORD: _of_word, FileKind.EXCEL: _of_excel}.get(kind)
    kept: list[str] = []
    length = 0
    for line in read(content) if read else ():
        kept.append(line)
        # An empty line counts as one sign: a table of a million numbers has an end too.
        length += len(line) + 1
        if length >= LONGEST:
            break
    return "\n".join(kept)[:LONGEST]


def _of_pdf(content: bytes) -> Iterator[str]:
    yield scans.words_of(content, most=LONGEST)


def _of_word(content: bytes) -> Iterator[str]:
    for part in chain.from_iterable(section.parts for section in sections_of(content)):
        yield from (each.text for each in _paragraphs(part))


def _paragraphs(part: Paragraph | Table) -> Iterator[Paragraph]:
    return part.paragraphs if isinstance(part, Table) else iter((part,))


def _of_excel(content: bytes) -> Iterator[str]:
    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            yield " ".join(cell for cell in row if isinstance(cell, str))
