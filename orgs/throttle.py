"""Slow down the guessing of passwords: per person and address, and per person, never per address alone.

Communes share one gateway, so an address says nothing about one person. Presses during the pause are not counted, and a
browser in which the person has signed in before is not held up by others' guesses: nobody can be locked out for ever.
"""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from math import ceil

from orgs.models import SignInFailure

PAUSE = timedelta(minutes=15)
MOST_FROM_ONE_ADDRESS = 5
MOST_FROM_EVERYWHERE = 20


def folded(username: str) -> str:
    """The typed name as failures are counted by it: composed, without case and outer blanks."""
    return unicodedata.normalize("NFC", username).strip().casefold()[:64]


def minutes_to_wait(username: str, address: str, *, known_browser: bool, now: datetime) -> int:
    """Whole minutes until this name may be tried again from here; 0 when it may be tried now."""
    failures = SignInFailure.objects.filter(username=folded(username), at__gt=now - PAUSE)
    waits = [_wait([*failures.filter(address=address).values_list("at", flat=True)], MOST_FROM_ONE_ADDRESS, now)]
    if not known_browser:
        waits.append(_wait([*failures.values_list("at", flat=True)], MOST_FROM_EVERYWHERE, now))
    return max(waits)


def note_failure(username: str, address: str, *, now: datetime) -> None:
    """Remember that this name was tried in vain from this address."""
    SignInFailure.objects.create(username=folded(username), address=address, at=now)


def forget_failures(username: str, address: str) -> None:
    """The right person has come in from here."""
    SignInFailure.objects.filter(username=folded(username), address=address).delete()


def _wait(failed_at: list[datetime], most: int, now: datetime) -> int:
    """Minutes until the failures within the pause are fewer than `most`."""
    if len(failed_at) < most:
        return 0
    free_again = sorted(failed_at)[-most] + PAUSE
    return max(1, ceil((free_again - now) / timedelta(minutes=1)))
