"""Things to do as rows: each a sentence, what it is about, and one button."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from directives.models import Assignment, Consulted, Delivery, Directive, changes_for
from directives.timeliness import timeliness
from directives.views import status
from directives.views.status import Status
from directives.workflow import DirectiveState, Step
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.views.names import names_on


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do: a sentence, what it is about, one button; with a `key` the button is a press, else a link.

    `paper` is the issued paper that it is done for: where others changed it, the row is marked (`mark`).
    """

    sentence: str
    about: str
    detail: str
    page: str
    button: str
    address: str
    status: Status | None = None
    key: UUID | None = None
    paper: Directive | None = None


def mark(rows: Iterable[Row], member: Member) -> None:
    """Let the rows say which of their papers were amended or replaced, by one question for all rows of a page."""
    prefetch_related_objects([row.paper for row in rows if row.paper], changes_for(member))


def share_rows(shares: Iterable[Assignment]) -> list[Row]:
    """Shares to be reported, with their deadlines; `task.directive` must be at hand."""
    now, shares = CLOCK.now(), list(shares)
    names = names_on(timezone.localdate(now), [share.organization_id for share in shares])
    return [
        Row(
            sentence=share.task.text,
            about=f"{share.task.directive.printed_number} · {names[share.organization_id]}",
            detail=_due_words(share),
            page=reverse("task", args=[share.pk]),
            button=str(Step.REPORT.label),
            address=f"{reverse('report')}?phan-viec={share.pk}",
            status=status.of_time(timeliness(share, now)),
            paper=share.task.directive,
        )
        for share in shares
    ]


def _due_words(share: Assignment) -> str:
    if share.due_at is None:
        return ""
    due = timezone.localtime(share.due_at)
    return _("Deadline %(day)s") % {"day": f"{due:%H:%M %d/%m/%Y}" if share.task.due_has_hour else f"{due:%d/%m/%Y}"}


def _paper(directive: Directive, sentence: str, button: str, step: Step | None, detail: str = "") -> Row:
    page = reverse("directive", args=[directive.pk])
    return Row(
        sentence=f"{directive.type_name} · {directive.subject}",
        about=sentence,
        detail=detail,
        page=page,
        button=button,
        address=page if step is None else reverse("step", args=[directive.pk, step]),
    )


def returned(directive: Directive) -> Row:
    """A draft that came back for repair."""
    return _paper(directive, _("Returned for repair"), _("Repair"), None, directive.returned_reason)


def to_review(directive: Directive) -> Row:
    """A paper that waits for the member's review."""
    return _paper(directive, _("Submitted for your review"), _("Read and review"), None)


def to_approve(directive: Directive) -> Row:
    """A paper that waits for the member's approval."""
    return _paper(directive, _("Submitted for your approval"), _("Read and approve"), None)


def at_the_counter(directive: Directive) -> Row:
    """A paper that the clerk has to note as signed, to number or to issue."""
    if directive.issue_at is not None or directive.issue_failure:
        return _at_an_hour(directive)
    if directive.state == DirectiveState.NUMBERED and directive.sealed_on is None:
        sentence = _("%(number)s has its number and waits for the seal") % {"number": directive.printed_number}
        return _paper(directive, sentence, str(Step.NOTE_SEAL.label), Step.NOTE_SEAL)
    if directive.state == DirectiveState.NUMBERED:
        sentence = _("%(number)s has its number and waits to be issued") % {"number": directive.printed_number}
        return _paper(directive, sentence, str(Step.ISSUE.label), Step.ISSUE)
    if directive.signed_on is None:
        return _paper(
            directive, _("Approved, waiting to be signed"), str(Step.NOTE_SIGNATURE.label), Step.NOTE_SIGNATURE
        )
    return _paper(directive, _("Signed, waiting for its number"), str(Step.NUMBER.label), Step.NUMBER)


def _at_an_hour(directive: Directive) -> Row:
    """A paper whose hour is set, or passed without the paper being issued."""
    if directive.issue_failure:
        sentence = _("%(number)s could not be issued at its hour") % {"number": directive.printed_number}
        row = _paper(directive, sentence, str(Step.ISSUE.label), Step.ISSUE, directive.issue_failure)
    else:
        row = _paper(directive, directive.printed_number, _("Open"), None)
    return replace(row, status=status.of_directive(directive))


def issued(directive: Directive) -> Row:
    """A paper that has been issued."""
    facts = {"number": directive.printed_number, "at": f"{timezone.localtime(directive.issued_at):%H:%M %d/%m/%Y}"}
    row = _paper(directive, _("%(number)s, issued %(at)s") % facts, _("Open"), None)
    return replace(row, status=status.of_directive(directive), paper=directive)


def to_receive(deliveries: Iterable[Delivery]) -> Iterator[Row]:
    """Papers that came to the member's units, each received with one press; `directive` must be at hand."""
    deliveries = list(deliveries)
    bodies = [delivery.organization_id for delivery in deliveries]
    bodies += [delivery.directive.issuer_id for delivery in deliveries]
    names = names_on(CLOCK.today(), bodies)
    for delivery in deliveries:
        directive = delivery.directive
        facts = {"issuer": names[directive.issuer_id]}
        yield Row(
            sentence=f"{directive.printed_number} · {directive.type_name} · {directive.subject}",
            about=_("%(issuer)s sent it; it waits to be received") % facts,
            detail=names[delivery.organization_id],
            page=reverse("directive", args=[directive.pk]),
            button=str(Step.RECEIVE.label),
            address=reverse("receive", args=[delivery.pk]),
            status=status.of_delivery(delivery),
            key=uuid4(),
            paper=directive,
        )


def to_comment(asked: Iterable[Consulted]) -> Iterator[Row]:
    """Drafts on which a unit is asked for comments; `consultation.directive` must be at hand."""
    asked = list(asked)
    names = names_on(CLOCK.today(), [each.organization_id for each in asked])
    for each in asked:
        document, day = each.consultation.document, each.consultation.answer_by
        address = reverse("consulted", args=[each.pk])
        yield Row(
            sentence=f"{document.document_type.name} · {document.subject.text}",
            about=_("Draft for comments, until %(day)s") % {"day": f"{day:%d/%m/%Y}"},
            detail=names[each.organization_id],
            page=address,
            button=_("Read and comment"),
            address=address,
        )


def to_confirm(shares: Iterable[Assignment]) -> Iterator[Row]:
    """Reports that wait for the member's confirmation; `task.directive` must be at hand."""
    shares = list(shares)
    names = names_on(CLOCK.today(), [share.organization_id for share in shares])
    for share in shares:
        yield Row(
            sentence=_("%(unit)s has reported; the report waits to be confirmed")
            % {"unit": names[share.organization_id]},
            about=f"{share.task.directive.printed_number} · {share.task.text}",
            detail="",
            page=reverse("task", args=[share.pk]),
            button=_("Read the report"),
            address=reverse("task", args=[share.pk]),
            status=status.of_assignment(share),
            paper=share.task.directive,
        )
