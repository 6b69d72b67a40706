"""What a clerk should know before a paper goes out: to whom, who has ended, who has reported, and who is new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from directives import taking_over
from directives.findings.citations import named_papers
from directives.forms.steps import EndedRecipient
from directives.models import Directive, Report
from directives.recipients import Expansion, Workload
from directives.similar_papers import difference
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.models import Organization
from orgs.views.names import names_on


@dataclass(frozen=True, slots=True)
class Compared:
    """The last similar paper, and by name who was added and who was left out since."""

    paper: Directive
    added: list[str]
    left_out: list[str]


@dataclass(frozen=True, slots=True)
class Ended:
    """A member of a group that is a recipient no longer: its name, the day, and who took over."""

    name: str
    day: date
    successors: list[str]


@dataclass(frozen=True, slots=True)
class Reported:
    """A recipient that has handed in its report meanwhile."""

    name: str
    report: Report


@dataclass(frozen=True, slots=True)
class BeforeIssue:
    """What the page tells; names are those of today."""

    executing: list[str]
    informed: list[str]
    count: int
    workload: Workload
    ended: list[Ended]
    reported: list[Reported]
    compared: Compared | None


def before_issue(directive: Directive, by: Member) -> BeforeIssue:
    """Look the recipients through as they stand today, with those who took over from named ones that have ended."""
    day = CLOCK.today()
    document = directive.document(day)
    expansion = Expansion(document, directive.issuer, day, taking_over.proposed(directive, day))
    recipients, everybody = expansion.recipients(), expansion.everybody()
    drafted = timezone.localdate(directive.created_at)
    names = names_on(day, [body.pk for body in everybody])
    return BeforeIssue(
        executing=[names[body.pk] for body in recipients.executing],
        informed=[names[body.pk] for body in recipients.informed],
        count=len(everybody),
        workload=expansion.workload(),
        ended=[_ended(body, day) for body in expansion.ended_members(since=drafted)],
        reported=[
            Reported(names[report.organization_id], report)
            for report in _reported(directive, named_papers(document), everybody, by)
        ],
        compared=_compared(directive, everybody, day, by),
    )


def ended_recipients(directive: Directive, day: date) -> list[EndedRecipient]:
    """Recipients that the paper names and that have ended, each with those who took over."""
    offered = taking_over.offered(directive, day)
    names = names_on(day, [body.pk for ended, others in offered.items() for body in (ended, *others)])
    return [
        EndedRecipient(
            ended.code, names[ended.pk], ended.ended_on or day, [(body.code, names[body.pk]) for body in others]
        )
        for ended, others in offered.items()
    ]


def _ended(body: Organization, day: date) -> Ended:
    successors = [successor.as_of(day).name for successor in body.carried_on_by(day)]
    return Ended(body.as_of(day).name, body.ended_on or day, successors)


def _reported(
    directive: Directive, named: Iterable[tuple[int, str, str]], bodies: Iterable[Organization], by: Member
) -> list[Report]:
    """Reports of recipients on papers that this one names, handed in since it was drafted: it may urge for nothing."""
    papers = Q(pk__in=[])
    for number, suffix, symbol in named:
        papers |= Q(issuer=directive.issuer_id, number=number, number_suffix=suffix, symbol=symbol)
    urged = Directive.objects.visible_to(by).filter(papers)
    came = Report.objects.filter(reported_at__gte=directive.created_at, organization__in=[body.pk for body in bodies])
    return list(came.filter(answers__directive__in=urged).distinct())


def _compared(directive: Directive, bodies: Iterable[Organization], day: date, by: Member) -> Compared | None:
    found = difference(directive, bodies, by)
    if found is None:
        return None
    names = names_on(day, [body.pk for body in (*found.added, *found.left_out)])
    return Compared(found.paper, [names[body.pk] for body in found.added], [names[body.pk] for body in found.left_out])
