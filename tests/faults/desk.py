"""A clerk at a form that is sent again, with its key, until an answer comes."""

from __future__ import annotations

import time
import uuid

from django.db import InterfaceError, OperationalError, connection

from directives.actions import numbering_and_issuing
from directives.actions.pressing import once
from directives.models import Directive
from tests.factories import Committee

PATIENCE = 60  # seconds


class Desk:
    """Clerks who press again with the same form until it answers, with a `pause` (seconds) after each fault."""

    def __init__(self, of: Committee, *, pause: float = 0.0) -> None:
        self._of = of
        self._clerk = of.member(of.clerk)
        self._pause = pause

    def number(self, paper: Directive) -> str:
        """The answer to the first press that came through."""
        form = uuid.uuid4()
        latest = time.monotonic() + PATIENCE
        while time.monotonic() < latest:
            try:
                return once(form, lambda: self._number(paper), person=self._of.clerk, clock=self._of.clock)
            except (OperationalError, InterfaceError):
                connection.close()
                time.sleep(self._pause)
        raise AssertionError(f"no answer in {PATIENCE} s")

    def _number(self, paper: Directive) -> str:
        numbered = numbering_and_issuing.number(paper.pk, by=self._clerk, clock=self._of.clock)
        # Time for a killer while the number is taken and not committed.
        time.sleep(0.005)
        return numbered.printed_number
