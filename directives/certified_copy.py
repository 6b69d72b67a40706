"""What a certified copy adds under the end of the copied text: sao y, sao lục, trích sao (HD36, bản sao)."""

import datetime
from dataclasses import dataclass
from typing import Any, Literal, cast

from directives.document_parts import DistributionLine, Issuer, Number, Signature
from directives.json_object import JsonObject

CopyForm = Literal["SAO Y", "SAO LỤC", "TRÍCH SAO"]
COPY_FORMS: tuple[CopyForm, ...] = ("SAO Y", "SAO LỤC", "TRÍCH SAO")


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedCopy:
    """The form of copy, the copying body with its number, place and date, its signature and its distribution."""

    form: CopyForm
    issuer: Issuer
    number: Number | None = None
    place: str | None = None
    date: datetime.date | None = None
    signature: Signature | None = None
    distribution: tuple[DistributionLine, ...] = ()

    @classmethod
    def from_json(cls, value: object, where: str) -> "CertifiedCopy":
        """Read what the copy adds."""
        keys = ("form", "issuer", "number", "place", "date", "signature", "distribution")
        source = JsonObject.of(value, where, required=keys)
        number, signature = source.values["number"], source.values["signature"]
        return cls(
            form=cast(CopyForm, source.choice("form", COPY_FORMS)),
            issuer=Issuer.from_json(source.values["issuer"], source.path("issuer")),
            number=None if number is None else Number.from_json(number, source.path("number")),
            place=source.text_or_none("place"),
            date=source.date_or_none("date"),
            signature=None if signature is None else Signature.from_json(signature, source.path("signature")),
            distribution=tuple(DistributionLine.from_json(entry, at) for at, entry in source.entries("distribution")),
        )

    def to_json(self) -> dict[str, Any]:
        """Write the copy as it is read."""
        return {
            "form": self.form,
            "issuer": self.issuer.to_json(),
            "number": None if self.number is None else self.number.to_json(),
            "place": self.place,
            "date": None if self.date is None else self.date.isoformat(),
            "signature": None if self.signature is None else self.signature.to_json(),
            "distribution": [line.to_json() for line in self.distribution],
        }
