"""What goes with a paper while it is drafted: add files, send another paper along, put them in order, take one out."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from directives import filestore, permissions, requirements
from directives.actions.locking import locked_directive
from directives.models import CopyKind, Directive, Enclosure
from directives.uploads import CheckedFile, FileKind
from directives.workflow import Step
from orgs.clock import Clock
from orgs.member import Member
from orgs.models import Event
from orgs.verdicts import Refused

ENCLOSED, ARRANGED, TAKEN_OUT = "enclose", "arrange_enclosures", "take_out_enclosure"
"""The names of these acts in the history."""
MOST = 50


@transaction.atomic
def enclose(directive_id: UUID, file: CheckedFile, *, by: Member, clock: Clock) -> None:
    """Add a file behind those that go with the draft already; raises Refused."""
    directive = _draft(directive_id, by)
    row = Enclosure(name=file.name, kind=file.kind, sha256=filestore.store(file.content), size=len(file.content))
    _add(directive, row, by, clock)


@transaction.atomic
def send_along(directive_id: UUID, paper_id: UUID, *, by: Member, clock: Clock) -> None:
    """Send the issued copy of another paper along; raises Refused, and Directive.DoesNotExist for one not in sight."""
    directive = _draft(directive_id, by)
    paper = Directive.objects.visible_to(by).get(pk=paper_id)
    requirements.may_go_along(paper, directive).enforce()
    copy = paper.copies.get(kind=CopyKind.FINAL)
    row = Enclosure(name=name_of(paper), kind=FileKind.PDF, sha256=copy.sha256, size=copy.size, paper=paper)
    _add(directive, row, by, clock)


@transaction.atomic
def move_up(directive_id: UUID, sha256: str, *, by: Member, clock: Clock) -> None:
    """Let one change places with the one before it; the first one stays. Raises Enclosure.DoesNotExist, Refused."""
    directive = _draft(directive_id, by)
    row = directive.enclosures.get(sha256=sha256)
    before = directive.enclosures.filter(position__lt=row.position).last()
    if before is None:
        return
    # No two have one place, not even for a moment: the one that moves waits behind the last.
    for moved, place in ((row, _last_place(directive) + 1), (before, row.position), (row, before.position)):
        directive.enclosures.filter(pk=moved.pk).update(position=place)
    _record(directive, ARRANGED, row, by, clock)


@transaction.atomic
def take_out(directive_id: UUID, sha256: str, *, by: Member, clock: Clock) -> None:
    """Let one no longer go with the draft; raises Enclosure.DoesNotExist, Refused."""
    directive = _draft(directive_id, by)
    row = directive.enclosures.get(sha256=sha256)
    _record(directive, TAKEN_OUT, row, by, clock)
    row.delete()


def name_of(paper: Directive) -> str:
    """What a paper that is sent along is called."""
    return f"{paper.type_name} {paper.printed_number} {paper.dated_on:%d-%m-%Y}.pdf".replace("/", "-")


def _draft(directive_id: UUID, by: Member) -> Directive:
    directive = locked_directive(directive_id)
    permissions.may(by, Step.EDIT, directive).enforce()
    return directive


def _add(directive: Directive, row: Enclosure, by: Member, clock: Clock) -> None:
    if directive.enclosures.filter(sha256=row.sha256).exists():
        raise Refused(_("“%(name)s” goes with this paper already.") % {"name": row.name})
    if directive.enclosures.count() >= MOST:
        raise Refused(_("At most %(most)s files go with one paper.") % {"most": MOST})
    row.directive, row.position = directive, _last_place(directive) + 1
    row.added_by, row.added_at = by.person, clock.now()
    row.save()
    _record(directive, ENCLOSED, row, by, clock)


def _last_place(directive: Directive) -> int:
    return directive.enclosures.aggregate(last=Max("position"))["last"] or 0


def _record(directive: Directive, act: str, row: Enclosure, by: Member, clock: Clock) -> None:
    acting = permissions.acting(by, Step.EDIT, directive)
    Event.record(directive, act, at=clock.now(), by=acting, what=row.name, sha256=row.sha256)
