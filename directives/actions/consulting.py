"""Ask units for comments on a draft before it is submitted, and what the units answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directives import notices, outbox, permissions
from directives.actions.locking import locked_directive
from directives.models import Consultation, Consulted, Directive, Notice, NoticeKind, Opinion
from directives.workflow import Step
from orgs.clock import Clock
from orgs.member import Member
from orgs.models import Event, Organization
from orgs.verdicts import Refused

CONSULT, COMMENTED, CLOSED = "consult", "comment", "close_consultation"
"""The names of the acts in the history."""


@dataclass(frozen=True, kw_only=True)
class Comments:
    """What a unit answers: whether it agrees, on the whole, and by the ids of passages."""

    agrees: bool
    whole: str = ""
    passages: Mapping[str, str]


@transaction.atomic
def consult(
    directive_id: UUID, units: Iterable[Organization], *, answer_by: date, asked: str, by: Member, clock: Clock
) -> Consultation:
    """Send the draft as it stands to units for their comments until a day. Raises Refused."""
    directive = locked_directive(directive_id)
    permissions.may_consult(by, directive).enforce()
    if answer_by < clock.today():
        raise Refused(_("The day until which comments are asked for is over."))
    bodies = {body.pk: body for body in units}
    if not bodies:
        raise Refused(_("Choose the units whose comments are asked for."))
    made = Consultation.objects.create(
        directive=directive,
        version=directive.version,
        text=directive.under_head_of(clock.today()).to_json(),
        asked=asked.strip(),
        answer_by=answer_by,
        opened_by=by.person,
        opened_at=clock.now(),
    )
    asked_units = [Consulted(consultation=made, organization=body) for body in bodies.values()]
    Consulted.objects.bulk_create(asked_units)
    _put_mails(asked_units, clock)
    by_drafter = permissions.acting(by, Step.EDIT, directive)
    facts = {"units": len(bodies), "answer_by": answer_by, "version": directive.version}
    Event.record(directive, CONSULT, at=clock.now(), by=by_drafter, **facts)
    return made


@transaction.atomic
def call_off(directive_id: UUID, *, by: Member, clock: Clock) -> None:
    """Ask nobody any more; what was answered stays with the draft. Raises Refused."""
    directive = locked_directive(directive_id)
    permissions.may(by, Step.EDIT, directive).enforce()
    if not close(directive, clock=clock):
        raise Refused(_("Nobody is asked for comments on this draft now."))
    Event.record(directive, CLOSED, at=clock.now(), by=permissions.acting(by, Step.EDIT, directive))


def _put_mails(asked_units: Iterable[Consulted], clock: Clock) -> None:
    """One mail to each address of each unit; it names nothing of the draft but who asks and until when."""
    now = clock.now()
    made = [
        Notice(consulted=unit, kind=NoticeKind.CONSULTED, address=address)
        for unit in asked_units
        for address in notices.addresses_of(unit.organization, now)
    ]
    outbox.put_mails(made, at=now)


def close(directive: Directive, *, clock: Clock) -> bool:
    """End what is asked of the units, within the transaction of a step that ends the draft; whether there was any."""
    return bool(directive.consultations.filter(closed_at__isnull=True).update(closed_at=clock.now()))


@transaction.atomic
def comment(consulted_id: UUID, comments: Comments, *, by: Member, clock: Clock) -> Consulted:
    """Answer for a unit, once; also after the day, as long as the draft is not submitted. Raises Refused."""
    open_now = Consulted.objects.open_to(by).select_for_update(of=("self",))
    consulted = open_now.select_related("consultation__directive", "organization").filter(pk=consulted_id).first()
    if consulted is None:
        raise Refused(_("Comments are no longer asked for."))
    if consulted.answered_at is not None:
        raise Refused(_("Your unit has answered already."))
    texts = {block: words.strip() for block, words in comments.passages.items() if words.strip()}
    if not comments.agrees and not texts and not comments.whole.strip():
        raise Refused(_("Write the comments, or agree with the draft."))
    acting = permissions.acting_for_consulted(by, consulted)
    consulted.agrees, consulted.answered_by, consulted.answered_at = comments.agrees, by.person, clock.now()
    consulted.save(update_fields=["agrees", "answered_by", "answered_at"])
    said = {"": comments.whole.strip(), **texts} if comments.whole.strip() else texts
    quotes = {block.id: block.line for block, _ancestors in consulted.consultation.document.walk()}
    Opinion.objects.bulk_create(
        Opinion(
            directive=consulted.consultation.directive,
            consulted=consulted,
            block=block,
            quote=quotes.get(block, "") if block else "",
            words=words,
            version=consulted.consultation.version,
            author=by.person,
            organization=consulted.organization,
            role=acting.role,
            written_at=clock.now(),
        )
        for block, words in said.items()
    )
    Event.record(consulted.consultation.directive, COMMENTED, at=clock.now(), by=acting, agrees=comments.agrees)
    return consulted
