"""The names of many bodies in one question."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from orgs.models import Organization, OrganizationVersion


def names_on(day: date, ids: Iterable[UUID]) -> dict[UUID, str]:
    """What these bodies are called on `day`, by their id; a body younger than `day` goes by its code."""
    wanted = set(ids)
    versions = OrganizationVersion.objects.filter(organization__in=wanted, valid_from__lte=day).order_by("valid_from")
    # The later name comes later and stays.
    names = dict(versions.values_list("organization_id", "name"))
    if young := wanted - names.keys():
        names |= dict(Organization.objects.filter(pk__in=young).values_list("pk", "code"))
    return names
