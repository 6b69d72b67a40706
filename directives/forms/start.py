"""Forms that begin a draft with a text that is there already."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from directives.actions.starting import Bodies
from directives.document import Document, DocumentError
from directives.forms.choices import IssuerPair
from directives.forms.pressing import PressForm
from orgs.forms.fields import offer

LARGEST_TEXT = 5 * 1024 * 1024


class StartForm(PressForm):
    """For which body, and the answer to the question of state secrets that comes before every draft."""

    pair = forms.ChoiceField(label=_("To be issued by"))
    no_secret = forms.BooleanField(
        label=_("The paper holds no state secret"),
        error_messages={"required": _("Papers that hold a state secret are not drafted on this system.")},
    )

    def __init__(self, *args: Any, pairs: list[IssuerPair], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "pair", [(pair.value, pair.words) for pair in pairs])

    @property
    def bodies(self) -> Bodies:
        """The bodies that were chosen."""
        issuer, drafting_body = (UUID(part) for part in self.cleaned_data["pair"].split(":"))
        return Bodies(issuer, drafting_body)


class FileStartForm(StartForm):
    """The same with a file that holds the text."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("The JSON file of a directive, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": "application/json,.json"}),
    )

    def clean_file(self) -> Document:
        """The text of the file; a fault is named with its place."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_TEXT:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        try:
            return Document.from_json(json.loads(file.read().decode("utf-8")))
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
            raise forms.ValidationError(_("This is no JSON file of a directive.")) from None
        except DocumentError as error:
            raise forms.ValidationError(str(error)) from None


class KeepTemplateForm(PressForm):
    """Under which name a text is kept as a template."""

    name = forms.CharField(
        label=_("Name of the template"),
        max_length=200,
        help_text=_("Whoever drafts for the issuing body finds it under this name. One of the same name is replaced."),
    )
