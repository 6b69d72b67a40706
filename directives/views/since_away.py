"""What changed since the member's last visit: papers that came, and what others did with papers and shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from directives.models import Assignment, Delivery, Directive
from directives.models.directive import READING_ROLES
from directives.views.rows import words_of
from directives.workflow import Step
from orgs.member import Member
from orgs.models import Event

LOOKED_AT = 300
"""Acts of others that are looked through, the latest first; a longer absence is read in the lists themselves."""
ROWS = 10
PAPER, SHARE = Directive._meta.label_lower, Assignment._meta.label_lower


@dataclass(frozen=True, slots=True)
class Change:
    """One paper or share that others worked on: the latest act, and how many acts came before it."""

    title: str
    address: str
    what: str
    who: str
    at: datetime
    before: int


@dataclass(frozen=True, slots=True)
class Away:
    """Since when, how many papers came meanwhile, and what changed."""

    since: datetime
    came: int
    changes: list[Change]


def since(member: Member, moment: datetime) -> Away:
    """What the member may see of the time after `moment`; own acts and those of the machine are left out."""
    acts = Event.objects.filter(at__gt=moment, subject_kind__in=[PAPER, SHARE], person__isnull=False)
    latest = list(acts.exclude(person=member.person).select_related("person").order_by("-pk")[:LOOKED_AT])
    papers = _papers(member, latest)
    came = Delivery.objects.came_to(member).filter(sent_at__gt=moment).count()
    return Away(moment, came, _changes(_told(member, latest, papers), _titles(papers) | _shares(member, latest)))


Titles = Mapping[str, tuple[str, str]]


def _papers(member: Member, acts: list[Event]) -> list[Directive]:
    """The papers of the member's bodies, and those that were taken back from a unit."""
    ids = {act.subject_id for act in acts if act.subject_kind == PAPER}
    recalled = {act.subject_id for act in acts if act.step == Step.RECALL}
    bodies = member.organizations_as(*READING_ROLES)
    own = Q(issuer__in=bodies) | Q(drafting_body__in=bodies) | Q(pk__in=recalled)
    return list(Directive.objects.visible_to(member).filter(own, pk__in=ids).defer("text", "frozen"))


def _told(member: Member, acts: list[Event], papers: list[Directive]) -> list[Event]:
    """Without what was done with a recalled paper besides: a unit hears nothing of what other units did."""
    bodies = member.organizations_as(*READING_ROLES)
    own = {str(paper.pk) for paper in papers if bodies & {paper.issuer_id, paper.drafting_body_id}}
    return [act for act in acts if act.subject_kind == SHARE or act.step == Step.RECALL or act.subject_id in own]


def _titles(papers: list[Directive]) -> dict[str, tuple[str, str]]:
    """Title and address of each paper."""
    return {
        str(paper.pk): (
            " · ".join(part for part in (paper.printed_number, paper.type_name, paper.subject) if part),
            reverse("directive", args=[paper.pk]),
        )
        for paper in papers
    }


def _shares(member: Member, acts: list[Event]) -> dict[str, tuple[str, str]]:
    ids = {act.subject_id for act in acts if act.subject_kind == SHARE}
    shares = Assignment.objects.visible_to(member).filter(pk__in=ids).select_related("task__directive")
    shares = shares.defer("task__directive__text", "task__directive__frozen")
    return {
        str(share.pk): (f"{share.task.directive.printed_number} · {share.task}", reverse("task", args=[share.pk]))
        for share in shares
    }


def _changes(acts: list[Event], titles: Titles) -> list[Change]:
    by_subject: dict[str, list[Event]] = {}
    for act in acts:
        if act.subject_id in titles:
            by_subject.setdefault(act.subject_id, []).append(act)
    return [
        Change(
            *titles[subject],
            what=words_of(own[0]),
            who=str(own[0].person),
            at=own[0].at,
            before=len(own) - 1,
        )
        for subject, own in list(by_subject.items())[:ROWS]
    ]
