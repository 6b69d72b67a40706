"""The bench measures on a database of its own, fills it the same way each time, and leaves the office's alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from config.processes import ROOT
from directives.bench.bodies import usernames
from directives.bench.database import CannotBench, bench_database, mark_filled
from directives.bench.figures import Times, summary
from directives.bench.filling import Size, fill, store_copy
from directives.bench.first_pages import Weight
from directives.bench.pages import PageFigures, first_that_opens, in_process
from directives.bench.routes import NOT_READ, pages_for
from directives.management.commands.bench import MISSED
from directives.models import Directive
from directives.workflow import DirectiveState
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.models import Person
from tests import factories
from tests.access.asking import route_names
from tests.access.matrix import POST_ONLY
from tests.factories import ClockAt
from tests.processes import environment_of_processes

pytestmark = pytest.mark.django_db(transaction=True)

# Two test runs side by side share one server: each has sizes, and so databases, of its own.
OWN = int("".join(filter(str.isdigit, os.environ.get("PYTEST_XDIST_WORKER", ""))) or "0")
SIZE = 120 + OWN
LISTS = {
    "my_work",
    "outgoing",
    "inbox",
    "tasks",
    "clerk",
    "registers",
    "outgoing_register",
    "incoming_register",
    "statistics",
}
AN_EMPTY_LIST_ASKS_LESS = 3
"""No rows, no names of their bodies; and my work counts a list only when it is full."""
WITHOUT_FIGURES = {
    **dict.fromkeys(POST_ONLY, "it takes what is sent, and shows nothing"),
    **dict.fromkeys(NOT_READ, "it is no page of somebody who has signed in"),
    **dict.fromkeys(
        ("draft_keep_new", "draft_pasted", "draft_named", "draft_lines", "draft_task_table"),
        "the editor sends it what is typed; what a drafter waits for is measured by the bench of drafting",
    ),
}
"""Routes that the bench of pages does not measure, and why."""
OFFICE = ["--directives", str(SIZE), "--units", "20", "--deliveries", "600"]


def figures(*words: str) -> dict[str, Any]:
    """What `manage.py bench ... --json` prints, run as an operator runs it, and its exit code: 0, or of a miss."""
    answer = subprocess.run(
        [sys.executable, "manage.py", "bench", *words, "--json"],
        cwd=ROOT,
        env=environment_of_processes(),
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert answer.returncode in {0, MISSED}, answer.stderr
    result: dict[str, Any] = json.loads(answer.stdout)
    return result | {"code": answer.returncode}


def databases() -> set[str]:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [f"bench_{SIZE}$"])
        return {name for (name,) in cursor.fetchall()}


def everything() -> dict[str, int]:
    """How many rows each table of the test's own database has."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def drop() -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS chi_dao_bench_{SIZE} WITH (FORCE)")


def test_what_a_drafter_waits_for_is_measured_beside_the_offices_database_and_nothing_of_it_stays() -> None:
    factories.directive(factories.committee(ClockAt.on(factories.LONG_AGO)), DirectiveState.NUMBERED)
    before = everything()
    waits = figures("drafting", *OFFICE, "--count", "1")["waits"]
    assert [each["what"] for each in waits][:2] == ["saving 10 pages", "the printed page of 2"]
    assert all(each["request"]["p95"] > 0 for each in waits)
    assert everything() == before
    assert databases() == set()


def test_a_bench_that_fails_leaves_no_database_even_when_it_was_to_be_kept() -> None:
    with pytest.raises(ZeroDivisionError), bench_database(f"chi_dao_bench_{SIZE}", "an office", keep=True):
        assert databases() == {f"chi_dao_bench_{SIZE}"}
        _ = 1 / 0
    assert databases() == set()


@pytest.mark.parametrize("name", ["chi_dao", "postgres", "chi_dao_bench_", "chi_dao_bench_1; --", "xchi_dao_bench_1"])
def test_only_a_database_of_the_bench_is_made_or_dropped(name: str) -> None:
    with pytest.raises(CannotBench), bench_database(name, "anything", keep=False):
        pytest.fail("the block must not run")


def test_the_database_that_the_program_is_set_to_use_is_never_the_benchs() -> None:
    own = f"chi_dao_bench_{SIZE}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {own}")
    try:
        with connected_to(own), pytest.raises(CannotBench), bench_database(own, "anything", keep=False):
            pytest.fail("the block must not run")
        assert databases() == {own}
    finally:
        drop()


def test_a_kept_database_is_used_again_only_for_the_same_office() -> None:
    own = f"chi_dao_bench_{SIZE}"
    try:
        with bench_database(own, "an office", keep=True) as ready:
            assert not ready
            mark_filled(own, "an office")
        with bench_database(own, "an office", keep=True) as ready:
            assert ready
        with bench_database(own, "another office", keep=False) as ready:
            assert not ready
        assert databases() == set()
    finally:
        drop()


def test_the_same_size_gives_the_same_papers() -> None:
    seen = []
    for _ in range(2):
        try:
            figures("search", *OFFICE, "--count", "1", "--keep")
            with connected_to(f"chi_dao_bench_{SIZE}"):
                seen.append(list(Directive.objects.order_by("pk").values_list("pk", "subject", "state", "number")))
        finally:
            drop()
    assert len(seen[0]) == SIZE
    assert seen[0] == seen[1]


@pytest.mark.usefixtures("folders")
def test_every_route_that_answers_a_browser_opens_for_somebody_who_is_measured() -> None:
    opened: set[str] = set()
    with bench_database(f"chi_dao_bench_{SIZE}", "an office", keep=False):
        fill(Size(SIZE, units=20, deliveries=600), store_copy(), lambda words: None)
        for username in usernames(20).values():
            person = Person.objects.get(username=username)
            get = in_process(person)
            for page in pages_for(Member.of(person, CLOCK.today())):
                if page.name not in opened and isinstance(first_that_opens(page, get), str):
                    opened.add(page.name)
    assert {"step nhat-tri", "step duyet-ky-cung-ban-hanh", "consulted_file", "end nhiem-ky"} <= opened
    assert route_names() - {name.split()[0] for name in opened} == WITHOUT_FIGURES.keys()


@pytest.mark.long
def test_every_page_opens_for_somebody_and_is_judged_by_its_targets() -> None:
    measured = figures("pages", *OFFICE, "--count", "2", "--check")
    assert measured["never_opened"] == []
    routes = {page["page"].split()[0] for page in measured["pages"]}
    assert {"my_work", "outgoing", "inbox", "tasks", "directive", "edit", "step", "task", "report", "file"} <= routes
    assert {"outgoing_register", "incoming_register", "administered_body", "page_image", "rounds"} <= routes
    assert all(page["queries"] and page["request"]["p50"] > 0 for page in measured["pages"])
    figures_judged = [*measured["pages"], *measured["first_pages"], measured["image"]]
    assert measured["code"] == (MISSED if any(each["missed"] for each in figures_judged) else 0)
    assert {each["page"] for each in measured["first_pages"]} == {"my_work", "inbox", "directive"}
    assert measured["machine"]["cores"] >= 1


@pytest.mark.long
def test_a_larger_office_asks_no_more_questions() -> None:
    small, large = (
        {(page["who"], page["page"]): page["queries"] for page in measured["pages"]}
        for measured in (
            figures("pages", *OFFICE, "--count", "1"),
            figures("pages", "--directives", str(4 * SIZE), "--units", "20", "--deliveries", "2400", "--count", "1"),
        )
    )
    lists = {key for key in small.keys() & large.keys() if key[1].split()[0] in LISTS}
    more = {key: (small[key], large[key]) for key in lists if large[key] > small[key] + AN_EMPTY_LIST_ASKS_LESS}
    assert lists
    assert more == {}


@pytest.mark.long
def test_issuing_is_measured_in_one_series_and_in_eight_with_its_reference() -> None:
    rounds = figures("issue", *OFFICE, "--count", "32")["rounds"]
    assert [(each["series"], each["threads"]) for each in rounds] == [
        (series, threads) for series in (1, 8) for threads in (1, 4, 16, 32)
    ]
    assert all(each["reference_per_second"] > each["per_second"] > 0 for each in rounds)


@pytest.mark.long
def test_a_search_is_measured_beside_the_search_by_positions_where_that_knows_the_phrase() -> None:
    phrases = {each["phrase"]: each for each in figures("search", *OFFICE, "--count", "1")["phrases"]}
    assert phrases["kế hoạch"]["by_positions"] is not None
    assert phrases["phong chay"]["by_positions"] is None
    assert phrases["hàng không vũ trụ"]["found"] == 0


def test_a_page_is_judged_by_its_time_and_by_its_bare_sql() -> None:
    def missed(request: float, sql: float) -> list[str]:
        times = {"request": Times(request, request), "sql": Times(sql, sql)}
        return PageFigures(who="clerk", page="inbox", address="/", queries=9, bytes=1, **times).missed

    assert missed(100, 30) == []
    assert missed(101, 30) == ["100 ms"]
    assert missed(40, 4) == ["3 x SQL + 25 ms"]
    assert missed(101, 4) == ["100 ms", "3 x SQL + 25 ms"]


def test_a_first_page_is_judged_by_everything_that_a_browser_loads_for_it() -> None:
    assert Weight("my_work", "/", page_bytes=20_000, files=9, bytes=60_000).missed == []
    assert Weight("my_work", "/", page_bytes=20_000, files=9, bytes=60_001).missed == ["60 kB"]


def test_the_nearest_rank_is_told() -> None:
    assert (summary([3, 1, 2]).p50, summary(list(range(1, 101))).p95) == (2, 95)


def test_the_web_server_leaves_the_loaded_program_out_of_its_collections() -> None:
    program = "import gc, config.wsgi; print(gc.get_freeze_count(), gc.get_threshold()[0])"
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment_of_processes(), capture_output=True, text=True
    )
    frozen, threshold = map(int, answer.stdout.split())
    assert frozen > 50_000
    assert threshold == 5_000
