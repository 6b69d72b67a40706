"""A world in which every table with a law has a row, brought to its state by the real actions."""

from __future__ import annotations

from datetime import date

from django.db import connection, models

from directives import filestore
from directives.actions import (
    consulting,
    copying,
    delivering,
    numbering_and_issuing,
    opining,
    registering,
    reviewing,
    starting,
    tracking,
    uploading,
)
from directives.actions.tracking import ReportFacts
from directives.models import (
    Correction,
    Directive,
    Draft,
    Enclosure,
    JointIssuer,
    OutboxRow,
    PastPeriod,
    Reader,
    Reading,
    ReviewAt,
    ReviewPlace,
)
from directives.uploads import checked
from directives.workflow import DirectiveState
from orgs.models import Event, Person, Role
from tests import factories
from tests.directives.upload_corpus import png
from tests.factories import ClockAt, Committee

TODAY = date(2026, 11, 23)


def world_with_a_row_for_every_law() -> dict[str, models.Model]:
    """The rows by the names that law_table.py uses."""
    of = factories.committee(ClockAt.on(TODAY))
    rows = {**_people_and_bodies(of), **_directives(of)}
    rows |= _register(of, rows["numbered"]) | _of_an_issued_one(of, rows["issued"])
    rows["event"] = Event.objects.earliest("pk")
    rows["outbox row"] = OutboxRow.objects.filter(state="queued").earliest("pk")
    rows["round"] = Draft.objects.get(directive=rows["draft"].pk)
    rows |= _issued_jointly(of)
    rows |= _reviews(of)
    by = of.member(of.drafter)
    rows["template"] = starting.keep_template(rows["draft"], "Mẫu công văn", by=by, clock=of.clock)
    rows["enclosure"] = Enclosure.objects.get(directive=rows["draft"].pk)
    rows["frozen enclosure"] = Enclosure.objects.get(directive=rows["numbered"].pk)
    rows["correction"] = Correction.objects.get(directive=rows["draft"].pk)
    rows["frozen correction"] = Correction.objects.get(directive=rows["numbered"].pk)
    rows["upload"] = uploading.begin(rows["approved"], "quet.pdf", 10, by=of.member(of.clerk), clock=of.clock)
    rows["consultation"] = consulting.consult(
        rows["draft"].pk, [of.units[0]], answer_by=TODAY, asked="", by=of.member(of.drafter), clock=of.clock
    )
    rows["consulted"] = rows["consultation"].consulted.get()
    rows["notice of a draft"] = rows["consulted"].notices.get()
    rows["reader"] = Reader.objects.create(directive_id=rows["draft"].pk, person=of.head)
    for row in rows.values():
        row.refresh_from_db()
    with connection.cursor() as cursor:
        # A foreign key that is still to be checked would stand in the way of TRUNCATE and ALTER TABLE.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return rows


def _reviews(of: Committee) -> dict[str, models.Model]:
    """A paper that has passed its first reviewer and waits for the second; made before nobody but these two."""
    committee = of.organization
    for position, (role, name) in enumerate([(Role.SECTION_HEAD, "Phòng"), (Role.REVIEWER, "Thẩm Định")], start=1):
        place = {"position": position, "at": ReviewAt.ISSUER, "role": role}
        ReviewPlace.objects.create(organization=committee, **place)
        factories.person(name, (committee, role))
    paper = factories.directive(of, DirectiveState.SUBMITTED)
    first = Person.objects.get(full_name="Phòng")
    reviewing.pass_on(paper.pk, opinion="", read_version=1, by=of.member(first), clock=of.clock)
    second = of.member(Person.objects.get(full_name="Thẩm Định"))
    opinion = opining.write_opinion(paper.pk, "Thêm thời hạn.", by=second, clock=of.clock)
    passed, waiting = paper.reviews.order_by("position")
    return {
        "review": passed,
        "waiting review": waiting,
        "opinion": opinion,
        "place": committee.review_order.earliest("position"),
    }


def _issued_jointly(of: Committee) -> dict[str, models.Model]:
    """A paper that the issuer approved, and a body that issues it too and has not."""
    paper = factories.directive(of, DirectiveState.APPROVED)
    named = JointIssuer.objects.create(directive=paper, position=1, organization=of.units[0], authority=of.authority)
    return {"jointly approved": paper, "joint issuer": named}


def _people_and_bodies(of: Committee) -> dict[str, models.Model]:
    group = of.organization.recipient_groups.get()
    return {
        "committee": of.organization,
        "unit": of.units[1],
        "version": of.organization.versions.get(),
        "post": of.clerk.posts.get(),
        "authority": of.authority,
        "term": of.term,
        "group": group,
        "group member": group.members.earliest("pk"),
    }


def _directives(of: Committee) -> dict[str, models.Model]:
    states = {
        "draft": DirectiveState.DRAFT,
        "approved": DirectiveState.APPROVED,
        "numbered": DirectiveState.NUMBERED,
        "waiting": DirectiveState.ISSUED,
    }
    file = checked("anh.png", png())
    issued = factories.delivered(of)
    made: dict[str, models.Model] = {
        name: factories.directive(of, state, enclosed=[file], replaced=[issued]) for name, state in states.items()
    }
    voided = factories.directive(of, DirectiveState.NUMBERED)
    by = of.member(of.clerk)
    numbering_and_issuing.void_number(voided.pk, reason="Soạn trùng.", decided_by="Đ/c Chánh", by=by, clock=of.clock)
    return {**made, "voided": voided, "issued": issued}


def _register(of: Committee, numbered: models.Model) -> dict[str, models.Model]:
    reserved = registering.reserve_number(
        of.organization.pk,
        "CV",
        reserved_for="Công văn của đồng chí Bí thư",
        until=TODAY,
        by=of.member(of.clerk),
        clock=of.clock,
    )
    entry = Directive.objects.get(pk=numbered.pk).entry
    void_entry = Directive.objects.get(state=DirectiveState.VOIDED).entry
    return {"entry": entry, "void entry": void_entry, "reserved entry": reserved, "series": entry.series}


def _of_an_issued_one(of: Committee, issued: models.Model) -> dict[str, models.Model]:
    directive = Directive.objects.get(pk=issued.pk)
    copy = directive.copies.get(kind="final")
    scan = copying.keep_scan(directive, filestore.read(copy.sha256), at=of.clock.now(), added_by=of.clerk)
    delivery, received = directive.deliveries.order_by("organization__code")[:2]
    unit_clerk = of.member(of.unit_clerks[1])
    incoming = delivering.receive(received.pk, by=unit_clerk, clock=of.clock)
    lead = directive.tasks.get(follow="task").assignments.get()
    task = directive.tasks.get(follow="each")
    share, answered = task.assignments.order_by("organization__code")[:2]
    report = tracking.report(
        [answered.pk], ReportFacts(dated_on=TODAY, text="Đã kiểm tra."), by=unit_clerk, clock=of.clock
    )
    waiting = Directive.objects.filter(deliveries__state="waiting").distinct().get()
    return {
        "copy": copy,
        "scan": scan,
        "delivery": delivery,
        "waiting delivery": waiting.deliveries.order_by("pk")[0],
        "notice": delivery.notices.get(),
        "reading": Reading.objects.create(directive=directive, person=of.clerk, at=of.clock.now()),
        "book": incoming.book,
        "incoming entry": incoming,
        "task": task,
        "share": share,
        "lead": lead,
        "report": report,
        "answer": report.answered.get(),
        "past period": PastPeriod.objects.create(assignment=share, due_at=of.clock.now(), reported_at=of.clock.now()),
    }
