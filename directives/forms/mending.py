"""The button beside a finding: which change is agreed to, and on which round of the draft."""

from __future__ import annotations

from django import forms

from directives.findings.remedies import Remedy
from directives.forms.pressing import PressForm


class MendForm(PressForm):
    """A press that names a change; everything in it was written by the page."""

    remedy = forms.ChoiceField(choices=[(remedy.value, remedy.value) for remedy in Remedy])
    block = forms.CharField(max_length=32)
    value = forms.CharField(max_length=64, required=False)
    version = forms.IntegerField(min_value=0)

    @property
    def fix_key(self) -> tuple[str, str, str]:
        """What tells the change from the others; for a valid form."""
        facts = self.cleaned_data
        return facts["remedy"], facts["block"], facts["value"]
