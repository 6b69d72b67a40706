"""The clock is given from outside, so that a test may move it and an action never asks for the time twice."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from django.utils import timezone


class Clock(Protocol):
    """Something that knows the time here."""

    def now(self) -> datetime:
        """The moment, with its zone."""
        ...

    def today(self) -> date:
        """The calendar day in the office's zone (settings.TIME_ZONE)."""
        ...


class OfficeClock:
    """The machine's clock read in the office's zone."""

    def now(self) -> datetime:
        """The moment, with its zone."""
        return timezone.now()

    def today(self) -> date:
        """The calendar day in the office's zone."""
        return timezone.localdate(self.now())


CLOCK = OfficeClock()
