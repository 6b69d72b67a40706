"""The papers that came to the member's units: receive them, or give them back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directives import permissions
from directives.actions import delivering
from directives.filters import ArrivalFilter
from directives.forms.pressing import PressForm
from directives.forms.steps import PlainStepForm, ReasonForm
from directives.models import Delivery, IncomingEntry, changes_for
from directives.views import status
from directives.views.filtering import filters_of, names_of
from directives.views.marking import marked
from directives.views.pages import page_of_list
from directives.views.pressing import Act, act_page, page_of, press, refusal_page, status_of_refusal, taken
from directives.views.status import Status
from directives.workflow import UNIT_STAFF, DeliveryState, Step
from orgs.clock import CLOCK
from orgs.requests import MemberRequest
from orgs.verdicts import Refused
from orgs.views.names import names_on

LENGTH = 25
"""Rows of a page: units often sit on a slow line, and a row with its form weighs twice as much as elsewhere."""


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One paper that came to one unit; `key` when it may be received with one press."""

    delivery: Delivery
    subject: SafeString
    issuer: str
    unit: str
    status: Status
    incoming_number: int | None
    key: UUID | None


@require_safe
def inbox(request: MemberRequest) -> HttpResponse:
    """All papers of all the member's units in one list, those that wait to be received first."""
    member = request.member
    waiting = When(state__in=[DeliveryState.SENT, DeliveryState.ARRIVED], then=Value(0))
    came = Delivery.objects.came_to(member)
    chosen = ArrivalFilter(request.GET, came)
    found = chosen.qs.select_related("directive", "incoming_entry", "received_by")
    found = found.prefetch_related(changes_for(member, "directive__"))
    ordered = found.annotate(place=Case(waiting, default=Value(1), output_field=IntegerField()))
    page = page_of_list(
        request, ordered.order_by("place", "-sent_at").defer("directive__text", "directive__frozen"), LENGTH
    )
    filters = filters_of(request, chosen, units=names_of(member.organizations_as(*UNIT_STAFF)))
    ids = [delivery.organization_id for delivery in page.rows] + [each.directive.issuer_id for each in page.rows]
    names = names_on(CLOCK.today(), ids)
    rows = [
        InboxRow(
            delivery=delivery,
            subject=marked(f"{delivery.directive.type_name} · {delivery.directive.subject}", filters.words),
            issuer=names[delivery.directive.issuer_id],
            unit=names[delivery.organization_id],
            status=status.of_delivery(delivery),
            incoming_number=delivery.incoming_entry.number if hasattr(delivery, "incoming_entry") else None,
            key=uuid4() if permissions.may(member, Step.RECEIVE, delivery) else None,
        )
        for delivery in page.rows
    ]
    several = len({delivery.organization_id for delivery in page.rows}) > 1
    label = _("Number, incoming number, subject or words of the text")
    context = {"rows": rows, "page": page, "filters": filters, "search_label": label, "several_units": several}
    return render(request, "directives/inbox.html", context)


@require_POST
def receive(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Receive a paper and enter it into the unit's book, in one press."""
    delivery = get_object_or_404(Delivery.objects.visible_to(request.member).select_related("directive"), pk=pk)
    form = PlainStepForm(request.POST)
    if not form.is_valid():
        return redirect("directive", delivery.directive_id)
    try:
        response = press(request, form.cleaned_data["key"], lambda: _receive(request, delivery))
    except Refused as refusal:
        code = status_of_refusal(request.member, Step.RECEIVE, delivery)
        context = {"reasons": refusal.reasons, "directive": delivery.directive}
        return render(request, "refused.html", context, status=code)
    entry = IncomingEntry.objects.get(delivery=delivery)
    facts = {"number": delivery.directive.printed_number, "incoming": f"{entry.number:02d}"}
    messages.success(request, _("%(number)s is received; incoming number %(incoming)s.") % facts)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def misdirect(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Give back a paper that is not for this unit, with the reason."""
    deliveries = Delivery.objects.visible_to(request.member).select_related("directive")
    delivery = get_object_or_404(deliveries, pk=pk)
    if request.method != "POST":
        refusal = refusal_page(request, Step.MISDIRECT, delivery, delivery.directive)
        return refusal or _misdirect_page(request, delivery, ReasonForm())
    form = ReasonForm(request.POST)
    return taken(
        request,
        form,
        lambda: _misdirect(request, delivery, form),
        show=lambda form, code: _misdirect_page(request, delivery, form, code=code),
        done=_("The paper went back to its sender with your reason."),
        refused=lambda: status_of_refusal(request.member, Step.MISDIRECT, delivery),
    )


def _receive(request: MemberRequest, delivery: Delivery) -> str:
    delivering.receive(delivery.pk, by=request.member, clock=CLOCK)
    return page_of(delivery.directive, request.member)


def _misdirect(request: MemberRequest, delivery: Delivery, form: PressForm) -> str:
    delivering.return_as_misdirected(delivery.pk, reason=form.cleaned_data["reason"], by=request.member, clock=CLOCK)
    return reverse("inbox")


def _misdirect_page(request: MemberRequest, delivery: Delivery, form: PressForm, *, code: int = 200) -> HttpResponse:
    number = delivery.directive.printed_number
    act = Act(
        word=str(Step.MISDIRECT.label),
        lead=_(
            "The paper leaves your unit's list, and its tasks there are no longer followed."
            " The sender sees your reason."
        ),
        back=reverse("directive", args=[delivery.directive_id]),
        back_to=number,
        button=_("Return %(number)s") % {"number": number},
        dangerous=True,
    )
    return act_page(request, form, act, code=code)
