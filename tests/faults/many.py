"""Many at once: a pile of papers ready for their numbers, and threads that all start together."""

from __future__ import annotations

import copy
import queue
import threading
import uuid
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

from directives.document import Document
from directives.models import Directive
from directives.workflow import DirectiveState
from tests import factories
from tests.factories import Committee

T = TypeVar("T")
R = TypeVar("R")


def signed_papers(of: Committee, count: int, document: Document | None = None) -> list[Directive]:
    """Papers ready for their numbers: copies of one that real actions approved and noted as signed."""
    first = factories.directive(of, DirectiveState.APPROVED, document)
    copies = []
    for _ in range(count - 1):
        one = copy.copy(first)
        one.pk = uuid.uuid4()
        copies.append(one)
    return [first, *Directive.objects.bulk_create(copies)]


def in_threads(threads: int, do: Callable[[T], R], items: Iterable[T]) -> list[R | Exception]:
    """What `do` gave for each item, or the exception it raised; the threads have connections of their own."""
    waiting: queue.SimpleQueue[T] = queue.SimpleQueue()
    for item in items:
        waiting.put(item)
    together = threading.Barrier(threads)

    def work_off() -> list[R | Exception]:
        given: list[R | Exception] = []
        try:
            connection.ensure_connection()
            together.wait(30)
            while True:
                try:
                    item = waiting.get_nowait()
                except queue.Empty:
                    return given
                given.append(_outcome(do, item))
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        ends = [pool.submit(work_off) for _ in range(threads)]
    return [outcome for end in ends for outcome in end.result()]


def failures(outcomes: Iterable[R | Exception]) -> list[Exception]:
    """The exceptions among the outcomes."""
    return [one for one in outcomes if isinstance(one, Exception)]


def _outcome(do: Callable[[T], R], item: T) -> R | Exception:
    try:
        return do(item)
    except Exception as error:
        return error
