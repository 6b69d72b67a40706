"""Who else issues a paper: the bodies of the directory whose heads stand beside the issuer's, and their signers."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from directives.document import Document, Issuer, Signature, SignatureLine
from directives.signers import Signers
from orgs.models import Authority, Organization, OrganizationVersion
from orgs.verdicts import ALLOWED, Verdict, refused


@dataclass(frozen=True, slots=True)
class JointBody:
    """A body of the directory that issues a paper jointly, and who approves it there; None: it signs on paper."""

    organization: Organization
    authority: Authority | None


def joint_bodies(document: Document, day: date) -> list[JointBody]:
    """The joint issuers that the directory knows on `day`, in their order.

    The paper prints two signatures: the first joint issuer's is the second of them, any further body signs on paper.
    """
    bodies: dict[Organization, Authority | None] = {}
    for position, issuer in enumerate(document.co_issuers):
        body = _body_headed(issuer, day)
        if body is not None and body not in bodies:
            bodies[body] = _second_signer(document, body, day) if position == 0 else None
    return [JointBody(body, authority) for body, authority in bodies.items()]


def with_second_signature(document: Document, day: date) -> Document:
    """The document with an open second signature filled with the lines of who signs for the joint issuer."""
    if document.second_signature is not None or not document.co_issuers:
        return document
    authority = next((body.authority for body in joint_bodies(document, day) if body.authority), None)
    return document if authority is None else dataclasses.replace(document, second_signature=signature_of(authority))


def signature_of(authority: Authority) -> Signature:
    """The signature block of who holds this authority."""
    lines = tuple(SignatureLine(line["text"], line["role"]) for line in authority.lines)
    return Signature(lines, authority.person.full_name)


def second_signer_is_known(document: Document, day: date) -> Verdict:
    """Whether the second signature names somebody who signs this type for the joint issuer, where anybody does."""
    for body in joint_bodies(document, day)[:1]:
        names = [str(authority) for authority in _signing(document.type, body.organization, day)]
        if body.authority is None and names:
            words = _(
                "The second signature names nobody who signs this type for %(body)s. It may be signed by: %(names)s."
            )
            return refused(words % {"body": body.organization.as_of(day).name, "names": "; ".join(names)})
    return ALLOWED


def _body_headed(issuer: Issuer, day: date) -> Organization | None:
    """The one body whose letters have this head on `day`."""
    versions = OrganizationVersion.objects.in_force_on(day).filter(
        name_line=issuer.name_line or "", superior_line=issuer.superior_line or ""
    )
    found = Organization.objects.active_on(day).filter(pk__in=versions.values("organization"))[:2]
    return found[0] if len(found) == 1 else None


def _second_signer(document: Document, body: Organization, day: date) -> Authority | None:
    """Who signs for the body: whom the second signature names, the first that is offered where it is open."""
    signing = _signing(document.type, body, day)
    written = document.second_signature
    if written is None:
        return signing[0] if signing else None
    named = [authority for authority in signing if authority.person.full_name == written.signer]
    same_lines = [authority for authority in named if signature_of(authority) == written]
    return next(iter([*same_lines, *named]), None)


def _signing(type_code: str, body: Organization, day: date) -> list[Authority]:
    return [each for each in Signers([body.pk], day).fitting_first(type_code) if each.covers(type_code, day)]
