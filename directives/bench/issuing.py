"""How many papers a second are numbered and issued, against the least a database must do for a gapless number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any

import psycopg2
from django.db import connection

from directives.actions import approving, drafting, numbering_and_issuing
from directives.actions.approving import SignedPaper
from directives.actions.drafting import DraftFacts
from directives.bench.figures import Times, summary, table
from directives.bench.papers import DIRECTIVE_COLUMNS
from directives.bench.texts import letter_to_group
from directives.bench.threads import timed_by_threads
from directives.document import Document
from directives.models import Directive, NumberSeries
from directives.numbering import gaps
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.models import Authority, Organization, Post, Role

THREADS = (1, 4, 16, 32)
SERIES = (1, 8)
WARM_UP = 8


class BookIsNotWhole(Exception):
    """Numbers are missing after the papers were issued: the figures are worth nothing."""


@dataclass(frozen=True, slots=True)
class IssueFigures:
    """One round: papers a second, milliseconds of a paper (number and issue, two presses), and the reference."""

    series: int
    threads: int
    papers: int
    units: int
    per_second: float
    paper: Times
    reference_per_second: float
    reference: Times


def measure_issuing(count: int) -> list[IssueFigures]:
    """Number and issue `count` papers by each number of threads, in one series and in eight.

    Raises BookIsNotWhole when a number is missing afterwards.
    """
    issuers = [Organization.objects.get(code=f"don-vi-{place}") for place in range(max(SERIES))]
    models = [_approved(issuer) for issuer in issuers]
    _round(models, 1, WARM_UP)
    figures = [_round(models[:series], threads, count) for series in SERIES for threads in THREADS]
    for series in NumberSeries.objects.filter(organization__in=issuers):
        if missing := gaps(series):
            raise BookIsNotWhole(f"{series}: {missing}")
    return figures


def issuing_table(figures: Sequence[IssueFigures]) -> str:
    """For people."""
    heads = ("series", "threads", "papers/s", "p50 ms", "p95 ms", "reference/s", "p50 ms", "p95 ms")
    rows = [
        (
            *(each.series, each.threads, each.per_second, each.paper.p50, each.paper.p95),
            *(each.reference_per_second, each.reference.p50, each.reference.p95),
        )
        for each in figures
    ]
    first = figures[0]
    return (
        f"{table(heads, rows)}\n"
        f"{first.papers} papers a round, each to {first.units} units. No number is missing.\n"
        "Reference: UPDATE a counter, INSERT a line, COMMIT, by the driver alone, with as many threads and counters."
    )


def _round(models: Sequence[Directive], threads: int, count: int) -> IssueFigures:
    copies = [_copies_of(model, count // len(models)) for model in models]
    # Neighbours belong to different series, as they do when several bodies issue at once.
    papers = list(chain.from_iterable(zip(*copies, strict=True)))
    clerks = {model.issuer_id: _member(model.issuer, Role.CLERK) for model in models}

    def number_and_issue(paper: Directive) -> None:
        clerk = clerks[paper.issuer_id]
        numbering_and_issuing.number(paper.pk, by=clerk, clock=CLOCK)
        numbering_and_issuing.issue(paper.pk, by=clerk, clock=CLOCK)

    @contextmanager
    def connected() -> Iterator[Callable[[Directive], None]]:
        try:
            connection.ensure_connection()
            yield number_and_issue
        finally:
            connection.close()

    taken, seconds = timed_by_threads(threads, papers, connected)
    bare, bare_seconds = _reference(threads, len(models), count)
    return IssueFigures(
        series=len(models),
        threads=threads,
        papers=len(papers),
        units=papers[0].deliveries.count(),
        per_second=round(len(papers) / seconds, 1),
        paper=summary(taken),
        reference_per_second=round(count / bare_seconds, 1),
        reference=summary(bare),
    )


def _reference(threads: int, series: int, count: int) -> tuple[list[float], float]:
    """The same number of gapless numbers by the driver alone, on two tables of the bench's own."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_line, bench_counter")
        cursor.execute("CREATE TABLE bench_counter (id int PRIMARY KEY, next int NOT NULL)")
        cursor.execute("CREATE TABLE bench_line (series int, number int, PRIMARY KEY (series, number))")
        cursor.execute("INSERT INTO bench_counter SELECT id, 1 FROM generate_series(0, %s) id", [series - 1])
    parameters = connection.get_connection_params()
    parameters.pop("cursor_factory", None)

    @contextmanager
    def connected() -> Iterator[Callable[[int], None]]:
        with closing(psycopg2.connect(**parameters)) as line:

            def take(place: int) -> None:
                with line, line.cursor() as cursor:
                    key = place % series
                    cursor.execute("UPDATE bench_counter SET next = next + 1 WHERE id = %s RETURNING next", [key])
                    cursor.execute("INSERT INTO bench_line VALUES (%s, %s)", [key, cursor.fetchone()[0]])

            yield take

    return timed_by_threads(threads, range(count), connected)


def _approved(issuer: Organization) -> Directive:
    """A paper of this body to the group of units, approved and signed, by the real steps."""
    document = Document.from_json(letter_to_group())
    drafter, signer = _member(issuer, Role.DRAFTER), _member(issuer, Role.SIGNER)
    facts = DraftFacts(document=document, authority_id=Authority.objects.get(organization=issuer).pk)
    paper = drafting.create(issuer.pk, issuer.pk, facts, by=drafter, clock=CLOCK)
    drafting.submit(paper.pk, by=drafter, clock=CLOCK)
    approving.approve(paper.pk, read_version=1, by=signer, clock=CLOCK)
    signed = SignedPaper(signed_on=CLOCK.today(), sealed_on=CLOCK.today())
    return approving.note_signature(paper.pk, signed, by=_member(issuer, Role.CLERK), clock=CLOCK)


def _copies_of(model: Directive, count: int) -> list[Directive]:
    """As many papers of the same words, approved and signed like it."""
    columns = DIRECTIVE_COLUMNS.split()
    others = ", ".join(columns[1:])
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO directives_directive (id, {others}) SELECT gen_random_uuid(), {others}"
            " FROM directives_directive, generate_series(1, %s) WHERE id = %s RETURNING id",
            [count, model.pk],
        )
        keys: list[Any] = [key for (key,) in cursor.fetchall()]
    return list(Directive.objects.filter(pk__in=keys))


def _member(organization: Organization, role: Role) -> Member:
    post = Post.objects.filter(organization=organization, role=role).select_related("person").earliest("pk")
    return Member.of(post.person, CLOCK.today())
