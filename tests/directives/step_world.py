"""Everything in each of its states, brought there by the real actions, and who may move it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import models

from directives import outbox
from directives.actions import delivering, numbering_and_issuing, registering, tracking
from directives.actions.tracking import ReportFacts
from directives.models import Assignment, Delivery, Directive, OutboxRow, Policy, RegisterEntry, Work
from directives.workflow import DirectiveState, Machine, Step
from orgs.member import Member
from orgs.models import Role
from tests import factories
from tests.factories import ClockAt, Committee


def states_of(machine: Machine) -> type[models.TextChoices]:
    """The states that the moves of a machine lead to."""
    return type(next(iter(machine.values())).target)


def crossed(machine: Machine, begins: Step | None = None, follows: Step | None = None) -> list[object]:
    """Every step of a machine with every state.

    The step with which a thing `begins` has no state to start from; one that `follows` from others is no act itself.
    """
    steps = [step for step in machine if step not in {begins, follows}]
    return [pytest.param(step, state, id=f"{step}-{state}") for step in steps for state in states_of(machine)]


@dataclass
class StepWorld:
    """One committee with papers, deliveries, shares, numbers and background work in every state."""

    clock: ClockAt
    committee: Committee
    drafter: Member
    signer: Member
    clerk: Member
    monitor: Member
    unit_clerk: Member
    directives: dict[str, Directive]
    deliveries: dict[str, Delivery]
    shares: dict[str, Assignment]
    entries: dict[str, RegisterEntry]

    @classmethod
    def made(cls, clock: ClockAt) -> StepWorld:
        """Bring everything into its state; one person is the clerk of all units."""
        of = factories.committee(clock, units=5)
        Policy.objects.create(organization=of.organization, reports_need_confirmation=True)
        unit_clerk = of.member(factories.person("Văn thư các xã", *((unit, Role.CLERK) for unit in of.units)))
        directives = _directives(of)
        return cls(
            clock=clock,
            committee=of,
            drafter=of.member(of.drafter),
            signer=of.member(of.signer),
            clerk=of.member(of.clerk),
            monitor=of.member(of.monitor),
            unit_clerk=unit_clerk,
            directives=directives,
            shares=_shares(of, directives["issued"], unit_clerk),
            deliveries=_deliveries(of, directives["issued"], unit_clerk),
            entries=_entries(of, directives),
        )


def _directives(of: Committee) -> dict[str, Directive]:
    road = (DirectiveState.DRAFT, DirectiveState.SUBMITTED, DirectiveState.APPROVED, DirectiveState.NUMBERED)
    # The numbered paper is still to be sealed.
    made = {str(state): factories.directive(of, state, sealed=False) for state in road}
    made["issued"] = factories.delivered(of)
    voided = factories.directive(of, DirectiveState.NUMBERED)
    made["voided"] = numbering_and_issuing.void_number(
        voided.pk, reason="Soạn trùng.", decided_by="Đ/c Chánh", by=of.member(of.clerk), clock=of.clock
    )
    return made


def _shares(of: Committee, issued: Directive, unit_clerk: Member) -> dict[str, Assignment]:
    task = issued.tasks.get(follow="each")
    shares = dict(
        zip(
            ("assigned", "working", "reported", "done", "ended"),
            task.assignments.order_by("organization__code"),
            strict=True,
        )
    )
    monitor, facts = of.member(of.monitor), ReportFacts(dated_on=of.clock.today(), text="Đã kiểm tra.")
    tracking.start_work(shares["working"].pk, by=unit_clerk, clock=of.clock)
    for state in ("reported", "done"):
        tracking.report([shares[state].pk], facts, by=unit_clerk, clock=of.clock)
    tracking.confirm(shares["done"].pk, by=monitor, clock=of.clock)
    tracking.end(shares["ended"].pk, reason="Đã chuyển đơn vị khác.", by=monitor, clock=of.clock)
    return {state: Assignment.objects.get(pk=share.pk) for state, share in shares.items()}


def _deliveries(of: Committee, issued: Directive, unit_clerk: Member) -> dict[str, Delivery]:
    sent, arrived, received, misdirected, _ = issued.deliveries.order_by("organization__code")
    delivering.mark_arrived(arrived.pk, at=of.clock.now())
    delivering.receive(received.pk, by=unit_clerk, clock=of.clock)
    delivering.return_as_misdirected(misdirected.pk, reason="Gửi nhầm.", by=unit_clerk, clock=of.clock)
    waiting = factories.directive(of, DirectiveState.ISSUED).deliveries.order_by("pk")[0]
    rows = (waiting, sent, arrived, received, misdirected)
    return {one.state: one for one in Delivery.objects.filter(pk__in=[row.pk for row in rows])}


def _entries(of: Committee, directives: dict[str, Directive]) -> dict[str, RegisterEntry]:
    reserved = registering.reserve_number(
        of.organization.pk,
        "CV",
        reserved_for="Công văn của đồng chí Bí thư",
        until=of.clock.today(),
        by=of.member(of.clerk),
        clock=of.clock,
    )
    return {
        "reserved": reserved,
        "numbered": RegisterEntry.objects.get(directive=directives["numbered"]),
        "void": RegisterEntry.objects.get(directive=directives["voided"]),
    }


def work_in(state: str, clock: ClockAt) -> OutboxRow:
    """A piece of background work that has come to `state`; the clock then shows a moment at which it is due again."""
    subject = factories.body(f"viec-{state}", "Đảng ủy xã Thử")
    row = outbox.put(Work.MAIL, subject, at=clock.now())
    if state != "queued":
        [row] = outbox.claim([row.pk], clock=clock)
        endings: dict[str, Callable[[], None]] = {
            "claimed": lambda: None,
            "done": lambda: outbox.finish(row, clock=clock),
            "failed": lambda: outbox.fail(row, "451 busy", clock=clock),
            "uncertain": lambda: outbox.doubt(row, "nobody knows"),
            "quarantined": lambda: outbox.fail(row, "550 no such address", clock=clock, retry=False),
        }
        endings[state]()
    clock.forward(hours=2)
    return OutboxRow.objects.get(pk=row.pk)
