"""The form of what a draft does to an issued paper."""

from __future__ import annotations

from django import forms

from directives.forms.pressing import PressForm
from directives.models import CorrectionKind


class CorrectionForm(PressForm):
    """Which paper, and what is done to it; without a kind it is left as it is."""

    paper = forms.UUIDField()
    kind = forms.ChoiceField(choices=[("", ""), *CorrectionKind.choices], required=False)
