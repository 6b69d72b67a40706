"""Forms of the steps that a directive takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directives.actions.reviewing import Stop
from directives.forms.pressing import PressForm
from directives.models import RegisterEntry, Upload
from orgs.forms.fields import DayField, LinesField, offer

NOBODY = "."
"""The choice of nobody in place of a recipient that has ended; no body has such a code."""


class PlainStepForm(PressForm):
    """A step that asks for nothing."""


@dataclass(frozen=True, slots=True)
class EndedRecipient:
    """A recipient that has ended: its code and name, the day, and by code and name who took over."""

    code: str
    name: str
    day: date
    successors: list[tuple[str, str]]


class IssueForm(PressForm):
    """Issue: who gets the paper in place of each recipient that has ended since it got its number."""

    def __init__(self, *args: Any, ended: Sequence[EndedRecipient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ended = ended
        for body in ended:
            self.fields[_instead_name(body)] = _instead_field(body)

    def clean(self) -> dict[str, Any]:
        """Gather the answers by the codes of the bodies that have ended, under `instead`."""
        facts = super().clean() or self.cleaned_data
        answers = {body.code: facts.get(_instead_name(body)) for body in self.ended}
        facts["instead"] = {code: "" if answer == NOBODY else answer for code, answer in answers.items() if answer}
        return facts


def _instead_name(body: EndedRecipient) -> str:
    return f"instead_{body.code}"


def _instead_field(body: EndedRecipient) -> forms.ChoiceField:
    """One body alone that took over stands there already; otherwise the clerk has to choose."""
    choices = [*body.successors, (NOBODY, _("Nobody: the paper is not sent in its place"))]
    alone = len(body.successors) == 1
    return forms.ChoiceField(
        label=_("In place of %(name)s, which ended on %(day)s") % {"name": body.name, "day": f"{body.day:%d/%m/%Y}"},
        choices=choices if alone else [("", _("Choose…")), *choices],
        initial=body.successors[0][0] if alone else "",
        help_text=_("It gets the paper and the tasks in it; the history keeps your choice."),
    )


class SubmitForm(PressForm):
    """Submit: who reviews the paper in each post on its way, and whether an urgent one goes straight to its signer.

    `departs` asks for the reason of a type that the issuer does not issue by the table of types.
    """

    def __init__(self, *args: Any, stops: Sequence[Stop], may_go_past: bool, departs: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stops = stops
        for stop in stops:
            self.fields[_stop_name(stop)] = _reviewer_field(stop)
        if may_go_past and stops:
            self.fields["skip_reason"] = forms.CharField(
                label=_("HỎA TỐC: submit straight to the signer, because"),
                required=False,
                help_text=_("Leave empty to keep the order above. Everybody passed over is told."),
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=2000,
            )
        if departs:
            self.fields["departure_reason"] = forms.CharField(
                label=_("Reason"),
                help_text=_(
                    "The table of types does not bind the committee; the reason stays in the history of the paper."
                ),
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=2000,
            )

    def clean(self) -> dict[str, Any]:
        """Gather the person chosen for each position of the order under `reviewers`."""
        facts = super().clean() or self.cleaned_data
        chosen = {stop.place.position: facts.get(_stop_name(stop)) for stop in self.stops}
        facts["reviewers"] = {position: int(person) for position, person in chosen.items() if person}
        return facts


def _stop_name(stop: Stop) -> str:
    return f"reviewer_{stop.place.position}"


def _reviewer_field(stop: Stop) -> forms.ChoiceField:
    people = [(str(person.pk), person.full_name) for person in stop.holders]
    return forms.ChoiceField(
        label=str(stop.place.get_role_display()).capitalize(),
        choices=people if len(people) == 1 else [("", _("Choose…")), *people],
        initial=people[0][0] if len(people) == 1 else "",
        required=False,
    )


class PassOnForm(PressForm):
    """Agree as a reviewer: the round that was read, and what the next reader should know."""

    opinion = forms.CharField(
        label=_("Opinion"),
        required=False,
        help_text=_("The next reviewers and the signer read it. Leave empty when there is nothing to add."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
    )
    read_version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(PressForm):
    """Return for repair: the reason."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000)


class ApproveForm(PressForm):
    """Approve: the round of the text that was on the page."""

    read_version = forms.IntegerField(widget=forms.HiddenInput)


class FilesInput(forms.FileInput):
    """A choice of several files, which the page sends in parts where it can."""

    allow_multiple_selected = True


class ScanForm(PressForm):
    """A step that may bring a scan: files chosen now, and those that have come already."""

    scan = forms.FileField(
        label=_("Scan"),
        required=False,
        help_text=_(
            "PDF or pictures (JPG, PNG, TIFF) of the pages in their order, at most 50 MB together. It may be left out: "
            "this note then stands for the paper that the clerk keeps."
        ),
        widget=FilesInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.tif,.tiff"}),
    )
    uploaded = forms.TypedMultipleChoiceField(
        label=_("Files that have come"),
        required=False,
        coerce=UUID,
        help_text=_("Untick what does not belong to the scan."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, uploads: Sequence[Upload], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(upload.pk), f"{upload.name} ({filesizeformat(upload.size)})") for upload in uploads]
        offer(self, "uploaded", choices)
        self.fields["uploaded"].initial = [value for value, _label in choices]
        if not choices:
            # Nothing to tick yet; the page puts in what it sends.
            self.fields["uploaded"].widget = forms.MultipleHiddenInput()


class SignatureForm(ScanForm):
    """Note a paper that was signed by pen."""

    signed_on = DayField(label=_("Signed on"))
    sealed_on = DayField(
        label=_("Sealed on"), required=False, help_text=_("Leave empty when the seal is put after the number.")
    )
    signer = forms.CharField(
        label=_("Name under the signature"),
        required=False,
        help_text=_("As it stands on the paper. Another name than was approved asks for a reason."),
        max_length=200,
    )
    lines = LinesField(label=_("Lines above the signature"), required=False, rows=3)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        help_text=_(
            "Only where the paper differs from what was approved, was signed before the approval here, or the signer "
            "had no authority on that day."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )

    field_order = ("scan", "uploaded", "signed_on", "sealed_on", "signer", "lines", "reason")


class SealForm(ScanForm):
    """Note the seal of a paper that has its number."""

    sealed_on = DayField(label=_("Sealed on"))

    field_order = ("sealed_on", "scan", "uploaded")


class NumberForm(PressForm):
    """Give the number of our own book: the number that the page promised, or one that was kept for such a paper."""

    expected = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kept: Sequence[RegisterEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kept:
            self.fields["kept"] = forms.TypedChoiceField(
                label=_("Number to be given"),
                choices=[("", _("The next number of the book")), *((entry.pk, _kept_words(entry)) for entry in kept)],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )


def _kept_words(entry: RegisterEntry) -> str:
    return gettext("%(number)s of %(day)s, kept for: %(what)s") % {
        "number": entry,
        "day": f"{entry.dated_on:%d/%m/%Y}",
        "what": entry.reserved_for,
    }


class GivenNumberForm(PressForm):
    """Enter a number that another book has given."""

    value = forms.IntegerField(
        label=_("Number"), min_value=1, max_value=99999, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    suffix = forms.RegexField(
        "^[a-zđ]?$",
        label=_("Letter of a late insertion"),
        required=False,
        help_text=_("Only for a number such as 12a."),
        error_messages={"invalid": _("One small letter, or nothing.")},
    )
    dated_on = DayField(label=_("Date of the paper"))


class HourForm(PressForm):
    """Issue at an hour: the day and the hour of that day, gathered under `moment`."""

    day = DayField(label=_("Day"))
    hour = forms.TimeField(
        label=_("Hour"),
        input_formats=["%H:%M", "%Hh%M", "%H.%M"],
        help_text=_("As 14:00. Until then it can be called off."),
        widget=forms.TextInput(attrs={"placeholder": "14:00", "autocomplete": "off", "class": "day"}),
        error_messages={"invalid": _("Write the hour as 14:00.")},
    )

    def clean(self) -> dict[str, Any]:
        """Gather the day and the hour, as the office's clock shows them, under `moment`."""
        facts = super().clean() or self.cleaned_data
        if facts.get("day") and facts.get("hour"):
            facts["moment"] = timezone.make_aware(datetime.combine(facts["day"], facts["hour"]))
        return facts


class VoidForm(PressForm):
    """Void a number: why, and who decided it."""

    decided_by = forms.CharField(label=_("Decided by"), max_length=200)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class RecallForm(PressForm):
    """Recall: by which paper, and why."""

    decision = forms.CharField(
        label=_("Recalled by"),
        max_length=200,
        help_text=_(
            "Type, number, symbol and date of the paper that recalls it: Công văn số 752-CV/TU ngày 03/12/2026."
        ),
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class WordsForm(PressForm):
    """A step of a task that asks for one text; its label comes from the step."""

    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=5000)

    def __init__(self, *args: Any, words_label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = words_label
