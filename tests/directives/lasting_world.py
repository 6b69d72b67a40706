"""One world for all tests of a module: made once by the real actions, left as it was by each test, gone at the end."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def gone_at_the_end(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What the block and the tests inside it write is rolled back when it ends."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def left_as_it_was() -> Iterator[None]:
    """What the block writes is rolled back when it ends, also after an error of the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
