"""Forms of the registers: the period of a list, a number that is kept, a number for a secret paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directives.formats.types import DOCUMENT_TYPES
from directives.forms.pressing import PressForm
from orgs.forms.fields import NOT_CHOSEN, DayField, offer

Choices = list[tuple[str, str]]
TYPES = [(document_type.code, document_type.name) for document_type in DOCUMENT_TYPES]


class PeriodForm(forms.Form):
    """From which day to which a register is shown; the names stand in the address."""

    use_required_attribute = False

    tu = DayField(label=_("From"), required=False)
    den = DayField(label=_("To"), required=False)


class BookForm(PressForm):
    """In whose book, and in the series of which type, a number is taken."""

    body = forms.ChoiceField(label=_("Issuing body"))
    type = forms.ChoiceField(label=_("Type"), choices=TYPES, initial="CV")

    def __init__(self, *args: Any, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "body", bodies)


class ReserveForm(BookForm):
    """Keep a number: what for, and until when."""

    reserved_for = forms.CharField(
        label=_("Kept for"), max_length=300, help_text=_("The paper that is to come; the book shows these words.")
    )
    until = DayField(label=_("Until the end of"))


class SecretNumberForm(BookForm):
    """A number for a paper in the secret register; nothing of the paper is asked, and no type is taken for granted."""

    type = forms.ChoiceField(label=_("Type"), choices=[NOT_CHOSEN, *TYPES])
