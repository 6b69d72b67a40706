"""Papers of the bench's office that pass through more hands than usual: reviewed, issued jointly, sent for comments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from directives import filestore, search
from directives.actions import consulting, joint_issuing
from directives.actions.consulting import Comments
from directives.bench.bodies import Body, Office
from directives.document import Issuer
from directives.models import Content, Directive, Review
from directives.text_file import TextFile
from directives.uploads import FileKind
from directives.workflow import DirectiveState, ReviewState
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.models import Organization, Person, Role

MOST = 5
"""Of each kind; in a small office a third of what there is."""
ASKED, ANSWERING = 4, 2
"""So many units are asked about a draft and have not answered, and so many more have."""


@transaction.atomic
def put_into_hands(office: Office, copy: str) -> None:
    """Some drafts go to units, some to a reviewer, some papers under way to the signer of a second issuer."""
    own = Directive.objects.filter(issuer=office.head.pk, restricted=False, state=DirectiveState.DRAFT)
    drafts = _some(own)
    _review(_some(own.exclude(pk__in=[draft.pk for draft in drafts])), office.head)
    with_file(drafts[-1], "du-thao.pdf", copy)
    for draft in drafts:
        _consult(draft, office.units)
    of_units = Directive.objects.filter(
        issuer__in=[body.pk for body in office.units], restricted=False, state=DirectiveState.SUBMITTED
    )
    for paper in _some(of_units):
        _issue_jointly(paper, office.head)
        joint_issuing.ask(paper, CLOCK)
    for draft in drafts[:-1]:
        _issue_jointly(draft, office.boards[0])
        joint_issuing.name(draft, CLOCK)


def with_file(draft: Directive, name: str, copy: str) -> TextFile:
    """Let this stored file be the text of the draft."""
    file = TextFile(name, FileKind.PDF.value, copy, filestore.path_of(copy).stat().st_size, pages=1)
    draft.text, draft.content = {**draft.text, "text_file": file.to_json()}, Content.FILE
    draft.save(update_fields=["text", "content"])
    return file


def _some(papers: QuerySet[Directive]) -> list[Directive]:
    """Those that nobody has changed for longest; never none."""
    return list(papers.order_by("changed_at", "pk")[: max(2, min(MOST, papers.count() // 3))])


def _consult(draft: Directive, units: list[Body]) -> None:
    """Units are asked for their comments; the last of them have answered, in turn with and without a comment."""
    asked = units[: ASKED + ANSWERING]
    bodies = Organization.objects.filter(pk__in=[body.pk for body in asked])
    facts: dict[str, Any] = {"answer_by": CLOCK.today() + timedelta(days=7), "asked": "Thời hạn", "clock": CLOCK}
    made = consulting.consult(draft.pk, bodies, by=Member.of(draft.drafter, CLOCK.today()), **facts)
    for place, unit in enumerate(asked[ASKED:]):
        consulted = made.consulted.get(organization=unit.pk)
        said = Comments(agrees=bool(place % 2), whole="" if place % 2 else "Đề nghị lùi thời hạn.", passages={})
        clerk = Person.objects.get(pk=unit.staff[Role.CLERK])
        consulting.comment(consulted.pk, said, by=Member.of(clerk, CLOCK.today()), clock=CLOCK)


def _review(drafts: Iterable[Directive], head: Body) -> None:
    """These were submitted and wait for the head's reviewer.

    No order of review is kept: what is issued by the bench of issuing goes straight to its signer.
    """
    asked: dict[str, Any] = {"organization_id": head.pk, "role": Role.REVIEWER, "person_id": head.staff[Role.MONITOR]}
    for paper in drafts:
        paper.state = DirectiveState.SUBMITTED
        paper.save(update_fields=["state"])
        waiting = {"submission": 1, "position": 1, "state": ReviewState.WAITING, "began_at": paper.changed_at}
        Review.objects.create(directive=paper, **waiting, **asked)
        search.index(paper)


def _issue_jointly(paper: Directive, body: Body) -> None:
    """This body issues the paper too."""
    version = Organization.objects.get(pk=body.pk).as_of(CLOCK.today())
    second = Issuer(version.superior_line or None, version.name_line, version.symbol)
    paper.text = {**paper.text, "co_issuers": [second.to_json()]}
    paper.save(update_fields=["text"])
