"""Who follows a share is changed after the issue by who follows tasks of the issuing body, and the history says so."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from directives.actions import following, tracking
from directives.actions.tracking import ReportFacts
from directives.models import Assignment, Directive
from orgs.models import Event, Person, Post, Role
from orgs.verdicts import Refused
from tests import factories
from tests.browsing import as_person, press
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def of() -> Committee:
    return factories.committee(ClockAt(timezone.now()))


@pytest.fixture
def second(of: Committee) -> Person:
    """Another person of the committee who follows tasks."""
    return factories.person("Đinh Thị Thay", (of.organization, Role.MONITOR))


def share_of(paper: Directive, of: Committee) -> Assignment:
    """The first unit's share of the task that every unit carries out."""
    return paper.assignments.get(organization=of.units[0], task__follow="each")


def change(who: Person, share: Assignment, follower: Person | None, **more: Any) -> Any:
    address = reverse("task_follower", args=[share.pk])
    return press(as_person(who), address, follower=str(follower.pk) if follower else "", **more)


def test_the_new_follower_finds_the_share_among_those_that_are_followed_and_the_history_names_both(
    of: Committee, second: Person
) -> None:
    share = share_of(factories.delivered(of), of)
    assert change(of.monitor, share, of.monitor).status_code == 302
    assert change(of.monitor, share, second).status_code == 302
    client = as_person(second)
    shown = client.get(reverse("task", args=[share.pk])).content.decode()
    assert "Đổi người theo dõi" in shown
    assert "Ngô Văn Dõi → Đinh Thị Thay" in shown
    followed = client.get(reverse("tasks"), {"xem": "theo-doi", "loc": "tat-ca", "td": "toi"})
    assert str(share.pk) in followed.content.decode()


def test_all_open_shares_of_the_task_change_together_and_those_that_are_done_stay(
    of: Committee, second: Person
) -> None:
    share = share_of(factories.delivered(of), of)
    done = share.task.assignments.get(organization=of.units[2])
    facts = ReportFacts(dated_on=of.clock.today(), text="Đã xong.")
    tracking.report([done.pk], facts, by=of.member(of.unit_clerks[2]), clock=of.clock)
    assert change(of.head, share, second, whole_task="on").status_code == 302
    followers = dict(share.task.assignments.values_list("organization__code", "monitor__full_name"))
    assert followers == {"tu-xa-1": "Đinh Thị Thay", "tu-xa-2": "Đinh Thị Thay", "tu-xa-3": None}
    assert Event.objects.filter(step=following.CHANGED).count() == 2


def test_the_same_person_once_more_is_no_event(of: Committee, second: Person) -> None:
    share = share_of(factories.delivered(of), of)
    change(of.monitor, share, second)
    change(of.monitor, share, second)
    assert Event.objects.about(share).filter(step=following.CHANGED).count() == 1


def test_nobody_in_particular_may_follow_it_again(of: Committee, second: Person) -> None:
    share = share_of(factories.delivered(of), of)
    change(of.monitor, share, second)
    change(of.monitor, share, None)
    assert Assignment.objects.get(pk=share.pk).monitor is None


def test_who_does_not_follow_tasks_there_today_is_refused(of: Committee, second: Person) -> None:
    share = share_of(factories.delivered(of), of)
    Post.objects.filter(person=second).delete()
    assert change(of.monitor, share, second).status_code == 400
    with pytest.raises(Refused, match="Đinh Thị Thay"):
        following.change_follower(share.pk, second, by=of.member(of.monitor), clock=of.clock)


@pytest.mark.parametrize("role", ["unit_clerk", "drafter", "signer"])
def test_units_drafters_and_signers_do_not_decide_who_follows(of: Committee, second: Person, role: str) -> None:
    share = share_of(factories.delivered(of), of)
    who = of.unit_clerks[0] if role == "unit_clerk" else getattr(of, role)
    assert change(who, share, second).status_code == 403
    assert "nguoi-theo-doi" not in as_person(who).get(reverse("task", args=[share.pk])).content.decode()
    with pytest.raises(Refused):
        following.change_follower(share.pk, second, by=of.member(who), clock=of.clock)


def test_a_share_that_is_completed_keeps_its_follower(of: Committee, second: Person) -> None:
    share = share_of(factories.delivered(of), of)
    facts = ReportFacts(dated_on=of.clock.today(), text="Đã xong.")
    tracking.report([share.pk], facts, by=of.member(of.unit_clerks[0]), clock=of.clock)
    assert change(of.monitor, share, second).status_code == 409


def test_only_who_may_read_a_restricted_paper_is_offered_to_follow_it(of: Committee, second: Person) -> None:
    share = share_of(factories.delivered(of, restricted=True, readers=(of.monitor.pk,)), of)
    form = as_person(of.monitor).get(reverse("task_follower", args=[share.pk])).context["form"]
    assert [name for _key, name in form.fields["follower"].choices] == ["Chưa phân công", "Ngô Văn Dõi"]
    with pytest.raises(Refused):
        following.change_follower(share.pk, second, by=of.member(of.monitor), clock=of.clock)
