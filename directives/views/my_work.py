"""My work: what is late, what is due today, what waits for me; each row is a sentence with one button."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from directives.models import Assignment
from directives.views import since_away, waiting, work_rows
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
    lists = _waiting_lists(member)
    total = sum(each.total for each in lists)
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
            "soon": work_rows.share_rows(_later(shares, now)[:ROWS]),
            "passed_over": list(waiting.passed_over(member)[:ROWS]),
            "drafts": list(waiting.own_drafts(member).filter(returned_reason="")[:ROWS]),
            "away": since_away.since(member, before) if before else None,
            "late_of_units": followed.count(),
            "administers": bool(member.organizations_as(Role.ADMINISTRATOR)),
            "may_draft": bool(member.organizations_as(Role.DRAFTER)),
            "signing_list": bool(waiting.body_of_signing_list(member)) and waiting.for_signature(member).exists(),
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
    rows = work_rows.share_rows(shares[:ROWS])
    return WorkList(rows, len(rows) if len(rows) < ROWS else shares.count(), address)


def _waiting_lists(member: Member) -> list[WorkList]:
    """Everything that waits for this member's hand, in the order in which a paper travels."""
    returned, to_review = waiting.returned_to(member), waiting.to_review(member)
    to_approve = waiting.to_approve(member)
    counter, to_receive = waiting.at_the_counter(member), waiting.to_receive(member)
    to_confirm, to_comment = waiting.to_confirm(member), waiting.to_comment(member)
    outgoing = reverse("outgoing")
    return [
        _list(_("drafts to repair"), returned, map(work_rows.returned, returned[:ROWS]), f"{outgoing}?loc=du-thao"),
        _list(_("papers to review"), to_review, map(work_rows.to_review, to_review[:ROWS]), f"{outgoing}?loc=cho-ky"),
        _list(
            _("papers to approve"), to_approve, map(work_rows.to_approve, to_approve[:ROWS]), f"{outgoing}?loc=cho-ky"
        ),
        _list(
            _("papers at the clerk's desk"),
            counter,
            map(work_rows.at_the_counter, counter[: 2 * ROWS]),
            reverse("clerk"),
        ),
        _list(
            _("papers to receive"),
            to_receive,
            work_rows.to_receive(to_receive.select_related("directive").defer(*waiting.PAPER)[:ROWS]),
            f"{reverse('inbox')}?loc=cho-tiep-nhan",
        ),
        _list(
            _("drafts to comment on"),
            to_comment,
            work_rows.to_comment(to_comment.select_related("consultation")[:ROWS]),
            reverse("my_work"),
        ),
        _list(
            _("reports to confirm"),
            to_confirm,
            work_rows.to_confirm(waiting.with_papers(to_confirm)[:ROWS]),
            f"{reverse('tasks')}?xem={FOLLOWED}&loc=da-bao-cao",
        ),
    ]


def _list(name: str, everything: QuerySet[Any], rows: Iterable[Row], address: str) -> WorkList:
    shown = list(rows)
    # Only a full list may have more than it shows.
    return WorkList(shown, len(shown) if len(shown) < ROWS else everything.count(), address, name)
