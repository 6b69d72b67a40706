"""The same work by several threads at once, each piece by the clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from threading import Barrier, Thread
from time import perf_counter
from typing import TypeVar

Piece = TypeVar("Piece")
Worker = Callable[[Piece], object]


def timed_by_threads(
    threads: int, pieces: Sequence[Piece], worker: Callable[[], AbstractContextManager[Worker[Piece]]]
) -> tuple[list[float], float]:
    """Give each thread its share of the pieces; returns the milliseconds of each piece and the seconds of all.

    `worker` opens what a thread needs, outside of the measured time. Raises what the first piece that failed raised.
    """
    taken: list[float] = []
    failures: list[BaseException] = []
    start = Barrier(threads + 1)

    def run(own: Sequence[Piece]) -> None:
        with worker() as do:
            start.wait()
            try:
                for piece in own:
                    began = perf_counter()
                    do(piece)
                    taken.append((perf_counter() - began) * 1000)
            except BaseException as failure:
                failures.append(failure)

    running = [Thread(target=run, args=(pieces[place::threads],)) for place in range(threads)]
    for thread in running:
        thread.start()
    start.wait()
    began = perf_counter()
    for thread in running:
        thread.join()
    seconds = perf_counter() - began
    if failures:
        raise failures[0]
    return taken, seconds
