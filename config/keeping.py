"""Start one server process, start it again when it dies, and end it: the part that PostgreSQL and Redis share."""

import fcntl
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from config.accounts import ENVIRONMENT, CannotStart, as_account

Log = int | IO[bytes]
STARTS_WITHIN = 60.0
STOPS_WITHIN = 8.0
SHORTEST_PAUSE = 0.1
LONGEST_PAUSE = 5.0


@dataclass(frozen=True)
class Server:
    """A server program: `folder` holds its lock, log and `data`, where it works; `sockets` goes when it stops."""

    name: str
    folder: Path
    data: Path
    sockets: Path
    command: tuple[str, ...]
    prepare: Callable[[], None]
    answers: Callable[[], bool]
    stop_with: signal.Signals


@contextmanager
def kept(server: Server, log: Log | None) -> Iterator[None]:
    """Keep `server` running for the length of the block; raises CannotStart when it does not come up."""
    with _alone_in(server.folder), _open_log(server.folder, log) as output:
        keeper = _Keeper(server, output)
        keeper.start()
        try:
            keeper.wait_until_it_answers()
            yield
        finally:
            keeper.stop()
            shutil.rmtree(server.sockets, ignore_errors=True)


def processes_of(server_name: str, data: Path) -> list[int]:
    """The processes of that program which work in `data`, oldest first.

    A number in a pid file may by now belong to a stranger; what a process runs and where it works cannot be mistaken.
    """
    found = []
    wanted = str(data.resolve())
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if str((entry / "cwd").readlink()) == wanted and (entry / "comm").read_text().strip() == server_name:
                started = int((entry / "stat").read_text().rpartition(")")[2].split()[19])
                found.append((started, int(entry.name)))
        except OSError:
            continue
    return [pid for _, pid in sorted(found)]


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(f"Another program already runs the database in {folder}: stop that one first.") from None
        yield


@contextmanager
def _open_log(folder: Path, log: Log | None) -> Iterator[Log]:
    if log is not None:
        yield log
        return
    with (folder / "log").open("ab") as file:
        yield file


class _Keeper(threading.Thread):
    """The thread that starts the process, waits for its end and starts it again."""

    def __init__(self, server: Server, log: Log) -> None:
        super().__init__(name=f"keeps {server.name}", daemon=True)
        self.server = server
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None
        self.failure: Exception | None = None
        self.answered = False
        self._stopping = threading.Event()
        self._starting = threading.Lock()

    def run(self) -> None:
        pause = SHORTEST_PAUSE
        while not self._stopping.is_set():
            began = time.monotonic()
            try:
                self._run_once()
            except (CannotStart, OSError) as failure:
                if not self.answered:
                    self.failure = failure
                    return
                self._say(f"{self.server.name} could not be started again: {failure}")
            # A server that lives for a moment only (a full disk) is not worth a start every instant.
            pause = SHORTEST_PAUSE if time.monotonic() - began > LONGEST_PAUSE else min(2 * pause, LONGEST_PAUSE)
            self._stopping.wait(pause)

    def _run_once(self) -> None:
        process = self._start_one()
        if process is None:
            return
        code = process.wait()
        if not self.answered and not self._stopping.is_set():
            raise CannotStart(f"{self.server.name} ended with code {code} while starting: {self._last_words()}")

    def _say(self, words: str) -> None:
        os.write(self.log if isinstance(self.log, int) else self.log.fileno(), f"{words}\n".encode())

    def wait_until_it_answers(self) -> None:
        latest = time.monotonic() + STARTS_WITHIN
        # One that was left behind answers too, until it has been ended.
        while self.process is None or not self.server.answers():
            if self.failure is not None:
                raise CannotStart(str(self.failure)) from self.failure
            if time.monotonic() > latest:
                raise CannotStart(f"{self.server.name} did not answer in {STARTS_WITHIN:.0f} s: {self._last_words()}")
            time.sleep(0.05)
        self.answered = True

    def stop(self) -> None:
        with self._starting:
            self._stopping.set()
        if self.process is not None:
            _end([self.process.pid], self.server.stop_with, self.process.poll)
        self.join(STOPS_WITHIN)
        _end(processes_of(self.server.name, self.server.data), self.server.stop_with)

    def _start_one(self) -> subprocess.Popen[bytes] | None:
        with self._starting:
            if self._stopping.is_set():
                return None
            # Left by a program that was killed, or children that outlived their killed parent.
            _end(processes_of(self.server.name, self.server.data), self.server.stop_with)
            self.server.prepare()
            self.process = subprocess.Popen(
                # The server stops by itself when this program is killed and cannot stop it.
                ("setpriv", "--pdeathsig", self.server.stop_with.name[3:], "--", *self.server.command),
                stdin=subprocess.DEVNULL,
                stdout=self.log,
                stderr=self.log,
                cwd=self.server.data,
                env=ENVIRONMENT,
                # Ctrl-C at the terminal is for the program that keeps the server, which then stops it in its turn.
                start_new_session=True,
                **as_account(),
            )
            return self.process

    def _last_words(self) -> str:
        file = self.server.folder / "log"
        if not file.exists():
            return "its own words stand above."
        return " / ".join(file.read_text(errors="replace").splitlines()[-3:]) or f"nothing stands in {file}."


def _end(pids: list[int], gently: signal.Signals, ended: Callable[[], int | None] | None = None) -> None:
    """End processes of ours: with the server's own signal first, by force when that takes too long."""
    for how, patience in ((gently, STOPS_WITHIN), (signal.SIGKILL, 2.0)):
        for pid in pids:
            _signal(pid, how)
        latest = time.monotonic() + patience
        while time.monotonic() < latest:
            if ended is not None:
                ended()
            pids = [pid for pid in pids if _runs(pid)]
            if not pids:
                return
            time.sleep(0.02)


def _signal(pid: int, how: signal.Signals) -> None:
    try:
        os.kill(pid, how)
    except ProcessLookupError:
        pass


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
