"""The relay leads, rings, shows life, and once a day sweeps away what killed processes left unfinished."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from directives import filestore
from directives.management.commands import relay
from orgs.clock import CLOCK
from tests.factories import ClockAt
from tests.processes import Program, until


def unfinished(name: str, *, age: timedelta) -> Path:
    """A file that a killed process left behind so long ago."""
    path = filestore.path_of(filestore.store(name.encode())).with_name(f"{filestore.UNFINISHED}{name}")
    path.write_bytes(b"half")
    written = (CLOCK.now() - age).timestamp()
    os.utime(path, (written, written))
    return path


def test_a_relay_that_starts_sweeps_away_what_was_left_unfinished_for_a_day(program: Callable[..., Program]) -> None:
    old, young = unfinished("old", age=timedelta(hours=25)), unfinished("young", age=timedelta(hours=23))
    program("relay")
    until(lambda: not old.exists(), "the old file is swept away")
    assert young.exists()


def test_a_relay_that_runs_on_sweeps_again_each_day_and_not_at_each_look(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = CLOCK.now()
    clock, swept = ClockAt(began), list[timedelta]()
    running = relay.Command()

    def rest(seconds: float) -> None:
        clock.forward(hours=1)
        running.stopped = clock.now() - began > timedelta(days=3)

    monkeypatch.setattr(relay, "CLOCK", clock)
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    monkeypatch.setattr(filestore, "sweep", lambda before: swept.append(before - began))
    monkeypatch.setattr(running, "rest", rest)
    running.handle()
    day = timedelta(days=1)
    assert swept == [day * number - relay.KEPT_UNFINISHED for number in range(4)]
