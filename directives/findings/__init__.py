"""Looks a paper through as the office's reviewer does; it finds and never changes, and never stands in the way."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from directives.document import Document
from directives.findings import citations, days, head, letters, lists, prose, signing
from directives.findings.finding import Finding, Part, Severity

__all__ = ["Finding", "Part", "Severity", "findings", "gravest_first"]

RULES: tuple[Callable[[Document], Iterator[Finding]], ...] = (
    head.own_number,
    head.subject,
    lists.addressees,
    citations.number_forms,
    citations.dates,
    days.impossible_days,
    prose.end_marks,
    prose.tone_marks,
    prose.annexes,
    letters.letters,
    lists.order,
    lists.archive,
    signing.forms,
    signing.passed_on,
    signing.deputies,
    signing.repeated_names,
)


def findings(document: Document, *, day: date | None = None, numbered: bool = True) -> list[Finding]:
    """Return what is found, errors first.

    `day` is the day whose regulations hold where the paper has no date of its own; without either, what a body may
    issue is not looked at. `numbered` says whether number and date should be there already.
    """
    found = [*head.missing_parts(document, numbered=numbered)]
    in_force = document.date or day
    if in_force is not None:
        found += head.type_within_authority(document, in_force)
    for rule in RULES:
        found += rule(document)
    return gravest_first(found)


def gravest_first(found: Iterable[Finding]) -> list[Finding]:
    """Findings in the order in which they are shown."""
    return sorted(found, key=lambda finding: list(Severity).index(finding.severity))
