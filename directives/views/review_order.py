"""The administrator's page on through whose hands a committee's papers go before they reach the signer."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives.actions import reviewing
from directives.formats import DOCUMENT_TYPES, type_named
from directives.forms.review_order import ReviewOrderForm
from directives.models import ReviewPlace
from orgs.clock import CLOCK
from orgs.forms.fields import Scope
from orgs.models import Organization
from orgs.requests import MemberRequest
from orgs.verdicts import Refused
from orgs.views.acts import NOT_NOW, administered_body


@dataclass(frozen=True, slots=True)
class Order:
    """The order of one type, for the list beside the form."""

    type: str
    name: str
    places: list[ReviewPlace]


@require_http_methods(["GET", "HEAD", "POST"])
def review_order(request: MemberRequest, code: str) -> HttpResponse:
    """Show the orders that are kept, and set the one of a type; an order without posts is given up."""
    organization = administered_body(request, code)
    scope = Scope(organization, request.member, CLOCK.today())
    orders = _orders(organization)
    if request.method != "POST":
        wanted = request.GET.get("loai", "")
        places = next((order.places for order in orders if order.type == wanted), [])
        form = ReviewOrderForm(initial=ReviewOrderForm.initial_of(places, wanted), scope=scope)
        return _page(request, organization, form, orders)
    form = ReviewOrderForm(request.POST, scope=scope)
    if not form.is_valid():
        return _page(request, organization, form, orders, code=400)
    try:
        reviewing.set_order(organization.pk, form.cleaned_data["type"], form.places(), by=request.member, clock=CLOCK)
    except Refused as refusal:
        form.refuse(refusal)
        return _page(request, organization, form, orders, code=NOT_NOW)
    messages.success(request, _("The order of review holds from the next submission on."))
    return redirect("review_order", code)


def _orders(organization: Organization) -> list[Order]:
    kept: dict[str, list[ReviewPlace]] = {}
    for place in organization.review_order.all():
        kept.setdefault(place.type, []).append(place)
    types = ["", *(one.code for one in DOCUMENT_TYPES)]
    names = {"": _("All papers without an order of their own")}
    return [Order(code, names.get(code) or type_named(code).name, kept[code]) for code in types if code in kept]


def _page(
    request: MemberRequest, organization: Organization, form: ReviewOrderForm, orders: list[Order], *, code: int = 200
) -> HttpResponse:
    context = {
        "organization": organization,
        "name": organization.as_of(CLOCK.today()).name,
        "form": form,
        "orders": orders,
        "here": "directory",
    }
    return render(request, "directives/review_order.html", context, status=code)
