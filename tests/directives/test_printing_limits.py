"""Printing a paper may take so much time and memory and no more; then it is left, and the reason is said."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from pytest_django.fixtures import Settings

from directives import jobs, outbox
from directives.beside import BESIDE
from directives.printing_limits import within_limits

LIMIT = 32


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    """The process beside ends with the test."""
    yield
    BESIDE.end()


def allocate(_: UUID) -> None:
    assert bytearray(2 * LIMIT * 2**20)


def wait(_: UUID) -> None:
    time.sleep(60)


def wait_for_another(paper: UUID) -> None:
    raise outbox.NotNow(str(paper))


def test_a_paper_that_asks_for_more_memory_is_left_with_the_reason(settings: Settings) -> None:
    settings.RENDER_MEGABYTES = LIMIT
    with pytest.raises(outbox.TooMuch, match=f"{LIMIT} MB"):
        within_limits(allocate)(uuid4())


def test_a_paper_that_asks_for_no_more_is_printed(settings: Settings) -> None:
    settings.RENDER_MEGABYTES = 4 * LIMIT
    within_limits(allocate)(uuid4())


def test_a_paper_that_takes_too_long_is_left_with_the_reason(settings: Settings) -> None:
    settings.RENDER_SECONDS = 1
    with pytest.raises(outbox.TooMuch, match="1 giây"):
        within_limits(wait)(uuid4())


def test_a_paper_that_waits_for_another_says_so() -> None:
    paper = uuid4()
    with pytest.raises(outbox.NotNow, match=str(paper)):
        within_limits(wait_for_another)(paper)


@pytest.mark.parametrize("printing", [jobs.make_proofs, jobs.make_final_copies, jobs.read_files])
def test_the_queue_gives_the_process_half_a_minute_to_begin_and_as_much_to_end(printing: Callable[..., None]) -> None:
    limits = (printing.soft_time_limit, printing.time_limit)
    assert limits == (60 + 30, 60 + 30 + 30)
