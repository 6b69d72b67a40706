"""Let an issued paper be found by the words of its files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction

from directives import filestore, outbox, search
from directives.models import Directive, Work
from directives.reading.files import words_of_file
from directives.uploads import FileKind


def read_later(directive: Directive, *, at: datetime) -> None:
    """Have the files of a paper read, where it has any: large ones take seconds, and nobody waits for it."""
    if any(_files_of(directive)):
        outbox.put(Work.WORDS, directive, at=at)


def read(directive_id: UUID) -> None:
    """Add the words of the file that is the text, and of what goes with the paper, to what it can be found by.

    A paper that is sent along is found by itself. Safe to call again. Raises Refused for a file that does not open.
    """
    directive = Directive.objects.get(pk=directive_id)
    texts = [words_of_file(kind, filestore.read(sha256)) for kind, sha256 in _files_of(directive)]
    with transaction.atomic():
        search.add(directive, texts)


def _files_of(directive: Directive) -> Iterator[tuple[FileKind, str]]:
    if file := directive.text_file:
        yield FileKind(file.kind), file.sha256
    for kind, sha256 in directive.enclosures.filter(paper=None).values_list("kind", "sha256"):
        yield FileKind(kind), sha256
