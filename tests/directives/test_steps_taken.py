"""The actions keep to the machines: from a state of the table to its target, and from any other state nothing moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.db import models
from pytest_django import DjangoDbBlocker

from directives import outbox
from directives.actions import (
    approving,
    copying,
    delivering,
    drafting,
    issuing_at_an_hour,
    numbering_and_issuing,
    registering,
    tracking,
)
from directives.actions.approving import SignedPaper
from directives.actions.drafting import DraftFacts
from directives.actions.tracking import ReportFacts
from directives.models import Assignment, Delivery, Directive, OutboxRow, RegisterEntry
from directives.workflow import ASSIGNMENT, DELIVERY, DIRECTIVE, ENTRY, OUTBOX, Move, Step
from orgs.member import Member
from orgs.models import Event, Post, Role
from orgs.verdicts import Refused
from tests.directives.lasting_world import gone_at_the_end
from tests.directives.step_world import StepWorld, crossed, work_in
from tests.factories import ClockAt

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[StepWorld]:
    with gone_at_the_end(django_db_blocker):
        yield StepWorld.made(ClockAt.on(TODAY))


def what_stands(subject: models.Model) -> tuple[object, ...]:
    """The row as it is, and how much history and work there is."""
    row = type(subject)._base_manager.filter(pk=subject.pk).values().get()
    return row, Event.objects.count(), OutboxRow.objects.count()


def leads_to(
    move: Move, subject: Directive | Delivery | Assignment | RegisterEntry | OutboxRow, act: Callable[[], object]
) -> None:
    """From a state of the table the action leads to its target; from any other it refuses and changes nothing."""
    before = what_stands(subject)
    if subject.state in move.sources:
        act()
        assert type(subject)._base_manager.get(pk=subject.pk).state == move.target
        return
    if move.roles:
        with pytest.raises(Refused):
            act()
    else:
        act()
    assert what_stands(subject) == before


def _issue_later(world: StepWorld, one: Directive) -> object:
    moment = world.clock.now() + timedelta(hours=1)
    return issuing_at_an_hour.issue_later(one.pk, moment=moment, by=world.clerk, clock=world.clock)


FACTS_OF_A_REPORT = ReportFacts(dated_on=TODAY, text="Đã xong.")

DO_WITH_A_DIRECTIVE: dict[Step, Callable[[StepWorld, Directive], object]] = {
    Step.EDIT: lambda world, one: drafting.edit(
        one.pk,
        DraftFacts(document=one.under_head_of(TODAY), authority_id=one.authority_id),
        version=one.version,
        by=world.drafter,
        clock=world.clock,
    ),
    Step.SUBMIT: lambda world, one: drafting.submit(one.pk, by=world.drafter, clock=world.clock),
    Step.PULL_BACK: lambda world, one: drafting.pull_back(one.pk, by=world.drafter, clock=world.clock),
    Step.RETURN: lambda world, one: approving.return_for_repair(
        one.pk, reason="Sửa mục 2.", by=world.clerk, clock=world.clock
    ),
    Step.APPROVE: lambda world, one: approving.approve(
        one.pk, read_version=one.version, by=world.signer, clock=world.clock
    ),
    Step.NOTE_SIGNATURE: lambda world, one: approving.note_signature(
        one.pk, SignedPaper(signed_on=TODAY, reason="Ký trước khi duyệt."), by=world.clerk, clock=world.clock
    ),
    Step.NOTE_SEAL: lambda world, one: approving.note_seal(one.pk, sealed_on=TODAY, by=world.clerk, clock=world.clock),
    Step.NUMBER: lambda world, one: numbering_and_issuing.number(one.pk, by=world.clerk, clock=world.clock),
    Step.ISSUE: lambda world, one: numbering_and_issuing.issue(one.pk, by=world.clerk, clock=world.clock),
    Step.ISSUE_LATER: _issue_later,
    Step.CALL_OFF: lambda world, one: (
        _issue_later(world, one),
        issuing_at_an_hour.call_off(one.pk, by=world.clerk, clock=world.clock),
    ),
    Step.VOID_NUMBER: lambda world, one: numbering_and_issuing.void_number(
        one.pk, reason="Soạn trùng.", decided_by="Đ/c Chánh", by=world.clerk, clock=world.clock
    ),
    Step.RECALL: lambda world, one: numbering_and_issuing.recall(
        one.pk, decision="Công văn số 9-CV/TU", reason="Nhầm phụ lục.", by=world.clerk, clock=world.clock
    ),
}
DO_WITH_A_DELIVERY: dict[Step, Callable[[StepWorld, Delivery], object]] = {
    Step.SEND: lambda world, one: copying.make_final_copy(one.directive_id, clock=world.clock),
    Step.ARRIVE: lambda world, one: delivering.mark_arrived(one.pk, at=world.clock.now()),
    Step.RECEIVE: lambda world, one: delivering.receive(one.pk, by=world.unit_clerk, clock=world.clock),
    Step.MISDIRECT: lambda world, one: delivering.return_as_misdirected(
        one.pk, reason="Không thuộc địa bàn.", by=world.unit_clerk, clock=world.clock
    ),
}
DO_WITH_A_SHARE: dict[Step, Callable[[StepWorld, Assignment], object]] = {
    Step.START_WORK: lambda world, one: tracking.start_work(one.pk, by=world.unit_clerk, clock=world.clock),
    Step.REPORT: lambda world, one: tracking.report(
        [one.pk], FACTS_OF_A_REPORT, by=world.unit_clerk, clock=world.clock
    ),
    Step.CONFIRM: lambda world, one: tracking.confirm(one.pk, by=world.monitor, clock=world.clock),
    Step.ASK_MORE: lambda world, one: tracking.ask_more(
        one.pk, what="Bổ sung số liệu.", by=world.monitor, clock=world.clock
    ),
    Step.END: lambda world, one: tracking.end(one.pk, reason="Đã chuyển.", by=world.monitor, clock=world.clock),
}


@pytest.mark.parametrize(("step", "state"), crossed(DIRECTIVE, begins=Step.CREATE))
def test_an_action_on_a_directive_leads_where_its_table_says_or_refuses(
    world: StepWorld, step: Step, state: str
) -> None:
    one = world.directives[state]
    leads_to(DIRECTIVE[step], one, lambda: DO_WITH_A_DIRECTIVE[step](world, one))


@pytest.mark.parametrize(("step", "state"), crossed(DELIVERY))
def test_an_action_on_a_delivery_leads_where_its_table_says_or_refuses(
    world: StepWorld, step: Step, state: str
) -> None:
    one = world.deliveries[state]
    leads_to(DELIVERY[step], one, lambda: DO_WITH_A_DELIVERY[step](world, one))


@pytest.mark.parametrize(("step", "state"), crossed(ASSIGNMENT, begins=Step.ASSIGN, follows=Step.NEXT_PERIOD))
def test_an_action_on_a_share_leads_where_its_table_says_or_refuses(world: StepWorld, step: Step, state: str) -> None:
    one = world.shares[state]
    leads_to(ASSIGNMENT[step], one, lambda: DO_WITH_A_SHARE[step](world, one))


def _void(world: StepWorld, one: RegisterEntry) -> object:
    decided = {"reason": "Không dùng nữa.", "decided_by": "Đ/c Chánh", "by": world.clerk, "clock": world.clock}
    if one.directive_id is None:
        return registering.void_reserved(one.pk, **decided)
    return numbering_and_issuing.void_number(one.directive_id, **decided)


DO_WITH_A_NUMBER: dict[Step, Callable[[StepWorld, RegisterEntry], object]] = {
    Step.NUMBER: lambda world, one: numbering_and_issuing.number(
        world.directives["approved"].pk, by=world.clerk, clock=world.clock, reserved=one
    ),
    Step.VOID_NUMBER: _void,
}


@pytest.mark.parametrize(("step", "state"), crossed(ENTRY, begins=Step.RESERVE))
def test_an_action_on_a_number_leads_where_its_table_says_or_refuses(world: StepWorld, step: Step, state: str) -> None:
    one = world.entries[state]
    leads_to(ENTRY[step], one, lambda: DO_WITH_A_NUMBER[step](world, one))


def test_a_kept_number_that_was_voided_is_not_voided_again(world: StepWorld) -> None:
    _void(world, world.entries["reserved"])
    with pytest.raises(Refused):
        _void(world, world.entries["reserved"])


@pytest.mark.parametrize("role", Role)
def test_only_the_clerk_keeps_and_voids_numbers(world: StepWorld, role: Role) -> None:
    organization = world.committee.organization
    by = Member(world.committee.head, (Post(person=world.committee.head, organization=organization, role=role),))
    reserve = {"reserved_for": "Công văn", "until": TODAY, "by": by, "clock": world.clock}
    void = {"reason": "Không dùng.", "decided_by": "Đ/c Chánh", "by": by, "clock": world.clock}
    if role == Role.CLERK:
        kept = registering.reserve_number(organization.pk, "CV", **reserve)
        assert registering.void_reserved(kept.pk, **void).pk == kept.pk
        return
    with pytest.raises(Refused):
        registering.reserve_number(organization.pk, "CV", **reserve)
    with pytest.raises(Refused):
        registering.void_reserved(world.entries["reserved"].pk, **void)


DO_WITH_WORK: dict[Step, Callable[[ClockAt, OutboxRow], object]] = {
    Step.CLAIM: lambda clock, row: outbox.claim([row.pk], clock=clock),
    Step.FINISH: lambda clock, row: outbox.finish(row, clock=clock),
    Step.FAIL: lambda clock, row: outbox.fail(row, "451 busy", clock=clock),
    Step.DOUBT: lambda clock, row: outbox.doubt(row, "nobody knows"),
    Step.QUARANTINE: lambda clock, row: outbox.fail(row, "550 no such address", clock=clock, retry=False),
    Step.RETRY: lambda clock, row: outbox.again(row.pk, clock=clock),
}


@pytest.mark.parametrize(("step", "state"), crossed(OUTBOX))
def test_background_work_moves_as_its_table_says_or_not_at_all(step: Step, state: str) -> None:
    clock = ClockAt.on(TODAY)
    row = work_in(state, clock)
    assert row.state == state
    leads_to(OUTBOX[step], row, lambda: DO_WITH_WORK[step](clock, row))
