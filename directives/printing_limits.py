"""What printing one paper may take of the worker's memory and time; what asks for more is left, and others go on."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from config.celery import OutOfTime
from directives import outbox
from directives.memory_limit import memory_limited
from directives.rendering.press import press


def within_limits(do: Callable[[UUID], None]) -> Callable[[UUID], None]:
    """The same work, which raises outbox.TooMuch where it asks for more memory or time than one paper may take."""

    def limited(object_id: UUID) -> None:
        # Libraries and fonts are no paper's; they are loaded before its memory is counted.
        press()
        try:
            with memory_limited(settings.RENDER_MEGABYTES * 2**20):
                do(object_id)
        except OutOfTime as reason:
            words = _("Printing this paper takes longer than %s seconds. Make it shorter, or divide it.")
            raise outbox.TooMuch(words % settings.RENDER_SECONDS) from reason
        # A library in C that found no memory may forget to say what went wrong, which Python calls a SystemError.
        except (MemoryError, SystemError) as reason:
            words = _("Printing this paper takes more than %s MB of memory. Make it shorter, or divide it.")
            raise outbox.TooMuch(words % settings.RENDER_MEGABYTES) from reason

    return limited
