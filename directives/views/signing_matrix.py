"""Who may sign what for a body, today or on a chosen day."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from directives.signers import Signers, matrix_of
from orgs.clock import CLOCK
from orgs.forms.fields import DayField
from orgs.models import Authority, Organization
from orgs.permissions import administered_by
from orgs.requests import MemberRequest

SHOWN_AFTER_THE_END = timedelta(days=365)
"""How long an authority that has ended stands beneath the matrix."""


class OnDayForm(forms.Form):
    """The day for which the matrix is shown."""

    ngay = DayField(label=_("On the day"), required=False)


@require_safe
def signing_matrix(request: MemberRequest, code: str) -> HttpResponse:
    """The matrix, then what is to come and what has ended within a year."""
    organization = get_object_or_404(Organization, code=code)
    today = CLOCK.today()
    form = OnDayForm(request.GET or None, label_suffix="")
    day: date = (form.is_valid() and form.cleaned_data["ngay"]) or today
    signers = Signers([organization.pk], day)
    authorities = Authority.objects.filter(organization=organization).select_related("person", "in_place_of__person")
    ended = authorities.filter(ends_on__lt=day, ends_on__gte=day - SHOWN_AFTER_THE_END)
    matrix = matrix_of(organization, signers)
    context = {
        "organization": organization,
        "now": organization.as_of(day),
        "form": form,
        "day": day,
        "is_today": day == today,
        "matrix": matrix,
        "columns": [(authority, signers.note_on(authority)) for authority in matrix.columns],
        "to_come": list(authorities.filter(starts_on__gt=day).order_by("starts_on", "pk")),
        "ended": list(ended.order_by("-ends_on", "pk")),
        "administers": organization.pk in administered_by(request.member, today),
        "here": "directory",
    }
    return render(request, "directives/signing_matrix.html", context, status=400 if form.errors else 200)
