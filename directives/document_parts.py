"""The parts of a directive around its body: issuer, number, subject, addressees, distribution, signature, citations."""

import datetime
from dataclasses import dataclass
from typing import Any, Literal, cast

from directives.blocks import Target
from directives.json_object import JsonObject

SignatureRole = Literal["authority", "position", "connector", "name", "note"]
SIGNATURE_ROLES: tuple[SignatureRole, ...] = ("authority", "position", "connector", "name", "note")
SIGNATURE_KINDS = ("person", "agency", "incoming", "copy")


@dataclass(frozen=True, slots=True)
class Issuer:
    """The head of letter: line of the superior body, line of the issuing body, symbol; each may be unknown.

    `signature_blank_lines` is how many lines the body leaves for the signature, None for as many as the edition says.
    """

    superior_line: str | None = None
    name_line: str | None = None
    symbol: str | None = None
    signature_blank_lines: int | None = None

    @classmethod
    def from_json(cls, value: object, where: str) -> "Issuer":
        """Read the head of letter; a line may hold line breaks."""
        lines, gap = ("superior_line", "name_line", "symbol"), "signature_blank_lines"
        source = JsonObject.of(value, where, required=lines, optional=(gap,))
        return cls(
            superior_line=source.text_or_none("superior_line", line_breaks=True),
            name_line=source.text_or_none("name_line", line_breaks=True),
            symbol=source.text_or_none("symbol"),
            signature_blank_lines=None if source.values.get(gap) is None else source.whole_number(gap),
        )

    def to_json(self) -> dict[str, Any]:
        """Write the head of letter as it is read."""
        written = {"superior_line": self.superior_line, "name_line": self.name_line, "symbol": self.symbol}
        gap = self.signature_blank_lines
        return written if gap is None else {**written, "signature_blank_lines": gap}


@dataclass(frozen=True, slots=True)
class Number:
    """Number and symbol, as in 745 with CV/HU; the suffix is the letter of a late insertion ("12a")."""

    value: int
    suffix: str
    symbol: str

    @classmethod
    def from_json(cls, value: object, where: str) -> "Number":
        """Read a number from 1 upwards."""
        source = JsonObject.of(value, where, required=("value", "suffix", "symbol"))
        return cls(source.whole_number("value"), source.text("suffix"), source.text("symbol"))

    def to_json(self) -> dict[str, Any]:
        """Write the number as it is read."""
        return {"value": self.value, "suffix": self.suffix, "symbol": self.symbol}


@dataclass(frozen=True, slots=True)
class Subject:
    """The trích yếu: how it begins ("V/v", "Về", "về" or nothing) and its words, which may hold manual line breaks."""

    prefix: str | None = None
    text: str = ""

    @property
    def printed(self) -> str:
        """The prefix and the words as they stand on the page."""
        return f"{self.prefix} {self.text}" if self.prefix else self.text

    @classmethod
    def from_json(cls, value: object, where: str) -> "Subject":
        """Read the subject."""
        source = JsonObject.of(value, where, required=("prefix", "text"))
        return cls(source.text_or_none("prefix"), source.text("text", line_breaks=True))

    def to_json(self) -> dict[str, Any]:
        """Write the subject as it is read."""
        return {"prefix": self.prefix, "text": self.text}


@dataclass(frozen=True, slots=True)
class Addressee:
    """One entry of Kính gửi, verbatim, with whom it means."""

    text: str
    targets: tuple[Target, ...] = ()

    @classmethod
    def from_json(cls, value: object, where: str) -> "Addressee":
        """Read a plain text, or an object with `text` and `targets`."""
        if isinstance(value, str):
            value = {"text": value}
        source = JsonObject.of(value, where, required=("text",), optional=("targets",))
        targets = tuple(Target.from_json(entry, at) for at, entry in source.entries("targets"))
        return cls(source.text("text"), targets)

    def to_json(self) -> str | dict[str, Any]:
        """Write a plain text where no target is known."""
        if not self.targets:
            return self.text
        return {"text": self.text, "targets": [target.to_json() for target in self.targets]}


@dataclass(frozen=True, slots=True)
class DistributionLine:
    """One line of Nơi nhận, verbatim, with its purpose note (without brackets) and whom it means.

    `heading` is the sub-head that begins with this line, as in "Gửi bản điện tử:".
    """

    text: str
    purpose: str | None = None
    same_as_addressees: bool = False
    archive: bool = False
    targets: tuple[Target, ...] = ()
    heading: str | None = None

    @property
    def printed(self) -> str:
        """The words as they stand on the page, the purpose in brackets."""
        return f"{self.text} ({self.purpose})" if self.purpose else self.text

    @classmethod
    def from_json(cls, value: object, where: str) -> "DistributionLine":
        """Read one line."""
        optional = ("same_as_addressees", "archive", "targets", "heading")
        source = JsonObject.of(value, where, required=("text", "purpose"), optional=optional)
        return cls(
            text=source.text("text"),
            purpose=source.text_or_none("purpose"),
            same_as_addressees=source.flag("same_as_addressees"),
            archive=source.flag("archive"),
            targets=tuple(Target.from_json(entry, at) for at, entry in source.entries("targets")),
            heading=source.text_or_none("heading"),
        )

    def to_json(self) -> dict[str, Any]:
        """Write the line; facts that it does not have are left out."""
        facts = {
            "same_as_addressees": self.same_as_addressees,
            "archive": self.archive,
            "targets": [target.to_json() for target in self.targets],
            "heading": self.heading,
        }
        return {"text": self.text, "purpose": self.purpose, **{key: fact for key, fact in facts.items() if fact}}


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line above the signature, verbatim, with the part that it plays."""

    text: str
    role: SignatureRole

    @classmethod
    def from_json(cls, value: object, where: str) -> "SignatureLine":
        """Read one line."""
        source = JsonObject.of(value, where, required=("text", "role"))
        return cls(source.text("text"), cast(SignatureRole, source.choice("role", SIGNATURE_ROLES)))

    def to_json(self) -> dict[str, Any]:
        """Write the line as it is read."""
        return {"text": self.text, "role": self.role}


@dataclass(frozen=True, slots=True)
class Signature:
    """The lines of authority and position, and the printed name of the signer (None while it is open)."""

    lines: tuple[SignatureLine, ...] = ()
    signer: str | None = None

    @classmethod
    def from_json(cls, value: object, where: str) -> "Signature":
        """Read the block."""
        source = JsonObject.of(value, where, required=("lines", "signer"))
        lines = tuple(SignatureLine.from_json(entry, at) for at, entry in source.entries("lines"))
        return cls(lines, source.text_or_none("signer"))

    def to_json(self) -> dict[str, Any]:
        """Write the block as it is read."""
        return {"lines": [line.to_json() for line in self.lines], "signer": self.signer}


@dataclass(frozen=True, slots=True)
class DigitalSignature:
    """A digital signature seen on the paper: whose and when; its label need not equal the printed name."""

    kind: str
    label: str
    time: datetime.datetime | None = None

    @classmethod
    def from_json(cls, value: object, where: str) -> "DigitalSignature":
        """Read one signature; its time carries an offset."""
        source = JsonObject.of(value, where, required=("kind", "label", "time"))
        return cls(source.choice("kind", SIGNATURE_KINDS), source.text("label"), source.moment_or_none("time"))

    def to_json(self) -> dict[str, Any]:
        """Write the signature as it is read."""
        return {"kind": self.kind, "label": self.label, "time": None if self.time is None else self.time.isoformat()}


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document that the text names; every fact but the words themselves may be unknown."""

    text: str
    number: str | None = None
    symbol: str | None = None
    date: datetime.date | None = None
    issuer: str | None = None

    @classmethod
    def from_json(cls, value: object, where: str) -> "Citation":
        """Read one citation."""
        source = JsonObject.of(value, where, required=("text", "number", "symbol", "date", "issuer"))
        return cls(
            text=source.text("text"),
            number=source.text_or_none("number"),
            symbol=source.text_or_none("symbol"),
            date=source.date_or_none("date"),
            issuer=source.text_or_none("issuer"),
        )

    def to_json(self) -> dict[str, Any]:
        """Write the citation as it is read."""
        return {
            "text": self.text,
            "number": self.number,
            "symbol": self.symbol,
            "date": None if self.date is None else self.date.isoformat(),
            "issuer": self.issuer,
        }
