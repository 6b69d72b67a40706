"""How long each page takes, how much it asks of the database, and how long that would take without the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from directives.bench.figures import Times, table, times_in_turn, verdict
from directives.bench.routes import Page, pages_for
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.models import Person

LONGEST = 100.0
TIMES_THE_SQL = 3.0
AND_MS = 25.0
OPENED = 200
NOT_THERE = 404
NO_GET = 405

Open = Callable[[str], tuple[int, bytes]]
"""Asks for an address as a browser that reads gzip; gives the status and the answer as it came over the line."""


@dataclass(frozen=True, slots=True)
class PageFigures:
    """One page of one person: milliseconds of the whole request and of its bare SQL, queries and bytes."""

    who: str
    page: str
    address: str
    queries: int
    bytes: int
    request: Times
    sql: Times

    @property
    def ratio(self) -> float:
        """How many times its bare SQL the whole request takes, both at p95."""
        return round(self.request.p95 / self.sql.p95, 1) if self.sql.p95 else 0.0

    @property
    def missed(self) -> list[str]:
        """The targets that p95 misses: 100 ms, and three times its SQL and 25 ms."""
        targets = {
            f"{LONGEST:g} ms": LONGEST,
            f"{TIMES_THE_SQL:g} x SQL + {AND_MS:g} ms": TIMES_THE_SQL * self.sql.p95 + AND_MS,
        }
        return [name for name, longest in targets.items() if self.request.p95 > longest]


@dataclass(frozen=True, slots=True)
class PagesFigures:
    """All pages that were opened, and the names of those that nobody could open."""

    pages: list[PageFigures]
    never_opened: list[str]

    @property
    def missed(self) -> int:
        """How many pages are not in time."""
        return sum(bool(each.missed) for each in self.pages)

    def data(self) -> dict[str, Any]:
        """For machines."""
        pages = [asdict(each) | {"ratio": each.ratio, "missed": each.missed} for each in self.pages]
        return {"pages": pages, "never_opened": self.never_opened}

    def table(self) -> str:
        """For people: the slowest pages first."""
        rows = [
            (
                *(each.page, each.who, each.queries, f"{each.bytes / 1000:.1f}"),
                *(each.request.p50, each.request.p95, each.sql.p50, each.sql.p95, each.ratio),
                verdict(each.missed),
            )
            for each in sorted(self.pages, key=lambda each: -each.request.p95)
        ]
        heads = ("page", "who", "queries", "kB", "p50 ms", "p95 ms", "SQL p50", "SQL p95", "ratio", "")
        lines = [table(heads, rows), f"{len(self.pages) - self.missed} of {len(self.pages)} pages are in time."]
        if self.never_opened:
            lines.append(f"Not opened by anybody: {', '.join(self.never_opened)}")
        return "\n".join(lines)


def measure_pages(people: dict[str, str], count: int, open_as: Callable[[Person], Open]) -> PagesFigures:
    """Open every page as each of the people (what they are: sign-in name), `count` times each.

    `open_as` gives a browser that is signed in as a person. Queries and SQL are always taken inside this process.
    """
    measured: list[PageFigures] = []
    names: set[str] = set()
    no_pages: set[str] = set()
    for who, username in people.items():
        person = Person.objects.get(username=username)
        inside, browser = in_process(person), open_as(person)
        for page in pages_for(Member.of(person, CLOCK.today())):
            found = first_that_opens(page, inside)
            names.add(page.name)
            if found in (NO_GET, NOT_THERE):
                no_pages.add(page.name)
            elif isinstance(found, str):
                measured.append(_measure(who, page.name, found, count, inside, browser))
    opened = {each.page for each in measured}
    return PagesFigures(measured, sorted(names - opened - no_pages))


def in_process(person: Person) -> Open:
    """Django's own test client: the whole request without the web server."""
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0].lstrip("."), HTTP_ACCEPT_ENCODING="gzip")
    client.force_login(person)

    def get(address: str) -> tuple[int, bytes]:
        response = client.get(address, secure=settings.SECURE_SSL_REDIRECT)
        return response.status_code, response.getvalue()

    return get


def first_that_opens(page: Page, get: Open) -> str | int | None:
    """The address that opens; 404 or 405 when there is no such page, None when nothing opens.

    What an address would show may be missing, as not every paper has a file: the next one is tried. Where a word is no
    page of this route, none of them is there.
    """
    refused = set()
    for address in page.addresses:
        status, _ = get(address)
        if status == OPENED:
            return address
        if status == NO_GET:
            return status
        refused.add(status)
    return NOT_THERE if page.of_a_word and refused == {NOT_THERE} else None


def _measure(who: str, name: str, address: str, count: int, inside: Open, browser: Open) -> PageFigures:
    queries = queries_of(lambda: inside(address))
    _, answer = browser(address)
    request, sql = times_in_turn(lambda: browser(address), lambda: ask(queries), count)
    return PageFigures(
        who=who, page=name, address=address, queries=len(queries), bytes=len(answer), request=request, sql=sql
    )


def queries_of(run: Callable[[], object]) -> list[tuple[str, Any]]:
    """The questions that this asks of the database, with their values."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        run()
    return asked


def ask(queries: list[tuple[str, Any]]) -> None:
    """The questions alone, over the driver that the program uses; what a page writes after its answer is left out."""
    with connection.connection.cursor() as cursor:
        for sql, params in queries:
            if sql.startswith(("SELECT", "(SELECT")):
                cursor.execute(sql, params)
                cursor.fetchall()
