"""What every form has that changes something."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from orgs.verdicts import Refused


class PressForm(forms.Form):
    """A form that is done once, however often it is sent: its key is drawn when it is shown."""

    use_required_attribute = False

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def refuse(self, refusal: Refused, field: str | None = None) -> None:
        """Show why it was not done, above the fields or at the one that was wrong, with everything typed kept."""
        for reason in refusal.reasons:
            self.add_error(field, str(reason))
