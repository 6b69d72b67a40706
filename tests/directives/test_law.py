"""The database keeps the law: what may never be is refused through the models, in bulk and in plain SQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models
from pytest_django import DjangoDbBlocker

from directives.models import Directive, RegisterEntry
from tests.directives.lasting_world import gone_at_the_end, left_as_it_was
from tests.directives.law_table import ATTEMPTS, FROZEN_DIRECTIVE, FROZEN_ENTRY
from tests.directives.law_world import world_with_a_row_for_every_law
from tests.directives.laws import Attempt, Change, Emptying, World, ways

pytestmark = pytest.mark.django_db

OTHER = {
    models.BooleanField: lambda old: not old,
    models.CharField: lambda old: "khác" if old != "khác" else "nữa",
    models.TextField: lambda old: f"{old} và nữa",
    models.PositiveIntegerField: lambda old: old + 1,
    models.DateField: lambda old: (old or date(2026, 1, 1)) + timedelta(days=1),
    models.DateTimeField: lambda old: datetime(2027, 1, 1, tzinfo=UTC),
    models.JSONField: lambda old: {"type": "khác"},
}
"""For each kind of column, a value other than the one it has."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with gone_at_the_end(django_db_blocker):
        yield world_with_a_row_for_every_law()


@pytest.fixture(scope="module")
def triggers(world: World) -> dict[str, str]:
    """The table of each trigger that the migrations made, but for those that keep what is counted or ordered."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger"
            " WHERE NOT tgisinternal AND NOT starts_with(tgname, 'kept_')"
        )
        return dict(cursor.fetchall())


def constraints() -> dict[str, str]:
    """The table of each constraint that the models name."""
    tables = [each for app in ("orgs", "directives") for each in apps.get_app_config(app).get_models()]
    return {law.name: each._meta.db_table for each in tables for law in each._meta.constraints}


def each_way() -> list[object]:
    return [
        pytest.param(attempt, way, id=f"{attempt.law}-{type(attempt).__name__.lower()}-{way}")
        for attempt in ATTEMPTS
        for way in ways(attempt)
    ]


@pytest.mark.parametrize(("attempt", "way"), each_way())
def test_the_law_refuses_it(world: World, attempt: Attempt, way: str) -> None:
    with left_as_it_was(), pytest.raises(IntegrityError):
        getattr(attempt, way)(world)


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda attempt: f"{attempt.law}-{type(attempt).__name__.lower()}")
def test_it_is_this_law_that_refuses_it(world: World, triggers: dict[str, str], attempt: Attempt) -> None:
    """With this law alone the statement is refused; with the law taken away it goes through."""
    if attempt.law in triggers:
        others = {name: table for name, table in triggers.items() if name != attempt.law}
        with left_as_it_was():
            _put_to_sleep(others)
            with pytest.raises(IntegrityError):
                attempt.by_sql(world)
        with left_as_it_was():
            _put_to_sleep(triggers)
            attempt.by_sql(world)
        return
    with left_as_it_was(), pytest.raises(IntegrityError) as refusal:
        attempt.by_sql(world)
    assert refusal.value.__cause__.diag.constraint_name == attempt.law
    with left_as_it_was():
        _take_away(attempt.law, constraints()[attempt.law])
        attempt.by_sql(world)


def _put_to_sleep(triggers: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        for name, table in triggers.items():
            cursor.execute(f'ALTER TABLE {table} DISABLE TRIGGER "{name}"')


def _take_away(name: str, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_constraint WHERE conname = %s)", [name])
        [is_constraint] = cursor.fetchone()
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"' if is_constraint else f'DROP INDEX "{name}"')


def test_every_constraint_and_every_trigger_has_an_attempt_in_the_table(triggers: dict[str, str]) -> None:
    laws = constraints().keys() | triggers.keys()
    tried = {attempt.law for attempt in ATTEMPTS}
    assert sorted(laws - tried) == [], "these laws are not tried"
    assert sorted(tried - laws) == [], "these laws are gone"


THE_HOUR = ("issue_at", "issue_set_by", "issue_failure")
"""Set and called off until the paper is issued."""


@pytest.mark.parametrize(
    ("row", "table", "may_still_change"),
    [
        ("numbered", Directive, {"id", "state", "changed_at", "returned_reason", *THE_HOUR}),
        ("entry", RegisterEntry, {"id", "state"}),
    ],
)
def test_every_column_is_frozen_or_known_to_change(
    world: World, row: str, table: type[models.Model], may_still_change: set[str]
) -> None:
    once = {"numbered": {"sealed_on", "issued_at", "voided_at", "recalled_at", "recalled_by", "recall_reason"}}
    once["entry"] = {"directive", "voided_at", "voided_by", "void_reason"}
    frozen = {"numbered": FROZEN_DIRECTIVE, "entry": FROZEN_ENTRY}[row]
    assert {field.name for field in table._meta.concrete_fields} == frozen | once[row] | may_still_change


@pytest.mark.parametrize(
    ("row", "name"),
    [*(("numbered", name) for name in sorted(FROZEN_DIRECTIVE)), *(("entry", name) for name in sorted(FROZEN_ENTRY))],
)
def test_a_frozen_column_never_changes(world: World, row: str, name: str) -> None:
    field = world[row]._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        other = field.related_model._base_manager.exclude(pk=getattr(world[row], field.attname)).first()
    else:
        other = OTHER[type(field)](getattr(world[row], name))
    with left_as_it_was(), pytest.raises(IntegrityError, match=f"{field.column} never changes"):
        Change("", row, {name: other}).by_sql(world)


def test_what_is_written_once_may_be_written_once(world: World) -> None:
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    with left_as_it_was():
        Change("", "issued", {"recalled_at": moment, "recalled_by": "Công văn số 9-CV/TU"}).by_sql(world)
        with pytest.raises(IntegrityError, match="written once"):
            Change("", "issued", {"recalled_at": None}).by_sql(world)


def test_tables_of_legal_rows_are_not_emptied_by_a_cascade_either(world: World) -> None:
    with left_as_it_was(), pytest.raises(IntegrityError):
        Emptying("", "committee").by_sql(world)
