"""A form that is sent twice is done once."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from directives.actions import pressing
from directives.models import Directive, Press
from orgs.models import Person
from orgs.verdicts import Refused
from tests import factories
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db

CLOCK = ClockAt.on(date(2026, 11, 23))


@pytest.fixture
def person() -> Person:
    return factories.person("Lê Thị Soạn")


def draft_once(key: uuid.UUID, of: Committee) -> str:
    return pressing.once(key, lambda: f"/van-ban/{factories.draft(of).pk}/", person=of.drafter, clock=of.clock)


def test_the_second_press_answers_like_the_first_and_does_nothing(person: Person) -> None:
    committee, key = factories.committee(CLOCK), uuid.uuid4()
    first = draft_once(key, committee)
    assert draft_once(key, committee) == first
    assert Directive.objects.count() == 1


def test_another_form_is_another_press() -> None:
    committee = factories.committee(CLOCK)
    assert draft_once(uuid.uuid4(), committee) != draft_once(uuid.uuid4(), committee)
    assert Directive.objects.count() == 2


def test_a_press_that_was_refused_may_be_repeated(person: Person) -> None:
    def refuse() -> str:
        raise Refused("not yet")

    key = uuid.uuid4()
    with pytest.raises(Refused):
        pressing.once(key, refuse, person=person, clock=CLOCK)
    assert not Press.objects.exists()
    assert pressing.once(key, lambda: "/done/", person=person, clock=CLOCK) == "/done/"


def test_the_key_of_another_persons_form_gives_no_answer(person: Person) -> None:
    key = uuid.uuid4()
    pressing.once(key, lambda: "/secret/", person=person, clock=CLOCK)
    with pytest.raises(PermissionError):
        pressing.once(key, lambda: "/mine/", person=factories.person("Người khác"), clock=CLOCK)
    assert Press.objects.get().answer == "/secret/"


@pytest.mark.django_db(transaction=True)
def test_a_second_press_during_the_first_waits_and_answers_like_it(person: Person) -> None:
    key, begun, go_on = uuid.uuid4(), threading.Event(), threading.Event()
    done = []

    def slowly() -> str:
        begun.set()
        assert go_on.wait(timeout=4)
        done.append("first")
        return "/first/"

    def at_once() -> str:
        done.append("second")
        return "/second/"

    def press(do: Callable[[], str]) -> str:
        try:
            return pressing.once(key, do, person=person, clock=CLOCK)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(press, slowly)
        assert begun.wait(timeout=4)
        second = threads.submit(press, at_once)
        with pytest.raises(TimeoutError):
            second.result(timeout=0.3)
        go_on.set()
        assert (first.result(), second.result()) == ("/first/", "/first/")
    assert done == ["first"]
