"""Numbers under pressure: no gap, no double, no date that falls, and one directive for one form."""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from directives import numbering
from directives.actions import numbering_and_issuing
from directives.actions.pressing import once
from directives.models import Directive, NumberSeries, Press, RegisterEntry
from directives.workflow import DirectiveState
from orgs.verdicts import Refused
from tests import factories
from tests.factories import Committee
from tests.faults.many import failures, in_threads, signed_papers

NUMBERINGS = 1000
CLERKS = 32
ROLLED_BACK = 30
DAYS = 5
MOST_PRESSES = 20


class PowerCut(Exception):
    """Raised by a test inside the transaction, after the number was taken."""


class Counter:
    """The clerks' desk: gives numbers by the real action, cuts the power on some, and turns the day now and then."""

    def __init__(self, of: Committee, unlucky: set[uuid.UUID], turn_after: int) -> None:
        self._of = of
        self._clerk = of.member(of.clerk)
        self._unlucky = unlucky
        self._turn_after = turn_after
        self._given = 0
        self._guard = threading.Lock()
        self.rolled_back = 0

    def number(self, paper: Directive) -> int | None:
        """Press until the number is given: a cut or a turned day means pressing again."""
        for _ in range(MOST_PRESSES):
            try:
                return self._press(paper)
            except (PowerCut, Refused):
                continue
        raise AssertionError(f"{MOST_PRESSES} presses gave no number")

    def _press(self, paper: Directive) -> int | None:
        with transaction.atomic():
            numbered = numbering_and_issuing.number(paper.pk, by=self._clerk, clock=self._of.clock)
            if self._cut(paper):
                raise PowerCut
        with self._guard:
            self._given += 1
            if self._given % self._turn_after == 0:
                self._of.clock.forward(days=1)
        return numbered.number

    def _cut(self, paper: Directive) -> bool:
        with self._guard:
            if paper.pk not in self._unlucky:
                return False
            self._unlucky.remove(paper.pk)
            self.rolled_back += 1
            return True


def test_a_thousand_numberings_by_thirty_two_threads_leave_no_gap_and_no_double(
    committee: Committee, record_property: Callable[[str, object], None]
) -> None:
    papers = signed_papers(committee, NUMBERINGS)
    unlucky = {paper.pk for paper in random.Random(745).sample(papers, ROLLED_BACK)}
    counter = Counter(committee, unlucky, NUMBERINGS // DAYS)
    began = time.monotonic()
    given = in_threads(CLERKS, counter.number, papers)
    rate = NUMBERINGS / (time.monotonic() - began)
    record_property("numberings a second", round(rate))
    print(f"n = {NUMBERINGS} numberings, {counter.rolled_back} rolled back, {CLERKS} threads, {rate:.0f} a second")

    assert failures(given) == []
    assert counter.rolled_back == ROLLED_BACK
    assert sorted(given) == list(range(1, NUMBERINGS + 1))
    entries = list(RegisterEntry.objects.order_by("number"))
    assert [entry.number for entry in entries] == list(range(1, NUMBERINGS + 1))
    dates = [entry.dated_on for entry in entries]
    assert dates == sorted(dates)
    assert len(set(dates)) >= DAYS
    assert not Directive.objects.exclude(state=DirectiveState.NUMBERED).exists()
    assert {entry.directive_id: entry.number for entry in entries} == dict(
        Directive.objects.values_list("pk", "number")
    )


def test_without_the_lock_the_same_race_gives_a_number_twice(
    committee: Committee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbering, "_lock", lambda series: NumberSeries.objects.get(pk=series.pk))
    clerk = committee.member(committee.clerk)

    def number(paper: Directive) -> object:
        return numbering_and_issuing.number(paper.pk, by=clerk, clock=committee.clock).number

    faults = failures(in_threads(CLERKS, number, signed_papers(committee, 100)))
    assert faults
    assert all(isinstance(fault, IntegrityError) for fault in faults)
    assert "number_is_used_once_in_its_series" in str(faults[0])


def test_a_clock_that_goes_back_gets_no_number(committee: Committee) -> None:
    today, late, later = signed_papers(committee, 3)
    clerk = committee.member(committee.clerk)
    numbering_and_issuing.number(today.pk, by=clerk, clock=committee.clock)
    last_date = committee.clock.today()
    committee.clock.forward(days=-1)
    with pytest.raises(Refused, match=f"{last_date:%d/%m/%Y}.*{committee.clock.today():%d/%m/%Y}"):
        numbering_and_issuing.number(late.pk, by=clerk, clock=committee.clock)
    assert RegisterEntry.objects.count() == 1
    committee.clock.forward(days=1)
    assert numbering_and_issuing.number(later.pk, by=clerk, clock=committee.clock).number == 2


def test_a_number_of_another_series_does_not_wait(committee: Committee) -> None:
    letters = signed_papers(committee, 2)
    [titled] = signed_papers(committee, 1, factories.letter(type="CT"))
    clerk = committee.member(committee.clerk)

    def impatient(paper: Directive) -> int | None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '300ms'")
            return numbering_and_issuing.number(paper.pk, by=clerk, clock=committee.clock).number
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other_desk, transaction.atomic():
        assert numbering_and_issuing.number(letters[0].pk, by=clerk, clock=committee.clock).number == 1
        assert other_desk.submit(impatient, titled).result() == 1
        # The same question about the same series must wait, or the test would not see a lock at all.
        with pytest.raises(OperationalError, match="lock timeout"):
            other_desk.submit(impatient, letters[1]).result()


def test_a_form_that_is_pressed_twenty_times_at_once_makes_one_directive(committee: Committee) -> None:
    answers = in_threads(20, _press_of(committee), [uuid.uuid4()] * 20)
    assert failures(answers) == []
    assert len(set(answers)) == 1
    assert [str(made.pk) for made in Directive.objects.all()] == list(set(answers))
    assert Press.objects.count() == 1


def test_twenty_forms_make_twenty_directives(committee: Committee) -> None:
    answers = in_threads(20, _press_of(committee), [uuid.uuid4() for _ in range(20)])
    assert failures(answers) == []
    assert {str(made.pk) for made in Directive.objects.all()} == set(answers)
    assert Directive.objects.count() == 20


def test_a_press_that_failed_leaves_its_key_free(committee: Committee) -> None:
    key = uuid.uuid4()

    def cut() -> str:
        factories.draft(committee)
        raise PowerCut

    with pytest.raises(PowerCut):
        once(key, cut, person=committee.drafter, clock=committee.clock)
    assert not Directive.objects.exists()
    _press_of(committee)(key)
    assert Directive.objects.count() == 1


def _press_of(committee: Committee) -> Callable[[uuid.UUID], str]:
    def press(key: uuid.UUID) -> str:
        return once(key, lambda: str(factories.draft(committee).pk), person=committee.drafter, clock=committee.clock)

    return press
