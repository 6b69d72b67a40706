"""What may be chosen in a draft: for whom it is drafted, who signs it, who may read it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from directives.signers import Signers
from orgs.member import Member
from orgs.models import Authority, Organization, OrganizationVersion, Post, Role

Choices = list[tuple[str, str]]


class SignerSelect(forms.Select):
    """The signers, each with the lines and the name that go with the choice; the page fills them in."""

    facts_of: Mapping[str, Mapping[str, str]] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """An option as Django writes it, with its facts."""
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"].update({f"data-{key}": fact for key, fact in self.facts_of.get(str(value), {}).items()})
        return option


@dataclass(frozen=True, slots=True)
class IssuerPair:
    """A body that issues and the body that drafts for it."""

    issuer_id: UUID
    drafting_body_id: UUID
    words: str

    @property
    def value(self) -> str:
        """How the form names the pair."""
        return f"{self.issuer_id}:{self.drafting_body_id}"


@dataclass(frozen=True, slots=True)
class SignerChoices:
    """Who may sign, grouped by body, and for which body each authority holds."""

    grouped: list[tuple[str, Choices]]
    issuer_of: dict[str, UUID]
    facts_of: dict[str, dict[str, str]]


def pairs_of(member: Member, day: date) -> list[IssuerPair]:
    """A body drafts for the body directly above it and for itself; the one above comes first."""
    bodies = Organization.objects.filter(pk__in=member.organizations_as(Role.DRAFTER)).active_on(day)
    versions = _versions(bodies, day)
    above = _versions(Organization.objects.filter(pk__in=[v.superior_id for v in versions]).active_on(day), day)
    names = {version.organization_id: version.name for version in [*versions, *above]}
    for_superior = [
        IssuerPair(
            version.superior_id,
            version.organization_id,
            _("%(issuer)s (drafted by %(body)s)") % {"issuer": names[version.superior_id], "body": version.name},
        )
        for version in versions
        if version.superior_id in names
    ]
    return [*for_superior, *(IssuerPair(v.organization_id, v.organization_id, v.name) for v in versions)]


def signers_of(
    issuers: Collection[UUID], day: date, *, type_code: str = "", chosen: Authority | None = None
) -> SignerChoices:
    """Every authority of these bodies that holds on `day`, the one that fits the type best first.

    The authority that a draft has `chosen` is offered even when it has ended: the draft says so, and nothing is lost.
    """
    signers = Signers(issuers, day)
    names = {
        version.organization_id: version.name for version in _versions(Organization.objects.filter(pk__in=issuers), day)
    }
    offered = signers.fitting_first(type_code)
    if chosen is not None and chosen not in offered:
        offered.append(chosen)
    grouped: dict[UUID, Choices] = {}
    facts: dict[str, dict[str, str]] = {}
    for authority in offered:
        value, note = str(authority.pk), signers.note_on(authority)
        words = f"{authority.person.full_name} ({authority.printed_lines})" + (f" · {note}" if note else "")
        grouped.setdefault(authority.organization_id, []).append((value, words))
        rank = signers.in_force.index(authority) if authority in signers.in_force else len(offered)
        facts[value] = {
            "lines": "\n".join(line["text"] for line in authority.lines),
            "name": authority.person.full_name,
            "types": " ".join(authority.types),
            "rank": str(rank),
        }
    return SignerChoices(
        grouped=[(names[body], choices) for body, choices in grouped.items()],
        issuer_of={value: body for body, choices in grouped.items() for value, _words in choices},
        facts_of=facts,
    )


def people_of(bodies: Collection[UUID], day: date) -> list[tuple[int, str]]:
    """The people who hold a post in these bodies on `day`."""
    posts = Post.objects.filter(organization__in=bodies, person__is_active=True).on(day).select_related("person")
    people = {post.person_id: post.person.full_name for post in posts.order_by("person__full_name")}
    return list(people.items())


def _versions(bodies: QuerySet[Organization], day: date) -> list[OrganizationVersion]:
    versions = OrganizationVersion.objects.filter(organization__in=bodies, valid_from__lte=day)
    return list(versions.order_by("organization_id", "-valid_from").distinct("organization_id"))
