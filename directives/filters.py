"""Filters of the lists, held in the address so that a list can be kept as a bookmark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directives import search
from directives.models import Assignment
from directives.models.directive import DirectiveQuerySet
from directives.workflow import AssignmentState, DirectiveState

LENGTH = 50
UNFINISHED = [AssignmentState.ASSIGNED, AssignmentState.WORKING]


@dataclass(frozen=True, slots=True)
class Choice:
    """One link of a row of filters."""

    name: str | Promise
    address: str
    chosen: bool


PAPERS: dict[str, tuple[str | Promise, Q]] = {
    "": (_("All"), Q()),
    "du-thao": (_("Drafts"), Q(state=DirectiveState.DRAFT)),
    "cho-ky": (_("Waiting for approval"), Q(state=DirectiveState.SUBMITTED)),
    "da-duyet": (_("Approved"), Q(state=DirectiveState.APPROVED)),
    "da-cap-so": (_("Numbered"), Q(state=DirectiveState.NUMBERED)),
    "da-phat-hanh": (_("Issued"), Q(state=DirectiveState.ISSUED, recalled_at__isnull=True)),
    "da-thu-hoi": (_("Recalled or voided"), Q(recalled_at__isnull=False) | Q(state=DirectiveState.VOIDED)),
}

SHARES: dict[str, str | Promise] = {
    "": _("Not finished"),
    "qua-han": _("Late"),
    "hom-nay": _("Due today"),
    "da-bao-cao": _("Reported"),
    "hoan-thanh": _("Completed"),
    "tat-ca": _("All"),
}


def choices(names: Mapping[str, str | Promise], chosen: str, **kept: str) -> list[Choice]:
    """The links of a row of filters; what else is in the address stays there."""
    rest = {key: value for key, value in kept.items() if value}
    return [
        Choice(name, "?" + urlencode({"loc": slug, **rest} if slug else rest), slug == chosen)
        for slug, name in names.items()
    ]


def papers_matching(papers: DirectiveQuerySet, chosen: str, words: str) -> DirectiveQuerySet:
    """Papers in the chosen state that hold these words (directives/search.py); an unknown filter shows all."""
    return search.found(papers.filter(PAPERS.get(chosen, PAPERS[""])[1]), words)


def shares_matching(shares: QuerySet[Assignment], chosen: str, now: datetime) -> QuerySet[Assignment]:
    """Shares of the chosen kind; an unknown filter shows those that are not finished."""
    if chosen == "qua-han":
        return shares.filter(state__in=UNFINISHED, due_at__lt=now)
    if chosen == "hom-nay":
        return shares.filter(state__in=UNFINISHED, due_at__gte=now, due_at__date=timezone.localdate(now))
    if chosen == "da-bao-cao":
        return shares.filter(state=AssignmentState.REPORTED)
    if chosen == "hoan-thanh":
        return shares.filter(state=AssignmentState.DONE)
    return shares if chosen == "tat-ca" else shares.filter(state__in=UNFINISHED)


def page_number(asked: str) -> int:
    """The page of a list that the address asks for, from 1."""
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1
