"""Posts and accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orgs.actions.accounts import AccountFacts
from orgs.actions.posts import PostFacts
from orgs.forms.fields import NOT_CHOSEN, ActForm, DayField
from orgs.models import Role


class PostForm(ActForm):
    """What post is held, and from when to when."""

    role = forms.ChoiceField(label=_("Role"), choices=[NOT_CHOSEN, *Role.choices])
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        required=False,
        help_text=_("As the office says it; it stands in the history of papers."),
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Last day"), required=False)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """A post mostly begins today."""
        return self.scope.day if field_name == "starts_on" else super().get_initial_for_field(field, field_name)

    def post(self) -> PostFacts:
        """What the action needs; for a valid form."""
        facts = self.cleaned_data
        return PostFacts(
            role=Role(facts["role"]), title=facts["title"], starts_on=facts["starts_on"], ends_on=facts["ends_on"]
        )


class GivePostForm(PostForm):
    """A post for somebody who signs in already."""

    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=64,
        help_text=_("Of a person who has an account, also in another body."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    field_order = ["username"]


class OpenAccountForm(PostForm):
    """A new person and the first post."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{2,63}$",
        label=_("Sign-in name"),
        help_text=_("Small letters without accents and digits, at least three; it is never given to somebody else."),
        error_messages={"invalid": _("At least three small letters without accents or digits; also . - _ inside.")},
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.RegexField(
        r"^\+?[\d .]{6,24}$",
        label=_("Telephone"),
        required=False,
        error_messages={"invalid": _("Write the telephone number with digits.")},
    )
    field_order = ["full_name", "username", "email", "phone"]

    def account(self) -> AccountFacts:
        """What the action needs; for a valid form."""
        facts = self.cleaned_data
        return AccountFacts(
            username=facts["username"], full_name=facts["full_name"], email=facts["email"], phone=facts["phone"]
        )


class ReasonForm(ActForm):
    """Why an account is closed or opened again."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class PlainForm(ActForm):
    """An act that asks for nothing more."""


class LastDayForm(ActForm):
    """With what day something ends."""

    last_day = DayField(
        label=_("Last day"), required=False, help_text=_("Leave empty to end it at once: its last day was yesterday.")
    )


class TermEndForm(ActForm):
    """With what day a term ends."""

    last_day = DayField(label=_("Last day"), help_text=_("The closing day of the congress."))
