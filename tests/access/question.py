"""One question to the program, as the matrix names it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Question:
    """One address as the table names it: the route, the object, what a filled form would send."""

    route: str
    about: str
    address: str
    form: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.route}, {self.about}" if self.about else self.route

    @property
    def name(self) -> str:
        """The route's name in the URL resolver."""
        return self.route.split()[0]
