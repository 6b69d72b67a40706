"""The unit's own book under pressure: each paper gets its number once."""

from __future__ import annotations

from itertools import cycle

import pytest
from django.db import IntegrityError

from directives.actions import delivering, numbering_and_issuing
from directives.models import Delivery, IncomingBook, IncomingEntry
from directives.workflow import DeliveryState
from orgs.models import Organization, Role
from tests import factories
from tests.factories import ClockAt, Committee
from tests.faults.many import failures, in_threads, signed_papers

PAPERS = 200
CLERKS = 16


def deliveries(of: Committee, count: int) -> list[Delivery]:
    """Papers issued by real actions that have come to the first unit; their copies are of no matter here."""
    clerk = of.member(of.clerk)
    for paper in signed_papers(of, count):
        numbering_and_issuing.number(paper.pk, by=clerk, clock=of.clock)
        numbering_and_issuing.issue(paper.pk, by=clerk, clock=of.clock)
    Delivery.objects.update(state=DeliveryState.SENT, sent_at=of.clock.now())
    return list(Delivery.objects.filter(organization=of.units[0]))


def received_by_many(of: Committee, papers: list[Delivery]) -> list[int | Exception]:
    """The incoming numbers that sixteen clerks of the unit got, each at a desk of her own."""
    clerks = [of.member(factories.person(f"Văn thư {n}", (of.units[0], Role.CLERK))) for n in range(CLERKS)]

    def receive(desk: tuple[Delivery, int]) -> int:
        paper, clerk = desk
        return delivering.receive(paper.pk, by=clerks[clerk], clock=of.clock).number

    return in_threads(CLERKS, receive, zip(papers, cycle(range(CLERKS)), strict=False))


@pytest.fixture
def committee(transactional_db: None, clock: ClockAt) -> Committee:
    """A committee with one unit, so that nothing is issued in vain."""
    return factories.committee(clock, units=1)


def test_sixteen_clerks_who_receive_two_hundred_papers_fill_the_book_without_a_gap(committee: Committee) -> None:
    numbers = received_by_many(committee, deliveries(committee, PAPERS))
    assert failures(numbers) == []
    assert sorted(numbers) == list(range(1, PAPERS + 1))
    assert list(IncomingEntry.objects.order_by("number").values_list("number", flat=True)) == sorted(numbers)
    assert not Delivery.objects.exclude(state=DeliveryState.RECEIVED).exists()


def test_a_paper_that_two_clerks_receive_at_once_stands_in_the_book_once(committee: Committee) -> None:
    [paper] = deliveries(committee, 1)
    given = received_by_many(committee, [paper] * CLERKS)
    assert len(failures(given)) == CLERKS - 1
    assert IncomingEntry.objects.get().number == 1


def test_without_the_lock_two_papers_get_the_same_incoming_number(
    committee: Committee, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_lock(organization: Organization, period: str) -> IncomingBook:
        return IncomingBook.objects.get_or_create(organization=organization, period=period)[0]

    monkeypatch.setattr(delivering, "_locked_book", without_lock)
    faults = failures(received_by_many(committee, deliveries(committee, 60)))
    assert faults
    assert all(isinstance(fault, IntegrityError) for fault in faults)
    assert "incoming_number_is_used_once" in str(faults[0])
