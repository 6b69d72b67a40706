"""The rounds of a draft as people count them: what was gathered in one while somebody typed counts once."""

from __future__ import annotations

from bisect import bisect_left

from directives.models import Directive


class RoundNumbers:
    """Which round of a draft a version of it belongs to, counted from 1."""

    def __init__(self, directive: Directive) -> None:
        self._versions = list(directive.drafts.order_by("version").values_list("version", flat=True))

    @property
    def last(self) -> int:
        """How many rounds there are."""
        return len(self._versions)

    def of(self, version: int) -> int:
        """The round that holds this version; one that was written over while somebody typed is in the next kept one."""
        return min(bisect_left(self._versions, version) + 1, self.last)
