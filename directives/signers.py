"""Who may sign for a body on a day, in the order in which they are offered; the matrix of types and signers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from directives.formats import DOCUMENT_TYPES, DocumentType
from directives.formats.authority import breach, organ_of
from orgs.models import Authority, Organization, SigningForm

_FORMS = list(SigningForm)


class Signers:
    """The authorities of some bodies that hold on a day, with who stands in for whom."""

    def __init__(self, bodies: Collection[UUID], day: date) -> None:
        authorities = Authority.objects.filter(organization__in=bodies).on(day)
        self.day = day
        self.in_force = list(authorities.select_related("person", "in_place_of__person"))
        self._substitute_of = {each.in_place_of_id: each for each in self.in_force if each.in_place_of_id}
        self.in_force.sort(key=lambda each: (self.is_away(each), not each.types, *_name_and_form(each)))

    def is_away(self, authority: Authority) -> bool:
        """Whether somebody signs in this person's place today."""
        return authority.pk in self._substitute_of

    def fitting_first(self, type_code: str) -> list[Authority]:
        """Those who sign papers of this type first: substitutes and special authorities before the general ones."""
        return sorted(self.in_force, key=lambda each: not each.covers(type_code, self.day))

    def note_on(self, authority: Authority) -> str:
        """What is to be known of it beside its lines: in whose place, who stands in, that it has ended."""
        if authority.in_place_of is not None:
            words = _("in place of %(name)s until %(day)s")
            return words % {"name": authority.in_place_of.person.full_name, "day": _day(authority.ends_on)}
        if substitute := self._substitute_of.get(authority.pk):
            words = _("away until %(day)s, %(name)s signs instead")
            return words % {"day": _day(substitute.ends_on), "name": substitute.person.full_name}
        if authority.ends_on is not None and authority.ends_on < self.day:
            return _("ended on %(day)s") % {"day": _day(authority.ends_on)}
        return ""


def in_place_words(authority: Authority) -> str:
    """In whose place, between which days and on what basis a substitute signs; empty for who signs in person."""
    if authority.in_place_of is None:
        return ""
    return _("in place of %(name)s from %(first)s until %(last)s, by %(basis)s") % {
        "name": authority.in_place_of.person.full_name,
        "first": _day(authority.starts_on),
        "last": _day(authority.ends_on),
        "basis": authority.instrument,
    }


def signed_for(authority: Authority | None) -> dict[str, str]:
    """What the history keeps of the right by which it is signed: the lines, the basis, and in whose place."""
    if authority is None:
        return {}
    facts = {"authority": authority.printed_lines, "instrument": authority.instrument}
    words = in_place_words(authority)
    return {**facts, "in_place_of": words} if words else facts


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """Types for which the same people sign, and for each signer the form in which; an empty one: does not sign."""

    types: tuple[DocumentType, ...]
    forms: tuple[str, ...]

    @property
    def is_signed_by_nobody(self) -> bool:
        """Whether nobody may sign these types."""
        return not any(self.forms)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who may sign what for a body on a day: a column for each authority, a row for types that are signed alike."""

    columns: tuple[Authority, ...]
    rows: tuple[MatrixRow, ...]


def matrix_of(body: Organization, signers: Signers) -> Matrix:
    """The matrix of the types that the body issues by the regulation of the day."""
    alike: dict[tuple[str, ...], list[DocumentType]] = {}
    for each in _types_of(body, signers.day):
        forms = tuple(_form(authority, each.code, signers.day) for authority in signers.in_force)
        alike.setdefault(forms, []).append(each)
    rows = [MatrixRow(tuple(types), forms) for forms, types in alike.items()]
    return Matrix(tuple(signers.in_force), tuple(sorted(rows, key=lambda row: len(row.types), reverse=True)))


def _types_of(body: Organization, day: date) -> Iterable[DocumentType]:
    head = body.as_of(day)
    organ = organ_of(head.superior_line, head.name_line)
    for each in DOCUMENT_TYPES:
        is_known = each.since is None or each.since <= day
        if is_known and (organ is None or breach(each.code, day, organ, None) is None):
            yield each


def _form(authority: Authority, type_code: str, day: date) -> str:
    return str(authority.get_form_display()) if authority.covers(type_code, day) else ""


def _name_and_form(authority: Authority) -> tuple[int, str, int]:
    return _FORMS.index(SigningForm(authority.form)), authority.person.full_name, authority.pk


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
