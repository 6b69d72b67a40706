"""What a paper would give out, a task a line, for those who read it before it is issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from directives.recipients import FollowedItem
from orgs.clock import CLOCK
from orgs.models import Organization
from orgs.views.names import names_on

LONGEST_ITEM = 200


def task_lines(items: Sequence[FollowedItem], *, most: int, longest: int = LONGEST_ITEM) -> list[str]:
    """Each task in a line, its words cut at `longest` letters; beyond `most` only how many more there are."""
    shown = items[:most]
    names = names_on(CLOCK.today(), [body.pk for item in shown if (body := _alone(item)) is not None])
    lines = [_line(item, names, longest) for item in shown]
    return [*lines, _("and %(more)s more") % {"more": len(items) - most}] if len(items) > most else lines


def _line(item: FollowedItem, names: Mapping[UUID, str], longest: int) -> str:
    """The words of a task, who carries it out, and until when."""
    due, has_hour = item.due()
    until = ""
    if timed := item.block.timed:
        until = timed.words
    elif due is not None:
        until = f"{timezone.localtime(due):%H:%M %d/%m/%Y}" if has_hour else f"{timezone.localtime(due):%d/%m/%Y}"
    words = f"{item.marker} {Truncator(item.block.text).chars(longest)}".strip()
    body = _alone(item)
    who = names[body.pk] if body else _("%(count)s units") % {"count": f"{len(item.shares):02d}"}
    return f"{words} ({', '.join(part for part in (who, until) if part)})"


def _alone(item: FollowedItem) -> Organization | None:
    """The one unit that has this task, where it is one."""
    return item.shares[0][0] if len(item.shares) == 1 else None
