"""The names of many bodies in one question."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from orgs.models import Organization


def names_on(day: date, ids: Iterable[UUID]) -> dict[UUID, str]:
    """What these bodies are called on `day`, by their id; a body younger than `day` goes by its code."""
    bodies = Organization.objects.filter(pk__in=set(ids)).named_as_of(day)
    return {pk: name or code for pk, name, code in bodies.values_list("pk", "current_name", "code")}
