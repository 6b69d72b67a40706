"""The bodies that issue a paper together with its issuer, by their names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django import forms
from django.utils.translation import gettext as _

from directives.document import Issuer
from directives.forms.head_and_foot import name_of
from orgs.directory import Directory, directory_of
from orgs.models import Organization


def joint_issuers(names: str, before: Iterable[Issuer], owner: Organization, day: date) -> tuple[Issuer, ...]:
    """The heads of the bodies that these lines name; raises ValidationError for a name that is nobody's."""
    known = {name_of(issuer): issuer for issuer in before}
    typed = list(dict.fromkeys(" ".join(name.split()) for name in names.split("\n") if name.strip()))
    directory = directory_of(owner, day) if any(name not in known for name in typed) else None
    return tuple(
        known[name] if directory is None or name in known else _head(name, directory, owner, day) for name in typed
    )


def _head(name: str, directory: Directory, owner: Organization, day: date) -> Issuer:
    meanings = [each for each in directory.suggest(name).meanings if each.kind == "organization"]
    if len(meanings) != 1:
        words = (
            _("“%(name)s” is not in the directory of bodies.")
            if not meanings
            else _("Several bodies are called “%(name)s”.")
        )
        raise forms.ValidationError(words % {"name": name})
    if meanings[0].code == owner.code:
        raise forms.ValidationError(_("“%(name)s” issues the paper itself; name the other bodies.") % {"name": name})
    head = Organization.objects.get(code=meanings[0].code).as_of(day)
    return Issuer(head.superior_line or None, head.name_line, head.symbol, head.signature_blank_lines)
