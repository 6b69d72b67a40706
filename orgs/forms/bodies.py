"""A body is entered, gets other names, ends."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from orgs.actions.bodies import Names
from orgs.forms.fields import (
    NOT_CHOSEN,
    ActForm,
    DayField,
    LinesField,
    ManyChecks,
    ManyOptions,
    bodies_as_choices,
    offer,
)
from orgs.models import OrganizationKind, OrganizationVersion
from orgs.models.organization import FEWEST_BLANK_LINES, MOST_BLANK_LINES
from orgs.permissions import administered_by

CODE = forms.RegexField(
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    label=_("Code"),
    max_length=64,
    help_text=_("Small letters without accents, digits and hyphens, for example du-moc-xuyen. It never changes."),
    error_messages={"invalid": _("Only small letters without accents, digits and hyphens.")},
)


class NamesForm(ActForm):
    """What a body is called and how its letter is headed, from a day."""

    valid_from = DayField(label=_("From"))
    name = forms.CharField(label=_("Name"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[NOT_CHOSEN, *OrganizationKind.choices])
    superior_line = forms.CharField(
        label=_("Superior line of the head"),
        max_length=200,
        required=False,
        help_text=_("The upper line of a letter's head, in capitals."),
    )
    name_line = forms.CharField(
        label=_("Name line of the head"), max_length=200, help_text=_("As it stands on the letter, in capitals.")
    )
    symbol = forms.CharField(
        label=_("Symbol"),
        max_length=32,
        required=False,
        help_text=_("What stands behind the type in a number: TU in 745-CV/TU."),
    )
    place = forms.CharField(label=_("Place"), max_length=80, required=False)
    signature_blank_lines = forms.IntegerField(
        label=_("Blank lines for the signature"),
        min_value=FEWEST_BLANK_LINES,
        max_value=MOST_BLANK_LINES,
        required=False,
        help_text=_("Between position and name; four where nothing is entered."),
    )
    mail_addresses = LinesField(
        label=_("Mail addresses"),
        longest=254,
        required=False,
        help_text=_("One a line; notices of new papers go there."),
    )
    aliases = LinesField(
        label=_("Other names"),
        required=False,
        help_text=_("One a line; ways in which papers name this body, so that it is recognised."),
    )

    def clean_mail_addresses(self) -> tuple[str, ...]:
        """The addresses, each one valid."""
        addresses: tuple[str, ...] = self.cleaned_data["mail_addresses"]
        for address in addresses:
            validate_email(address)
        return addresses

    def names(self, superior_id: UUID | None) -> Names:
        """What the action needs; for a valid form."""
        facts = {field: self.cleaned_data[field] for field in NamesForm.base_fields}
        return Names(superior_id=superior_id, **facts)


class EnterBodyForm(NamesForm):
    """A new body below the one of the page."""

    code = CODE
    field_order = ["valid_from", "name", "code"]


class RenameBodyForm(NamesForm):
    """The next names of a body, and the body above it."""

    superior = forms.ChoiceField(label=_("Directly below"), required=False, widget=ManyOptions)
    field_order = ["valid_from", "name", "short_name", "kind", "superior"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope, above = self.scope, self._last.superior_id
        within = (administered_by(scope.member, scope.day) | ({above} - {None})) - {scope.organization.pk}
        nobody = [] if above else [("", "–")]
        offer(self, "superior", [*nobody, *bodies_as_choices(scope.day, within=[body for body in within if body])])

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """What holds until now, apart from the day."""
        if field_name == "superior":
            return str(self._last.superior_id or "")
        return getattr(self._last, field_name, None) if field_name != "valid_from" else None

    @property
    def superior_id(self) -> UUID | None:
        """The body above, for a valid form."""
        chosen: str = self.cleaned_data["superior"]
        return UUID(chosen) if chosen else None

    @property
    def _last(self) -> OrganizationVersion:
        return self.scope.organization.versions.latest("valid_from")


class EndBodyForm(ActForm):
    """From which day a body is no more, by what, and who succeeds it."""

    ended_on = DayField(label=_("First day without it"), help_text=_("Its last day is the day before."))
    instrument = forms.CharField(
        label=_("Basis"), max_length=200, help_text=_("Number, symbol and date of the decision.")
    )
    successors = forms.MultipleChoiceField(label=_("Successors"), required=False, widget=ManyChecks)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = str(self.scope.organization.pk)
        offer(self, "successors", [choice for choice in bodies_as_choices(self.scope.day) if choice[0] != own])

    @property
    def successor_ids(self) -> tuple[UUID, ...]:
        """The chosen bodies, for a valid form."""
        return tuple(UUID(chosen) for chosen in self.cleaned_data["successors"])
