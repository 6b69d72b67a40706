"""What every form has that changes something."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from orgs.verdicts import Refused

DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


class PressForm(forms.Form):
    """A form that is done once, however often it is sent: its key is drawn when it is shown."""

    use_required_attribute = False

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def refuse(self, refusal: Refused) -> None:
        """Show why it was not done, above the fields, with everything typed kept."""
        for reason in refusal.reasons:
            self.add_error(None, str(reason))


class DayField(forms.DateField):
    """A day as the office writes it, 24/11/2026, whatever the browser's language."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"placeholder": "24/11/2026", "inputmode": "numeric", "autocomplete": "off", "class": "day"}
        kwargs.setdefault("error_messages", {"invalid": _("Write the day as 24/11/2026.")})
        super().__init__(input_formats=DAY_FORMATS, widget=forms.DateInput(format="%d/%m/%Y", attrs=attrs), **kwargs)

    def clean(self, value: Any) -> date | None:
        """The day, or None when the field may be empty; years are those of the office's life."""
        day: date | None = super().clean(value)
        if day is not None and not 1930 <= day.year <= 2200:
            raise forms.ValidationError(self.error_messages["invalid"])
        return day
