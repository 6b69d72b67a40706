"""The form in which a directive is drafted."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from directives.actions.drafting import DraftFacts
from directives.document import Document, DocumentError, FullText, Subject
from directives.editor_annexes import read_full_html, write_full_html
from directives.formats import DOCUMENT_TYPES, profile_on
from directives.forms.choices import IssuerPair, people_of, signers_of
from directives.forms.lines import read_addressees, read_distribution, write_addressees, write_distribution
from directives.forms.pressing import PressForm
from directives.models import Directive
from directives.reading_annexes import read_full_text, write_full_text
from orgs.forms.fields import offer

PREFIXES = [("", _("none")), ("V/v", "V/v"), ("Về", "Về"), ("về", "về")]
FIELD_OF_KEY = {
    "subject": "subject",
    "author_line": "author_line",
    "meeting_note": "meeting_note",
    "addressees": "addressees",
    "body": "body",
    "annexes": "body",
    "distribution": "distribution",
    "distribution_heading": "distribution_heading",
    "dissemination": "dissemination",
}
"""Where a fault of the document is shown: its first key, and the field that holds it."""


def _box(rows: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


class DraftForm(PressForm):
    """Everything of a directive but whom its lines mean and how its items are followed."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    pair = forms.ChoiceField(label=_("Issuing body"))
    type = forms.ChoiceField(label=_("Type"), choices=[(each.code, each.name) for each in DOCUMENT_TYPES], initial="CV")
    begins = forms.ChoiceField(label=_("Begins with"), choices=PREFIXES, required=False, initial="Về")
    subject = forms.CharField(label=_("Subject"), max_length=1000, widget=_box(2))
    author_line = forms.CharField(
        label=_("Author line"),
        required=False,
        max_length=300,
        help_text=_("Under the type: “của Ban Thường vụ Tỉnh ủy”. Not for a công văn."),
    )
    meeting_note = forms.CharField(
        label=_("Meeting note"), required=False, max_length=500, help_text=_("The meeting whose conclusion this is.")
    )
    addressees = forms.CharField(label=_("Addressees"), required=False, widget=_box(4), help_text=_("One a line."))
    body = forms.CharField(label=_("Text"), required=False, widget=_box(22, spellcheck="false", **{"class": "sheet"}))
    # The text as the editor holds it; without JavaScript the browser leaves it out and the box above counts.
    body_html = forms.CharField(
        required=False, strip=False, max_length=3_000_000, widget=forms.HiddenInput(attrs={"disabled": True})
    )
    dissemination = forms.CharField(
        label=_("Sentence on dissemination"),
        required=False,
        max_length=500,
        help_text=_("The last sentence of the text."),
    )
    distribution_heading = forms.CharField(
        label=_("Sub-heading of the distribution list"),
        required=False,
        max_length=200,
        help_text=_("For example “Gửi bản giấy và bản điện tử:”."),
    )
    distribution = forms.CharField(
        label=_("Distribution list"),
        required=False,
        widget=_box(5),
        help_text=_("One a line, the purpose in brackets: “Thường trực Tỉnh ủy (để báo cáo)”."),
    )
    authority = forms.ChoiceField(label=_("Signer"), required=False)
    restricted = forms.BooleanField(
        label=_("Restrict who may read it"),
        required=False,
        help_text=_("Only the drafter, the signer, the clerk and the people named here. Not for state secrets."),
    )
    readers = forms.TypedMultipleChoiceField(
        label=_("Named readers"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, pairs: list[IssuerPair], day: date, before: Directive | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.before = before
        self._pairs = {pair.value: pair for pair in pairs}
        offer(self, "pair", [(pair.value, pair.words) for pair in pairs])
        if before is not None:
            del self.fields["pair"]
        issuers = {before.issuer_id} if before else {pair.issuer_id for pair in pairs}
        bodies = issuers | ({before.drafting_body_id} if before else {pair.drafting_body_id for pair in pairs})
        self._signers = signers_of(issuers, day)
        offer(self, "authority", [("", _("not chosen yet")), *self._signers.grouped])
        offer(self, "readers", people_of(bodies, day))

    @classmethod
    def initial_of(cls, directive: Directive, day: date) -> dict[str, Any]:
        """What the fields hold for a draft that exists."""
        document = directive.under_head_of(day)
        return {
            "version": directive.version,
            "type": document.type,
            "begins": document.subject.prefix or "",
            "subject": document.subject.text,
            "author_line": document.author_line or "",
            "meeting_note": document.meeting_note or "",
            "addressees": write_addressees(document.addressees),
            "body": write_full_text(document.full_text),
            "body_html": write_full_html(document.full_text),
            "dissemination": document.dissemination or "",
            "distribution_heading": document.distribution_heading or "",
            "distribution": write_distribution(document.distribution),
            "authority": str(directive.authority_id or ""),
            "restricted": directive.restricted,
            "readers": list(directive.readers.values_list("person_id", flat=True)),
        }

    def clean(self) -> dict[str, Any]:
        """Read the boxes as a document; a fault in it stands at its field."""
        facts: dict[str, Any] = super().clean() or {}
        self._check_signer(facts)
        if self.errors:
            return facts
        try:
            # Through JSON and back: composed letters, no signs that cannot be printed.
            facts["document"] = Document.from_json(self._document(facts).to_json())
        except DocumentError as fault:
            key = fault.where.partition(".")[0].partition("[")[0]
            self.add_error(FIELD_OF_KEY.get(key), str(fault.problem))
        return facts

    @property
    def chosen_pair(self) -> IssuerPair:
        """The issuer and the drafting body that were chosen; for a new draft that is valid."""
        return self._pairs[self.cleaned_data["pair"]]

    @property
    def issuer_id(self) -> UUID:
        """The body that will issue it; for a valid form."""
        return self.before.issuer_id if self.before is not None else self.chosen_pair.issuer_id

    @property
    def typed_text(self) -> str:
        """The text as lines of the box, however it was sent; for a valid form."""
        return write_full_text(self.cleaned_data["document"].full_text)

    def facts(self) -> DraftFacts:
        """What the action needs; for a valid form."""
        authority = self.cleaned_data["authority"]
        return DraftFacts(
            document=self.cleaned_data["document"],
            authority_id=int(authority) if authority else None,
            restricted=self.cleaned_data["restricted"],
            readers=tuple(self.cleaned_data["readers"]) if self.cleaned_data["restricted"] else (),
            profile=self.before.profile if self.before else "",
        )

    def _issuer_id(self, facts: dict[str, Any]) -> UUID | None:
        if self.before is not None:
            return self.before.issuer_id
        pair = self._pairs.get(facts.get("pair", ""))
        return pair.issuer_id if pair else None

    def _check_signer(self, facts: dict[str, Any]) -> None:
        authority, issuer = facts.get("authority"), self._issuer_id(facts)
        if authority and issuer and self._signers.issuer_of.get(authority) != issuer:
            self.add_error("authority", _("This signer does not sign for the issuing body that was chosen."))

    def _document(self, facts: dict[str, Any]) -> Document:
        before = self._document_before(facts["type"])
        text = self._text(facts, before)
        signs_as_before = self.before is not None and str(self.before.authority_id or "") == facts["authority"]
        return dataclasses.replace(
            before,
            type=facts["type"],
            subject=Subject(facts["begins"] or None, _without_returns(facts["subject"])),
            author_line=facts["author_line"] or None,
            meeting_note=facts["meeting_note"] or None,
            addressees=read_addressees(facts["addressees"], before.addressees),
            body=text.body,
            annexes=text.annexes,
            dissemination=facts["dissemination"] or None,
            distribution_heading=facts["distribution_heading"] or None,
            distribution=read_distribution(facts["distribution"], before.distribution),
            # An open block takes the lines of the signer's authority when it is saved.
            signature=before.signature if signs_as_before else None,
        )

    def _text(self, facts: dict[str, Any], before: Document) -> FullText:
        """The text as the editor sent it, else as it stands in the box."""
        if facts["body_html"]:
            return read_full_html(facts["body_html"])
        return read_full_text(facts["body"], keep=before.full_text)

    def _document_before(self, type_code: str) -> Document:
        if self.before is not None:
            return self.before.under_head_of(self.day)
        return Document(type=type_code, profile=profile_on(self.day).name)

    @property
    def document_before(self) -> Document:
        """The document as it is on record; an empty one for a new draft."""
        return self._document_before("CV")


def _without_returns(text: str) -> str:
    """Browsers send a line break as two signs; the paper knows one."""
    return "\n".join(text.split("\r\n")).strip()
