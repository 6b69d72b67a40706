"""How much more memory a process may take."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def memory_limited(room: int) -> Iterator[None]:
    """This process may grow by `room` bytes; beyond them Python raises MemoryError, and a library may end it.

    What counts is memory that can be written (RLIMIT_DATA): addresses that libraries only reserve harm nobody.
    """
    before, most = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = _written_memory() + room
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (before, most))


def _written_memory() -> int:
    """What this process has of it now, in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[5]) * os.sysconf("SC_PAGE_SIZE")
