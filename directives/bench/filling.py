"""Fill the bench's database with a large office, the same one for the same size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from django.apps import apps
from django.db import connection, transaction

from directives import filestore, months, numbering
from directives.bench.bodies import Office, make_office, make_two_more
from directives.bench.hands import put_into_hands, with_file
from directives.bench.papers import Papers
from directives.bench.sending import Sending, note_who_is_near
from directives.bench.texts import printed_letter
from directives.bench.trail import leave_trail
from directives.document import Document
from directives.models import Directive
from directives.rendering import render
from directives.uploads import FileKind
from directives.workflow import DirectiveState
from orgs.clock import CLOCK
from orgs.models import Organization, Person, Role

SEED = 20_261_123
WORDS_INDEX = "search_words"
"""A GIN index is built in a tenth of the time that it takes to fill row by row."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large the office is; `trail`: with mails, books, tasks and history, which searching does not need."""

    directives: int
    units: int
    deliveries: int
    trail: bool = True

    def served_by(self, copy: str) -> tuple[str, str]:
        """How a kept database must be filled to serve: like this, or with a trail besides; `copy` as in `fill`."""
        return self.filled_with(copy), replace(self, trail=True).filled_with(copy)

    def filled_with(self, copy: str) -> str:
        """How a database of this size is marked."""
        return f"{self}, copy {copy}"

    def __str__(self) -> str:
        trail = "with" if self.trail else "without"
        return f"{self.directives} directives, {self.units} units, {self.deliveries} deliveries, {trail} trail"


def fill(size: Size, copy: str, say: Callable[[str], None]) -> None:
    """Write everything into the empty database that this process is connected to; `say` hears what is being done.

    `copy` is the SHA-256 of the one stored file that stands for every official copy.
    """
    random = Random(SEED)
    _hurry()
    _give_defaults()
    say("bodies and people")
    office = make_office(size.units, random)
    make_two_more(office)
    say("directives with their words and numbers")
    papers = Papers(office, random)
    definition = _without_words_index()
    papers.write(size.directives)
    _keep_a_number(office)
    _add_files(office, copy)
    say("deliveries")
    Sending(office, papers, size.deliveries, random).send()
    note_who_is_near()
    if size.trail:
        say("copies, mails, books, tasks and history")
        leave_trail(copy, papers.fresh_since)
    put_into_hands(office, copy)
    _set_an_hour(office)
    months.add_together()
    say("indexes and statistics")
    with connection.cursor() as cursor:
        cursor.execute(definition)
        cursor.execute("VACUUM ANALYZE")
    connection.close()


@transaction.atomic
def _keep_a_number(office: Office) -> None:
    """The head's clerk keeps one number for a paper that is still to come."""
    head = Organization.objects.get(pk=office.head.pk)
    clerk = Person.objects.get(pk=office.head.staff[Role.CLERK])
    until = CLOCK.today() + timedelta(days=7)
    numbering.reserve(head, "CV", reserved_for="Công văn về đê điều", until=until, taken_by=clerk, clock=CLOCK)


@transaction.atomic
def _add_files(office: Office, copy: str) -> None:
    """The text of the head's newest paper on its way to the signer is a file, and another one goes with it."""
    submitted = Directive.objects.filter(state=DirectiveState.SUBMITTED, issuer=office.head.pk)
    draft = submitted.order_by("-changed_at")[0]
    file = with_file(draft, "de-an.pdf", copy)
    draft.enclosures.create(
        position=1,
        name="bieu-so-1.pdf",
        kind=FileKind.PDF,
        sha256=copy,
        size=file.size,
        added_by_id=draft.drafter_id,
        added_at=draft.changed_at,
    )


@transaction.atomic
def _set_an_hour(office: Office) -> None:
    """The paper of the head that has its number for longest is issued by itself next week."""
    numbered = Directive.objects.filter(state=DirectiveState.NUMBERED, issuer=office.head.pk).order_by("changed_at")
    paper, at = numbered[0], CLOCK.now() + timedelta(days=7)
    Directive.objects.filter(pk=paper.pk).update(issue_at=at, issue_set_by=office.head.staff[Role.CLERK])


def store_copy() -> str:
    """Print the letter that stands for every official copy, and keep it; returns its SHA-256."""
    return filestore.store(render(Document.from_json(printed_letter())).pdf)


def _hurry() -> None:
    """For this session: no limit of time, and no waiting for the disk at each commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SET maintenance_work_mem = '512MB'")


def _give_defaults() -> None:
    """Let the database of the bench know what Python fills in, so that rows are written without a model."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            default = field.get_default()
            made_anew = field.has_default() and callable(field.default) and field.default not in (list, dict)
            if default is None or made_anew or field.primary_key or field.is_relation:
                continue
            with connection.cursor() as cursor:
                written = field.get_db_prep_save(default, connection)
                cursor.execute(f'ALTER TABLE {model._meta.db_table} ALTER "{field.column}" SET DEFAULT %s', [written])


def _without_words_index() -> str:
    """Take the index of words away; returns the statement that makes it again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [WORDS_INDEX])
        [definition] = cursor.fetchone()
        cursor.execute(f"DROP INDEX {WORDS_INDEX}")
    return str(definition)
