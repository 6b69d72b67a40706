"""What was found in a paper, as rows that lead to the place."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from directives.findings import Severity, findings
from directives.findings.bodies import ended_bodies
from directives.findings.signing import beside_authority
from directives.models import Directive
from directives.views.paper import TEXT
from directives.views.status import Status
from directives.workflow import DirectiveState
from orgs.clock import CLOCK

LOOKED_THROUGH = frozenset({DirectiveState.DRAFT, DirectiveState.SUBMITTED, DirectiveState.APPROVED})
"""From its number on the words of a paper never change; nothing is to be found any more."""
TONES = {Severity.ERROR: "late", Severity.WARNING: "soon", Severity.NOTE: "idle"}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding with the word for how grave it is; `address` leads to the words on the page, where there are any."""

    status: Status
    part: str
    words: str
    quote: str
    clause: str
    address: str


def findings_of(paper: Directive) -> list[FindingRow]:
    """Everything found in a paper that may still be changed, errors first."""
    if paper.state not in LOOKED_THROUGH:
        return []
    day = CLOCK.today()
    document = paper.document(day)
    found = [
        *findings(document, day=day, numbered=False),
        *ended_bodies(document, day),
        *beside_authority(document, paper.authority),
    ]
    return [
        FindingRow(
            status=Status(each.severity.label, TONES[each.severity]),
            part=each.part.label,
            words=each.words,
            quote=each.quote,
            clause=each.clause,
            address=_address(each.quote),
        )
        for each in found
    ]


def _address(words: str) -> str:
    """The paper as text, with these words sought and shown by the browser itself."""
    # In the directive of the address a hyphen would separate two texts.
    return f"?xem={TEXT}#:~:text={quote(words, safe='').replace('-', '%2D')}" if words else ""
