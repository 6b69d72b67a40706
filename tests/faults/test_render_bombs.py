"""Papers that nobody can print: given up at the limits of time and memory, set aside, and the others are printed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import suppress

import psutil
import pytest
from django.urls import reverse

from directives import outbox
from directives.document import Block, Document
from directives.models import CopyKind, OutboxRow, Work
from directives.workflow import WorkState
from orgs.clock import CLOCK
from tests import factories
from tests.browsing import as_person
from tests.directives.documents import row, table
from tests.factories import Committee
from tests.faults.many import signed_papers
from tests.faults.test_worker_and_broker import issue
from tests.mail_server import MailServer
from tests.processes import Program, until

Start = Callable[..., Program]
SHORT = {"RENDER_SECONDS": "6"}
NARROW = {"RENDER_MEGABYTES": "96", "RENDER_SECONDS": "30"}
LARGEST_FORM = 50 * 1024 * 1024


def endless() -> Document:
    """A letter whose table goes on for hundreds of pages: half a minute of computing."""
    return _with_table(*(row(str(number), *["Kiểm tra hồ chứa trên địa bàn"] * 7) for number in range(1200)))


def wide() -> Document:
    """A letter with a table of four thousand columns: hundreds of megabytes after seconds of computing."""
    return _with_table(row(*["x"] * 4_000), row(*["y"] * 4_000))


def _with_table(*rows: Block) -> Document:
    return dataclasses.replace(factories.letter(), body=(*factories.letter().body, table(*rows)))


def copy_of(paper: object) -> OutboxRow:
    """The work of printing this paper's final copy."""
    return OutboxRow.objects.get(work=Work.FINAL_COPY, object_id=paper)


def no_pauses() -> None:
    """What failed is tried again at once."""
    OutboxRow.objects.filter(state=WorkState.FAILED).update(due_at=CLOCK.now())


def sizes_of_children(worker: Program) -> Iterator[int]:
    """Bytes of memory of each process that the worker has started; one that ends meanwhile has none."""
    for child in psutil.Process(worker.pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            yield child.memory_info().rss


@pytest.mark.parametrize(
    ("bomb", "limit", "said"),
    [
        pytest.param(wide, NARROW, "quá 96 MB", id="memory"),
        pytest.param(endless, SHORT, "lâu hơn 6 giây", id="time", marks=pytest.mark.long),
    ],
)
def test_a_bomb_is_set_aside_after_three_tries_and_other_papers_are_printed(
    bomb: Callable[[], Document],
    limit: dict[str, str],
    said: str,
    committee: Committee,
    program: Start,
    mail_server: MailServer,
) -> None:
    [deadly] = signed_papers(committee, 1, bomb())
    others = signed_papers(committee, 4)
    issue(committee, [deadly, *others])
    environment = mail_server.environment | limit
    worker = program("worker", **environment)
    program("relay", **environment)

    def set_aside() -> bool:
        no_pauses()
        return copy_of(deadly.pk).state == WorkState.QUARANTINED

    until(set_aside, "the bomb is set aside", seconds=240)
    left_to_do = OutboxRow.objects.exclude(object_id=deadly.pk).exclude(state=WorkState.DONE)
    until(lambda: not left_to_do.exists(), "the others are printed and sent", seconds=120)
    left = copy_of(deadly.pk)
    assert left.deaths == outbox.MOST_DEATHS
    assert said in left.last_error
    assert not deadly.copies.filter(kind=CopyKind.FINAL).exists()
    assert worker.runs


@pytest.mark.long
def test_without_limits_a_bomb_holds_its_worker_and_takes_ever_more_memory(
    committee: Committee, program: Start, mail_server: MailServer
) -> None:
    [deadly] = signed_papers(committee, 1, endless())
    issue(committee, [deadly])
    environment = mail_server.environment | {"RENDER_SECONDS": "200", "RENDER_MEGABYTES": "100000"}
    worker = program("worker", **environment)
    program("relay", **environment)
    until(lambda: copy_of(deadly.pk).state == WorkState.CLAIMED, "a worker has begun")
    began = CLOCK.now()

    def grown() -> float:
        sizes = list(sizes_of_children(worker))
        return (max(sizes) - min(sizes)) / 2**20 if sizes else 0

    until(lambda: grown() > int(NARROW["RENDER_MEGABYTES"]), "one child is larger than the limit", seconds=60)
    until(lambda: (CLOCK.now() - began).total_seconds() > 2 * int(SHORT["RENDER_SECONDS"]), "twice the limit is over")
    assert copy_of(deadly.pk).state == WorkState.CLAIMED


def test_a_text_of_fifty_megabytes_is_refused_at_the_door(committee: Committee) -> None:
    typed = {"body": "x" * LARGEST_FORM}
    answer = as_person(committee.drafter).post(reverse("draft_keep_new"), typed)
    assert answer.status_code == 400
