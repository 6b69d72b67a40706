"""How long a person who types waits: saving, the printed page, opening, names in the text."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import count as counting
from itertools import cycle
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.test import Client
from django.urls import reverse

from directives.actions import drafting
from directives.actions.drafting import DraftFacts
from directives.bench.figures import Times, table, times_of, verdict
from directives.blocks import Block, BlockKind, Run
from directives.document import Document
from directives.draft_preview import Preview
from directives.editor_html import write_html
from directives.formats import profile_on
from directives.forms.choices import pairs_of
from directives.forms.draft import DraftForm
from directives.models import Directive
from orgs.clock import CLOCK
from orgs.directory import forget_directories
from orgs.member import Member
from orgs.models import Organization, Person

SENTENCE = (
    "Đảng ủy xã rà soát hồ chứa, đê điều trên địa bàn, phân công cán bộ trực theo từng ca, chuẩn bị lực lượng, phương "
    "tiện, vật tư theo phương châm bốn tại chỗ và báo cáo kết quả về Văn phòng Tỉnh ủy trước ngày 30 hằng tháng. "
)
ITEMS_ON_A_PAGE = 7
TASKS = 25
TASK_HEADS = ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Phối hợp", "Sản phẩm", "Thời hạn", "Cấp nhận")
OK = 200


@dataclass(frozen=True, slots=True)
class WaitFigures:
    """One thing that is waited for: milliseconds of the whole request, and the longest that p95 may take."""

    what: str
    request: Times
    longest: float

    @property
    def missed(self) -> list[str]:
        """The target, when p95 misses it."""
        return [f"{self.longest:g} ms"] if self.request.p95 > self.longest else []

    def data(self) -> dict[str, Any]:
        """For machines."""
        return asdict(self) | {"missed": self.missed}


def drafting_table(figures: list[WaitFigures]) -> str:
    """For people."""
    rows = [
        (each.what, each.request.p50, each.request.p95, f"{each.longest:g}", verdict(each.missed)) for each in figures
    ]
    return table(("waiting for", "p50 ms", "p95 ms", "at most", ""), rows)


def measure_drafting(username: str, count: int) -> list[WaitFigures]:
    """What a drafter waits for at texts of 2, 10 and 30 pages, `count` times each."""
    desk = _Desk(Person.objects.get(username=username))
    two, ten, thirty = (desk.draft_of(pages) for pages in (2, 10, 30))
    waits: list[tuple[str, Callable[[], object], float]] = [
        ("saving 10 pages", desk.saving(ten), 80),
        ("the printed page of 2", desk.printing(two), 400),
        ("the printed page of 30", desk.printing(thirty), 1000),
        ("opening 30 pages", desk.opening(thirty), 1000),
        ("the names in an item", desk.naming(), 50),
        ("a body by its name", desk.finding(), 50),
        ("pasting 10 pages", desk.pasting(ten), 1000),
        ("pasting a table of 25 tasks", desk.pasting_tasks(), 300),
        ("the same, names not in memory", desk.pasting_tasks(forgetful=True), 300),
    ]
    return [WaitFigures(what, times_of(run, count), longest) for what, run, longest in waits]


def _task(place: int, lead: Organization) -> tuple[str, ...]:
    name = lead.as_of(CLOCK.today()).name
    return (str(place), SENTENCE, name, "", "Báo cáo", "30/6/2027", "Thường trực Tỉnh ủy")


class _Desk:
    """A drafter's browser, and drafts of a number of pages."""

    def __init__(self, person: Person) -> None:
        self.member = Member.of(person, CLOCK.today())
        self.pair = pairs_of(self.member, CLOCK.today())[0]
        self.client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
        self.client.force_login(person)
        self._numbers = counting(1)

    def draft_of(self, pages: int) -> Directive:
        """A draft whose text fills so many printed pages."""
        items = ITEMS_ON_A_PAGE * pages
        document = self._document(items)
        while Preview(document).pages > pages:
            items -= 1
            document = self._document(items)
        facts = DraftFacts(document=document)
        return drafting.create(self.pair.issuer_id, self.pair.drafting_body_id, facts, by=self.member, clock=CLOCK)

    def saving(self, draft: Directive) -> Callable[[], object]:
        """Each time another word has been typed."""
        fields = self._fields(draft)

        def save() -> None:
            html = fields["body_html"].replace("Đảng", f"Lần {next(self._numbers)}: Đảng", 1)
            answer = self._post("draft_keep", {**fields, "body_html": html}, draft.pk)
            fields["version"] = answer["version"]

        return save

    def printing(self, draft: Directive) -> Callable[[], object]:
        """The page on which the last item stands."""
        last = draft.text["body"][-1]["id"]
        fields = {**self._fields(draft), "directive": str(draft.pk), "block": last}
        return lambda: self._post("draft_preview", fields)

    def opening(self, draft: Directive) -> Callable[[], object]:
        """The page of the draft."""
        address = reverse("edit", args=[draft.pk])
        return lambda: self._checked(self.client.get(address))

    def naming(self) -> Callable[[], object]:
        """An item that was just typed."""
        fields = {"issuer": str(self.pair.issuer_id), "texts": json.dumps([SENTENCE * 3])}
        return lambda: self._post("draft_named", fields)

    def finding(self) -> Callable[[], object]:
        """A few letters of a name."""
        fields = {"issuer": str(self.pair.issuer_id), "q": "dang uy x"}
        return lambda: self._checked(self.client.get(reverse("draft_bodies"), fields))

    def pasting(self, draft: Directive) -> Callable[[], object]:
        """A text of another program."""
        html = write_html(draft.under_head_of(CLOCK.today()).body)
        return lambda: self._post("draft_pasted", {"html": html})

    def pasting_tasks(self, *, forgetful: bool = False) -> Callable[[], object]:
        """A table of tasks from Excel, its rows read; `forgetful`: after something was done to a body."""
        leads = cycle(Organization.objects.exclude(pk=self.pair.issuer_id).order_by("code")[:TASKS])
        rows = [TASK_HEADS, *(_task(place, lead) for place, lead in zip(range(1, TASKS + 1), leads, strict=False))]
        lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
        html = f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
        fields = {"html": html, "issuer": str(self.pair.issuer_id)}

        def paste() -> None:
            if forgetful:
                forget_directories()
            answer = self._post("draft_pasted", fields)
            if len(answer["rows"]) != TASKS:
                raise RuntimeError("The table is not read as one of tasks.")

        return paste

    def _document(self, items: int) -> Document:
        body = tuple(Block(BlockKind.ITEM, f"{number}.", (Run(SENTENCE.strip()),)) for number in range(1, items + 1))
        return Document(type="CV", profile=profile_on(CLOCK.today()).name, body=body)

    def _fields(self, draft: Directive) -> dict[str, Any]:
        draft.refresh_from_db()
        shown = DraftForm.initial_of(draft, CLOCK.today())
        return {**shown, "subject": "kiểm tra hồ chứa", "key": str(uuid4())}

    def _post(self, route: str, fields: dict[str, Any], *args: object) -> dict[str, Any]:
        answer: dict[str, Any] = self._checked(self.client.post(reverse(route, args=args), fields)).json()
        return answer

    def _checked(self, answer: Any) -> Any:
        if answer.status_code != OK:
            raise RuntimeError(f"{answer.request['PATH_INFO']} answers {answer.status_code}")
        return answer
