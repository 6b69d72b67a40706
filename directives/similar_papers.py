"""The last paper of the same kind to nearly the same bodies, and who was added or left out since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from directives.models import Directive
from directives.workflow import DeliveryState, DirectiveState
from orgs.member import Member
from orgs.models import Organization
from orgs.vietnamese import fold

LOOKED_AT = 50
"""Among so many papers, the latest ones, the most similar is chosen."""
ALIKE = 0.6
"""From here on, of at most 2 (one for the words of the subject, one for the recipients), two papers are alike."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The paper that is compared with, and the bodies that it did not go to or that it alone went to."""

    paper: Directive
    added: tuple[Organization, ...]
    left_out: tuple[Organization, ...]


def difference(directive: Directive, bodies: Iterable[Organization], by: Member) -> Difference | None:
    """How the recipients differ from those of the last similar paper that this member may read; None without one."""
    paper = last_similar(directive, by)
    if paper is None:
        return None
    kept = paper.deliveries.filter(withdrawn_at__isnull=True).exclude(state=DeliveryState.MISDIRECTED)
    before = {delivery.organization_id: delivery.organization for delivery in kept.select_related("organization")}
    now = {body.pk: body for body in bodies}
    return Difference(
        paper,
        added=tuple(body for pk, body in now.items() if pk not in before),
        left_out=tuple(body for pk, body in before.items() if pk not in now),
    )


def last_similar(directive: Directive, by: Member) -> Directive | None:
    """The issued paper of the same issuer and type that is most like this one; of equals, the latest."""
    issued = Directive.objects.visible_to(by).filter(
        issuer=directive.issuer_id, type=directive.type, state=DirectiveState.ISSUED, recalled_at__isnull=True
    )
    latest = issued.exclude(pk=directive.pk).order_by("-issued_at").defer("text")[:LOOKED_AT]
    scored = [(likeness(directive, paper), paper) for paper in latest]
    best = max(scored, key=lambda each: each[0], default=None)
    return best[1] if best is not None and best[0] >= ALIKE else None


def likeness(one: Directive, other: Directive) -> float:
    """0 for nothing in common, 2 for the same words of the subject and the same lines of recipients."""
    return _shared(set(fold(one.subject).split()), set(fold(other.subject).split())) + _shared(
        _targets(one), _targets(other)
    )


def _targets(directive: Directive) -> set[str]:
    """Groups and bodies that the lines of the paper name."""
    written = directive.frozen or directive.text
    lines = (*written["addressees"], *written["distribution"])
    return {str(sorted(target.items())) for line in lines for target in line.get("targets", ())}


def _shared(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0
