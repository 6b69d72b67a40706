"""Printing a paper may take so much time and memory and no more; afterwards the worker has all of its memory again."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from pytest_django.fixtures import Settings

from config.celery import OutOfTime
from directives import jobs, outbox
from directives.printing_limits import within_limits

LIMIT, MORE = 32, 64 * 2**20


def allocate(_: UUID) -> None:
    assert bytearray(MORE)


def run_out_of_time(_: UUID) -> None:
    raise OutOfTime


def test_a_paper_that_asks_for_more_memory_is_left_with_the_reason_and_the_memory_is_there_again(
    settings: Settings,
) -> None:
    settings.RENDER_MEGABYTES = LIMIT
    with pytest.raises(outbox.TooMuch, match=f"{LIMIT} MB"):
        within_limits(allocate)(uuid4())
    allocate(uuid4())


def test_a_paper_that_asks_for_no_more_is_printed(settings: Settings) -> None:
    settings.RENDER_MEGABYTES = 4 * LIMIT
    within_limits(allocate)(uuid4())


def test_a_paper_that_takes_too_long_is_left_with_the_reason(settings: Settings) -> None:
    settings.RENDER_SECONDS = 7
    with pytest.raises(outbox.TooMuch, match="7 giây"):
        within_limits(run_out_of_time)(uuid4())


def test_the_queue_ends_printing_after_a_minute_and_its_process_half_a_minute_later() -> None:
    for printing in (jobs.make_proofs, jobs.make_final_copies):
        assert (printing.soft_time_limit, printing.time_limit) == (60, 90)
