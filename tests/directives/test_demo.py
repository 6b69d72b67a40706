"""The demo is worth opening, safe to run twice, and leaves real data alone."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from directives.models import Assignment, Directive
from directives.workflow import AssignmentState, DirectiveState
from orgs.models import Organization, Person, Post, Role
from tests import factories

pytestmark = pytest.mark.django_db


def run() -> str:
    said = StringIO()
    call_command("demo", stdout=said)
    return said.getvalue()


def test_the_demo_has_a_paper_in_every_state_and_a_person_in_every_role() -> None:
    run()
    assert Directive.objects.count() == 8
    states = set(Directive.objects.values_list("state", flat=True))
    assert states == set(DirectiveState) - {DirectiveState.VOIDED}
    assert Directive.objects.filter(recalled_at__isnull=False).count() == 1
    assert Directive.objects.filter(state=DirectiveState.DRAFT).exclude(returned_reason="").count() == 1
    assert set(Post.objects.values_list("role", flat=True)) == set(Role)
    found = set(Assignment.objects.values_list("state", flat=True))
    assert found == set(AssignmentState)
    assert Assignment.objects.exclude(more_asked="").exists()


def test_a_second_run_changes_nothing_and_prints_the_sign_ins_again() -> None:
    first = run()
    counted = Directive.objects.count(), Person.objects.count()
    assert run() == first
    assert (Directive.objects.count(), Person.objects.count()) == counted
    assert "vanthu" in first


def test_the_demo_refuses_where_a_real_organization_exists() -> None:
    factories.body("tu-that", "Tỉnh ủy Thật")
    with pytest.raises(CommandError):
        run()
    assert Organization.objects.count() == 1


def test_numbers_and_dates_of_the_demo_rise_together() -> None:
    run()
    numbered = Directive.objects.filter(number__isnull=False, type="CV").order_by("number")
    dates = list(numbered.values_list("dated_on", flat=True))
    assert dates == sorted(dates)
