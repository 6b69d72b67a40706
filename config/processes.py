"""The three processes of the program - web, worker, relay - and the supervisor that runs them side by side."""

import os
import selectors
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parents[1]
# An office's server and docker-compose.yml run these same commands; a test compares them.
COMMANDS = {
    "web": (
        "gunicorn config.wsgi --bind {bind} --worker-class gthread --workers 2 --threads 4 --graceful-timeout 4"
        " --no-control-socket --access-logfile - --access-logformat '%(m)s %(U)s %(s)s %(M)s ms'"
    ),
    "relay": "python manage.py relay",
    "worker": (
        "celery --quiet -A config.celery worker --without-gossip --without-mingle --pool prefork --concurrency 2"
        " --queues render,mail --loglevel INFO"
    ),
}
COLOURS = {"web": 34, "relay": 36, "worker": 35, "db": 32, "redis": 31}
SHORTEST_PAUSE = 1.0
LONGEST_PAUSE = 15.0
STOPS_WITHIN = 4.0


def command(name: str, bind: str = "127.0.0.1:8000") -> list[str]:
    """The words of the command that runs `web`, `relay` or `worker` with the programs of this Python environment."""
    words = shlex.split(COMMANDS[name].replace("{bind}", bind))
    return [str(Path(sys.executable).parent / words[0]), *words[1:]]


class Terminal:
    """Where all processes write: each line carries the name of its process, in its colour on a real terminal."""

    def __init__(self, output: TextIO) -> None:
        self._output = output
        self._coloured = output.isatty() and "NO_COLOR" not in os.environ

    def line(self, name: str, words: str) -> None:
        """Write one line of the process `name`."""
        label = f"{name:<6} |"
        if self._coloured:
            label = f"\033[{COLOURS.get(name, 37)}m{label}\033[0m"
        self._output.write(f"{label} {words}\n")
        self._output.flush()


@dataclass
class Child:
    """One process under supervision: what it runs, and when it may be started next."""

    name: str
    words: list[str]
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    pause: float = SHORTEST_PAUSE
    not_before: float = 0.0
    unfinished: bytes = field(default=b"", repr=False)


class Supervisor:
    """Runs children, passes their lines on, starts those that die again, and stops them in the order given."""

    def __init__(self, commands: Mapping[str, list[str]], environment: Mapping[str, str], terminal: Terminal) -> None:
        self._children = [Child(name, words) for name, words in commands.items()]
        self._environment = dict(environment)
        self._terminal = terminal
        self._selector = selectors.DefaultSelector()

    def listen_to(self, name: str) -> int:
        """A descriptor whose lines appear under `name`; for a server that someone else keeps running."""
        reading, writing = os.pipe()
        self._listen(Child(name, []), reading)
        return writing

    def run_until(self, told_to_stop: Callable[[], bool], *, every_turn: Callable[[], None] = lambda: None) -> None:
        """Keep the children running until `told_to_stop`, then stop them; `every_turn` is called 5 times a second."""
        try:
            while not told_to_stop():
                for child in self._children:
                    self._tend(child)
                every_turn()
                self.pass_lines_on(0.2)
        finally:
            for child in self._children:
                self._stop(child)

    def pass_lines_on(self, seconds: float) -> None:
        """Write what the children said, waiting at most `seconds` for a word."""
        for key, _ in self._selector.select(seconds):
            self._read(key.fd, key.data)

    def _tend(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is not None and child.process.poll() is not None:
            self._terminal.line(child.name, f"ended with code {child.process.returncode}; it is started again.")
            # Its own children must be gone before the next one serves the same port or queue.
            _signal_group(child.process.pid, signal.SIGKILL)
            child.process = None
            child.pause = SHORTEST_PAUSE if now - child.began > 30 else min(2 * child.pause, LONGEST_PAUSE)
            child.not_before = now + child.pause
        if child.process is None and now >= child.not_before:
            self._start(child)

    def _start(self, child: Child) -> None:
        # setpriv: a child ends by itself when this program is killed and cannot end it.
        child.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", *child.words],
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        child.began = time.monotonic()
        if child.process.stdout is not None:
            self._listen(child, os.dup(child.process.stdout.fileno()))
            child.process.stdout.close()

    def _stop(self, child: Child) -> None:
        if child.process is None:
            return
        child.process.terminate()
        latest = time.monotonic() + STOPS_WITHIN
        while child.process.poll() is None and time.monotonic() < latest:
            self.pass_lines_on(0.1)
        _signal_group(child.process.pid, signal.SIGKILL)
        child.process.wait()
        self.pass_lines_on(0)

    def _listen(self, child: Child, reading: int) -> None:
        os.set_blocking(reading, False)
        self._selector.register(reading, selectors.EVENT_READ, child)

    def _read(self, reading: int, child: Child) -> None:
        try:
            said = os.read(reading, 65536)
        except BlockingIOError:
            return
        *lines, child.unfinished = (child.unfinished + said).split(b"\n")
        for line in lines:
            self._terminal.line(child.name, line.decode(errors="replace"))
        if not said:
            self._selector.unregister(reading)
            os.close(reading)


def _signal_group(leader: int, how: signal.Signals) -> None:
    try:
        os.killpg(leader, how)
    except ProcessLookupError:
        pass
