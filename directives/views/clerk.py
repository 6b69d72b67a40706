"""The clerk's desk: what waits for a number, a seal or its issue, what was issued, and mails that did not arrive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from directives import permissions
from directives.actions import sending_again
from directives.forms.steps import PlainStepForm
from directives.models import Delivery, Directive, Notice, OutboxRow
from directives.models.directive import DirectiveQuerySet
from directives.views import waiting, work_rows
from directives.views.counts import counts_of
from directives.views.failed_mails import FailedMail, failed_mails, not_sent
from directives.views.pages import Page, page_of_list
from directives.views.pressing import NOT_ALLOWED, NOT_NOW, press
from directives.views.work_rows import Row
from directives.workflow import DirectiveState
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.models import Role
from orgs.requests import MemberRequest
from orgs.verdicts import Refused

NUMBERED = Q(state=DirectiveState.NUMBERED)
PAPERS: dict[str, tuple[str | Promise, Q]] = {
    "cho-cap-so": (gettext_lazy("Waiting for a number"), Q(state=DirectiveState.APPROVED)),
    "cho-dau": (gettext_lazy("Numbered, waiting for the seal"), NUMBERED & Q(sealed_on__isnull=True)),
    "cho-phat-hanh": (gettext_lazy("Waiting to be issued"), NUMBERED & Q(sealed_on__isnull=False)),
    "da-phat-hanh": (gettext_lazy("Issued"), Q(state=DirectiveState.ISSUED)),
}
ISSUED, NOT_SENT, TO_RECEIVE = "da-phat-hanh", "gui-khong-thanh-cong", "cho-tiep-nhan"


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab; `count` is None where nothing waits: papers that were issued only grow in number."""

    name: str
    address: str
    chosen: bool
    count: int | None


@require_safe
def clerk(request: MemberRequest) -> HttpResponse:
    """One tab of the desk over all bodies in which the member is clerk (`xem`); the first tab when none is named."""
    member = request.member
    if not member.organizations_as(Role.CLERK):
        raise Refused(_("This is the desk of clerks. Your posts today do not include it."))
    chosen = request.GET.get("xem", "")
    chosen = chosen if chosen in {*PAPERS, NOT_SENT, TO_RECEIVE} else next(iter(PAPERS))
    page, rows, failed = _content(request, chosen)
    work_rows.mark(rows, member)
    context = {
        "tabs": _tabs(member, chosen, counts_of(request, member)[waiting.to_receive]),
        "page": page,
        "rows": rows,
        "failed": failed,
        "chosen": chosen,
        "empty": EMPTY[chosen],
    }
    return render(request, "directives/clerk.html", context)


@require_POST
def send_again(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Have one mail sent again."""
    notice = get_object_or_404(_mails_in_sight(request.member), pk=pk)
    directive = notice.directive
    back = reverse("consultation", args=[directive.pk]) if notice.consulted else f"{reverse('clerk')}?xem={NOT_SENT}"
    form = PlainStepForm(request.POST)
    if not form.is_valid():
        return redirect(back)
    try:
        response = press(request, form.cleaned_data["key"], lambda: _again(request, notice, back))
    except Refused as refusal:
        code = NOT_NOW if permissions.may_send_again(request.member, notice) else NOT_ALLOWED
        context = {"reasons": refusal.reasons, "directive": directive}
        return render(request, "refused.html", context, status=code)
    messages.success(request, _("The mail to %(address)s is sent again.") % {"address": notice.address})
    return response


def _mails_in_sight(member: Member) -> QuerySet[Notice]:
    """Mails about deliveries that the member may see, and about drafts of the bodies for which the member drafts."""
    drafts = Directive.objects.visible_to(member).filter(drafting_body__in=member.organizations_as(Role.DRAFTER))
    seen = Q(delivery__in=Delivery.objects.visible_to(member)) | Q(consulted__consultation__directive__in=drafts)
    return Notice.objects.filter(seen).with_what_they_tell()


def _again(request: MemberRequest, notice: Notice, back: str) -> str:
    sending_again.send_again(notice.pk, by=request.member, clock=CLOCK)
    return back


def _tabs(member: Member, chosen: str, to_receive: int) -> list[Tab]:
    def tab(slug: str, name: str | Promise, count: int | None) -> Tab:
        return Tab(str(name), f"{reverse('clerk')}?xem={slug}", slug == chosen, count)

    # What was issued is most of all papers, and is not looked at.
    desk = _papers(member).filter(state__in=[DirectiveState.APPROVED, DirectiveState.NUMBERED]).order_by()
    counted = {slug: Count("pk", filter=state) for slug, (_name, state) in PAPERS.items() if slug != ISSUED}
    counts: dict[str, int] = desk.aggregate(**counted)
    return [
        *(tab(slug, name, counts.get(slug)) for slug, (name, _state) in PAPERS.items()),
        tab(NOT_SENT, _("Not sent successfully"), _not_sent(member).count()),
        tab(TO_RECEIVE, _("Incoming papers to be received"), to_receive),
    ]


def _papers(member: Member) -> DirectiveQuerySet:
    return Directive.objects.visible_to(member).filter(issuer__in=member.organizations_as(Role.CLERK))


def _not_sent(member: Member) -> QuerySet[OutboxRow]:
    return not_sent(Notice.objects.filter(delivery__directive__in=_papers(member)))


Content = tuple[Page[Directive] | Page[Delivery] | Page[OutboxRow], list[Row], list[FailedMail]]


def _content(request: MemberRequest, chosen: str) -> Content:
    member = request.member
    if chosen == NOT_SENT:
        mails = page_of_list(request, _not_sent(member))
        return mails, [], failed_mails(mails.rows)
    if chosen == TO_RECEIVE:
        came = page_of_list(request, waiting.to_receive(member).select_related("directive"))
        return came, list(work_rows.to_receive(came.rows)), []
    order = "-issued_at" if chosen == ISSUED else "changed_at"
    papers = _papers(member).filter(PAPERS[chosen][1]).order_by(order, "pk").defer("text", "frozen")
    page = page_of_list(request, papers)
    row: Callable[[Directive], Row] = work_rows.issued if chosen == ISSUED else work_rows.at_the_counter
    return page, [row(directive) for directive in page.rows], []


EMPTY: dict[str, str | Promise] = {
    "cho-cap-so": gettext_lazy(
        "Papers that a signer has approved appear here, to be noted as signed and to be numbered."
    ),
    "cho-dau": gettext_lazy("Numbered papers whose seal is not on record appear here."),
    "cho-phat-hanh": gettext_lazy("Papers that are numbered and sealed appear here, to be issued."),
    ISSUED: gettext_lazy("Papers appear here once they are issued."),
    NOT_SENT: gettext_lazy("Mails that a mail server did not take, or that are in doubt, appear here. There are none."),
    TO_RECEIVE: gettext_lazy("Papers that other bodies send to yours appear here until they are received."),
}
"""What would fill an empty tab."""
