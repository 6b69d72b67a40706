"""The lines of the registers with the words of their columns; what is not open to the reader is masked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from directives.continuity import Continuity
from directives.models import Delivery, Directive, IncomingEntry, RegisterEntry
from directives.workflow import EntryState
from orgs.clock import CLOCK
from orgs.views.names import names_on

PAPER = {
    "signer": F("directive__frozen__signature__signer"),
    "addressees": F("directive__frozen__addressees"),
    "distribution": F("directive__frozen__distribution"),
}
"""What a line takes from the paper as numbered; the text itself is not read."""


@dataclass(frozen=True, slots=True)
class OutgoingLine:
    """One line of the outgoing register; `missing_before` names the numbers that have no line, right before it."""

    entry: RegisterEntry
    subject: str
    masked: bool
    paper: UUID | None
    signer: str
    recipients: str
    archive: str
    copies: int
    notes: str
    missing_before: str


@dataclass(frozen=True, slots=True)
class IncomingLine:
    """One line of the incoming register."""

    entry: IncomingEntry
    subject: str
    masked: bool
    paper: UUID | None
    entered_by: str
    missing_before: str


def outgoing_lines(entries: Sequence[Any], continuity: Continuity, issuer_id: UUID) -> list[OutgoingLine]:
    """The lines of these entries, in their order; they come from `outgoing_entries`."""
    drafting = {entry.directive.drafting_body_id for entry in entries if entry.directive} - {issuer_id}
    names = names_on(CLOCK.today(), drafting)
    copies = _copies([entry.directive_id for entry in entries if entry.directive_id])
    return [
        OutgoingLine(
            entry=entry,
            subject=_subject(entry),
            masked=bool(entry.directive_id) and not entry.paper_is_visible,
            paper=entry.directive_id if entry.paper_is_visible else None,
            signer=entry.signer or "" if entry.paper_is_visible else "",
            recipients=_recipients(entry) if entry.paper_is_visible else "",
            archive=_archive(entry) if entry.paper_is_visible else "",
            copies=copies.get(entry.directive_id, 0) if entry.paper_is_visible else 0,
            notes=_notes(entry, names),
            missing_before=continuity.missing_before(entry.number) if not entry.suffix else "",
        )
        for entry in entries
    ]


def outgoing_entries(entries: QuerySet[RegisterEntry]) -> QuerySet[Any]:
    """The entries with what their lines need of the papers, in one question."""
    with_papers = entries.select_related("directive").defer("directive__text", "directive__frozen")
    return with_papers.annotate(**PAPER)


def incoming_lines(entries: Iterable[Any], continuity: Continuity) -> list[IncomingLine]:
    """The lines of these entries, in their order; a line entered from paper has no paper here and is not masked."""
    return [
        IncomingLine(
            entry=entry,
            subject=_mask(entry.delivery.directive) if _is_masked(entry) else entry.subject,
            masked=_is_masked(entry),
            paper=entry.delivery.directive_id if entry.delivery and entry.paper_is_visible else None,
            entered_by=entry.entered_by.full_name,
            missing_before=continuity.missing_before(entry.number),
        )
        for entry in entries
    ]


def _is_masked(entry: Any) -> bool:
    return entry.delivery is not None and not entry.paper_is_visible


def _mask(paper: Directive) -> str:
    """Why the line says nothing of the paper."""
    return _("Restricted readers") if paper.restricted else _("Not open to your post")


def _subject(entry: Any) -> str:
    if entry.secret:
        return _("Number used for a paper in the secret register")
    if entry.directive is None:
        return str(entry.reserved_for)
    if not entry.paper_is_visible:
        return _mask(entry.directive)
    return f"{entry.directive.type_name}: {entry.directive.subject}"


def _recipients(entry: Any) -> str:
    """The addressees, then the lines of nơi nhận that name somebody else and are not for the archive."""
    lines = entry.distribution or []
    named = [line["text"] for line in entry.addressees or []]
    named += [line["text"] for line in lines if not line.get("same_as_addressees") and not line.get("archive")]
    return "; ".join(named)


def _archive(entry: Any) -> str:
    return "; ".join(line["text"] for line in entry.distribution or [] if line.get("archive"))


def _notes(entry: Any, names: dict[UUID, str]) -> str:
    if entry.state == EntryState.VOID:
        return _void_words(entry)
    if entry.state == EntryState.RESERVED:
        return _("Kept until the end of %(day)s") % {"day": _day(entry.reserved_until)}
    if entry.directive is None or not entry.paper_is_visible:
        return ""
    return _notes_of_paper(entry.directive, names)


def _void_words(entry: Any) -> str:
    """Why a number was voided; the reason belongs to the paper and is masked with it."""
    if entry.directive is not None and not entry.paper_is_visible:
        return _("Voided on %(day)s") % {"day": _day(timezone.localdate(entry.voided_at))}
    words = {
        "day": _day(timezone.localdate(entry.voided_at)),
        "who": entry.voided_by,
        "reason": entry.void_reason,
    }
    return _("Voided on %(day)s by decision of %(who)s: %(reason)s") % words


def _notes_of_paper(paper: Directive, names: dict[UUID, str]) -> str:
    notes = []
    if paper.drafting_body_id in names:
        notes.append(_("Drafted by %(body)s") % {"body": names[paper.drafting_body_id]})
    if paper.issued_at is not None:
        notes.append(_("issued on %(day)s") % {"day": _day(timezone.localdate(paper.issued_at))})
    if paper.is_recalled:
        notes.append(_("recalled by %(decision)s") % {"decision": paper.recalled_by})
    return "; ".join(notes)


def _copies(papers: Iterable[UUID]) -> dict[UUID, int]:
    """To how many bodies each paper goes."""
    counted = Delivery.objects.filter(directive__in=list(papers)).order_by().values("directive")
    return dict(counted.annotate(bodies=Count("pk")).values_list("directive", "bodies"))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
