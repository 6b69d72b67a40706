"""The world in which a sample was written, built from its JSON: issuer, term, first number, staff, day and units."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any

from directives.addressing import Addressed, FollowItems, addressed
from directives.document import Document
from directives.formats.types import type_named
from directives.models import NumberSeries
from orgs.directory import Directory, parts_of
from orgs.models import Authority, Organization, Person, RecipientGroup, Role, Term
from tests import factories
from tests.factories import ClockAt

MISSING = {
    "superior_line": None,
    "name_line": "HUYỆN ỦY MẪU SƠN",
    "symbol": "HU",
    "place": "Mẫu Sơn",
    "number": 31,
    "date": date(2022, 2, 22),
    "signature": {
        "lines": [{"text": "T/M BAN THƯỜNG VỤ", "role": "authority"}, {"text": "BÍ THƯ", "role": "position"}],
        "signer": "Nguyễn Văn Mẫu",
    },
    "distribution": [
        {"text": "Ủy ban nhân dân huyện", "purpose": None},
        {"text": "Các chi, đảng bộ trực thuộc", "purpose": None},
        {"text": "Lưu Văn phòng Huyện ủy", "purpose": None, "archive": True},
    ],
}
"""What a sample that was captured without its head or foot is given."""

SEVERAL = ("các ", "mttq và", "cấp ủy", "ngành ")
"""Names that begin like this mean several bodies and become a group of two."""


@dataclasses.dataclass
class SampleWorld:
    """Everything that is needed to take one sample along its road."""

    issuer: Organization
    authority: Authority
    drafter: Person
    clerk: Person
    clock: ClockAt
    number: int
    found: Addressed
    made_for_names: list[str]

    @classmethod
    def of(cls, sample: dict[str, Any]) -> SampleWorld:
        """Build the world of one sample; names that the directory does not know become units."""
        text = _completed(sample)
        day = date.fromisoformat(text["date"])
        issuer = _issuer(text)
        term = Term.objects.create(organization=issuer, name="của mẫu", starts_on=day - timedelta(days=400))
        group = type_named(text["type"]).symbol_group
        first = text["number"]["value"]
        NumberSeries.objects.create(organization=issuer, term=term, symbol_group=group, next_number=first)
        signer = factories.person(text["signature"]["signer"], (issuer, Role.SIGNER))
        document = Document.from_json(text)
        made = _make_units(issuer, document, day)
        return cls(
            issuer=issuer,
            authority=Authority.objects.create(
                person=signer,
                organization=issuer,
                form="direct",
                lines=text["signature"]["lines"],
                starts_on=factories.LONG_AGO,
            ),
            drafter=factories.person("Người soạn mẫu", (issuer, Role.DRAFTER)),
            clerk=factories.person("Văn thư mẫu", (issuer, Role.CLERK)),
            clock=ClockAt.on(day),
            number=first,
            found=addressed(document, Directory(issuer, day), FollowItems.ALL),
            made_for_names=made,
        )


def _completed(sample: dict[str, Any]) -> dict[str, Any]:
    """The sample with what it lacks; what it has is never changed."""
    head = {key: sample["issuer"][key] or MISSING[key] for key in ("superior_line", "name_line", "symbol")}
    symbol = f"{type_named(sample['type']).symbol}/{head['symbol']}"
    return {
        **sample,
        "issuer": head,
        "number": sample["number"] or {"value": MISSING["number"], "suffix": "", "symbol": symbol},
        "place": sample["place"] or MISSING["place"],
        "date": sample["date"] or MISSING["date"].isoformat(),  # type: ignore[attr-defined]  # a date
        "signature": sample["signature"] or MISSING["signature"],
        "distribution": sample["distribution"] or MISSING["distribution"],
        "digital_signatures": [],
    }


def _issuer(text: dict[str, Any]) -> Organization:
    head = text["issuer"]
    return factories.body(
        "issuer",
        head["name_line"].capitalize(),
        superior_line=head["superior_line"] or "",
        name_line=head["name_line"],
        symbol=head["symbol"],
        place=text["place"],
    )


def _make_units(issuer: Organization, document: Document, day: date) -> list[str]:
    """Ask the directory for every name; make a unit, or a group of two, for each one that it does not know."""
    made: list[str] = []
    while unresolved := addressed(document, Directory(issuer, day), FollowItems.ALL).unresolved:
        before = len(made)
        for part in parts_of(unresolved[0]):
            if not Directory(issuer, day).suggest(part).certain:
                _make(issuer, part, len(made))
                made.append(part)
        assert len(made) > before, f"the directory still does not understand {unresolved[0]!r}"
    return made


def _make(issuer: Organization, name: str, place: int) -> RecipientGroup | Organization:
    if not name.lower().startswith(SEVERAL):
        return factories.body(f"don-vi-{place}", name)
    members = [factories.body(f"don-vi-{place}-{n}", f"{name} ({place}) {n}") for n in (1, 2)]
    return factories.group(issuer, f"nhom-{place}", name, members)
