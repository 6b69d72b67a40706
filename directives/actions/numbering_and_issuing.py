"""What the clerk does at the counter: give the number, issue, void a number, recall by decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directives import numbering, outbox, permissions, requirements, search, taking_over
from directives.actions.copying import prints_elsewhere
from directives.actions.delivering import announce_recall, deliver, release
from directives.actions.locking import locked_directive
from directives.actions.reading_files import read_later
from directives.actions.tracking import assign, end_without_asking
from directives.models import Assignment, Directive, Policy, Reader, RegisterEntry, Work
from directives.numbering import GivenNumber
from directives.recipients import Expansion, Instead
from directives.workflow import DirectiveState, Step
from orgs.clock import Clock
from orgs.member import Member
from orgs.models import Event
from orgs.verdicts import Refused


@transaction.atomic
def number(
    directive_id: UUID,
    *,
    by: Member,
    clock: Clock,
    expected: int | None = None,
    given: GivenNumber | None = None,
    reserved: RegisterEntry | None = None,
) -> Directive:
    """Give an approved, signed directive its number and date, and have its final copy made.

    `expected` is the number the page promised, `given` comes from a book kept elsewhere, `reserved` was kept for this
    paper. Issues in the same press when the committee's policy says so.
    """
    directive = locked_directive(directive_id)
    permissions.may(by, Step.NUMBER, directive).enforce()
    day = given.dated_on if given else reserved.dated_on if reserved else clock.today()
    requirements.before_number(directive, day).enforce()
    issues_too = Policy.of(directive.issuer).issue_with_number
    if issues_too:
        requirements.before_issue(directive, clock.today(), dated_on=day).enforce()
    by_clerk = permissions.acting(by, Step.NUMBER, directive)
    Event.record(directive, Step.NUMBER, at=clock.now(), by=by_clerk)
    outbox.put(Work.FINAL_COPY, directive, at=clock.now())
    # Last: whoever else wants a number of this series waits for us from here.
    if reserved:
        numbering.use_reserved(reserved.pk, directive, at=clock.now())
    else:
        numbering.allocate(directive, day=day, taken_by=by.person, clock=clock, expected=expected, given=given)
    if issues_too:
        send_out(directive, by=by, clock=clock)
    return directive


@transaction.atomic
def issue(directive_id: UUID, *, by: Member, clock: Clock, instead: Mapping[str, str] | None = None) -> Directive:
    """Send a numbered directive out: one delivery for each body, the tasks with their units, all frozen as of today.

    `instead` names, by codes, who gets the paper and its tasks in place of each recipient that has ended since.
    """
    directive = locked_directive(directive_id)
    permissions.may(by, Step.ISSUE, directive).enforce()
    taking_over_now = taking_over.chosen(directive, instead or {}, clock.today())
    requirements.before_issue(directive, clock.today(), taking_over_now).enforce()
    send_out(directive, by=by, clock=clock, instead=taking_over_now)
    return directive


@transaction.atomic
def void_number(directive_id: UUID, *, reason: str, decided_by: str, by: Member, clock: Clock) -> Directive:
    """Void the number of a paper that was not issued; the register keeps the line with the reason and who decided."""
    directive = locked_directive(directive_id)
    permissions.may(by, Step.VOID_NUMBER, directive).enforce()
    numbering.void(directive.entry, reason=reason, decided_by=decided_by, at=clock.now())
    directive.state, directive.voided_at = DirectiveState.VOIDED, clock.now()
    directive.forget_the_hour()
    directive.changed_at = clock.now()
    directive.save(update_fields=["state", "issue_at", "issue_set_by", "issue_failure", "voided_at", "changed_at"])
    by_clerk = permissions.acting(by, Step.VOID_NUMBER, directive)
    Event.record(directive, Step.VOID_NUMBER, at=clock.now(), by=by_clerk, reason=reason, decided_by=decided_by)
    return directive


@transaction.atomic
def recall(directive_id: UUID, *, decision: str, reason: str, by: Member, clock: Clock) -> Directive:
    """Recall an issued directive by a decision (its number and date); units are told and their open tasks end."""
    directive = locked_directive(directive_id)
    permissions.may(by, Step.RECALL, directive).enforce()
    if not decision.strip() or not reason.strip():
        raise Refused(_("Name the paper that recalls it (number, date) and the reason."))
    directive.recalled_at = directive.changed_at = clock.now()
    directive.recalled_by, directive.recall_reason = decision.strip(), reason.strip()
    directive.save(update_fields=["recalled_at", "recalled_by", "recall_reason", "changed_at"])
    by_clerk = permissions.acting(by, Step.RECALL, directive)
    Event.record(directive, Step.RECALL, at=clock.now(), by=by_clerk, decision=decision.strip(), reason=reason.strip())
    shares = Assignment.objects.select_for_update(of=("self",)).filter(task__directive=directive).still_open()
    end_without_asking(shares, reason=_("The directive was recalled."), by=by_clerk, clock=clock)
    announce_recall(directive, at=clock.now())
    return directive


def send_out(directive: Directive, *, by: Member, clock: Clock, instead: Instead | None = None) -> None:
    """Freeze who receives the paper and who carries out what, and issue it; the caller has the lock and the verdict."""
    expansion = Expansion.of(directive, clock.today(), instead)
    items = expansion.followed_items()
    recipients = expansion.recipients()
    bodies = deliver(directive, recipients, [body for item in items for body, _part in item.shares])
    readers = [Reader(directive=directive, person=person) for person in recipients.people]
    Reader.objects.bulk_create(readers, ignore_conflicts=True)
    search.index(directive)
    read_later(directive, at=clock.now())
    assign(directive, items, at=clock.now())
    directive.state = DirectiveState.ISSUED
    directive.forget_the_hour()
    directive.issued_at = directive.changed_at = clock.now()
    directive.save(update_fields=["state", "issue_at", "issue_set_by", "issue_failure", "issued_at", "changed_at"])
    by_clerk = permissions.acting(by, Step.ISSUE, directive)
    facts: dict[str, Any] = {"bodies": [body.code for body in bodies]}
    if instead:
        facts["instead"] = {ended: body.code if body else None for ended, body in instead.items()}
        facts["reason"] = taking_over.words(instead, clock.today())
    Event.record(directive, Step.ISSUE, at=clock.now(), by=by_clerk, **facts)
    if prints_elsewhere(directive):
        outbox.put(Work.FINAL_COPY, directive, at=clock.now(), revision="issued")
    release(directive, at=clock.now())
