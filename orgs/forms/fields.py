"""What the forms of the administrator are made of: days, lists of lines, choices of bodies."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from orgs.member import Member
from orgs.models import Organization, OrganizationVersion
from orgs.verdicts import Refused

DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
Choices = list[tuple[str, str]]
NOT_CHOSEN = ("", _("not chosen yet"))
"""Stands first, so that nothing is given, and nobody gets it, because its name begins the list."""


@dataclass(frozen=True, slots=True)
class Scope:
    """For which body a form is filled in, by whom and on what day: its choices follow from these."""

    organization: Organization
    member: Member
    day: date


class ActForm(forms.Form):
    """A form of the administrator; a refusal keeps what was typed."""

    use_required_attribute = False

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.scope = scope

    def refuse(self, refusal: Refused) -> None:
        """Show above the fields why it was not done."""
        for reason in refusal.reasons:
            self.add_error(None, str(reason))


def offer(form: forms.Form, name: str, choices: Sequence[tuple[Any, Any]] | QuerySet[Any]) -> None:
    """Put the choices, or the rows of a table, into the field of this name, which offers some."""
    field = form.fields[name]
    if isinstance(choices, QuerySet):
        cast("forms.ModelChoiceField[Any]", field).queryset = choices
    else:
        cast(forms.ChoiceField, field).choices = choices


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


class ManyOptions(forms.Select):
    """A choice of hundreds: written here, because Django opens a template for each option."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The options without groups, as Django writes them."""
        options = _options(self, name, value)
        rows = format_html_join("", "<option{}>{}</option>", ((_attributes(each), each["label"]) for each in options))
        held = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(held), rows)


class ManyChecks(forms.CheckboxSelectMultiple):
    """Check boxes for hundreds: written here for the same reason."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """A line for each, as Django writes them."""
        held = self.build_attrs(self.attrs, attrs)
        options = _options(self, name, value, held)
        boxes = ((_attributes(each, type="checkbox", name=name), each["label"]) for each in options)
        rows = format_html_join("", "<div><label><input{}> {}</label></div>", boxes)
        return format_html('<div id="{}">{}</div>', held.get("id", name), rows)


def _options(widget: forms.widgets.ChoiceWidget, name: str, value: Any, attrs: Any = None) -> list[dict[str, Any]]:
    groups = widget.optgroups(name, widget.format_value(value), attrs)
    return [option for _name, options, _index in groups for option in options]


def _attributes(option: dict[str, Any], **more: str) -> SafeString:
    return flatatt({**more, "value": str(option["value"]), **option["attrs"]})


class LinesField(forms.CharField):
    """A list, one entry a line; `longest` is the length of an entry."""

    def __init__(self, *, longest: int = 200, rows: int = 2, **kwargs: Any) -> None:
        super().__init__(max_length=4000, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
        self.longest = longest

    def prepare_value(self, value: Any) -> Any:
        """A list as lines; what was typed stays as it was typed."""
        return value if isinstance(value, str) or value is None else "\n".join(value)

    def clean(self, value: Any) -> tuple[str, ...]:
        """The entries, each once, without empty lines."""
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        if any(len(line) > self.longest for line in lines):
            raise forms.ValidationError(_("A line has at most %(most)s letters."), params={"most": self.longest})
        return tuple(dict.fromkeys(line for line in lines if line))


def bodies_as_choices(day: date, *, within: Collection[UUID] | None = None) -> Choices:
    """The bodies that exist on `day`, by id and name in the order of the alphabet; all of them, or those `within`."""
    versions = OrganizationVersion.objects.in_force_on(day).filter(organization__in=Organization.objects.active_on(day))
    if within is not None:
        versions = versions.filter(organization__in=within)
    return [(str(body), name) for body, name in versions.order_by("sort_key").values_list("organization_id", "name")]
