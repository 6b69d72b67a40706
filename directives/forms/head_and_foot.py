"""What stands around the text of a paper, as fields: head, subject, addressees, grounds, distribution, signatures."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directives.document import URGENCIES, Document, Issuer, Subject
from directives.formats import DOCUMENT_TYPES, usual_parts
from directives.forms.line_lists import read_addressee_lines, read_distribution_lines, write_lines
from directives.forms.pressing import PressForm
from directives.forms.signature_lines import read_signature, write_signature
from directives.written_lines import read_addressees, read_distribution, write_addressees, write_distribution
from orgs.forms.fields import offer

PREFIXES = ("V/v", "Về", "về", "Về việc", "về việc")
CIRCULATIONS = (
    "Lưu hành nội bộ",
    "Tài liệu hội nghị",
    "Tài liệu thu hồi",
    "Xem xong trả lại",
    "Xong hội nghị trả lại",
    "Không phổ biến trên mạng",
)
TEXTS = (
    "author_line",
    "meeting_note",
    "enacting_line",
    "dissemination",
    "deciding_body",
    "urgency",
    "circulation",
    "distribution_heading",
    "typist",
    "contact",
)
"""Keys of the document that are one text in one box."""
SIGNATURES = ("signature", "second_signature", "confirmation")


@dataclasses.dataclass(frozen=True, slots=True)
class PaperPart:
    """Fields that belong together, the types that usually have them, and where they stand when they are used."""

    name: str
    words: Any
    fields: tuple[str, ...]
    home: str
    types: Collection[str] = frozenset()


@dataclasses.dataclass(frozen=True, slots=True)
class PlacedPart:
    """A part with its fields as they stand on the page."""

    part: PaperPart
    fields: list[forms.BoundField]
    order: int


REST = "rest"
"""Where the parts stand that a type does not usually have."""
SENT_AS = {"addressees": "addressee_lines", "distribution": "distribution_lines"}
"""The boxes of lines, and the field in which the list editor sends each."""
PARTS = (
    PaperPart("author_line", _("author line"), ("author_line",), "head", usual_parts.AUTHOR_LINE),
    PaperPart("meeting_note", _("meeting note"), ("meeting_note",), "head", usual_parts.MEETING_NOTE),
    PaperPart("marks", _("urgency and circulation"), ("urgency", "circulation"), "head"),
    PaperPart("joint", _("joint issue"), ("co_issuers",), "head"),
    PaperPart("addressees", _("addressees"), ("addressees",), "addressees", usual_parts.ADDRESSEES),
    PaperPart("grounds", _("grounds"), ("grounds", "enacting_line"), "text", usual_parts.GROUNDS),
    PaperPart("dissemination", _("dissemination"), ("dissemination",), "foot", usual_parts.DISSEMINATION),
    PaperPart("deciding_body", _("deciding body"), ("deciding_body",), "foot"),
    PaperPart("distribution_heading", _("sub-head of the list"), ("distribution_heading",), "foot"),
    PaperPart(
        "second_signature",
        _("second signature"),
        ("second_signature_lines", "second_signature_name"),
        "signatures",
        usual_parts.SECOND_SIGNATURE,
    ),
    PaperPart("confirmation", _("confirmation"), ("confirmation_lines", "confirmation_name"), "signatures"),
    PaperPart("typing", _("typist, copies, contact"), ("typist", "copies", "contact"), "foot"),
)


def _box(rows: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


def _text(label: Any, most: int, help_text: Any = "", *, widget: forms.Widget | None = None) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, help_text=help_text, widget=widget)


def _sent_by_the_editor() -> forms.CharField:
    """A list as the editor holds it; without JavaScript the browser leaves it out and the box of lines counts."""
    return forms.CharField(required=False, max_length=1_000_000, widget=forms.HiddenInput(attrs={"disabled": True}))


class HeadAndFootForm(PressForm):
    """Everything around the text but who signs."""

    type = forms.ChoiceField(label=_("Type"), choices=[(each.code, each.name) for each in DOCUMENT_TYPES], initial="CV")
    begins = forms.ChoiceField(label=_("Begins with"), required=False, initial="Về")
    subject = forms.CharField(label=_("Subject"), max_length=1000, widget=_box(2))
    author_line = _text(
        _("Author line"), 300, _("Under the type: “của Ban Thường vụ Tỉnh ủy”. Not for a công văn."), widget=_box(1)
    )
    meeting_note = _text(_("Meeting note"), 500, _("The meeting whose conclusion this is."), widget=_box(1))
    urgency = forms.ChoiceField(
        label=_("Urgency"), required=False, choices=[("", _("none")), *((each, each) for each in URGENCIES)]
    )
    circulation = _text(_("Limit of circulation"), 200, widget=forms.TextInput(attrs={"list": "circulations"}))
    co_issuers = _text(
        _("Issued jointly with"),
        1000,
        _("Names of bodies, one a line. Whoever signs for the first one approves the paper here before the signer."),
        widget=_box(1),
    )
    addressees = forms.CharField(label=_("Addressees"), required=False, widget=_box(4), help_text=_("One a line."))
    addressee_lines = _sent_by_the_editor()
    grounds = forms.CharField(
        label=_("Grounds"), required=False, widget=_box(3), help_text=_("One a line: “Căn cứ Quy chế làm việc …”.")
    )
    enacting_line = _text(_("Enacting line"), 300, _("Between the grounds and the text: “BAN THƯỜNG VỤ QUYẾT ĐỊNH”."))
    dissemination = _text(_("Sentence on dissemination"), 500, _("The last sentence of the text."))
    deciding_body = _text(
        _("Who decided"), 200, _("Where the signature names another body: “Thường trực Tỉnh ủy”. It is not printed.")
    )
    distribution = forms.CharField(
        label=_("Distribution list"),
        required=False,
        widget=_box(5),
        help_text=_("One a line, the purpose in brackets: “Thường trực Tỉnh ủy (để báo cáo)”."),
    )
    distribution_lines = _sent_by_the_editor()
    distribution_heading = _text(
        _("Sub-head above the distribution list"), 200, _("For example “Gửi bản giấy và bản điện tử:”.")
    )
    typist = _text(_("Typist's code"), 40)
    copies = forms.IntegerField(label=_("Number of copies"), required=False, min_value=1, max_value=100_000)
    contact = _text(_("Contact line"), 300, _("At the foot of the first page."))
    signature_lines = _text(
        _("Lines above the name"), 2000, _("Empty: as the authority of the signer says."), widget=_box(2)
    )
    signature_name = _text(_("Name of the signer"), 200)
    second_signature_lines = _text(_("Second signature, on the left"), 2000, widget=_box(2))
    second_signature_name = _text(_("Name beneath it"), 200)
    confirmation_lines = _text(_("Confirmation beneath both signatures"), 2000, widget=_box(2))
    confirmation_name = _text(_("Name beneath the confirmation"), 200)

    def offer_prefixes(self, document: Document) -> None:
        """Offer the usual beginnings of a subject, and the one that is on record."""
        own = document.subject.prefix
        offered = dict.fromkeys((*PREFIXES, *((own,) if own else ())))
        offer(self, "begins", [("", _("none")), *((prefix, prefix) for prefix in offered)])

    def parts_of(self, type_code: str) -> dict[str, list[PlacedPart]]:
        """The parts by the place in which they stand: those that the type has or that are filled, else the rest."""
        places: dict[str, list[PlacedPart]] = {REST: [], **{part.home: [] for part in PARTS}}
        for order, part in enumerate(PARTS):
            used = type_code in part.types or any(self._is_filled(name) for name in part.fields)
            placed = PlacedPart(part, [self[name] for name in part.fields], order)
            places[part.home if used else REST].append(placed)
        return places

    def _is_filled(self, name: str) -> bool:
        sent_as = SENT_AS.get(name)
        as_list = self[sent_as].value() if sent_as else None
        return bool(self[name].value() or self.errors.get(name) or (as_list and as_list != "[]"))


def values_of(document: Document) -> dict[str, Any]:
    """What the fields hold for a document."""
    values: dict[str, Any] = {name: getattr(document, name) or "" for name in TEXTS}
    for name in SIGNATURES:
        values[f"{name}_lines"], values[f"{name}_name"] = write_signature(getattr(document, name))
    return {
        **values,
        "type": document.type,
        "begins": document.subject.prefix or "",
        "subject": document.subject.text,
        "addressees": write_addressees(document.addressees),
        "addressee_lines": write_lines(document.addressees),
        "grounds": "\n".join(document.grounds),
        "distribution": write_distribution(document.distribution),
        "distribution_lines": write_lines(document.distribution),
        "copies": document.copies or "",
        "co_issuers": "\n".join(name_of(issuer) for issuer in document.co_issuers),
    }


def completed(before: Document, typed: dict[str, Any]) -> Document:
    """The document with what was typed; what came back as it was shown stays as it is on record.

    Raises DocumentError. Who else issues it needs the directory and is read by `joint_issuers`.
    """
    texts: dict[str, Any] = {name: _kept(typed[name], getattr(before, name)) for name in TEXTS}
    signatures: dict[str, Any] = {
        name: read_signature(typed[f"{name}_lines"], typed[f"{name}_name"], getattr(before, name))
        for name in SIGNATURES
    }
    subject = typed["subject"] if typed["subject"] != before.subject.text.strip() else before.subject.text
    return dataclasses.replace(
        before,
        **texts,
        **signatures,
        type=typed["type"],
        subject=Subject(typed["begins"] or None, subject),
        addressees=read_addressee_lines(typed["addressee_lines"])
        if typed["addressee_lines"]
        else read_addressees(typed["addressees"], before.addressees),
        grounds=_grounds(typed["grounds"], before.grounds),
        distribution=read_distribution_lines(typed["distribution_lines"], before.distribution)
        if typed["distribution_lines"]
        else read_distribution(typed["distribution"], before.distribution),
        copies=typed["copies"],
    )


def with_plain_breaks(typed: dict[str, Any]) -> dict[str, Any]:
    """Browsers send a line break as two signs; the paper knows one."""
    return {name: value.replace("\r\n", "\n") if isinstance(value, str) else value for name, value in typed.items()}


def name_of(issuer: Issuer) -> str:
    """A joint issuer as the box names it."""
    return " ".join((issuer.name_line or "").split())


def _kept(typed: str, before: str | None) -> str | None:
    return before if typed == (before or "").strip() else typed or None


def _grounds(typed: str, before: tuple[str, ...]) -> tuple[str, ...]:
    if typed == "\n".join(before).strip():
        return before
    lines = (line.strip().removeprefix("-").strip() for line in typed.split("\n"))
    return tuple(line for line in lines if line)
