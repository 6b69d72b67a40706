"""The five real samples, and our five twins of their structure, go the whole road on the real parts.

Each is loaded, approved, noted as signed, numbered and issued by the real actions, printed by the real worker that the
real relay rings over the real Redis, and mailed to a real SMTP server.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from config.celery import ring
from directives import filestore, outbox
from directives.actions import approving, drafting, numbering_and_issuing
from directives.actions.approving import SignedPaper
from directives.actions.drafting import DraftFacts
from directives.document import Document, Follow, content_hash
from directives.formats.wording import date_text, number_text
from directives.jobs import JOB_OF
from directives.models import Assignment, CopyKind, Directive, IssuedCopy, Notice, OutboxRow, Work
from directives.recipients import Expansion
from directives.workflow import DeliveryState, WorkState
from orgs.member import Member
from orgs.models import Event, Person
from tests.directives.documents import NAMES, json_of
from tests.directives.pages import Pages, squeezed
from tests.mail_server import MailServer
from tests.processes import Program, until
from tests.sample_world import SampleWorld

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_goes_the_whole_road(
    name: str,
    request: pytest.FixtureRequest,
    mail_server: MailServer,
    background: tuple[Program, Program],
    record_property: Callable[[str, object], None],
) -> None:
    world = SampleWorld.of(json_of(name, request))
    record_property("units made for names the directory did not know", "; ".join(world.made_for_names))
    directive = _issued(world)
    until(lambda: _nothing_is_left(directive), f"{name} printed, opened and mailed", seconds=60)
    directive.refresh_from_db()

    _holds_every_word_and_its_own_number(directive, world)
    _reached_each_body_once(directive, mail_server)
    _gave_each_body_its_tasks(directive, world)
    _is_what_was_approved(directive)
    _does_not_change_when_a_message_comes_twice(directive, mail_server)


def _issued(world: SampleWorld) -> Directive:
    def member(person: Person) -> Member:
        return Member.of(person, world.clock.today())

    facts = DraftFacts(document=world.found.document, authority_id=world.authority.pk)
    by = member(world.drafter)
    directive = drafting.create(world.issuer.pk, world.issuer.pk, facts, by=by, clock=world.clock)
    drafting.submit(directive.pk, by=by, clock=world.clock)
    approving.approve(directive.pk, read_version=1, by=member(world.authority.person), clock=world.clock)
    until(lambda: directive.copies.filter(kind=CopyKind.PROOF).exists(), "the print for signature")
    clerk = member(world.clerk)
    paper = SignedPaper(signed_on=world.clock.today(), sealed_on=world.clock.today())
    approving.note_signature(directive.pk, paper, by=clerk, clock=world.clock)
    numbering_and_issuing.number(directive.pk, expected=world.number, by=clerk, clock=world.clock)
    return numbering_and_issuing.issue(directive.pk, by=clerk, clock=world.clock)


def _nothing_is_left(directive: Directive) -> bool:
    waiting = OutboxRow.objects.exclude(state=WorkState.DONE).exists()
    return not waiting and not directive.deliveries.exclude(state=DeliveryState.ARRIVED).exists()


def _final_copy(directive: Directive) -> bytes:
    return filestore.read(directive.copies.get(kind=CopyKind.FINAL).sha256)


def _holds_every_word_and_its_own_number(directive: Directive, world: SampleWorld) -> None:
    """Reading order of the page: what stands in columns is compared as the document reads, left column first."""
    document = directive.document(world.clock.today())
    assert (directive.number, directive.dated_on) == (world.number, world.clock.today())
    rest = Pages(_final_copy(directive)).running_text()
    assert squeezed(number_text(world.number, "", directive.symbol)) in rest
    assert squeezed(f"{document.place}, {date_text(directive.dated_on)}") in rest
    for line in document.to_text().split("\n"):
        _before, found, rest = rest.partition(squeezed(line))
        assert found, f"{line!r} is missing or out of order"


def _reached_each_body_once(directive: Directive, mail_server: MailServer) -> None:
    expansion = Expansion(directive.document(directive.dated_on), directive.issuer, directive.dated_on)  # type: ignore[arg-type]  # a numbered paper has a date
    bodies = {body.pk for body in expansion.recipients().bodies}
    bodies |= {body.pk for item in expansion.followed_items() for body, _part in item.shares}
    assert bodies
    assert Counter(directive.deliveries.values_list("organization", flat=True)) == Counter(bodies)
    addresses = [
        f"{one.organization.code}@chidao.example" for one in directive.deliveries.select_related("organization")
    ]
    assert mail_server.per_recipient() == Counter(addresses)
    assert all(directive.printed_number in mail.text for mail in mail_server.received)
    assert not any(directive.subject in mail.text for mail in mail_server.received)


def _gave_each_body_its_tasks(directive: Directive, world: SampleWorld) -> None:
    orders = [block for block in world.found.document.items() if block.task]
    followed = [block for block in orders if block.follow in {Follow.TASK, Follow.EACH}]
    assert len(orders) == len(followed) == directive.tasks.count()
    for task in directive.tasks.all():
        shares = Assignment.objects.filter(task=task)
        assert shares.exists(), f"nobody carries out {task}"
        if task.follow == Follow.TASK:
            assert shares.filter(part="lead").count() == 1
        for share in shares:
            assert directive.deliveries.filter(organization=share.organization).exists()


def _is_what_was_approved(directive: Directive) -> None:
    assert directive.frozen is not None
    assert content_hash(Document.from_json(directive.frozen)) == directive.approved_hash
    assert directive.copies.get(kind=CopyKind.FINAL).content_hash == directive.approved_hash


def _does_not_change_when_a_message_comes_twice(directive: Directive, mail_server: MailServer) -> None:
    def everything() -> tuple[object, ...]:
        tables = [IssuedCopy, Notice, Event, OutboxRow, Assignment]
        return [list(table.objects.order_by("pk").values()) for table in tables], len(mail_server.received)  # type: ignore[attr-defined]  # every model has objects

    before = everything()
    for row in OutboxRow.objects.all():
        ring(JOB_OF[Work(row.work)], [row.pk], forget_after=outbox.RING_AGAIN_AFTER)
    marker = OutboxRow.objects.create(
        work=Work.FINAL_COPY,
        object_id=directive.pk,
        key="rung last",
        put_at=directive.created_at,
        due_at=directive.created_at,
    )
    until(lambda: OutboxRow.objects.get(pk=marker.pk).state == WorkState.DONE, "the second messages to be worked off")
    marker.delete()
    assert everything() == before
