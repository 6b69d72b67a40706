"""What printing one paper may take of memory and time; what asks for more is left, and others go on."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from directives import outbox
from directives.beside import BESIDE, OutOfMemory, OutOfTime


def within_limits(do: Callable[[UUID], None]) -> Callable[[UUID], None]:
    """The same work, done by the process beside the worker.

    It raises outbox.TooMuch where it asks for more memory or time than one paper may take.
    """

    def limited(object_id: UUID) -> None:
        try:
            BESIDE.do(do, object_id, seconds=settings.RENDER_SECONDS, megabytes=settings.RENDER_MEGABYTES)
        except OutOfTime as reason:
            words = _("Printing this paper takes longer than %s seconds. Make it shorter, or divide it.")
            raise outbox.TooMuch(words % settings.RENDER_SECONDS) from reason
        except OutOfMemory as reason:
            words = _("Printing this paper takes more than %s MB of memory. Make it shorter, or divide it.")
            raise outbox.TooMuch(words % settings.RENDER_MEGABYTES) from reason

    return limited
