"""Measure pages, drafting, issuing and search on a large office of the bench's own, and printing without any."""

from __future__ import annotations

import dataclasses
import json
import logging
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test.utils import override_settings

from config.collecting import leave_out_what_is_loaded
from directives.bench.bodies import searching_people, usernames
from directives.bench.browser import web_server
from directives.bench.database import CannotBench, bench_database, mark_filled
from directives.bench.drafting import drafting_table, measure_drafting
from directives.bench.figures import machine
from directives.bench.filling import Size, fill, store_copy
from directives.bench.first_pages import weigh, weights_table
from directives.bench.issuing import issuing_table, measure_issuing
from directives.bench.page_images import measure_images
from directives.bench.pages import Open, in_process, measure_pages
from directives.bench.render import measure_rendering
from directives.bench.searching import measure_search, search_table
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.models import Person

FEWEST_UNITS = 20
MISSED = 3
"""The exit code of --check; 1 is that of a failure."""


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured, for machines and for people, and how many figures miss their targets."""

    data: dict[str, Any]
    text: str
    missed: int


class Command(BaseCommand):
    """`bench pages`, `drafting`, `issue` or `search`: makes a database, fills it, measures, drops it.

    `bench render` needs none.
    """

    help = "Measure pages, drafting, issuing or search on a database of the bench's own; the office's is never touched."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """What to measure, how large the office is, and how to tell it."""
        parser.add_argument("what", choices=["pages", "drafting", "issue", "search", "render"])
        parser.add_argument("--directives", type=int, help="default: 100,000, for drafting 100")
        parser.add_argument("--units", type=int, help="bodies in all; default: 300, for drafting 5,000")
        parser.add_argument("--deliveries", type=int, help="default: ten for each directive")
        parser.add_argument("--count", type=int, help="requests or searches of each kind (40), papers a round (400)")
        parser.add_argument("--http", action="store_true", help="ask for pages through the real web server")
        parser.add_argument("--long", action="store_true", help="render: also 2,000 letters and a table of 200 pages")
        parser.add_argument("--json", action="store_true", help="for machines")
        parser.add_argument("--check", action="store_true", help=f"exit code {MISSED} when a figure misses its target")
        parser.add_argument("--keep", action="store_true", help="keep the database for another run of the same size")

    def handle(self, *args: object, **options: Any) -> None:
        """Measure and print; everything but the result goes to stderr."""
        if options["what"] == "render":
            self._rendered(options)
            return
        size = _size_of(options)
        # A page that a person may not open is asked for all the same; that is no news here.
        logging.getLogger("django.request").setLevel(logging.ERROR)
        try:
            with _own_folders(), self._filled(size, keep=options["keep"]) as copy:
                facts = {"what": options["what"], "office": dataclasses.asdict(size), "machine": machine()}
                self._say("measuring")
                result = _measured(size, copy, options)
        except CannotBench as reason:
            raise CommandError(str(reason)) from reason
        if options["json"]:
            self.stdout.write(json.dumps(facts | result.data, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(f"{name}: {value}" for name, value in facts["machine"].items()))
            self.stdout.write(f"office: {size}\n\n{result.text}")
        if options["check"] and result.missed:
            raise CommandError(f"{result.missed} figures miss their targets.", returncode=MISSED)

    def _rendered(self, options: dict[str, Any]) -> None:
        figures = measure_rendering(options["count"] or 20, long=options["long"])
        as_data = json.dumps(dataclasses.asdict(figures), ensure_ascii=False, indent=1)
        self.stdout.write(as_data if options["json"] else figures.table())

    @contextmanager
    def _filled(self, size: Size, *, keep: bool) -> Iterator[str]:
        """The database of this size; gives the SHA-256 of the file that stands for every official copy."""
        name = f"chi_dao_bench_{size.directives}"
        self._say(f"database {name}")
        copy = store_copy()
        with bench_database(name, *size.served_by(copy), keep=keep) as ready:
            if not ready:
                fill(size, copy, self._say)
                mark_filled(name, size.filled_with(copy))
            yield copy

    def _say(self, words: str) -> None:
        self.stderr.write(f"{CLOCK.now():%H:%M:%S} {words}")


@contextmanager
def _own_folders() -> Iterator[None]:
    """Files of the bench stay out of the office's folders; style sheets stand ready as on an office's server."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="chi-dao-bench-"))
        stack.enter_context(override_settings(COPY_ROOT=f"{folder}/copies", STATIC_ROOT=f"{folder}/static"))
        call_command("collectstatic", interactive=False, verbosity=0)
        yield


def _size_of(options: dict[str, Any]) -> Size:
    usual = (100, 5000) if options["what"] == "drafting" else (100_000, 300)
    directives, units = options["directives"] or usual[0], options["units"] or usual[1]
    deliveries = 10 * directives if options["deliveries"] is None else options["deliveries"]
    if directives < 100 or units < FEWEST_UNITS or deliveries < 0:
        raise CommandError(f"At least 100 directives and {FEWEST_UNITS} units, please.")
    return Size(directives, units, deliveries, trail=options["what"] == "pages")


def _measured(size: Size, copy: str, options: dict[str, Any]) -> Result:
    count = options["count"]
    # As the web server does (config/wsgi.py).
    leave_out_what_is_loaded()
    if options["what"] == "issue":
        issued = measure_issuing(count or 400)
        return Result({"rounds": [dataclasses.asdict(each) for each in issued]}, issuing_table(issued), 0)
    if options["what"] == "drafting":
        waited = measure_drafting(usernames(size.units)["head's drafter"], count or 40)
        missed = sum(bool(each.missed) for each in waited)
        return Result({"waits": [each.data() for each in waited]}, drafting_table(waited), missed)
    if options["what"] == "search":
        searched = measure_search(searching_people(size.units), count or 40)
        missed = sum(bool(each.missed) for each in searched)
        return Result({"phrases": [each.data() for each in searched]}, search_table(searched), missed)
    if options["http"]:
        with web_server() as browser_of:
            return _pages(size, copy, count or 40, browser_of)
    return _pages(size, copy, count or 40, in_process)


def _pages(size: Size, copy: str, count: int, open_as: Callable[[Person], Open]) -> Result:
    """All pages, what the first ones of a unit weigh, and the drawing of a page of a paper."""
    people = usernames(size.units)
    pages = measure_pages(people, count, open_as)
    images = measure_images(copy, count)
    unit = Person.objects.get(username=people["clerk of four units"])
    weights = weigh(Member.of(unit, CLOCK.today()), open_as(unit))
    return Result(
        data=pages.data() | {"image": images.data(), "first_pages": [each.data() for each in weights]},
        text=f"{pages.table()}\n\n{weights_table(weights)}\n\n{images.line()}",
        missed=pages.missed + bool(images.missed) + sum(bool(each.missed) for each in weights),
    )
