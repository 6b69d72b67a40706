"""Times and the machine they were taken on."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from math import ceil
from pathlib import Path
from time import perf_counter

from django.db import connection

WARM_UP = 2


@dataclass(frozen=True, slots=True)
class Times:
    """The middle one and the one that 5 % exceed, in milliseconds."""

    p50: float
    p95: float


def times_of(run: Callable[[], object], count: int) -> Times:
    """Run it a few times to warm up, then `count` times by the clock."""
    for _ in range(min(WARM_UP, count)):
        run()
    taken = []
    for _ in range(count):
        began = perf_counter()
        run()
        taken.append((perf_counter() - began) * 1000)
    return summary(taken)


def times_in_turn(one: Callable[[], object], other: Callable[[], object], count: int) -> tuple[Times, Times]:
    """Both by the clock, each once a turn: what else the machine does disturbs them alike, and they can be compared."""
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(-min(WARM_UP, count), count):
        for run, kept in zip((one, other), taken, strict=True):
            began = perf_counter()
            run()
            if turn >= 0:
                kept.append((perf_counter() - began) * 1000)
    return summary(taken[0]), summary(taken[1])


def verdict(missed: Sequence[str]) -> str:
    """`pass`, or which targets are missed."""
    return f"MISS {', '.join(missed)}" if missed else "pass"


def summary(taken: Sequence[float]) -> Times:
    """The p50 and p95 of these milliseconds (nearest rank)."""
    ranked = sorted(taken)
    return Times(round(_at(ranked, 0.50), 2), round(_at(ranked, 0.95), 2))


def machine() -> dict[str, object]:
    """What a reader must know to compare the figures."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('shared_buffers')")
        postgresql, buffers = cursor.fetchone()
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": _processor(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "postgresql": postgresql,
        "shared_buffers": buffers,
        "durable": _setting("fsync") == _setting("synchronous_commit") == "on",
        "python": platform.python_version(),
        "django": version("django"),
    }


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """The rows under their heads, in columns; numbers stand to the right."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[place]) for row in (list(heads), *cells)) for place in range(len(heads))]
    right = [bool(rows) and isinstance(rows[0][place], int | float) for place in range(len(heads))]

    def line(row: Sequence[str]) -> str:
        parts = (
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(row, widths, right, strict=True)
        )
        return "  ".join(parts).rstrip()

    return "\n".join([line(heads), *map(line, cells)])


def _at(ranked: Sequence[float], share: float) -> float:
    return ranked[max(0, ceil(share * len(ranked)) - 1)]


def _setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        [value] = cursor.fetchone()
    return str(value)


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
