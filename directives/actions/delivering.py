"""Bring an issued directive to its units, and what a unit does when it arrives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from directives import notices, outbox, permissions
from directives.actions.locking import locked_delivery
from directives.actions.tracking import begin_time, end_without_asking
from directives.models import (
    Assignment,
    CopyKind,
    Delivery,
    Directive,
    IncomingBook,
    IncomingEntry,
    Notice,
    NoticeKind,
)
from directives.recipients import Recipients
from directives.workflow import DeliveryState, DirectiveState, Step
from orgs.clock import Clock
from orgs.member import Member
from orgs.models import Event, Organization
from orgs.verdicts import Refused


def deliver(directive: Directive, recipients: Recipients, working: Iterable[Organization]) -> list[Organization]:
    """One waiting delivery for each body, once, whether it stands on a line or only has a task; returns the bodies."""
    executing = {body.pk: body for body in (*recipients.executing, *working)}
    everybody = {**executing, **{body.pk: body for body in recipients.informed}}
    Delivery.objects.bulk_create(
        [Delivery(directive=directive, organization=body, executes=pk in executing) for pk, body in everybody.items()]
    )
    return list(everybody.values())


def release(directive: Directive, *, at: datetime) -> None:
    """Open an issued paper to its units and put their mails, once its final copy exists; otherwise it waits.

    Called under the directive's lock by whoever comes last, the clerk who issues or the job that stores the copy. A
    paper that was recalled before is opened to nobody.
    """
    ready = directive.copies.filter(kind=CopyKind.FINAL).exists()
    if directive.state != DirectiveState.ISSUED or directive.is_recalled or not ready:
        return
    waiting = directive.deliveries.filter(state=DeliveryState.WAITING)
    released = list(waiting.values_list("pk", flat=True))
    if not released:
        return
    waiting.update(state=DeliveryState.SENT, sent_at=at)
    _put_mails(Delivery.objects.filter(pk__in=released).select_related("organization"), NoticeKind.ISSUED, at)
    Event.record(directive, Step.SEND, at=at, units=len(released))


def announce_recall(directive: Directive, *, at: datetime) -> None:
    """Mail every unit that the paper was opened to that it has been recalled."""
    reached = directive.deliveries.exclude(state=DeliveryState.WAITING).select_related("organization")
    _put_mails(reached, NoticeKind.RECALLED, at)


@transaction.atomic
def receive(delivery_id: UUID, *, by: Member, clock: Clock) -> IncomingEntry:
    """Receive a paper and enter it into the unit's own book in one press; returns its line with the number (số đến)."""
    delivery = locked_delivery(delivery_id)
    permissions.may(by, Step.RECEIVE, delivery).enforce()
    now, directive = clock.now(), delivery.directive
    delivery.state = DeliveryState.RECEIVED
    delivery.received_at, delivery.received_by = now, by.person
    delivery.arrived_at = delivery.arrived_at or now
    delivery.save(update_fields=["state", "received_at", "received_by", "arrived_at"])
    begin_time(delivery, at=delivery.arrived_at)
    book = _locked_book(delivery.organization, str(clock.today().year))
    entry = IncomingEntry.objects.create(
        book=book,
        number=book.next_number,
        arrived_on=clock.today(),
        delivery=delivery,
        issuer_name=directive.issuer.as_of(directive.dated_on or clock.today()).name,
        printed_number=directive.printed_number,
        dated_on=directive.dated_on,
        subject=f"{directive.type_name}: {directive.subject}",
        entered_by=by.person,
        entered_at=now,
    )
    IncomingBook.objects.filter(pk=book.pk).update(next_number=F("next_number") + 1)
    by_clerk = permissions.acting(by, Step.RECEIVE, delivery)
    Event.record(
        directive, Step.RECEIVE, at=now, by=by_clerk, unit=str(delivery.organization_id), incoming=entry.number
    )
    return entry


@transaction.atomic
def return_as_misdirected(delivery_id: UUID, *, reason: str, by: Member, clock: Clock) -> Delivery:
    """Give a paper back that was sent to the wrong unit; its tasks there are no longer followed."""
    delivery = locked_delivery(delivery_id)
    permissions.may(by, Step.MISDIRECT, delivery).enforce()
    if not reason.strip():
        raise Refused(_("Write why the paper is not for your unit."))
    delivery.state, delivery.misdirected_at = DeliveryState.MISDIRECTED, clock.now()
    delivery.misdirected_reason = reason.strip()
    delivery.save(update_fields=["state", "misdirected_at", "misdirected_reason"])
    by_clerk = permissions.acting(by, Step.MISDIRECT, delivery)
    Event.record(
        delivery.directive,
        Step.MISDIRECT,
        at=clock.now(),
        by=by_clerk,
        unit=str(delivery.organization_id),
        reason=reason.strip(),
    )
    shares = Assignment.objects.select_for_update(of=("self",)).filter(
        task__directive=delivery.directive, organization=delivery.organization
    )
    end_without_asking(shares.still_open(), reason=reason.strip(), by=by_clerk, clock=clock)
    return delivery


@transaction.atomic
def mark_seen(directive: Directive, *, by: Member, at: datetime) -> None:
    """Note, after the page was given, that somebody of a unit has opened the paper; the first one is kept."""
    opened = Delivery.objects.filter(directive=directive).open_to(by)
    opened.filter(seen_at__isnull=True).update(seen_at=at, seen_by=by.person)
    for delivery in opened.filter(state=DeliveryState.SENT):
        mark_arrived(delivery.pk, at=at)


@transaction.atomic
def mark_arrived(delivery_id: UUID, *, at: datetime) -> None:
    """The mail server of the unit has taken the mail; the machine alone may say no more than this."""
    sent = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.SENT)
    if sent.update(state=DeliveryState.ARRIVED, arrived_at=at):
        begin_time(Delivery.objects.get(pk=delivery_id), at=at)


def _put_mails(deliveries: Iterable[Delivery], kind: NoticeKind, at: datetime) -> None:
    """One notice and one piece of work for each address of each unit."""
    made = [
        Notice(delivery=delivery, kind=kind, address=address)
        for delivery in deliveries
        for address in notices.addresses_of(delivery.organization, at)
    ]
    outbox.put_mails(made, at=at)


def _locked_book(organization: Organization, period: str) -> IncomingBook:
    book, _created = IncomingBook.objects.get_or_create(organization=organization, period=period)
    return IncomingBook.objects.select_for_update().get(pk=book.pk)
