"""One report for several shares of a unit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives.actions import tracking
from directives.forms.report import ReportForm
from directives.models import Assignment
from directives.views import waiting
from directives.views.pressing import taken
from orgs.clock import CLOCK
from orgs.forms.fields import offer
from orgs.requests import MemberRequest
from orgs.views.names import names_on


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: MemberRequest) -> HttpResponse:
    """The form with the share that was chosen; the unit's other unfinished shares may be added to it."""
    if request.method != "POST":
        return _empty_form(request)
    # Finished shares too: the second press of a form that is sent twice must find what it answered.
    shares = Assignment.objects.visible_to(request.member).filter(waiting.in_my_units(request.member))
    form = ReportForm(request.POST, shares=shares.select_related("task__directive"), today=CLOCK.today())
    return taken(
        request,
        form,
        lambda: _report(request, form),
        show=lambda _form, code: _page(request, form, _of_the_same_unit(request, form), code=code),
        done=_("The report is handed in."),
    )


def _empty_form(request: MemberRequest) -> HttpResponse:
    open_shares = waiting.my_shares(request.member).select_related("task__directive")
    first = _asked_for(request, open_shares)
    if first is None:
        return render(request, "directives/nothing_to_report.html")
    initial: dict[str, Any] = {"dated_on": CLOCK.today(), "shares": [first.pk]}
    own = _shares_of(open_shares, first)
    return _page(request, ReportForm(initial=initial, shares=own, today=CLOCK.today()), own)


def _asked_for(request: MemberRequest, open_shares: QuerySet[Assignment]) -> Assignment | None:
    """The share in the address, else the one that is due first; 404 for one that is not the member's."""
    asked = request.GET.get("phan-viec", "")
    if not asked:
        return open_shares.order_by("due_at", "pk").first()
    try:
        wanted = UUID(asked)
    except ValueError:
        raise Http404 from None
    mine = Assignment.objects.visible_to(request.member).filter(waiting.in_my_units(request.member))
    if not mine.filter(pk=wanted).exists():
        raise Http404
    return open_shares.filter(pk=wanted).first()


def _shares_of(open_shares: QuerySet[Assignment], first: Assignment) -> QuerySet[Assignment]:
    """The unfinished shares of the same unit, the chosen one first."""
    chosen = Case(When(pk=first.pk, then=Value(0)), default=Value(1), output_field=IntegerField())
    own = open_shares.filter(organization=first.organization_id)
    return own.order_by(chosen, "due_at", "task__position", "pk")


def _of_the_same_unit(request: MemberRequest, form: ReportForm) -> QuerySet[Assignment]:
    """What the form shows after an error: the unfinished shares of the unit whose share was chosen first."""
    open_shares = waiting.my_shares(request.member).select_related("task__directive")
    chosen = form.data.getlist("shares") if hasattr(form.data, "getlist") else []
    for value in chosen:
        try:
            first = open_shares.filter(pk=UUID(value)).first()
        except ValueError:
            first = None
        if first is not None:
            return _shares_of(open_shares, first)
    return open_shares


def _report(request: MemberRequest, form: ReportForm) -> str:
    shares = [share.pk for share in form.cleaned_data["shares"]]
    tracking.report(shares, form.facts(), by=request.member, clock=CLOCK)
    return reverse("task", args=[shares[0]]) if len(shares) == 1 else reverse("tasks")


def _page(request: MemberRequest, form: ReportForm, shares: QuerySet[Assignment], *, code: int = 200) -> HttpResponse:
    offer(form, "shares", shares)
    shown = list(shares)
    names = names_on(CLOCK.today(), [share.organization_id for share in shown])
    chosen = {str(value) for value in form["shares"].value() or []}
    context = {
        "form": form,
        "unit": next(iter(names.values()), "") if len(names) == 1 else "",
        "others": sum(str(share.pk) not in chosen for share in shown),
    }
    return render(request, "directives/report.html", context, status=code)
