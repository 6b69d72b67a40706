"""The form in which a file becomes the text of a draft."""

from __future__ import annotations

from django import forms
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from directives.forms.pressing import PressForm
from directives.uploads import CheckedFile, checked
from orgs.verdicts import Refused

BEHIND, ALONE = "behind", "alone"
STANDS = [
    (BEHIND, _("its pages follow the first page that is made here")),
    (ALONE, _("it stands alone, with its own head and signature")),
]


class TextFileForm(PressForm):
    """Which file, how it stands, and the round that was on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("File"),
        required=False,
        max_length=1000,
        help_text=_("PDF or Word (.docx), at most 50 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx"}),
    )
    stands = forms.ChoiceField(
        label=_("A PDF"),
        choices=STANDS,
        initial=BEHIND,
        widget=forms.RadioSelect,
        help_text=_("A Word file is kept as the source: the scan of its signed pages is what will be issued."),
    )

    def clean_file(self) -> CheckedFile | None:
        """The file that was looked through; None where none was chosen."""
        file: File[bytes] | None = self.cleaned_data["file"]
        try:
            return checked(file.name or "", file.read()) if file else None
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    @property
    def alone(self) -> bool:
        """Whether a PDF stands alone; for a valid form."""
        return bool(self.cleaned_data["stands"] == ALONE)
