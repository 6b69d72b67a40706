"""The words of a deadline (late, due today, days left), to the day and to the hour."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from directives.models import Assignment, Task
from directives.timeliness import Pace, timeliness
from directives.workflow import AssignmentState

END_OF_DAY = timezone.make_aware(datetime(2026, 11, 24, 23, 59, 59, 999999))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime(2026, 11, day, hour, minute))


def share(**facts: object) -> Assignment:
    return Assignment(**{"task": Task(), "state": AssignmentState.ASSIGNED, "due_at": END_OF_DAY, **facts})


@pytest.mark.parametrize(
    ("now", "pace"),
    [
        (at(20, 9), Pace.ON_TIME),
        (at(21, 0), Pace.SOON),
        (at(24, 0), Pace.TODAY),
        (at(24, 23, 59), Pace.TODAY),
        (at(25, 0), Pace.LATE),
    ],
)
def test_a_day_lasts_to_its_end_in_the_offices_zone(now: datetime, pace: Pace) -> None:
    assert timeliness(share(), now).pace == pace


def test_an_hour_is_late_to_the_minute() -> None:
    due = share(due_at=at(24, 7, 30))
    assert timeliness(due, at(24, 7, 30)).pace == Pace.TODAY
    assert timeliness(due, at(24, 7, 31)).pace == Pace.LATE


def test_days_are_counted_by_the_calendar_not_by_hours() -> None:
    assert "1" in timeliness(share(), at(23, 23, 59)).words
    assert "1" in timeliness(share(), at(25, 0, 1)).words


def test_a_report_in_time_stays_in_time_however_late_it_is_confirmed() -> None:
    reported = share(state=AssignmentState.DONE, reported_at=END_OF_DAY - timedelta(hours=1))
    assert timeliness(reported, at(28, 9)).pace == Pace.DONE_ON_TIME


def test_a_report_after_the_deadline_was_late() -> None:
    reported = share(state=AssignmentState.REPORTED, reported_at=END_OF_DAY + timedelta(minutes=1))
    assert timeliness(reported, at(28, 9)).pace == Pace.DONE_LATE


@pytest.mark.parametrize(
    ("timing", "words"),
    [
        ("within 10 days", "Trong 10 ngày kể từ khi nhận"),
        ("within 5 working days", "Trong 05 ngày làm việc kể từ khi nhận"),
        ("standing", "Thường xuyên"),
    ],
)
def test_before_the_paper_arrives_the_deadline_stands_in_words(timing: str, words: str) -> None:
    waiting = timeliness(share(due_at=None, task=Task(timing=timing)), at(28, 9))
    assert (waiting.pace, waiting.words) == (Pace.NO_DEADLINE, words)


def test_a_share_without_deadline_or_no_longer_followed_is_never_late() -> None:
    assert timeliness(share(due_at=None), at(28, 9)).pace == Pace.NO_DEADLINE
    assert timeliness(share(state=AssignmentState.ENDED), at(28, 9)).pace == Pace.ENDED
