"""Which types a body may issue, as dated data (399-QĐ/TW and before it 66-QĐ/TW).

Bodies whose list was not read have no line: nothing is said of them. A breach is never more than a warning.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_REGULATION_66_FROM = datetime.date(2017, 2, 6)
_REGULATION_399_FROM = datetime.date(2026, 1, 9)

# What every body issues besides: copies and administrative papers.
ADMINISTRATIVE = frozenset({"BS", "GGT", "GCN", "GĐĐ", "GNP", "GM", "PC", "PG", "TCg"})
_COMMITTEE_66 = frozenset({"NQ", "QĐ", "KL", "QC", "QĐi", "TB", "BC", "KH", "QH", "CTr", "ĐA", "TTr", "CV", "BB"})
_GRASS_ROOTS_399 = _COMMITTEE_66 | {"PA", "DA"}


class Organ(StrEnum):
    """The kinds of bodies that the regulations tell apart."""

    PROVINCE_OR_DISTRICT = "province_or_district"
    GRASS_ROOTS = "grass_roots"
    CELL = "cell"
    ADVISORY = "advisory"
    INSPECTION = "inspection"


class Acting(StrEnum):
    """In whose name a committee speaks: its own, or its standing committee's."""

    COMMITTEE = "committee"
    STANDING = "standing"


@dataclass(frozen=True, slots=True)
class AuthorityLine:
    """The types that one kind of body issued between two days; `acting` is None where it makes no difference."""

    since: datetime.date
    until: datetime.date | None
    organ: Organ
    acting: Acting | None
    types: frozenset[str]
    clause: str
    confirmed: bool

    def speaks_of(self, day: datetime.date, organ: Organ, acting: Acting | None) -> bool:
        """Whether the line is about this kind of body on this day; an unknown `acting` fits every line."""
        in_force = self.since <= day and (self.until is None or day <= self.until)
        return in_force and self.organ is organ and (acting is None or self.acting in {None, acting})


def _by_66(organ: Organ, acting: Acting | None, types: Iterable[str]) -> AuthorityLine:
    """A line of the regulation of 2017; the lists are digests that nobody has confirmed."""
    until = _REGULATION_399_FROM - datetime.timedelta(days=1)
    allowed = frozenset(types) | ADMINISTRATIVE
    return AuthorityLine(_REGULATION_66_FROM, until, organ, acting, allowed, "66-QĐ/TW", confirmed=False)


def _by_399(organ: Organ, acting: Acting | None, types: Iterable[str], clause: str) -> AuthorityLine:
    allowed = frozenset(types) | ADMINISTRATIVE
    return AuthorityLine(_REGULATION_399_FROM, None, organ, acting, allowed, clause, confirmed=True)


AUTHORITY: tuple[AuthorityLine, ...] = (
    _by_66(Organ.PROVINCE_OR_DISTRICT, Acting.COMMITTEE, _COMMITTEE_66),
    _by_66(Organ.PROVINCE_OR_DISTRICT, Acting.STANDING, (_COMMITTEE_66 | {"CT", "TT", "HD"}) - {"QC"}),
    _by_66(Organ.ADVISORY, None, {"QĐ", "HD", "TB", "BC", "KH", "CTr", "ĐA", "TTr", "CV", "BB"}),
    _by_66(Organ.INSPECTION, None, {"QĐ", "HD", "TB", "BC", "KH", "CTr", "ĐA", "TTr", "CV", "BB", "QC", "QĐi"}),
    _by_66(Organ.CELL, None, _COMMITTEE_66 - {"QC", "QĐi", "TB", "KL"}),
    _by_399(Organ.GRASS_ROOTS, Acting.COMMITTEE, _GRASS_ROOTS_399, "399-QĐ/TW, Điều 11"),
    _by_399(Organ.GRASS_ROOTS, Acting.STANDING, (_GRASS_ROOTS_399 | {"HD"}) - {"QC"}, "399-QĐ/TW, Điều 11"),
    _by_399(Organ.CELL, None, _GRASS_ROOTS_399 - {"QĐi"}, "399-QĐ/TW, Điều 12"),
)


def breach(type_code: str, day: datetime.date, organ: Organ, acting: Acting | None) -> AuthorityLine | None:
    """Return the line that this type breaks; None where it is allowed, or where no line speaks of the body."""
    lines = [line for line in AUTHORITY if line.speaks_of(day, organ, acting)]
    return lines[0] if lines and all(type_code not in line.types for line in lines) else None


def organ_of(superior_line: str | None, name_line: str | None) -> Organ | None:
    """Tell the kind of body by the lines of its head; None where they do not tell, or no list was read for it.

    A committee directly under a province stands above grass-roots bodies, and its list (Điều 10) was not read.
    """
    name, superior = (name_line or "").upper(), (superior_line or "").upper()
    if name.startswith(("TỈNH ỦY", "THÀNH ỦY", "HUYỆN ỦY", "QUẬN ỦY", "THỊ ỦY")):
        return Organ.PROVINCE_OR_DISTRICT
    if name.startswith("CHI BỘ"):
        return Organ.CELL
    if name.startswith("ỦY BAN KIỂM TRA"):
        return Organ.INSPECTION
    if name.startswith(("BAN ", "VĂN PHÒNG")):
        return Organ.ADVISORY
    if name.startswith("ĐẢNG ỦY") and superior and not superior.startswith(("ĐẢNG BỘ TỈNH", "ĐẢNG BỘ THÀNH PHỐ")):
        return Organ.GRASS_ROOTS
    return None
