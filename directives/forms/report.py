"""The form of a unit's report."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from directives.actions.tracking import ReportFacts, faults_of
from directives.forms.pressing import PressForm
from directives.models import Assignment
from orgs.forms.fields import DayField, offer


class SharesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # takes no argument when the program runs
    """The shares that the report answers, each with its paper and words."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Assignment) -> str:
        """`745-CV/HU, 1. Kiểm tra ...`."""
        item = f"{obj.task.marker} {obj.task.text}".strip()
        return f"{obj.task.directive.printed_number} · {item}"


class ReportForm(PressForm):
    """The unit's paper: number and symbol (may be empty), date, text, and the shares that it answers."""

    number = forms.RegexField(
        r"^\d{0,5}[a-zđ]?$",
        label=_("Number"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={"invalid": _("Write the number alone, for example 12.")},
    )
    symbol = forms.CharField(
        label=_("Symbol"),
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs={"placeholder": "BC/ĐU", "class": "short"}),
    )
    dated_on = DayField(label=_("Date"))
    text = forms.CharField(label=_("Result"), max_length=20000, widget=forms.Textarea(attrs={"rows": 7}))
    shares = SharesField(label=_("This report answers"), queryset=Assignment.objects.none())

    def __init__(self, *args: Any, shares: QuerySet[Assignment], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        offer(self, "shares", shares)

    def clean(self) -> dict[str, Any]:
        """What the action would refuse is told at its field, all of it at once."""
        facts: dict[str, Any] = super().clean() or {}
        if "dated_on" in facts:
            told = {name: facts.get(name, "") for name in ("number", "symbol", "text")}
            for name, words in faults_of(ReportFacts(dated_on=facts["dated_on"], **told), self.today):
                if name not in self.errors:
                    self.add_error(name, words)
        return facts

    def facts(self) -> ReportFacts:
        """What the action needs; for a valid form."""
        facts = self.cleaned_data
        return ReportFacts(
            number=facts["number"], symbol=facts["symbol"], dated_on=facts["dated_on"], text=facts["text"]
        )
