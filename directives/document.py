"""A directive as data: head, subject, addressees, body, distribution, signature; to and from JSON without loss."""

import dataclasses
import datetime
import hashlib
import json
import secrets
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from directives.annexes import Annex, FullText
from directives.blocks import Block, BlockKind, Cell, Follow, Run, Target, walk
from directives.certified_copy import CertifiedCopy
from directives.document_parts import (
    Addressee,
    Citation,
    DigitalSignature,
    DistributionLine,
    Issuer,
    Number,
    Signature,
    SignatureLine,
    Subject,
)
from directives.formats import DOCUMENT_TYPES, PROFILES, DocumentType, type_named
from directives.formats.wording import date_text, number_text
from directives.json_object import DocumentError, JsonObject, clean_text
from directives.text_file import TextFile

__all__ = [
    "Addressee",
    "Annex",
    "Block",
    "BlockKind",
    "Cell",
    "CertifiedCopy",
    "Citation",
    "DigitalSignature",
    "DistributionLine",
    "Document",
    "DocumentError",
    "Follow",
    "FullText",
    "Issuer",
    "Number",
    "Run",
    "Signature",
    "SignatureLine",
    "Subject",
    "Target",
    "content_hash",
]

_REQUIRED = (
    "type",
    "profile",
    "issuer",
    "number",
    "place",
    "date",
    "subject",
    "author_line",
    "meeting_note",
    "addressees",
    "body",
    "distribution",
    "distribution_heading",
    "signature",
    "digital_signatures",
    "citations",
)
_OPTIONAL_TEXTS = (
    "dissemination",
    "deciding_body",
    "enacting_line",
    "urgency",
    "circulation",
    "typist",
    "contact",
)
_OPTIONAL_LISTS = ("grounds", "co_issuers", "annexes")
_OPTIONAL_SIGNATURES = ("second_signature", "confirmation")
_OPTIONAL_NUMBERS = ("copies", "schema")
_OPTIONAL_PARTS = ("certified_copy", "text_file")
_OPTIONAL = (*_OPTIONAL_TEXTS, *_OPTIONAL_LISTS, *_OPTIONAL_SIGNATURES, *_OPTIONAL_PARTS, *_OPTIONAL_NUMBERS)
# What the clerk and the signers add after the text was agreed; the rest is what the signer approved.
_ADDED_AFTER_APPROVAL = ("number", "date", "digital_signatures", "certified_copy")

URGENCIES = ("KHẨN", "THƯỢNG KHẨN", "HỎA TỐC")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A directive in full.

    `type` is a code of formats.types, `profile` the name of a format profile. `dissemination` is the closing sentence
    that names the lowest level to be told, `deciding_body` who decided where the signature line names another body.
    `grounds` are the căn cứ lines before the text and `enacting_line` the words between them and it ("BAN THƯỜNG VỤ
    QUYẾT ĐỊNH"). `co_issuers` issue it jointly, after the issuer; `second_signature` stands on the left (of the other
    body, or of who wrote the minutes), `confirmation` beneath both. `urgency` is one of URGENCIES, `circulation` the
    mark that limits who may read it; `typist` with `copies` stands at the end, `contact` at the foot of page 1. Where
    `text_file` is the text, the body is not printed: its items are the tasks that the file gives.
    """

    type: str
    profile: str
    issuer: Issuer = field(default_factory=Issuer)
    number: Number | None = None
    place: str | None = None
    date: datetime.date | None = None
    subject: Subject = field(default_factory=Subject)
    author_line: str | None = None
    meeting_note: str | None = None
    addressees: tuple[Addressee, ...] = ()
    body: tuple[Block, ...] = ()
    distribution_heading: str | None = None
    distribution: tuple[DistributionLine, ...] = ()
    signature: Signature | None = None
    digital_signatures: tuple[DigitalSignature, ...] = ()
    citations: tuple[Citation, ...] = ()
    dissemination: str | None = None
    deciding_body: str | None = None
    grounds: tuple[str, ...] = ()
    enacting_line: str | None = None
    co_issuers: tuple[Issuer, ...] = ()
    second_signature: Signature | None = None
    confirmation: Signature | None = None
    urgency: str | None = None
    circulation: str | None = None
    typist: str | None = None
    copies: int | None = None
    contact: str | None = None
    annexes: tuple[Annex, ...] = ()
    certified_copy: CertifiedCopy | None = None
    text_file: TextFile | None = None
    schema: int | None = None

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Document":
        """Read a directive; raise DocumentError that names the key which does not fit. All text becomes NFC."""
        source = JsonObject.of(value, "", required=_REQUIRED, optional=_OPTIONAL)
        values = source.values
        document = cls(
            type=source.choice("type", [document_type.code for document_type in DOCUMENT_TYPES]),
            profile=source.choice("profile", [profile.name for profile in PROFILES]),
            issuer=Issuer.from_json(values["issuer"], "issuer"),
            number=None if values["number"] is None else Number.from_json(values["number"], "number"),
            place=source.text_or_none("place"),
            date=source.date_or_none("date"),
            subject=Subject.from_json(values["subject"], "subject"),
            author_line=source.text_or_none("author_line", line_breaks=True),
            meeting_note=source.text_or_none("meeting_note", line_breaks=True),
            addressees=tuple(Addressee.from_json(entry, at) for at, entry in source.entries("addressees")),
            body=tuple(Block.from_json(entry, at) for at, entry in source.entries("body")),
            distribution_heading=source.text_or_none("distribution_heading"),
            distribution=tuple(DistributionLine.from_json(entry, at) for at, entry in source.entries("distribution")),
            signature=None if values["signature"] is None else Signature.from_json(values["signature"], "signature"),
            digital_signatures=tuple(
                DigitalSignature.from_json(entry, at) for at, entry in source.entries("digital_signatures")
            ),
            citations=tuple(Citation.from_json(entry, at) for at, entry in source.entries("citations")),
            **_read_optional(source),
        )
        document._refuse_doubled_ids()
        return document

    def to_json(self) -> dict[str, Any]:
        """Write the directive as it is read; optional keys without a value are left out."""
        return {
            "type": self.type,
            "profile": self.profile,
            "issuer": self.issuer.to_json(),
            "number": None if self.number is None else self.number.to_json(),
            "place": self.place,
            "date": None if self.date is None else self.date.isoformat(),
            "subject": self.subject.to_json(),
            "author_line": self.author_line,
            "meeting_note": self.meeting_note,
            "addressees": [addressee.to_json() for addressee in self.addressees],
            "body": [block.to_json() for block in self.body],
            "distribution": [line.to_json() for line in self.distribution],
            "distribution_heading": self.distribution_heading,
            "signature": None if self.signature is None else self.signature.to_json(),
            "digital_signatures": [signature.to_json() for signature in self.digital_signatures],
            "citations": [citation.to_json() for citation in self.citations],
            **{key: _written(getattr(self, key)) for key in _OPTIONAL if getattr(self, key)},
        }

    @property
    def document_type(self) -> DocumentType:
        """The type with its printed name and symbol."""
        return type_named(self.type)

    @property
    def printed_number(self) -> str | None:
        """The number line of the page; blank before the number is given, None where not even a symbol is known."""
        if self.number is not None:
            return number_text(self.number.value, self.number.suffix, self.number.symbol)
        return self.blank_number

    @property
    def blank_number(self) -> str | None:
        """The number line with room for the clerk's hand, None where no symbol is known."""
        if self.number is not None:
            return number_text(None, "", self.number.symbol)
        if self.issuer.symbol is None:
            return None
        own = self.document_type.symbol
        return number_text(None, "", f"{own}/{self.issuer.symbol}" if own else self.issuer.symbol)

    @property
    def full_text(self) -> FullText:
        """The body with the annexes."""
        return FullText(self.body, self.annexes)

    def walk(self) -> Iterator[tuple[Block, tuple[Block, ...]]]:
        """Yield every block of the body and of the annexes depth first, each with its ancestors, outermost first."""
        yield from walk(self.body)
        for annex in self.annexes:
            yield from walk(annex.body)

    def items(self) -> Iterator[Block]:
        """Yield in reading order every item, and every row that is followed like one."""
        for block, _ancestors in self.walk():
            if block.kind is BlockKind.ITEM or (block.kind is BlockKind.ROW and block.follow):
                yield block

    def with_ids(self) -> "Document":
        """Return the same directive in which every block has an id; ids that are there stay."""
        taken = {block.id for block, _ancestors in self.walk() if block.id}

        def named(block: Block) -> Block:
            block_id = block.id
            # Ids are drawn, not counted: the id of a block that was deleted must never come to mean another one.
            while block_id is None or (block.id is None and block_id in taken):
                block_id = secrets.token_hex(4)
            taken.add(block_id)
            return dataclasses.replace(block, id=block_id)

        return self.with_each_block(named)

    def with_each_block(self, change: Callable[[Block], Block]) -> "Document":
        """Return the same directive with `change` made to every block of text and annexes, to children first."""

        def changed(block: Block) -> Block:
            return change(dataclasses.replace(block, children=tuple(map(changed, block.children))))

        return dataclasses.replace(
            self,
            body=tuple(map(changed, self.body)),
            annexes=tuple(annex.with_body(map(changed, annex.body)) for annex in self.annexes),
        )

    def to_text(self) -> str:
        """Return the words and markers, one line for each paragraph, in the reading order of the page."""
        lines: list[str | None] = [self.issuer.superior_line, self.issuer.name_line]
        lines += [issuer.name_line for issuer in self.co_issuers]
        lines += [self.printed_number, self.urgency, self.circulation]
        if self.place or self.date:
            lines.append(", ".join(part for part in (self.place, date_text(self.date)) if part))
        if not self.document_type.is_letter:
            lines.append(self.document_type.name.upper())
        lines += [self.author_line, self.subject.printed, self.meeting_note]
        lines += [addressee.text for addressee in self.addressees]
        lines += [*self.grounds, self.enacting_line, *_text_lines(self.body)]
        lines += [self.dissemination, self.distribution_heading]
        for line in self.distribution:
            lines += [line.heading, line.printed]
        for signature in (self.second_signature, self.signature, self.confirmation):
            if signature is not None:
                lines += [line.text for line in signature.lines] + [signature.signer]
        for annex in self.annexes:
            lines += [annex.title, *_text_lines(annex.body)]
        return "\n".join(line for line in lines if line)

    def _refuse_doubled_ids(self) -> None:
        seen: set[str] = set()
        for block, _ancestors in self.walk():
            if block.id in seen:
                raise DocumentError("body", _("two blocks have the id %s") % block.id)
            if block.id:
                seen.add(block.id)


def _read_optional(source: JsonObject) -> dict[str, Any]:
    """Read the keys that most directives do without; None and empty lists stand for what is left out."""
    if source.values.get("urgency") is not None:
        source.choice("urgency", URGENCIES)
    numbers = [key for key in _OPTIONAL_NUMBERS if source.values.get(key) is not None]
    signatures = [key for key in _OPTIONAL_SIGNATURES if source.values.get(key) is not None]
    copy, file = (source.values.get(key) for key in _OPTIONAL_PARTS)
    return {
        **{key: source.text_or_none(key) for key in _OPTIONAL_TEXTS},
        **{key: source.whole_number(key) for key in numbers},
        **{key: Signature.from_json(source.values[key], key) for key in signatures},
        "grounds": tuple(clean_text(entry, at) for at, entry in source.entries("grounds")),
        "co_issuers": tuple(Issuer.from_json(entry, at) for at, entry in source.entries("co_issuers")),
        "annexes": tuple(Annex.from_json(entry, at) for at, entry in source.entries("annexes")),
        "certified_copy": None if copy is None else CertifiedCopy.from_json(copy, "certified_copy"),
        "text_file": None if file is None else TextFile.from_json(file, "text_file"),
    }


def _written(value: Any) -> Any:
    """Write the value of an optional key as it is read."""
    if isinstance(value, tuple):
        return [_written(entry) for entry in value]
    return value if isinstance(value, str | int) else value.to_json()


def _text_lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block, _ancestors in walk(blocks):
        yield block.line


def content_hash(
    document: Document, enclosed: Sequence[tuple[str, str]] = (), corrects: Sequence[tuple[str, str]] = ()
) -> str:
    """Return the SHA-256 (hex) of all that a signer approves: everything except number, date and digital signatures.

    `enclosed` are name and SHA-256 of what goes with it, in order; `corrects` what it does to which paper (id).
    """
    content = {key: value for key, value in document.to_json().items() if key not in _ADDED_AFTER_APPROVAL}
    if enclosed:
        content["enclosures"] = [{"name": name, "sha256": sha256} for name, sha256 in enclosed]
    if corrects:
        content["corrects"] = [{"kind": kind, "paper": paper} for kind, paper in corrects]
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(unicodedata.normalize("NFC", written).encode()).hexdigest()
