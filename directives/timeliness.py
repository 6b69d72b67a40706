"""Whether a share of a task is in time: derived, never stored (words.md 56)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directives.models import Assignment
from directives.workflow import AssignmentState

SOON_DAYS = 3
FINISHED = (AssignmentState.REPORTED, AssignmentState.DONE)


class Pace(StrEnum):
    """How a share stands to its deadline."""

    NO_DEADLINE = "no_deadline"
    ON_TIME = "on_time"
    SOON = "soon"
    TODAY = "today"
    LATE = "late"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Timeliness:
    """The pace and the words that the page shows for it."""

    pace: Pace
    words: str


def timeliness(assignment: Assignment, now: datetime) -> Timeliness:
    """How this share stands at this moment; a day counts to its end in the office's zone, an hour to the minute.

    The task must be at hand.
    """
    if assignment.state == AssignmentState.ENDED:
        return Timeliness(Pace.ENDED, "")
    if assignment.due_at is None:
        timed = assignment.task.timed
        return Timeliness(Pace.NO_DEADLINE, capfirst(timed.words) if timed else _("No deadline"))
    if assignment.state in FINISHED:
        on_time = assignment.reported_at is None or assignment.reported_at <= assignment.due_at
        if on_time:
            return Timeliness(Pace.DONE_ON_TIME, _("On time"))
        return Timeliness(Pace.DONE_LATE, _("After the deadline"))
    return _of_open_share(assignment.due_at, now)


def _of_open_share(due_at: datetime, now: datetime) -> Timeliness:
    days = (timezone.localdate(due_at) - timezone.localdate(now)).days
    if now > due_at:
        return Timeliness(Pace.LATE, _late_words(-days))
    if days == 0:
        return Timeliness(Pace.TODAY, _("Due today"))
    words = ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
    return Timeliness(Pace.SOON if days <= SOON_DAYS else Pace.ON_TIME, words)


def _late_words(days: int) -> str:
    if days == 0:
        return _("Past the hour today")
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}
