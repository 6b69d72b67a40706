"""What the directory tells of the bodies that a paper names: which of them have ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from directives.document import Document
from directives.findings.finding import Finding, Part, Severity
from orgs.directory import key_of, parts_of
from orgs.models import Organization, OrganizationVersion
from orgs.models.organization import OrganizationQuerySet


def ended_bodies(document: Document, day: date) -> Iterator[Finding]:
    """Lines of Kính gửi and Nơi nhận that name a body which has ended, and which no body of that day is called."""
    lines = [(Part.ADDRESSEES, addressee.text) for addressee in document.addressees]
    lines += [(Part.DISTRIBUTION, line.text) for line in document.distribution]
    ended = _names(Organization.objects.filter(ended_on__lte=day)) if lines else {}
    names = {key_of(name): name for _part, text in lines for name in (text, *parts_of(text))} if ended else {}
    gone = {key: ended[key] for key in names if key in ended}
    if gone:
        gone = {key: body for key, body in gone.items() if key not in _names(Organization.objects.active_on(day))}
    for part, text in lines:
        for key in dict.fromkeys(key_of(name) for name in (text, *parts_of(text))):
            if key in gone:
                yield _finding(part, text, names[key], gone[key], day)


def _names(bodies: OrganizationQuerySet) -> dict[str, Organization]:
    """Every name under which these bodies were ever known, as names are compared."""
    versions = OrganizationVersion.objects.filter(organization__in=bodies).select_related("organization")
    return {
        key_of(name): version.organization
        for version in versions
        for name in (version.name, version.short_name, *version.aliases)
        if name
    }


def _finding(part: Part, text: str, name: str, body: Organization, day: date) -> Finding:
    facts = {"name": name.strip(), "day": f"{body.ended_on:%d/%m/%Y}"}
    words = _("%(name)s ended on %(day)s.") % facts
    successors = ", ".join(successor.as_of(day).name for successor in body.successors.all())
    if successors:
        words = _("%(name)s ended on %(day)s; its successors: %(successors)s.") % {**facts, "successors": successors}
    return Finding(rule="body-ended", severity=Severity.WARNING, part=part, words=words, quote=text)
