"""A process beside this one does what may take too much: it answers or is ended, and then the next is answered."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import psutil
import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from directives.beside import Beside, OutOfMemory, OutOfTime
from directives.memory_limit import memory_limited
from tests.processes import until

LIMITS = {"seconds": 20, "megabytes": 64}


class Peculiar(Exception):
    """An error that cannot be made again from its message."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what} because of {why}")


def add(one: int, other: int) -> int:
    return one + other


def own_number() -> int:
    return os.getpid()


def say(words: str) -> str:
    return gettext(words)


def fail(fault: type[Exception], *words: str) -> None:
    raise fault(*words)


def take(megabytes: int) -> None:
    assert bytearray(megabytes * 2**20)


def sleep(seconds: float) -> str:
    time.sleep(seconds)
    return f"slept {seconds}"


@pytest.fixture
def beside() -> Iterator[Beside]:
    """A process of this test, which ends with it."""
    beside = Beside()
    yield beside
    beside.end()


def test_it_gives_what_the_function_gives_and_is_the_same_for_the_next_question(beside: Beside) -> None:
    assert beside.do(add, 2, 3, **LIMITS) == 5
    first = beside.do(own_number, **LIMITS)
    assert first == beside.do(own_number, **LIMITS) != os.getpid()


def test_it_speaks_the_language_of_who_asks(beside: Beside) -> None:
    with translation.override("en"):
        assert beside.do(say, "Save", **LIMITS) == "Save"
    with translation.override("vi"):
        assert beside.do(say, "Save", **LIMITS) == gettext("Save") != "Save"


def test_what_the_function_raises_comes_back_with_its_words(beside: Beside) -> None:
    with pytest.raises(ValueError, match="no such page"):
        beside.do(fail, ValueError, "no such page", **LIMITS)
    assert beside.do(add, 2, 3, **LIMITS) == 5


def test_an_error_that_cannot_be_sent_comes_back_as_its_words(beside: Beside) -> None:
    with pytest.raises(RuntimeError, match="Peculiar: paper because of ink"):
        beside.do(fail, Peculiar, "paper", "ink", **LIMITS)
    assert beside.do(add, 2, 3, **LIMITS) == 5


def test_what_takes_too_long_is_ended_and_the_next_question_is_answered(beside: Beside) -> None:
    beside.do(add, 2, 3, **LIMITS)
    with pytest.raises(OutOfTime):
        beside.do(sleep, 30, seconds=1, megabytes=64)
    assert beside.do(add, 2, 3, **LIMITS) == 5


@pytest.mark.parametrize(
    ("what", "arguments"),
    [pytest.param(take, [128], id="no memory"), pytest.param(os.abort, [], id="an interpreter that gives up")],
)
def test_what_finds_no_memory_is_ended_and_the_next_question_is_answered(
    what: Callable[..., None], arguments: list[int], beside: Beside
) -> None:
    with pytest.raises(OutOfMemory):
        beside.do(what, *arguments, **LIMITS)
    beside.do(take, 16, **LIMITS)


def test_one_that_ended_in_peace_is_started_again(beside: Beside) -> None:
    first = beside.do(own_number, **LIMITS)
    os.kill(first, signal.SIGALRM)
    until(lambda: psutil.Process(first).status() == psutil.STATUS_ZOMBIE, "it has ended")
    assert beside.do(own_number, **LIMITS) != first


def test_the_answer_to_a_question_that_was_given_up_is_not_taken_for_the_next(beside: Beside) -> None:
    def give_up(*_: object) -> None:
        raise TimeoutError

    beside.do(add, 2, 3, **LIMITS)
    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(TimeoutError):
            beside.do(sleep, 1, **LIMITS)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert beside.do(add, 2, 3, **LIMITS) == 5


def test_who_stops_everybody_at_once_does_not_stop_it_before_it_has_answered(beside: Beside) -> None:
    first = beside.do(own_number, **LIMITS)
    for how in (signal.SIGTERM, signal.SIGINT):
        os.kill(first, how)
    assert beside.do(own_number, **LIMITS) == first


def test_it_ends_when_who_started_it_is_gone() -> None:
    words = [sys.executable, "-m", "directives.limited_process"]
    process = subprocess.Popen(words, cwd=settings.ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    process.communicate(timeout=30)
    assert process.returncode == 0


def test_a_limit_of_memory_holds_inside_and_not_after_it() -> None:
    with pytest.raises(MemoryError), memory_limited(16 * 2**20):
        take(64)
    take(64)
