"""What goes out is what was approved, by whatever road; an edit on the way keeps it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from directives import rendering
from directives.actions import (
    approving,
    copying,
    drafting,
    issuing_at_an_hour,
    numbering_and_issuing,
    registering,
    reviewing,
)
from directives.actions.approving import SignedPaper
from directives.actions.drafting import DraftFacts
from directives.document import content_hash
from directives.models import CopyKind, Directive, Policy, ReviewAt, ReviewPlace
from directives.rendering import Variant
from directives.workflow import DirectiveState, Step
from orgs.models import Event, OrganizationVersion, Role
from orgs.verdicts import Refused
from tests import factories
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
Road = Callable[[Committee, Directive], None]


@pytest.fixture
def committee() -> Committee:
    return factories.committee(ClockAt.on(TODAY))


def number(of: Committee, paper: Directive) -> None:
    numbering_and_issuing.number(paper.pk, by=of.member(of.clerk), clock=of.clock)


def issue(of: Committee, paper: Directive) -> None:
    numbering_and_issuing.issue(paper.pk, by=of.member(of.clerk), clock=of.clock)


def signed(of: Committee, paper: Directive, **facts: object) -> None:
    on_paper = SignedPaper(**{"signed_on": TODAY, "sealed_on": TODAY, **facts})
    approving.note_signature(paper.pk, on_paper, by=of.member(of.clerk), clock=of.clock)


def by_pen(of: Committee, paper: Directive) -> None:
    signed(of, paper)
    number(of, paper)
    issue(of, paper)


def by_scan(of: Committee, paper: Directive) -> None:
    signed(of, paper, scan=rendering.render(paper.under_head_of(TODAY), variant=Variant.PROOF).pdf)
    number(of, paper)
    issue(of, paper)


def signed_by_another(of: Committee, paper: Directive) -> None:
    """The paper facts win, and the text that goes out is still the approved one."""
    signed(of, paper, signer="Nguyễn Thị Khác", reason="Ký theo phân công.")
    number(of, paper)
    issue(of, paper)


def sealed_after_the_number(of: Committee, paper: Directive) -> None:
    signed(of, paper, sealed_on=None)
    number(of, paper)
    approving.note_seal(paper.pk, sealed_on=TODAY, by=of.member(of.clerk), clock=of.clock)
    issue(of, paper)


def with_a_kept_number(of: Committee, paper: Directive) -> None:
    by = of.member(of.clerk)
    kept = registering.reserve_number(
        of.organization.pk, "CV", reserved_for="Công văn", until=TODAY, by=by, clock=of.clock
    )
    signed(of, paper)
    numbering_and_issuing.number(paper.pk, reserved=kept, by=by, clock=of.clock)
    issue(of, paper)


def in_one_press(of: Committee, paper: Directive) -> None:
    Policy.objects.create(organization=of.organization, issue_with_number=True)
    signed(of, paper)
    number(of, paper)


def at_an_hour(of: Committee, paper: Directive) -> None:
    signed(of, paper)
    number(of, paper)
    of.clock.forward(minutes=1)
    moment = of.clock.now().replace(hour=14)
    issuing_at_an_hour.issue_later(paper.pk, moment=moment, by=of.member(of.clerk), clock=of.clock)
    of.clock.moment = moment
    issuing_at_an_hour.issue_at_its_hour(paper.pk, clock=of.clock)


def approved(of: Committee) -> Directive:
    made = factories.directive(of, DirectiveState.SUBMITTED)
    approving.approve(made.pk, read_version=1, by=of.member(of.signer), clock=of.clock)
    return Directive.objects.get(pk=made.pk)


def is_what_was_approved(paper: Directive) -> None:
    paper.refresh_from_db()
    [approval] = Event.objects.filter(step=Step.APPROVE, subject_id=str(paper.pk))
    assert paper.state == DirectiveState.ISSUED
    assert content_hash(paper.document(TODAY)) == paper.approved_hash == approval.facts["content_hash"]
    assert paper.copies.get(kind=CopyKind.FINAL).content_hash == paper.approved_hash


ROADS = (by_pen, by_scan, signed_by_another, sealed_after_the_number, with_a_kept_number, in_one_press, at_an_hour)


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__)
def test_the_text_that_goes_out_has_the_hash_that_was_approved(committee: Committee, road: Road) -> None:
    paper = approved(committee)
    road(committee, paper)
    copying.make_final_copy(paper.pk, clock=committee.clock)
    is_what_was_approved(paper)


def test_also_when_an_assistant_wrote_the_review_down(committee: Committee) -> None:
    body = committee.organization
    place = {"position": 1, "at": ReviewAt.ISSUER, "role": Role.OFFICE_HEAD}
    ReviewPlace.objects.create(organization=body, **place)
    assistant = committee.member(factories.person("Vũ Thị Giúp", (body, Role.ASSISTANT)))
    made = factories.directive(committee, DirectiveState.SUBMITTED)
    reviewing.pass_on(made.pk, opinion="Nhất trí.", read_version=1, by=assistant, clock=committee.clock)
    approving.approve(made.pk, read_version=1, by=committee.member(committee.signer), clock=committee.clock)
    by_pen(committee, made)
    copying.make_final_copy(made.pk, clock=committee.clock)
    is_what_was_approved(made)


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__)
@pytest.mark.parametrize("change", ["text", "head"])
def test_a_change_after_the_approval_stops_every_road(committee: Committee, road: Road, change: str) -> None:
    paper = approved(committee)
    if change == "text":
        text = {**paper.text, "subject": {"prefix": "Về", "text": "một việc khác"}}
        Directive.objects.filter(pk=paper.pk).update(text=text)
    else:
        head = OrganizationVersion.objects.filter(organization=committee.organization)
        head.update(name_line="TỈNH ỦY HẠ SƠN")
    with pytest.raises(Refused), transaction.atomic():
        road(committee, paper)
    paper.refresh_from_db()
    assert paper.state == DirectiveState.APPROVED
    assert not paper.deliveries.exists()


def test_the_drafter_cannot_edit_what_is_on_its_way(committee: Committee) -> None:
    paper = approved(committee)
    for advance in (signed, number):
        facts = DraftFacts(document=factories.letter("một việc khác"), authority_id=committee.authority.pk)
        with pytest.raises(Refused):
            drafting.edit(paper.pk, facts, version=1, by=committee.member(committee.drafter), clock=committee.clock)
        advance(committee, paper)


def test_a_numbered_text_is_changed_by_nobody_and_one_that_was_changed_is_not_issued(committee: Committee) -> None:
    paper = approved(committee)
    signed(committee, paper)
    number(committee, paper)
    paper.refresh_from_db()
    frozen = {**paper.frozen, "subject": {"prefix": "Về", "text": "một việc khác"}}
    with pytest.raises(DatabaseError, match="never changes from here"), transaction.atomic():
        Directive.objects.filter(pk=paper.pk).update(frozen=frozen)
    with connection.cursor() as cursor:
        # Somebody who owns the tables, and what the trigger cannot refuse.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE directives_directive DISABLE TRIGGER USER")
        Directive.objects.filter(pk=paper.pk).update(frozen=frozen)
        cursor.execute("ALTER TABLE directives_directive ENABLE TRIGGER USER")
    with pytest.raises(Refused):
        issue(committee, paper)
