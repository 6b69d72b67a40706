"""The real processes of the program, run against the database of a test."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Collection
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from config.processes import ROOT, command


def own_redis() -> str:
    """The address of the numbered Redis database of this test run: each of the parallel ones has its own."""
    number = "".join(filter(str.isdigit, os.environ.get("PYTEST_XDIST_WORKER", ""))) or "0"
    return f"{settings.REDIS_URL.partition('?')[0]}?db={number}"


def environment_of_processes() -> dict[str, str]:
    """The environment in which a process sees the database, queue and folders of the running test."""
    database = connection.settings_dict
    sockets = quote(str(database["HOST"]), safe="/")
    return dict(os.environ) | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": f"postgresql://{database['USER']}@/{database['NAME']}?host={sockets}",
        "REDIS_URL": own_redis(),
        "COPY_ROOT": str(settings.COPY_ROOT),
        "MAIL_FOLDER": str(settings.MAIL_FOLDER),
        "PYTHONUNBUFFERED": "1",
    }


class Program:
    """One process of the program (`web`, `relay` or `worker`) that a test starts, kills, freezes and stops."""

    def __init__(self, name: str, log: Path, environment: dict[str, str] | None = None) -> None:
        self.name = name
        self.log = log
        self.port = free_port() if name == "web" else 0
        self._environment = environment_of_processes() | (environment or {})
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Program:
        """Start it, in a process group of its own; returns itself."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command(self.name, f"127.0.0.1:{self.port}"),
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self

    @property
    def pid(self) -> int:
        """The number of the running process, which is also that of its group."""
        assert self._process is not None, f"{self.name} was not started"
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Whether it is alive."""
        return self._process is not None and self._process.poll() is None

    @property
    def said(self) -> str:
        """Everything it wrote."""
        return self.log.read_text(errors="replace")

    def kill(self) -> None:
        """Kill the whole group at once, as a power cut would."""
        self._signal(signal.SIGKILL)
        self._wait(5)

    def freeze(self) -> None:
        """Stop the group in its tracks until `thaw`."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a frozen group go on."""
        self._signal(signal.SIGCONT)

    def ask_to_end(self) -> None:
        """Ask it to end as an operator does, and do not wait."""
        if self._process is not None and self.runs:
            self.thaw()
            self._process.terminate()

    def stop(self) -> None:
        """Ask it to end as an operator does; kill what has not ended after 10 s."""
        self.ask_to_end()
        self.wait_for_end()

    def wait_for_end(self) -> None:
        """Wait until it has ended; kill what has not ended after 10 s."""
        if self._process is None:
            return
        try:
            self._wait(10)
        except subprocess.TimeoutExpired:
            pass
        self.kill()

    def _wait(self, seconds: float) -> None:
        if self._process is not None:
            self._process.wait(seconds)

    def _signal(self, how: signal.Signals) -> None:
        try:
            os.killpg(self.pid, how)
        except ProcessLookupError:
            pass


def stop_all(programs: Collection[Program]) -> None:
    """Ask all to end, then wait for each of them, and show what it wrote when the test fails."""
    for one in programs:
        one.ask_to_end()
    for one in programs:
        one.wait_for_end()
        print(f"--- {one.name}\n{one.said}")


def free_port() -> int:
    """A port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(condition: Callable[[], object], what: str, *, seconds: float = 30) -> None:
    """Wait until `condition` holds; fails with `what` was awaited when it does not hold in time."""
    latest = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < latest, f"after {seconds:.0f} s still not: {what}"
        time.sleep(0.05)


def answers(address: str) -> bool:
    """Whether the page at `address` answers with 200."""
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
