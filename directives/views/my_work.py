"""My work: what is late, what is due today, what waits for me; each row is a sentence with one button."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from directives.models import Assignment, Directive
from directives.timeliness import timeliness
from directives.views import status, waiting
from directives.views.status import Status
from directives.workflow import DirectiveState, Step
from orgs.clock import CLOCK
from orgs.models import Role
from orgs.requests import MemberRequest
from orgs.views.names import names_on

ROWS = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do: a sentence, what it is about, one button; with a `key` the button is a press, else a link."""

    sentence: str
    about: str
    detail: str
    page: str
    button: str
    address: str
    status: Status | None = None
    key: UUID | None = None


@dataclass(frozen=True, slots=True)
class WorkList:
    """A list that shows its first rows, and a link to all of them."""

    rows: list[Row]
    total: int
    address: str

    @property
    def more(self) -> int:
        """How many rows are not shown here."""
        return self.total - len(self.rows)


@require_safe
def my_work(request: MemberRequest) -> HttpResponse:
    """Three short lists, the most pressing first; a person without posts is told whom to ask."""
    member = request.member
    if not member.posts:
        return render(request, "directives/no_posts.html")
    now = CLOCK.now()
    shares = waiting.my_shares(member).select_related("task__directive").order_by("due_at")
    today = shares.filter(due_at__gte=now, due_at__date=timezone.localdate(now))
    followed = Assignment.objects.visible_to(member).filter(
        waiting.followed_by_me(member), state__in=waiting.UNFINISHED, due_at__lt=now
    )
    late = _share_list(waiting.late_of(shares, now), reverse("tasks") + "?loc=qua-han")
    due = _share_list(today, reverse("tasks") + "?loc=hom-nay")
    rows, total = _waiting_rows(request), waiting.waiting_count(member)
    return render(
        request,
        "directives/my_work.html",
        {
            "summary": _summary(late.total, due.total, total),
            "waiting_total": total,
            "late": late,
            "today": due,
            "waiting": rows,
            "soon": _share_rows(_later(shares, now)),
            "drafts": list(waiting.own_drafts(member).filter(returned_reason="")[:ROWS]),
            "late_of_units": followed.count(),
            "may_draft": bool(member.organizations_as(Role.DRAFTER)),
        },
    )


def _summary(late: int, today: int, rows: int) -> str:
    """What this page is about now, in one line; what is nothing is not said."""
    counted = [
        (late, ngettext("%(count)s late", "%(count)s late", late)),
        (today, ngettext("%(count)s due today", "%(count)s due today", today)),
        (rows, ngettext("%(count)s waiting for you", "%(count)s waiting for you", rows)),
    ]
    return ", ".join(words % {"count": f"{count:02d}"} for count, words in counted if count)


def _later(shares: QuerySet[Assignment], now: datetime) -> QuerySet[Assignment]:
    """Shares due after today or without a deadline, the earliest first."""
    later = shares.filter(Q(due_at__date__gt=timezone.localdate(now)) | Q(due_at__isnull=True))
    return later.order_by(F("due_at").asc(nulls_last=True), "pk")


def _share_list(shares: QuerySet[Assignment], address: str) -> WorkList:
    return WorkList(_share_rows(shares), shares.count(), address)


def _share_rows(shares: QuerySet[Assignment]) -> list[Row]:
    now = CLOCK.now()
    shown = list(shares[:ROWS])
    names = names_on(timezone.localdate(now), [share.organization_id for share in shown])
    return [
        Row(
            sentence=share.task.text,
            about=f"{share.task.directive.printed_number} · {names[share.organization_id]}",
            detail=_due_words(share),
            page=reverse("task", args=[share.pk]),
            button=str(Step.REPORT.label),
            address=f"{reverse('report')}?phan-viec={share.pk}",
            status=status.of_time(timeliness(share, now)),
        )
        for share in shown
    ]


def _due_words(share: Assignment) -> str:
    if share.due_at is None:
        return ""
    due = timezone.localtime(share.due_at)
    return _("Deadline %(day)s") % {"day": f"{due:%H:%M %d/%m/%Y}" if share.task.due_has_hour else f"{due:%d/%m/%Y}"}


def _waiting_rows(request: MemberRequest) -> list[Row]:
    """Everything that waits for this member's hand, in the order in which a paper travels."""
    return [
        *(_returned(directive) for directive in waiting.returned_to(request.member)[:ROWS]),
        *(_to_approve(directive) for directive in waiting.to_approve(request.member)[:ROWS]),
        *(_at_the_counter(directive) for directive in waiting.at_the_counter(request.member)[: 2 * ROWS]),
        *_to_receive(request),
        *_to_confirm(request),
    ]


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


def _returned(directive: Directive) -> Row:
    return _paper(directive, _("Returned for repair"), _("Repair"), None, directive.returned_reason)


def _to_approve(directive: Directive) -> Row:
    return _paper(directive, _("Submitted for your approval"), _("Read and approve"), None)


def _at_the_counter(directive: Directive) -> Row:
    if directive.state == DirectiveState.NUMBERED:
        sentence = _("%(number)s has its number and waits to be issued") % {"number": directive.printed_number}
        return _paper(directive, sentence, str(Step.ISSUE.label), Step.ISSUE)
    if directive.signed_on is None:
        return _paper(
            directive, _("Approved, waiting to be signed"), str(Step.NOTE_SIGNATURE.label), Step.NOTE_SIGNATURE
        )
    return _paper(directive, _("Signed, waiting for its number"), str(Step.NUMBER.label), Step.NUMBER)


def _to_receive(request: MemberRequest) -> Iterator[Row]:
    deliveries = list(waiting.to_receive(request.member).select_related("directive")[:ROWS])
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
        )


def _to_confirm(request: MemberRequest) -> Iterator[Row]:
    shares = list(waiting.to_confirm(request.member).select_related("task__directive")[:ROWS])
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
        )
