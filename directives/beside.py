"""What may take too much time or memory is done by a process beside this one, which can be ended.

A thread that computes can't be stopped, and a process that found no memory can't be trusted again.
"""

from __future__ import annotations

import atexit
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import Pipe
from threading import RLock
from typing import Any, TypeVar

from django.conf import settings
from django.utils import translation

Given = TypeVar("Given")

READY_WITHIN = 30
"""Seconds in which the process can answer once it is started."""
OUT_OF_MEMORY = 3
"""The status of a process that ended itself because it found no more."""


class Busy(Exception):
    """Another thread of this process is being served."""


class OutOfTime(Exception):
    """It took longer than it may."""


class OutOfMemory(Exception):
    """It took more memory than it may."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may take besides the libraries, and the language of what it says."""

    seconds: int
    megabytes: int
    language: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a function gave, or raised."""

    value: Any = None
    fault: Exception | None = None


class Beside:
    """The process beside this one (`limited_process`), for one thread at a time; started when it is first needed."""

    def __init__(self) -> None:
        self._turn = RLock()
        self._process: _Process | None = None

    def do(
        self, what: Callable[..., Given], *arguments: object, seconds: int, megabytes: int, patience: float = 0
    ) -> Given:
        """What this function gives for these arguments; all of them can be pickled.

        Raises Busy after `patience` seconds of another thread's turn, OutOfTime, OutOfMemory, and what the function
        raises.
        """
        limits = Limits(seconds, megabytes, translation.get_language())
        with self.turn(patience):
            answer = self._answer_to(pickle.dumps((what, arguments)), limits)
        if answer.fault is not None:
            raise answer.fault
        given: Given = answer.value
        return given

    @contextmanager
    def turn(self, patience: float = 0) -> Iterator[None]:
        """This thread's turn, which it may take again inside; raises Busy when it is another's for so many seconds."""
        if not self._turn.acquire(timeout=patience):
            raise Busy
        try:
            yield
        finally:
            self._turn.release()

    def end(self) -> None:
        """End it; it is started again when it is needed."""
        process, self._process = self._process, None
        if process is not None:
            process.end()

    def _answer_to(self, asked: bytes, limits: Limits) -> Answer:
        while True:
            process = self._process = self._process or _Process()
            try:
                return process.answer_to(asked, limits)
            except _EndedInPeace:
                # It had not read the question; the next one is asked.
                self.end()
            except BaseException:
                # An answer that comes after all must not be taken for that of another question.
                self.end()
                raise


class _EndedInPeace(Exception):
    pass


class _Process:
    """A running `limited_process`, the way to it and the way back."""

    def __init__(self) -> None:
        its_input, self._questions = Pipe(duplex=False)
        self._answers, its_output = Pipe(duplex=False)
        with its_input, its_output:
            words = [sys.executable, "-m", "directives.limited_process"]
            self._running = subprocess.Popen(
                words, cwd=settings.ROOT, stdin=its_input.fileno(), stdout=its_output.fileno()
            )

    def answer_to(self, asked: bytes, limits: Limits) -> Answer:
        """Its answer; raises why there is none."""
        try:
            self._questions.send(limits)
            self._questions.send_bytes(asked)
            answer: Answer = pickle.loads(self._answers.recv_bytes())
        except (EOFError, BrokenPipeError):
            raise _why_there_is_none(self._running.wait()) from None
        return answer

    def end(self) -> None:
        """Kill it, if it has not ended."""
        self._running.kill()
        self._running.wait()
        self._questions.close()
        self._answers.close()


def _why_there_is_none(status: int) -> Exception:
    if status == 0:
        return _EndedInPeace()
    if status == -signal.SIGALRM:
        return OutOfTime()
    # Without memory a library in C, the interpreter or the system may end it by a signal.
    if status < 0 or status == OUT_OF_MEMORY:
        return OutOfMemory()
    return RuntimeError(f"The process beside this one ended with status {status}; what it wrote says why.")


BESIDE = Beside()
atexit.register(BESIDE.end)
