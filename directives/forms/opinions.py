"""Forms of opinions on passages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from directives.forms.pressing import PressForm


class OpinionForm(PressForm):
    """An opinion on a passage (its block and what it says) or, without a block, on the whole paper."""

    block = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    quote = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
    words = forms.CharField(label=_("Opinion"), widget=forms.Textarea(attrs={"rows": 3}), max_length=5000)


class AnswerForm(PressForm):
    """What was made of an opinion."""

    answer = forms.CharField(label=_("What was made of it"), widget=forms.Textarea(attrs={"rows": 2}), max_length=5000)
