"""Forms of what goes with a paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from directives.forms.pressing import PressForm
from directives.uploads import CheckedFile, FileKind, checked, clean_name
from directives.uploads.checking import LARGEST
from orgs.verdicts import Refused

ENDINGS = ",".join(f".{ending}" for ending in (*FileKind.values, "jpeg"))
UP, OUT = "up", "out"


class ManyFiles(forms.FileInput):
    """A button that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each looked at by itself."""

    def clean(self, data: Any, initial: Any = None) -> list[File[bytes]]:
        """The files; at least one where the field must be filled in."""
        given = data if isinstance(data, list) else [data]
        return [super(FilesField, self).clean(file, initial) for file in given or [None]]


class FilesForm(PressForm):
    """Files that are to go with the paper; the sound ones are taken, `left_out` says why the others are not."""

    uploaded = FilesField(
        label=_("Files"),
        max_length=1000,
        help_text=_("PDF, Word (.docx), Excel (.xlsx), PNG or JPG, together at most 50 MB; no macros, no passwords."),
        widget=ManyFiles(attrs={"multiple": True, "accept": ENDINGS}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left_out: list[str] = []

    def clean_uploaded(self) -> list[CheckedFile]:
        """The files that were looked through and are in order; at least one."""
        given = self.cleaned_data["uploaded"]
        if sum(file.size or 0 for file in given) > LARGEST:
            raise forms.ValidationError(_("Together the files are larger than 50 MB. Upload them in several goes."))
        taken = [file for file in map(self._looked_through, given) if file]
        if not taken:
            raise forms.ValidationError(self.left_out)
        return taken

    def leave_out(self, name: str, refusal: Refused) -> None:
        """Say of one file why it is not taken."""
        self.left_out.append(f"{name}: {refusal}")

    def _looked_through(self, file: File[bytes]) -> CheckedFile | None:
        name = file.name or ""
        try:
            return checked(name, file.read())
        except Refused as refusal:
            self.leave_out(clean_name(name), refusal)
            return None


class ChangeForm(PressForm):
    """Move one up, or take it out."""

    act = forms.ChoiceField(choices=[(UP, UP), (OUT, OUT)])


class SendAlongForm(PressForm):
    """Which paper is sent along."""

    paper = forms.UUIDField()
