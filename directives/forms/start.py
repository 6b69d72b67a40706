"""Forms that begin a draft with a text that is there already."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from directives.actions.starting import Bodies
from directives.document import Document, DocumentError, Subject
from directives.formats import profile_on
from directives.forms.choices import IssuerPair
from directives.forms.pressing import PressForm
from directives.json_object import parsed
from directives.reading import read_word
from directives.uploads import CheckedFile, FileKind, checked
from directives.uploads.kinds import ending_of
from orgs.forms.fields import offer
from orgs.verdicts import Refused

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
        max_length=1000,
        help_text=_("A Word file (.docx), a PDF, or the JSON file of a directive."),
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,application/json,.json"}),
    )
    as_text = forms.BooleanField(
        label=_("The file itself is the text of the paper"),
        required=False,
        help_text=_("A PDF always is. What is read from a Word file then fills in subject, recipients and tasks."),
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._day = day
        self._file: CheckedFile | None = None

    def clean_file(self) -> Document:
        """The text of the file; a fault is named with its place."""
        file = self.cleaned_data["file"]
        return self._from_json(file) if ending_of(file.name) == "json" else self._from_office(file)

    @property
    def text_file(self) -> CheckedFile | None:
        """The file that is to be the text; for a valid form."""
        is_text = self._file is not None and (self.cleaned_data["as_text"] or self._file.kind == FileKind.PDF)
        return self._file if is_text else None

    def _from_office(self, file: File[bytes]) -> Document:
        profile = profile_on(self._day).name
        try:
            self._file = checked(file.name or "", file.read())
            if self._file.kind != FileKind.PDF:
                return read_word(self._file, profile)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return Document(type="CV", profile=profile, subject=Subject(None, self._file.name.rpartition(".")[0]))

    def _from_json(self, file: File[bytes]) -> Document:
        if (file.size or 0) > LARGEST_TEXT:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        try:
            return Document.from_json(parsed(file.read().decode("utf-8")))
        except DocumentError as error:
            raise forms.ValidationError(str(error)) from None
        # A number without end is a ValueError too, and no fault of the syntax.
        except (ValueError, RecursionError):
            raise forms.ValidationError(_("This is no JSON file of a directive.")) from None


class KeepTemplateForm(PressForm):
    """Under which name a text is kept as a template."""

    name = forms.CharField(
        label=_("Name of the template"),
        max_length=200,
        help_text=_("Whoever drafts for the issuing body finds it under this name. One of the same name is replaced."),
    )
