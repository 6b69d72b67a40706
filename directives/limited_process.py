"""The process beside a web process or a worker, which does what may take too much: `-m directives.limited_process`.

It reads from its input what to do, a function with its arguments, and within which limits, and answers each with what
the function gave or raised. What asks for more than the limits gets no answer: this process ends itself, of time by an
alarm that no computing holds up. It ends in peace (status 0) when nobody has asked for a while, when it has answered
often, and when who started it is gone.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from multiprocessing.connection import Connection
from types import FrameType

import django
from django.db import close_old_connections
from django.utils import translation

from directives.beside import OUT_OF_MEMORY, READY_WITHIN, Answer, Limits
from directives.memory_limit import memory_limited
from directives.rendering.press import press

IDLE = 300
"""Seconds without a question."""
MOST_ANSWERS = 200
"""What a library forgets to give back ends with the process."""


def main() -> None:
    """Answer until the input ends; what libraries write goes to where errors go."""
    # Who stops the program from a terminal, or all of a service, stops who asks: then the input ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.alarm(READY_WITHIN)
    questions = Connection(os.dup(sys.stdin.fileno()), writable=False)
    answers = Connection(os.dup(sys.stdout.fileno()), readable=False)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    django.setup()
    # Libraries and fonts are no paper's; they are loaded before its memory is counted.
    press()
    _wait_for_a_question()
    for _question in range(MOST_ANSWERS):
        try:
            limits, asked = questions.recv(), questions.recv_bytes()
        except EOFError:
            return
        answer = _answer(asked, limits)
        close_old_connections()
        # From here on it is not this question's time that runs out.
        _wait_for_a_question()
        answers.send_bytes(answer)


def _wait_for_a_question() -> None:
    signal.signal(signal.SIGALRM, _end_in_peace)
    signal.alarm(IDLE)


def _end_in_peace(signal_number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _answer(asked: bytes, limits: Limits) -> bytes:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(limits.seconds)
    try:
        with memory_limited(limits.megabytes * 2**20):
            return _done(asked, limits.language)
    # A library in C that found no memory may forget to say what went wrong, which Python calls a SystemError.
    except (MemoryError, SystemError):
        # Who has found no memory cannot be trusted with another paper, nor to clear up after itself.
        os._exit(OUT_OF_MEMORY)


def _done(asked: bytes, language: str | None) -> bytes:
    do, arguments = pickle.loads(asked)
    with translation.override(language):
        try:
            return pickle.dumps(Answer(value=do(*arguments)))
        except (MemoryError, SystemError):
            raise
        except Exception as fault:  # what is wrong with the paper belongs to who asked
            return pickle.dumps(Answer(fault=_sent(fault)))


def _sent(fault: Exception) -> Exception:
    """The error itself where it can be sent."""
    try:
        pickle.loads(pickle.dumps(fault))
    except Exception:  # whatever a library's error needs that it does not tell
        return RuntimeError(f"{type(fault).__name__}: {fault}")
    return fault


if __name__ == "__main__":
    main()
