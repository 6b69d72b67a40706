"""Ways to break a law of the tables: a row and what is done to it, through the models and around them."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

World = Mapping[str, models.Model]
Value = Callable[[World], Any] | Any


@dataclass(frozen=True)
class Change:
    """Write other values into the columns of a row of the world."""

    law: str
    row: str
    values: dict[str, Value]

    def by_save(self, world: World) -> None:
        self._changed(world).save()

    def by_update(self, world: World) -> None:
        _rows(world[self.row]).update(**_of_this_world(self.values, world))

    def by_bulk(self, world: World) -> None:
        type(world[self.row])._base_manager.bulk_update([self._changed(world)], list(self.values))

    def by_sql(self, world: World) -> None:
        row = world[self.row]
        columns = _columns(self._changed(world), list(self.values))
        setting = ", ".join(f'"{column}" = %s' for column in columns)
        table = row._meta.db_table
        _run(f'UPDATE "{table}" SET {setting} WHERE id = %s', [*columns.values(), row.pk])

    def _changed(self, world: World) -> models.Model:
        return _with(copy.copy(world[self.row]), self.values, world)


@dataclass(frozen=True)
class Insertion:
    """Add a row like one of the world, with other values in some columns."""

    law: str
    row: str
    values: dict[str, Value]

    def by_save(self, world: World) -> None:
        self._added(world).save(force_insert=True)

    def by_bulk(self, world: World) -> None:
        type(world[self.row])._base_manager.bulk_create([self._added(world)])

    def by_sql(self, world: World) -> None:
        added = self._added(world)
        columns = _columns(added, [field.name for field in added._meta.concrete_fields if field.name != "id"])
        if added.pk is not None:
            columns["id"] = added.pk
        names = ", ".join(f'"{column}"' for column in columns)
        marks = ", ".join(["%s"] * len(columns))
        _run(f'INSERT INTO "{added._meta.db_table}" ({names}) VALUES ({marks})', list(columns.values()))

    def _added(self, world: World) -> models.Model:
        added = copy.copy(world[self.row])
        added.pk = uuid.uuid4() if isinstance(added._meta.pk, models.UUIDField) else None
        added._state = copy.copy(added._state)
        added._state.adding = True
        return _with(added, self.values, world)


@dataclass(frozen=True)
class Deletion:
    """Delete a row of the world."""

    law: str
    row: str

    def by_save(self, world: World) -> None:
        copy.copy(world[self.row]).delete()

    def by_bulk(self, world: World) -> None:
        _rows(world[self.row]).delete()

    def by_sql(self, world: World) -> None:
        row = world[self.row]
        _run(f'DELETE FROM "{row._meta.db_table}" WHERE id = %s', [row.pk])


@dataclass(frozen=True)
class Emptying:
    """Empty the table in which a row of the world stands."""

    law: str
    row: str

    def by_sql(self, world: World) -> None:
        _run(f'TRUNCATE "{world[self.row]._meta.db_table}" CASCADE', [])


Attempt = Change | Insertion | Deletion | Emptying


def ways(attempt: Attempt) -> list[str]:
    """The names of the ways in which this attempt can be made."""
    return [way for way in ("by_save", "by_update", "by_bulk", "by_sql") if hasattr(attempt, way)]


def _with(row: models.Model, values: Mapping[str, Value], world: World) -> models.Model:
    for name, value in _of_this_world(values, world).items():
        setattr(row, name, value)
    return row


def _of_this_world(values: Mapping[str, Value], world: World) -> dict[str, Any]:
    return {name: value(world) if callable(value) else value for name, value in values.items()}


def _rows(row: models.Model) -> models.QuerySet[models.Model]:
    return type(row)._base_manager.filter(pk=row.pk)


def _columns(row: models.Model, names: list[str]) -> dict[str, Any]:
    fields = [row._meta.get_field(name) for name in names]
    return {
        field.column: field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in fields
        if isinstance(field, models.Field)
    }


def _run(statement: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
