"""Measure pages, issuing and search on a large office of the bench's own, and printing without any."""

from __future__ import annotations

import dataclasses
import json
import logging
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test.utils import override_settings

from directives.bench.bodies import usernames
from directives.bench.browser import web_server
from directives.bench.database import CannotBench, bench_database, mark_filled
from directives.bench.figures import machine
from directives.bench.filling import Size, fill, store_copy
from directives.bench.issuing import issuing_table, measure_issuing
from directives.bench.pages import in_process, measure_pages
from directives.bench.render import measure_rendering
from directives.bench.searching import measure_search, search_table
from orgs.clock import CLOCK

FEWEST_UNITS = 20


class Command(BaseCommand):
    """`bench pages`, `bench issue` or `bench search`: makes a database, fills it, measures, drops it.

    `bench render` needs none.
    """

    help = "Measure pages, issuing or search on a database of the bench's own; the office's is never touched."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """What to measure, how large the office is, and how to tell it."""
        parser.add_argument("what", choices=["pages", "issue", "search", "render"])
        parser.add_argument("--directives", type=int, default=100_000)
        parser.add_argument("--units", type=int, default=300, help="bodies in all")
        parser.add_argument("--deliveries", type=int, help="default: ten for each directive")
        parser.add_argument("--count", type=int, help="requests or searches of each kind (40), papers a round (400)")
        parser.add_argument("--http", action="store_true", help="ask for pages through the real web server")
        parser.add_argument("--long", action="store_true", help="render: also 2,000 letters and a table of 200 pages")
        parser.add_argument("--json", action="store_true", help="for machines")
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
            with _own_folders():
                result, text = self._measured(size, options)
        except CannotBench as reason:
            raise CommandError(str(reason)) from reason
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(f"{name}: {value}" for name, value in result["machine"].items()))
            self.stdout.write(f"office: {size}\n\n{text}")

    def _rendered(self, options: dict[str, Any]) -> None:
        figures = measure_rendering(options["count"] or 20, long=options["long"])
        as_data = json.dumps(dataclasses.asdict(figures), ensure_ascii=False, indent=1)
        self.stdout.write(as_data if options["json"] else figures.table())

    def _measured(self, size: Size, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        with self._filled(size, keep=options["keep"]):
            facts = {"what": options["what"], "office": dataclasses.asdict(size), "machine": machine()}
            self._say("measuring")
            figures, text = _figures(size, options)
        return {**facts, **figures}, text

    @contextmanager
    def _filled(self, size: Size, *, keep: bool) -> Iterator[None]:
        name = f"chi_dao_bench_{size.directives}"
        self._say(f"database {name}")
        with bench_database(name, *size.served_by, keep=keep) as ready:
            store_copy()
            if not ready:
                fill(size, self._say)
                mark_filled(name, str(size))
            yield

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
    directives, units = options["directives"], options["units"]
    deliveries = 10 * directives if options["deliveries"] is None else options["deliveries"]
    if directives < 100 or units < FEWEST_UNITS or deliveries < 0:
        raise CommandError(f"At least 100 directives and {FEWEST_UNITS} units, please.")
    return Size(directives, units, deliveries, trail=options["what"] == "pages")


def _figures(size: Size, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The figures as data, and as a table."""
    count = options["count"]
    if options["what"] == "issue":
        issued = measure_issuing(count or 400)
        return {"rounds": [dataclasses.asdict(each) for each in issued]}, issuing_table(issued)
    if options["what"] == "search":
        searched = measure_search(usernames(size.units)["rights on 1 %"], count or 40)
        return {"phrases": [dataclasses.asdict(each) for each in searched]}, search_table(searched)
    if options["http"]:
        with web_server() as browser_of:
            pages = measure_pages(usernames(size.units), count or 40, browser_of)
    else:
        pages = measure_pages(usernames(size.units), count or 40, in_process)
    return dataclasses.asdict(pages), pages.table()
