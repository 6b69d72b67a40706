"""How far a paper has come: approved, numbered, its copy made, sent to n of m; and whether sending waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directives.actions.copying import prints_elsewhere
from directives.models import CopyKind, Directive, Notice, OutboxRow, Work
from directives.uploads import FileKind
from directives.views.paper import staff_paper
from directives.workflow import DeliveryState, DirectiveState, WorkState
from orgs.clock import CLOCK
from orgs.requests import MemberRequest

PATIENCE = timedelta(seconds=20)
"""Work that is due for longer than this is waiting for something: the page says so."""
STOPPED = (WorkState.QUARANTINED, WorkState.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the line; `mark` is done, now, wait or next."""

    words: str
    mark: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A mail, or the printing of the copy, that needs a person; `reason` is what the machine was told."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """The line of stages, whether work is still to be done, and what needs a person."""

    stages: list[Stage]
    working: bool
    waits: bool
    failures: list[Failure]


@require_safe
def sending(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The line of stages alone, for the issuer's staff: it names recipients; a page that is open asks for it again."""
    directive = staff_paper(request, pk)
    return render(request, "directives/_sending.html", {"progress": progress_of(directive), "directive": directive})


def progress_of(directive: Directive) -> Progress | None:
    """How far the work on this directive is; None before its approval."""
    if directive.state in {DirectiveState.DRAFT, DirectiveState.SUBMITTED, DirectiveState.VOIDED}:
        return None
    work = list(_work_of(directive).exclude(state=WorkState.DONE))
    now = CLOCK.now()
    # An hour that is still to come is no work yet: nothing waits for the machine.
    open_work = [row for row in work if row.state not in STOPPED and not (row.work == Work.ISSUE and row.due_at > now)]
    return Progress(
        stages=_stages(directive, open_work),
        working=bool(open_work),
        waits=any(now - (row.due_at if row.work == Work.ISSUE else row.put_at) > PATIENCE for row in open_work),
        failures=_failures([row for row in work if row.state in STOPPED]),
    )


def _work_of(directive: Directive) -> QuerySet[OutboxRow]:
    """All but the reading of its files, which nobody waits for."""
    mails = Notice.objects.filter(delivery__directive=directive).values("pk")
    rows = OutboxRow.objects.filter(Q(object_id=directive.pk) | Q(object_id__in=mails))
    return rows.exclude(work=Work.WORDS)


def _stages(directive: Directive, work: list[OutboxRow]) -> list[Stage]:
    copies = {copy.kind for copy in directive.approved_copies}
    numbered = directive.number is not None
    issued = directive.state == DirectiveState.ISSUED
    stages = [Stage(_("Approved"), "done")]
    if not numbered:
        printed = CopyKind.PROOF in copies
        if not _is_word(directive):
            stages.append(
                Stage(_("Print for signature") if printed else _("Making the print for signature"), _mark(printed))
            )
        stages.append(Stage(_("Signed"), "done" if directive.signed_on else "next"))
        return [*stages, Stage(_("Numbered"), "next"), Stage(_("Issued"), "next")]
    made = CopyKind.FINAL in copies
    waits = prints_elsewhere(directive) and not issued
    stages += [
        Stage(_("Numbered"), "done"),
        Stage(_("Official copy") if made or waits else _("Making the official copy"), "next" if waits else _mark(made)),
        Stage(_("Issued"), "done" if issued else "next"),
    ]
    return [*stages, _sent(directive, work)] if issued else stages


def _is_word(directive: Directive) -> bool:
    """A Word file is printed for the signature from Word."""
    file = directive.text_file
    return file is not None and file.kind == FileKind.WORD


def _mark(done: bool) -> str:
    return "done" if done else "now"


def _sent(directive: Directive, work: list[OutboxRow]) -> Stage:
    """Sent to n of m units, while mails are on their way with how many are left."""
    states = list(directive.deliveries.values_list("state", flat=True))
    sent = sum(state != DeliveryState.WAITING for state in states)
    facts = {"sent": sent, "all": len(states)}
    mails = sum(row.work == Work.MAIL for row in work)
    # What was recalled before its copy was made goes to nobody any more.
    if (sent == len(states) or directive.is_recalled) and not mails:
        return Stage(_("Sent to %(sent)s/%(all)s recipients") % facts, "done")
    if mails:
        return Stage(
            _("Sent to %(sent)s/%(all)s recipients, %(mails)s mails under way") % {**facts, "mails": mails}, "now"
        )
    return Stage(_("Sending to %(sent)s/%(all)s recipients") % facts, "now")


def _failures(rows: list[OutboxRow]) -> list[Failure]:
    mails = [row.object_id for row in rows if row.work == Work.MAIL]
    addresses = dict(Notice.objects.filter(pk__in=mails).values_list("pk", "address"))
    return [Failure(addresses.get(row.object_id, str(Work(row.work).label)), row.last_error) for row in rows]
