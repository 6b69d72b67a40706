"""Every question that a browser may put to the program: each route, with the ids and the forms of each object."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from directives import numbering
from directives.document import Follow
from directives.findings.remedies import Remedy
from directives.forms.draft import DraftForm
from directives.forms.recipients import RecipientsForm
from directives.models import Directive
from directives.urls import SLUGS
from directives.views import clerk
from directives.views.tasks import FOLLOWED
from directives.workflow import Step
from orgs.models import Person
from tests.access.office_questions import questions_about_the_office
from tests.access.question import Question
from tests.access.world import OTHER, AccessWorld
from tests.directives.lasting_world import left_as_it_was
from tests.directives.upload_corpus import pdf, png

TASK_STEPS = (Step.START_WORK, Step.CONFIRM, Step.ASK_MORE, Step.END)
PAPER_STEPS = tuple(step for step in SLUGS if step not in TASK_STEPS)


class Visitor:
    """A browser of one person, or of nobody; what an answer writes is gone before the next question."""

    def __init__(self, person: Person | None) -> None:
        self.client = Client(raise_request_exception=False)
        if person is not None:
            self.client.force_login(person)
        self._cookies = self.client.cookies.copy()

    def ask(self, question: Question, method: str) -> HttpResponseBase:
        """The answer to GET, or to POST with the filled form and a key of its own."""
        # A quiet line for the next page is no part of the next answer.
        self.client.cookies = self._cookies.copy()
        with left_as_it_was():
            if method == "GET":
                return self.client.get(question.address)
            for value in question.form.values():
                if isinstance(value, SimpleUploadedFile):
                    value.seek(0)  # whoever was asked before has sent it too
            return self.client.post(question.address, {"key": str(uuid4()), **question.form})


def route_names() -> set[str]:
    """The name of every route of the program."""
    return set(_names(get_resolver().url_patterns))


def lists() -> list[Question]:
    """The pages that show what the member may see, without any id, and each tab of the clerk's desk."""
    names = (
        "my_work",
        "find",
        "outgoing",
        "inbox",
        "tasks",
        "registers",
        "directory",
        "administration",
        "statistics",
    )
    tabs = ("", *clerk.PAPERS, clerk.NOT_SENT, clerk.TO_RECEIVE)
    desk = [Question("clerk", "", reverse("clerk") + (f"?xem={tab}" if tab else "")) for tab in tabs]
    followed = [Question("tasks", "", f"{reverse('tasks')}?loc=tat-ca&xem={view}") for view in ("", FOLLOWED)]
    return [*(Question(name, "", reverse(name)) for name in names), *desk, *followed]


def questions_about(world: AccessWorld, prefix: str = "") -> Iterator[Question]:
    """Every route that takes an id, for every object of one committee (`prefix` as in the world)."""
    for name, paper in world.papers.items():
        if name.startswith(OTHER) == bool(prefix):
            yield from _about_paper(world, name, paper)
    for name, line in world.lines.items():
        if name.startswith(OTHER) == bool(prefix):
            yield Question("receive", name, reverse("receive", args=[line.pk]))
            yield Question("misdirect", name, reverse("misdirect", args=[line.pk]), {"reason": "Gửi nhầm."})
    for name, share in world.shares.items():
        if name.startswith(OTHER) == bool(prefix):
            yield Question("task", name, reverse("task", args=[share.pk]))
            for step in TASK_STEPS:
                address = reverse("task_step", args=[share.pk, step])
                yield Question(f"task_step {step}", name, address, {"words": "Bổ sung phụ lục."})
            follower = {"follower": str(world.people["office head"].pk), "whole_task": "on"}
            yield Question("task_follower", name, reverse("task_follower", args=[share.pk]), follower)
            yield _report(world, name, share.pk)
    yield from questions_about_the_office(world, prefix)


def questions_without_ids(world: AccessWorld) -> Iterator[Question]:
    """The lists, and the pages that are a person's own."""
    yield from lists()
    # A PDF and no page: what it shows to whom is also asked in test_submission_papers.
    yield Question("signing_list", "", reverse("signing_list"))
    body = world.home.organization.pk
    # Other words than those of the paper: what is typed comes back with an error.
    typed = {"subject": "một việc khác", "body": "1. Kiểm tra đê.", "body_html": ""}
    facts = {**DraftForm.initial_of(world.papers["draft"], world.clock.today()), **typed}
    new = {**facts, "pair": f"{body}:{body}"}
    yield Question("draft_keep_new", "", reverse("draft_keep_new"), new)
    yield Question("draft_preview", "", reverse("draft_preview"), new)
    yield Question("draft_pasted", "", reverse("draft_pasted"), {"html": "<p>1. Kiểm tra đê.</p>"})
    yield Question(
        "draft_task_table", "", reverse("draft_task_table"), {"issuer": str(body), "table": "<table></table>"}
    )
    yield Question("draft_named", "", reverse("draft_named"), {"issuer": str(body), "texts": '["Kiểm tra đê."]'})
    yield Question("draft_lines", "", reverse("draft_lines"), {"issuer": str(body), "addressee_lines": "[]"})
    yield Question("draft_bodies", "", f"{reverse('draft_bodies')}?issuer={body}&q=x")
    yield Question("draft_new", "", f"{reverse('draft_new')}?bi-mat=khong", {**facts, "pair": f"{body}:{body}"})
    book = {"body": str(body), "type": "CV"}
    until = {"reserved_for": "Công văn khẩn", "until": f"{world.clock.today():%d/%m/%Y}"}
    yield Question("reserve_number", "", reverse("reserve_number"), {**book, **until})
    yield Question("secret_number", "", reverse("secret_number"), book)
    for name in ("draft_start", "start", "change_password", "sign_in", "sign_out", "healthz", "readyz"):
        yield Question(name, "", reverse(name))


def everything(world: AccessWorld) -> list[Question]:
    """Every question about the first committee."""
    return [*questions_without_ids(world), *questions_about(world)]


def _about_paper(world: AccessWorld, name: str, paper: Directive) -> Iterator[Question]:
    day = world.clock.today()
    yield Question("directive", name, reverse("directive", args=[paper.pk]))
    for route in ("sending", "rounds", "submission_slip"):
        yield Question(route, name, reverse(route, args=[paper.pk]))
    # The form offers readers of the committee only.
    readers = [world.people["named reader"].pk] if paper.restricted else []
    typed = {**DraftForm.initial_of(paper, day), "readers": readers}
    yield Question("edit", name, reverse("edit", args=[paper.pk]), typed)
    yield Question("draft_keep", name, reverse("draft_keep", args=[paper.pk]), typed)
    yield Question("draft_open", name, reverse("draft_open", args=[paper.pk]), {"window": str(uuid4())})
    yield Question("draft_preview paper", name, reverse("draft_preview"), {**typed, "directive": str(paper.pk)})
    recipients = RecipientsForm(directive=paper, day=day)
    shown = {each: recipients[each].value() for each in recipients.fields}
    filled = {each: value for each, value in shown.items() if value not in (None, "", [])}
    yield Question("recipients_and_tasks", name, reverse("recipients_and_tasks", args=[paper.pk]), filled)
    followed = next(block.id for block in paper.document(day).items() if block.follow == Follow.EACH)
    fix = {"remedy": Remedy.TIMING, "block": followed, "value": "standing", "version": paper.version}
    yield Question("mend", name, reverse("mend", args=[paper.pk]), fix)
    yield Question("word", name, reverse("word", args=[paper.pk]))
    yield from _about_files(world, name, paper)
    for copy in paper.copies.all():
        yield Question(f"file {copy.kind}", name, reverse("file", args=[paper.pk, copy.sha256]))
        yield Question(f"page_image {copy.kind}", name, reverse("page_image", args=[paper.pk, copy.sha256, 1]))
    begin = {"pair": f"{paper.issuer_id}:{paper.drafting_body_id}", "no_secret": "on"}
    yield Question("start_like", name, reverse("start_like", args=[paper.pk]), begin)
    yield Question("keep_template", name, reverse("keep_template", args=[paper.pk]), {"name": "Mẫu"})
    yield Question("opinions", name, reverse("opinions", args=[paper.pk]), {"words": "Nên thêm thời hạn."})
    until = f"{day + timedelta(days=3):%d/%m/%Y}"
    asked = {"units": ["Các đảng ủy xã"], "answer_by": until}
    yield Question("consultation", name, reverse("consultation", args=[paper.pk]), asked)
    yield Question("end_consultation", name, reverse("end_consultation", args=[paper.pk]))
    file = {"name": "quet.pdf", "size": "1000"}
    yield Question("upload_begin", name, reverse("upload_begin", args=[paper.pk]), file)
    for step in PAPER_STEPS:
        yield Question(f"step {step}", name, reverse("step", args=[paper.pk, step]), _form_of(world, step, paper))


def _about_files(world: AccessWorld, name: str, paper: Directive) -> Iterator[Question]:
    """Its files: fetched, added to, changed; the received paper of the committee is sent along, and is replaced."""
    form = {"uploaded": SimpleUploadedFile("anh-chup.png", png(5, 5))}
    yield Question("enclosures", name, reverse("enclosures", args=[paper.pk]), form)
    pdf_file = {"file": SimpleUploadedFile("van-ban.pdf", pdf()), "version": paper.version, "stands": "behind"}
    yield Question("text_as_file", name, reverse("text_as_file", args=[paper.pk]), pdf_file)
    yield Question("text_file", name, reverse("text_file", args=[paper.pk]))
    other = world.papers[f"{OTHER}received" if name.startswith(OTHER) else "received"]
    yield Question("send_along", name, reverse("send_along", args=[paper.pk]), {"paper": str(other.pk)})
    replaced = {"paper": str(other.pk), "kind": "replace"}
    yield Question("corrections", name, reverse("corrections", args=[paper.pk]), replaced)
    for row in paper.enclosures.all():
        yield Question("enclosure", name, reverse("enclosure", args=[paper.pk, row.sha256]))
        address = reverse("change_enclosure", args=[paper.pk, row.sha256])
        yield Question("change_enclosure", name, address, {"act": "out"})


def _form_of(world: AccessWorld, step: Step, paper: Directive) -> dict[str, Any]:
    """What the step's form asks for, filled in well, so that only the rights decide about the answer."""
    day = world.clock.today()
    forms: dict[Step, dict[str, Any]] = {
        Step.PASS_ON: {"read_version": paper.version},
        Step.RETURN: {"reason": "Thiếu thời hạn."},
        Step.APPROVE: {"read_version": paper.version},
        Step.APPROVE_JOINTLY: {"read_version": paper.version},
        Step.NOTE_SIGNATURE: {"signed_on": f"{day:%d/%m/%Y}"},
        Step.NOTE_SEAL: {"sealed_on": f"{day:%d/%m/%Y}"},
        Step.NUMBER: {"expected": numbering.next_number(paper, day)},
        Step.ISSUE_LATER: {"day": f"{day + timedelta(days=1):%d/%m/%Y}", "hour": "14:00"},
        Step.VOID_NUMBER: {"decided_by": "Đ/c Chánh", "reason": "Soạn trùng."},
        Step.RECALL: {"decision": "Công văn số 9-CV", "reason": "Nhầm."},
    }
    return forms.get(step, {})


def _report(world: AccessWorld, name: str, share: object) -> Question:
    facts = {"shares": [str(share)], "dated_on": f"{world.clock.today():%d/%m/%Y}", "text": "Đã làm xong."}
    return Question("report", name, f"{reverse('report')}?phan-viec={share}", facts)


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        else:
            yield pattern.name or str(pattern.pattern)
