"""Questions that remember for whom they were narrowed."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.db import models

from orgs.member import Member

Row = TypeVar("Row", bound=models.Model)


class SeenQuerySet(models.QuerySet[Row]):
    """Rows for one member's eyes; a search then looks only at papers that lie near this member."""

    seen_by: Member | None = None

    def for_eyes_of(self, member: Member) -> Self:
        """The same rows, with a note for whom they are; narrows nothing by itself."""
        noted = self.all()
        noted.seen_by = member
        return noted

    def _clone(self) -> Any:
        clone = super()._clone()  # type: ignore[misc]  # not in the stubs
        clone.seen_by = self.seen_by
        return clone
