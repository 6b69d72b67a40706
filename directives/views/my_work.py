"""My work: what is late, what is due today, what waits for me; each row is a sentence with one button."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from directives.models import Assignment, Directive
from directives.views import since_away, waiting, work_rows
from directives.views.counts import Question, counts_of
from directives.views.tasks import FOLLOWED
from directives.views.work_rows import Row
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.models import Role
from orgs.requests import MemberRequest
from orgs.views.sign_in import last_visit

ROWS = 8


@dataclass(frozen=True, slots=True)
class WorkList:
    """A list that shows its first rows, and a link to all of them; `name` says of what, beside other lists."""

    rows: list[Row]
    total: int
    address: str
    name: str = ""

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
    shares = waiting.with_papers(waiting.my_shares(member)).order_by("due_at")
    today = shares.filter(due_at__gte=now, due_at__date=timezone.localdate(now))
    followed = Assignment.objects.seen_as_issuer(member).filter(
        waiting.followed_by_me(member), state__in=waiting.UNFINISHED, due_at__lt=now
    )
    late = _share_list(waiting.late_of(shares, now), reverse("tasks") + "?loc=qua-han")
    due = _share_list(today, reverse("tasks") + "?loc=hom-nay")
    before = last_visit(request)
    lists = _waiting_lists(member, counts_of(request, member))
    soon = work_rows.share_rows(_later(shares, now)[:ROWS])
    work_rows.mark([*(row for each in (late, due, *lists) for row in each.rows), *soon], member)
    total = sum(each.total for each in lists)
    drafts = _drafts(member)
    return render(
        request,
        "directives/my_work.html",
        {
            "summary": _summary(late.total, due.total, total),
            "waiting_total": total,
            "late": late,
            "today": due,
            "waiting": [row for each in lists for row in each.rows],
            "waiting_lists": lists,
            "soon": soon,
            "passed_over": list(waiting.passed_over(member)[:ROWS]),
            "drafts": drafts[:ROWS],
            "more_drafts": len(drafts) > ROWS,
            "away": since_away.since(member, before) if before else None,
            "late_of_units": followed.count(),
            "administers": bool(member.organizations_as(Role.ADMINISTRATOR)),
            "may_draft": bool(member.organizations_as(Role.DRAFTER)),
            "signing_list": bool(waiting.body_of_signing_list(member)) and waiting.for_signature(member).exists(),
        },
    )


def _drafts(member: Member) -> list[Directive]:
    """What the member writes, the last saved first, each with its number of rounds; one more than is shown at most.

    What came back for repair waits above.
    """
    drafts = waiting.own_drafts(member).filter(returned_reason="").order_by("-changed_at")
    return list(drafts.annotate(rounds=Count("drafts"))[: ROWS + 1])


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
    rows = work_rows.share_rows(shares[:ROWS])
    return WorkList(rows, len(rows) if len(rows) < ROWS else shares.count(), address)


def _waiting_lists(member: Member, counts: Mapping[Question, int]) -> list[WorkList]:
    """Everything that waits for this member's hand, in the order in which a paper travels; empty lists are left out."""
    outgoing, inbox, tasks = reverse("outgoing"), reverse("inbox"), reverse("tasks")
    kinds: list[tuple[Question, str, Callable[[QuerySet[Any]], Iterable[Row]], str]] = [
        (waiting.returned_to, _("drafts to repair"), _each(work_rows.returned), f"{outgoing}?loc=du-thao"),
        (waiting.to_review, _("papers to review"), _each(work_rows.to_review), f"{outgoing}?loc=cho-ky"),
        (waiting.to_approve, _("papers to approve"), _each(work_rows.to_approve), f"{outgoing}?loc=cho-ky"),
        (
            waiting.at_the_counter,
            _("papers at the clerk's desk"),
            _each(work_rows.at_the_counter, 2 * ROWS),
            reverse("clerk"),
        ),
        (waiting.to_receive, _("papers to receive"), _to_receive, f"{inbox}?loc=cho-tiep-nhan"),
        (waiting.to_comment, _("drafts to comment on"), _to_comment, reverse("my_work")),
        (waiting.to_confirm, _("reports to confirm"), _to_confirm, f"{tasks}?xem={FOLLOWED}&loc=da-bao-cao"),
    ]
    return [
        WorkList(shown := list(rows(question(member))), max(counts[question], len(shown)), address, name)
        for question, name, rows, address in kinds
        if counts[question]
    ]


def _each(row: Callable[[Directive], Row], most: int = ROWS) -> Callable[[QuerySet[Any]], Iterable[Row]]:
    return lambda papers: map(row, papers[:most])


def _to_receive(deliveries: QuerySet[Any]) -> Iterable[Row]:
    return work_rows.to_receive(deliveries.select_related("directive").defer(*waiting.PAPER)[:ROWS])


def _to_comment(asked: QuerySet[Any]) -> Iterable[Row]:
    return work_rows.to_comment(asked.select_related("consultation")[:ROWS])


def _to_confirm(shares: QuerySet[Any]) -> Iterable[Row]:
    return work_rows.to_confirm(waiting.with_papers(shares)[:ROWS])
