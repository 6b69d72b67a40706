"""What a draft will do to papers that were issued: rectify, amend, replace or repeal them."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from directives import permissions, requirements
from directives.actions.locking import locked_directive
from directives.models import Correction, CorrectionKind, Directive
from directives.workflow import Step
from orgs.clock import Clock
from orgs.member import Member
from orgs.models import Event

CORRECTS, LEAVES = "correct", "leave_as_it_is"
"""The names of these acts in the history."""


@transaction.atomic
def correct(directive_id: UUID, paper_id: UUID, kind: CorrectionKind, *, by: Member, clock: Clock) -> None:
    """Let the draft do this to an issued paper; raises Refused, and Directive.DoesNotExist for one not in sight."""
    directive = _draft(directive_id, by)
    paper = Directive.objects.visible_to(by).get(pk=paper_id)
    requirements.may_be_corrected(paper, directive, clock.today()).enforce()
    facts = {"kind": kind, "added_by": by.person, "added_at": clock.now()}
    row, _made = Correction.objects.update_or_create(directive=directive, paper=paper, defaults=facts)
    _record(CORRECTS, row, by, clock)


@transaction.atomic
def leave(directive_id: UUID, paper_id: UUID, *, by: Member, clock: Clock) -> None:
    """Leave a paper as it is after all; raises Refused, and Correction.DoesNotExist for one not chosen or in sight."""
    row = Correction.objects.made_by(_draft(directive_id, by), by).get(paper=paper_id)
    _record(LEAVES, row, by, clock)
    row.delete()


def _draft(directive_id: UUID, by: Member) -> Directive:
    directive = locked_directive(directive_id)
    permissions.may(by, Step.EDIT, directive).enforce()
    return directive


def _record(act: str, row: Correction, by: Member, clock: Clock) -> None:
    """The event is one of the relation, not of the paper, whose history is also read by who may not know of the other.

    It names both papers, so that the page of the paper finds it for those who may read both.
    """
    acting = permissions.acting(by, Step.EDIT, row.directive)
    papers = {"directive": str(row.directive_id), "paper": str(row.paper_id)}
    Event.record(row, act, at=clock.now(), by=acting, what=str(row), **papers)
