"""The demo is worth opening, safe to run twice, and leaves real data alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from directives import statistics
from directives.models import Assignment, Consulted, Correction, Delivery, Directive, JointIssuer, Opinion
from directives.workflow import AssignmentState, DeliveryState, DirectiveState
from orgs.member import Member
from orgs.models import Authority, Organization, Person, Post, Role
from tests import factories
from tests.directives.lasting_world import gone_at_the_end, left_as_it_was

pytestmark = pytest.mark.django_db


def run() -> str:
    said = StringIO()
    call_command("demo", stdout=said)
    return said.getvalue()


def test_the_demo_refuses_where_a_real_organization_exists() -> None:
    factories.body("tu-that", "Tỉnh ủy Thật")
    with pytest.raises(CommandError):
        run()
    assert Organization.objects.count() == 1


@pytest.fixture(scope="module")
def said(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """What the first run printed; everything it loaded is gone after the module."""
    with gone_at_the_end(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "COPY_ROOT", tmp_path_factory.mktemp("copies"))
        yield run()


@pytest.mark.usefixtures("said")
class TestTheLoadedDemo:
    def test_there_is_a_paper_in_every_state_and_a_person_in_every_role(self) -> None:
        assert set(Directive.objects.values_list("state", flat=True)) == set(DirectiveState)
        assert Directive.objects.filter(recalled_at__isnull=False).exists()
        assert Directive.objects.filter(state=DirectiveState.DRAFT).exclude(returned_reason="").exists()
        assert set(Post.objects.values_list("role", flat=True)) == set(Role)
        assert set(Assignment.objects.values_list("state", flat=True)) == set(AssignmentState)
        assert Assignment.objects.exclude(more_asked="").exists()
        states = set(Delivery.objects.values_list("state", flat=True))
        assert states >= {DeliveryState.SENT, DeliveryState.ARRIVED, DeliveryState.RECEIVED}

    def test_a_paper_was_replaced_and_the_later_one_names_its_number(self) -> None:
        for row in Correction.objects.all():
            assert row.paper.printed_number in row.directive.under_head_of(timezone.localdate()).to_text()
        assert Correction.objects.filter(directive__state=DirectiveState.ISSUED).exists()

    def test_units_have_commented_on_a_draft_and_the_drafter_has_said_what_was_made_of_it(self) -> None:
        answers = Consulted.objects.values_list("agrees", flat=True)
        assert set(answers) == {True, False, None}
        assert Consulted.objects.open_to(Member.of(Person.objects.get(username="nakhoang"), timezone.localdate()))
        assert set(Opinion.objects.filter(consulted__isnull=False).values_list("taken_over", flat=True)) >= {True, None}

    def test_one_signs_in_the_place_of_another_these_days(self) -> None:
        [substitution] = Authority.objects.filter(in_place_of__isnull=False)
        assert substitution.covers("HD", timezone.localdate())

    def test_a_paper_of_two_bodies_waits_for_the_other_bodys_signer(self) -> None:
        chair = Member.of(Person.objects.get(username="chunhiem"), timezone.localdate())
        [asked] = JointIssuer.objects.asking(chair)
        assert asked.directive.issuer != asked.organization

    def test_periods_were_reported_and_some_are_missing(self) -> None:
        who = Member.of(Person.objects.get(username="theodoi"), timezone.localdate())
        body = Organization.objects.get(code="vptu-hac-giang").pk
        found = statistics.figures(who, {body: timezone.localdate() - timedelta(days=200)}, timezone.now())[body]
        assert len(found.periods) == 4
        assert any(each.reported for each in found.periods) and any(each.missing for each in found.periods)

    def test_a_row_of_an_annex_is_a_task_that_somebody_follows(self) -> None:
        rows = Assignment.objects.filter(task__marker__startswith="Phụ lục")
        assert {row.monitor.username for row in rows if row.monitor} == {"theodoi"}

    def test_a_body_that_ended_names_its_successor(self) -> None:
        ended = Organization.objects.get(ended_on__isnull=False)
        assert ended.successors.exists()

    def test_a_second_run_changes_nothing_and_prints_the_sign_ins_again(self, said: str) -> None:
        with left_as_it_was():
            counted = Directive.objects.count(), Person.objects.count()
            assert run() == said
            assert (Directive.objects.count(), Person.objects.count()) == counted
        assert "vanthu" in said

    def test_numbers_and_dates_rise_together_in_each_series(self) -> None:
        numbered = Directive.objects.filter(number__isnull=False).order_by("entry__series", "number")
        series: dict[int, list[object]] = {}
        for key, day in numbered.values_list("entry__series", "dated_on"):
            series.setdefault(key, []).append(day)
        assert series
        assert all(days == sorted(days) for days in series.values())
