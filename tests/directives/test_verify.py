"""What the database says is still there, or the fault is named."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from directives import filestore
from directives.actions import numbering_and_issuing
from directives.models import IssuedCopy, OutboxRow, RegisterEntry, Work
from directives.workflow import DirectiveState
from tests import factories
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Committee:
    return factories.committee(ClockAt.on(date(2026, 11, 23)))


def verify() -> str:
    said = io.StringIO()
    try:
        call_command("verify", stdout=said)
    except CommandError as error:
        return f"{said.getvalue()}{error}"
    return said.getvalue()


def test_papers_that_are_as_they_were_written_are_counted(committee: Committee) -> None:
    factories.delivered(committee)
    assert f"{IssuedCopy.objects.count()} copies and 1 numbers are as they were written" in verify()


def test_a_changed_and_a_missing_file_are_named(committee: Committee) -> None:
    for _paper in range(2):
        factories.delivered(committee)
    changed, missing = (filestore.path_of(copy.sha256) for copy in IssuedCopy.objects.order_by("pk")[:2])
    changed.chmod(0o600)
    changed.write_bytes(changed.read_bytes() + b" ")
    missing.unlink()
    said = verify()
    assert all(path.name in said for path in (changed, missing))
    assert "2 faults" in said


def test_a_paper_that_waits_for_its_copy_is_no_fault_and_one_that_lost_it_is(committee: Committee) -> None:
    factories.directive(committee, DirectiveState.ISSUED)
    assert "faults" not in verify()
    OutboxRow.objects.filter(work=Work.FINAL_COPY).delete()
    assert "1 faults" in verify()


def test_a_missing_number_is_named_and_a_voided_one_is_not_missing(committee: Committee) -> None:
    for _paper in range(3):
        last = factories.directive(committee, DirectiveState.NUMBERED)
    by = committee.member(committee.clerk)
    numbering_and_issuing.void_number(last.pk, reason="Trùng.", decided_by="CVP", by=by, clock=committee.clock)
    assert "faults" not in verify()
    _take_away_number(2)
    assert "1 faults" in verify()


def _take_away_number(number: int) -> None:
    """What only the owner of the tables can do: rest the triggers."""
    entry = RegisterEntry.objects.get(number=number)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE directives_registerentry DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM directives_registerentry WHERE id = %s", [entry.pk])
        cursor.execute("ALTER TABLE directives_registerentry ENABLE TRIGGER USER")
