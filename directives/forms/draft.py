"""The form in which a directive is drafted."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from directives.actions.drafting import DraftFacts
from directives.document import Document, DocumentError, FullText
from directives.editor_annexes import read_full_html, write_full_html
from directives.formats import profile_on
from directives.forms.choices import IssuerPair, SignerSelect, people_of, signers_of
from directives.forms.head_and_foot import (
    CIRCULATIONS,
    HeadAndFootForm,
    PlacedPart,
    completed,
    values_of,
    with_plain_breaks,
)
from directives.forms.joint_issuers import joint_issuers
from directives.models import Directive
from directives.reading_annexes import read_full_text, write_full_text
from orgs.forms.fields import offer
from orgs.models import Organization

FIELD_OF_KEY = {
    "signature": "signature_lines",
    "second_signature": "second_signature_lines",
    "confirmation": "confirmation_lines",
    "annexes": "body",
}
"""Where a fault of the document is shown: its first key, and the field that holds it where that is called otherwise."""


class DraftForm(HeadAndFootForm):
    """Everything of a directive but how its items are followed."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    pair = forms.ChoiceField(label=_("Issuing body"))
    body = forms.CharField(
        label=_("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 22, "spellcheck": "false", "class": "sheet"}),
    )
    # The text as the editor holds it; without JavaScript the browser leaves it out and the box above counts.
    body_html = forms.CharField(
        required=False, strip=False, max_length=3_000_000, widget=forms.HiddenInput(attrs={"disabled": True})
    )
    authority = forms.ChoiceField(label=_("Signer"), required=False, widget=SignerSelect)
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
        self._signers = signers_of(
            issuers, day, type_code=str(self["type"].value()), chosen=before.authority if before else None
        )
        offer(self, "authority", [("", _("not chosen yet")), *self._signers.grouped])
        self.fields["authority"].widget.facts_of = self._signers.facts_of
        offer(self, "readers", people_of(bodies, day))
        self.offer_prefixes(self.document_before)

    @classmethod
    def initial_of(cls, directive: Directive, day: date) -> dict[str, Any]:
        """What the fields hold for a draft that exists."""
        document = directive.under_head_of(day)
        return {
            **values_of(document),
            "version": directive.version,
            "body": write_full_text(document.full_text),
            "body_html": write_full_html(document.full_text),
            "authority": str(directive.authority_id or ""),
            "restricted": directive.restricted,
            "readers": list(directive.readers.values_list("person_id", flat=True)),
        }

    def clean(self) -> dict[str, Any]:
        """Read the boxes as a document; a fault in it stands at its field."""
        facts = with_plain_breaks(super().clean() or {})
        self._check_signer(facts)
        if self.errors:
            return facts
        try:
            # Through JSON and back: composed letters, no signs that cannot be printed.
            facts["document"] = Document.from_json(self._document(facts).to_json())
        except DocumentError as fault:
            key = fault.where.partition(".")[0].partition("[")[0]
            name = FIELD_OF_KEY.get(key, key)
            self.add_error(name if name in self.fields else None, str(fault.problem))
        except forms.ValidationError as fault:
            self.add_error("co_issuers", fault)
        return facts

    @property
    def parts(self) -> dict[str, list[PlacedPart]]:
        """The parts of head and foot by the place in which they stand."""
        return self.parts_of(str(self["type"].value()))

    @property
    def circulations(self) -> tuple[str, ...]:
        """The limits of circulation that the rule names; another may be typed."""
        return CIRCULATIONS

    @property
    def chosen_pair(self) -> IssuerPair:
        """The issuer and the drafting body that were chosen; for a new draft that is valid."""
        return self._pairs[self.cleaned_data["pair"]]

    @property
    def issuer_id(self) -> UUID:
        """The body that will issue it; for a valid form."""
        return self.before.issuer_id if self.before is not None else self.chosen_pair.issuer_id

    @property
    def likely_issuer_id(self) -> UUID:
        """The body that will issue it; before one is chosen, the first that may be."""
        if self.before is not None:
            return self.before.issuer_id
        pair = self._pairs.get(str(self["pair"].value()))
        return (pair or next(iter(self._pairs.values()))).issuer_id

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
        typed = completed(before, facts)
        text = self._text(facts, before)
        issuer = (
            self.before.issuer
            if self.before is not None
            else Organization.objects.get(pk=self._pairs[facts["pair"]].issuer_id)
        )
        return dataclasses.replace(
            typed,
            body=text.body,
            annexes=text.annexes,
            co_issuers=joint_issuers(facts["co_issuers"], before.co_issuers, issuer, self.day),
            signature=None
            if self._lines_of_another(facts) and typed.signature == before.signature
            else typed.signature,
        )

    def _lines_of_another(self, facts: dict[str, Any]) -> bool:
        """Whether untouched lines are those of the signer before; an open block takes the new one's when it is saved.

        The editor fills the lines in itself, and what it sends is meant.
        """
        by_the_editor = bool(facts["distribution_lines"])
        other = self.before is None or str(self.before.authority_id or "") != facts["authority"]
        return other and not by_the_editor

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
