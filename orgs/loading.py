"""An office's bodies, terms, groups and rights to sign from a JSON file, each entry checked and every fault named.

The file is the one of docs/operating.md: `organizations`, `groups`, `authorities`. Whoever loads does so inside a
transaction: the first fault leaves nothing behind.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Min
from django.utils.translation import gettext as _

from orgs.acts import ENTERED_FROM_FILE
from orgs.models import (
    Authority,
    Event,
    GroupKind,
    GroupMember,
    Organization,
    OrganizationVersion,
    Person,
    RecipientGroup,
    Term,
)

Facts = Mapping[str, Any]
Row = TypeVar("Row", bound=models.Model)

VERSION_KEYS = ("valid_from", "name", "name_line", "kind")
VERSION_CHOICES = (
    "short_name",
    "aliases",
    "superior_line",
    "symbol",
    "place",
    "signature_blank_lines",
    "mail_addresses",
)


class LoadFault(Exception):
    """An entry of the file cannot be taken; the message names the entry, the key and what is wrong."""


def read(path: Path, parts: tuple[str, ...]) -> dict[str, list[Any]]:
    """The lists of the file by the names in `parts`, empty where one is left out; raises LoadFault."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise LoadFault(str(error)) from error
    expect(content, _("the file"), (), parts)
    for part, entries in content.items():
        if not isinstance(entries, list):
            raise LoadFault(_("%(where)s: a list is expected") % {"where": part})
    return {part: content.get(part, []) for part in parts}


def load_bodies(entries: Iterable[Facts], *, at: datetime) -> dict[str, Organization]:
    """The bodies with their names and terms, by their code; a superior may stand further down in the file."""
    known = {body.code: body for body in Organization.objects.all()}
    listed = [(f"organizations[{place}]", facts) for place, facts in enumerate(entries)]
    for where, facts in listed:
        expect(facts, where, ("code", *VERSION_KEYS), (*VERSION_CHOICES, "superior", "term", "ended_on", "successors"))
        code = str(facts["code"])
        if code in known:
            raise LoadFault(_("%(where)s: the body “%(code)s” exists already") % {"where": where, "code": code})
        known[code] = saved(Organization(code=code, ended_on=facts.get("ended_on")), where)
    for where, facts in listed:
        _load_body(known, facts, where, at)
    return known


def load_groups(entries: Iterable[Facts], bodies: Mapping[str, Organization]) -> int:
    """The groups of bodies with their members; returns how many. A group of posts is filled by an administrator."""
    number = 0
    for number, facts in enumerate(entries, start=1):
        where = f"groups[{number - 1}]"
        expect(facts, where, ("code", "name", "owner"), ("aliases", "kind", "members"))
        chosen = {key: facts[key] for key in ("aliases", "kind") if key in facts}
        owner = body_of(bodies, facts["owner"], f"{where}.owner")
        group = saved(RecipientGroup(owner=owner, code=facts["code"], name=facts["name"], **chosen), where)
        if group.kind == GroupKind.ORGANIZATIONS:
            _load_members(group, facts.get("members", []), bodies, where)
    return number


def load_authorities(entries: Iterable[Facts], *, at: datetime) -> int:
    """The rights to sign of people who have an account; returns how many."""
    bodies = {body.code: body for body in Organization.objects.all()}
    number = 0
    for number, facts in enumerate(entries, start=1):
        where = f"authorities[{number - 1}]"
        expect(
            facts, where, ("person", "organization", "form", "lines", "starts_on"), ("types", "instrument", "ends_on")
        )
        person = Person.objects.filter(username=facts["person"]).first()
        if person is None:
            words = _("%(where)s: nobody has the sign-in name “%(name)s”")
            raise LoadFault(words % {"where": where, "name": facts["person"]})
        body = body_of(bodies, facts["organization"], f"{where}.organization")
        chosen = {key: value for key, value in facts.items() if key not in {"person", "organization"}}
        same = {key: facts.get(key, []) for key in ("form", "lines", "types")}
        if Authority.objects.filter(person=person, organization=body, starts_on=facts["starts_on"], **same).exists():
            raise LoadFault(_("%(where)s: this right to sign exists already") % {"where": where})
        authority = saved(Authority(person=person, organization=body, **chosen), where)
        Event.record(authority, "authority_given", at=at, person=person.username, organization=body.code)
    return number


def body_of(bodies: Mapping[str, Organization], code: object, where: str) -> Organization:
    """The body of this code; raises LoadFault."""
    try:
        return bodies[str(code)]
    except KeyError:
        raise LoadFault(_("%(where)s: there is no body “%(code)s”") % {"where": where, "code": code}) from None


def saved(row: Row, where: str) -> Row:
    """Check every field of a new row and save it; raises LoadFault that names the first key that does not fit."""
    made_by_saving = {field.name for field in row._meta.fields if not field.editable}
    try:
        row.full_clean(exclude=made_by_saving)
    except ValidationError as error:
        key, messages = next(iter(error.message_dict.items()))
        name = where if key == "__all__" else f"{where}.{key}"
        raise LoadFault(f"{name}: {' '.join(messages)}") from error
    row.save()
    return row


def _load_body(bodies: Mapping[str, Organization], facts: Facts, where: str, at: datetime) -> None:
    body = bodies[str(facts["code"])]
    chosen = {key: facts[key] for key in (*VERSION_KEYS, *VERSION_CHOICES) if key in facts}
    superior = body_of(bodies, facts["superior"], f"{where}.superior") if facts.get("superior") else None
    version = saved(OrganizationVersion(organization=body, superior=superior, **chosen), where)
    if facts.get("term"):
        expect(facts["term"], f"{where}.term", ("name", "starts_on"), ("ends_on",))
        saved(Term(organization=body, **facts["term"]), f"{where}.term")
    body.successors.add(*(body_of(bodies, code, f"{where}.successors") for code in facts.get("successors", [])))
    Event.record(body, ENTERED_FROM_FILE, at=at, name=version.name)


def _load_members(
    group: RecipientGroup, entries: Iterable[Facts], bodies: Mapping[str, Organization], where: str
) -> None:
    begins = dict(OrganizationVersion.objects.values_list("organization").annotate(Min("valid_from")).order_by())
    members: dict[UUID, GroupMember] = {}
    for position, facts in enumerate(entries):
        here = f"{where}.members[{position}]"
        expect(facts, here, ("organization",), ())
        body = body_of(bodies, facts["organization"], here)
        if body.pk in members:
            words = _("%(where)s: “%(code)s” stands in this group twice")
            raise LoadFault(words % {"where": here, "code": body.code})
        members[body.pk] = GroupMember(group=group, organization=body, position=position, starts_on=begins[body.pk])
    GroupMember.objects.bulk_create(members.values())


def expect(facts: object, where: str, needed: tuple[str, ...], allowed: tuple[str, ...]) -> None:
    """Refuse an entry that lacks a key or has one that nobody reads; a mistyped key must not be lost in silence."""
    if not isinstance(facts, dict):
        raise LoadFault(_("%(where)s: names and values in braces are expected") % {"where": where})
    lacking = [key for key in needed if key not in facts]
    if lacking:
        raise LoadFault(_("%(where)s lacks: %(keys)s") % {"where": where, "keys": ", ".join(lacking)})
    unknown = sorted(facts.keys() - {*needed, *allowed})
    if unknown:
        raise LoadFault(_("%(where)s: nobody reads %(keys)s") % {"where": where, "keys": ", ".join(unknown)})
