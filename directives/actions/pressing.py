"""A form that is sent twice is done once: the second press answers like the first."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from directives.models import Press
from orgs.clock import Clock
from orgs.models import Person


@transaction.atomic
def once(key: UUID, do: Callable[[], str], *, person: Person, clock: Clock) -> str:
    """Do what the form asks and keep its answer (an address to go to); a repeated key gets that answer, nothing more.

    A second press while the first is still at work waits for it. When `do` raises, the key is free again. A key that
    belongs to somebody else is treated as new trouble, not as an answer: PermissionError is raised.
    """
    presses = Press.objects.bulk_create([Press(key=key, person=person, at=clock.now())], ignore_conflicts=True)
    press = Press.objects.select_for_update().get(key=presses[0].key)
    if press.person_id != person.pk:
        raise PermissionError("this form belongs to another person")
    if not press.answer:
        press.answer = do()
        press.save(update_fields=["answer"])
    return press.answer
