"""What the lines around the text say: number, place and date, subject, addressees, distribution, signature."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence

from directives.document import Addressee, DistributionLine, Number, Signature, SignatureLine, Subject
from directives.document_parts import SignatureRole
from directives.formats import DOCUMENT_TYPES
from directives.written_lines import read_addressees, read_distribution

_NUMBER = re.compile(r"(?i:số)\s*:?\s*(?P<value>\d*)(?P<suffix>[a-zđ]?)\s*[-/–]\s*(?P<symbol>[^\d\s][^\s]*)")
_DATE = re.compile(r"(?i:ngày)\s+(\d{1,2})\s+(?i:tháng)\s+(\d{1,2})\s+(?i:năm)\s+(\d{4})")
_PLACE = re.compile(r"^(?P<place>[^,]{2,60}),\s*(?i:ngày)\b")
_PREFIX = re.compile(r"^(V/v|Về việc|Về|về)\s+(?P<words>.+)$", re.DOTALL)
_AUTHORITY = re.compile(r"^(T/M|K/T|T/L|TM\.?|KT\.?|TL\.?|Q\.)(\s|$)")
_CONNECTORS = frozenset({"kiêm", "và"})
_TYPES = {each.name.upper(): each.code for each in DOCUMENT_TYPES}


def type_called(line: str) -> str | None:
    """The code of the type whose name stands alone on this line, in capitals."""
    return _TYPES.get(flat(line)) if line.strip() == line.strip().upper() else None


def flat(words: str) -> str:
    """The words on one line."""
    return " ".join(words.split())


def number_in(line: str) -> tuple[Number | None, str | None]:
    """Number and body's symbol, as "Số 745-CV/HU" says them; a blank number is none."""
    found = _NUMBER.search(flat(line))
    if found is None:
        return None, None
    symbol = found["symbol"]
    body = symbol.rpartition("/")[2] or None
    if not found["value"] or not int(found["value"]):
        return None, body
    return Number(int(found["value"]), found["suffix"], symbol), body


def place_in(line: str) -> str | None:
    """The place before the date, as in "Sơn Hà, ngày … tháng … năm …"."""
    found = _PLACE.match(flat(line))
    return found["place"] if found else None


def date_in(line: str) -> datetime.date | None:
    """The date, None where a part of it is blank or no such day was."""
    found = _DATE.search(flat(line))
    if found is None:
        return None
    try:
        return datetime.date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def subject_in(words: str) -> Subject:
    """The subject with how it begins."""
    written = flat(words)
    found = _PREFIX.match(written)
    if found is None:
        return Subject(None, written)
    # "Về việc" is a way of writing "V/v".
    return Subject("V/v" if found[1] == "Về việc" else found[1], found["words"])


def addressees_in(lines: Iterable[str]) -> tuple[Addressee, ...]:
    """Those to whom the paper speaks, one a line."""
    return read_addressees("\n".join(map(flat, lines)), ())


def distribution_in(lines: Iterable[str]) -> tuple[DistributionLine, ...]:
    """The list at the foot, one a line."""
    return read_distribution("\n".join(map(flat, lines)), ())


def signature_in(lines: Sequence[str], names: Sequence[str], notes: Sequence[str] = ()) -> Signature | None:
    """The lines above the name, each with the part it plays, and the name; several names are lines of their own."""
    if not lines and not names:
        return None
    read = [SignatureLine(flat(line), _role(line, line in notes)) for line in lines]
    if len(names) > 1:
        return Signature((*read, *(SignatureLine(flat(name), "name") for name in names)), None)
    return Signature(tuple(read), flat(names[0]) if names else None)


def is_authority(line: str) -> bool:
    """Whether the line says in whose name is signed: T/M, K/T, T/L, Q."""
    return bool(_AUTHORITY.match(flat(line)))


def _role(line: str, is_note: bool) -> SignatureRole:
    if is_note:
        return "note"
    if flat(line).lower() in _CONNECTORS:
        return "connector"
    return "authority" if is_authority(line) and not line.startswith("Q.") else "position"
