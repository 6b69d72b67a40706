"""What was found in a paper, as rows that lead to the place, with a button where one press mends it."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote
from uuid import UUID, uuid4

from django.urls import reverse

from directives.findings import Finding, Severity, findings, gravest_first
from directives.findings.bodies import ended_bodies
from directives.findings.clarity import unclear
from directives.findings.remedies import Fix
from directives.findings.signing import beside_authority
from directives.models import Directive
from directives.recipients import Expansion
from directives.views.paper import TEXT
from directives.views.status import Status
from directives.workflow import DirectiveState
from orgs.directory import directory_of

LOOKED_THROUGH = frozenset({DirectiveState.DRAFT, DirectiveState.SUBMITTED, DirectiveState.APPROVED})
"""From its number on the words of a paper never change; nothing is to be found any more."""
TONES = {Severity.ERROR: "late", Severity.WARNING: "soon", Severity.NOTE: "idle"}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding with the word for how grave it is; `address` leads to its place, where there is one.

    `fix` is what one press does about it, for who may edit the paper.
    """

    status: Status
    part: str
    words: str
    quote: str
    clause: str
    address: str
    fix: Fix | None = None
    key: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class FindingRows:
    """What is wrong or to be checked, and apart from it what is only noted, since that may be much."""

    grave: list[FindingRow]
    notes: list[FindingRow]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.grave) + len(self.notes)


NOTHING = FindingRows([], [])


def findings_of(paper: Directive, expansion: Expansion, *, may_edit: bool) -> FindingRows:
    """Everything found in a paper that may still be changed, whom it means being `expansion`; gravest first."""
    if paper.state not in LOOKED_THROUGH:
        return NOTHING
    day, document = expansion.day, expansion.document
    found = [
        *findings(document, day=day, numbered=False),
        *ended_bodies(document, day),
        *beside_authority(document, paper.authority),
    ]
    orders = dict.fromkeys(unclear(expansion, directory_of(paper.issuer, day)))
    rows: dict[Severity, list[FindingRow]] = {severity: [] for severity in Severity}
    for each in gravest_first([*found, *orders]):
        on_the_form = may_edit and each.block and each in orders
        address = _of_the_item(paper, each.block) if on_the_form else _in_the_text(each.quote)
        rows[each.severity].append(_row(each, address, may_edit=may_edit))
    return FindingRows([*rows[Severity.ERROR], *rows[Severity.WARNING]], rows[Severity.NOTE])


def _row(finding: Finding, address: str, *, may_edit: bool) -> FindingRow:
    return FindingRow(
        status=Status(finding.severity.label, TONES[finding.severity]),
        part=finding.part.label,
        words=finding.words,
        quote=finding.quote,
        clause=finding.clause,
        address=address,
        fix=finding.fix if may_edit else None,
    )


def _of_the_item(paper: Directive, block: str) -> str:
    """The boxes of the item on the page of tasks and recipients."""
    return f"{reverse('recipients_and_tasks', args=[paper.pk])}#muc-{block}"


def _in_the_text(words: str) -> str:
    """The paper as text, with these words sought and shown by the browser itself."""
    # In the directive of the address a hyphen would separate two texts.
    return f"?xem={TEXT}#:~:text={quote(words, safe='').replace('-', '%2D')}" if words else ""
