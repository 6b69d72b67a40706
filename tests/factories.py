"""Bodies, people and directives for tests; a directive comes to its state by the real actions only."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from directives.actions import approving, copying, correcting, drafting, enclosing, numbering_and_issuing
from directives.actions.approving import SignedPaper
from directives.actions.drafting import DraftFacts
from directives.document import Document
from directives.models import CorrectionKind, Directive, NumberSeries
from directives.uploads import CheckedFile
from directives.workflow import DirectiveState
from orgs.member import Member
from orgs.models import (
    Authority,
    GroupMember,
    Organization,
    OrganizationKind,
    OrganizationVersion,
    Person,
    Post,
    RecipientGroup,
    Role,
    Term,
)

LONG_AGO = date(2020, 1, 1)
_counter = itertools.count(1)


@dataclasses.dataclass
class ClockAt:
    """A clock that stands still until a test moves it."""

    moment: datetime

    @classmethod
    def on(cls, day: date, hour: int = 9) -> ClockAt:
        """A clock that shows this hour of this day in the office's zone."""
        return cls(timezone.make_aware(datetime(day.year, day.month, day.day, hour)))

    def now(self) -> datetime:
        """The moment it shows."""
        return self.moment

    def today(self) -> date:
        """Its day in the office's zone."""
        return timezone.localdate(self.moment)

    def forward(self, **amount: float) -> None:
        """Move it on."""
        self.moment += timedelta(**amount)


def body(code: str, name: str, **facts: Any) -> Organization:
    """A body with one version in force for long; `facts` are fields of the version."""
    organization = Organization.objects.create(code=code)
    defaults = {
        "name": name,
        "name_line": name.upper(),
        "symbol": "ĐU",
        "place": "Sơn Hà",
        "kind": OrganizationKind.COMMUNE_COMMITTEE,
        "mail_addresses": [f"{code}@chidao.example"],
    }
    OrganizationVersion.objects.create(organization=organization, valid_from=LONG_AGO, **{**defaults, **facts})
    return organization


def person(full_name: str, *posts: tuple[Organization, Role], password: str | None = None) -> Person:
    """A person with posts held for long; the sign-in name is made up."""
    made = Person.objects.create_person(f"nguoi{next(_counter)}", full_name, password, email="")
    for organization, role in posts:
        Post.objects.create(person=made, organization=organization, role=role, starts_on=LONG_AGO)
    return made


def group(owner: Organization, code: str, name: str, members: Iterable[Organization]) -> RecipientGroup:
    """A group of bodies, members for long."""
    made = RecipientGroup.objects.create(owner=owner, code=code, name=name)
    for position, member in enumerate(members):
        GroupMember.objects.create(group=made, organization=member, position=position, starts_on=LONG_AGO)
    return made


@dataclasses.dataclass
class Committee:
    """A committee with the people that take a paper through it, and units below it."""

    organization: Organization
    term: Term
    drafter: Person
    head: Person
    signer: Person
    clerk: Person
    monitor: Person
    inspector: Person
    authority: Authority
    units: list[Organization]
    unit_clerks: list[Person]
    clock: ClockAt

    def member(self, who: Person) -> Member:
        """What this person may be today."""
        return Member.of(who, self.clock.today())

    def first_number(self, number: int, group: str = "CV") -> NumberSeries:
        """Let the next paper of this group take `number`."""
        made, _ = NumberSeries.objects.update_or_create(
            organization=self.organization, term=self.term, symbol_group=group, defaults={"next_number": number}
        )
        return made


def committee(clock: ClockAt, *, code: str = "tu", units: int = 3, symbol: str = "TU") -> Committee:
    """A province committee with its staff and `units` commune committees, each with one clerk."""
    organization = body(
        code, "Tỉnh ủy Sơn Hà", symbol=symbol, kind=OrganizationKind.PROVINCE_COMMITTEE, name_line="TỈNH ỦY SƠN HÀ"
    )
    below = [
        body(f"{code}-xa-{n}", f"Đảng ủy xã Thử {n}", superior_line="ĐẢNG BỘ TỈNH SƠN HÀ", superior=organization)
        for n in range(1, units + 1)
    ]
    group(organization, "cac-xa", "Các đảng ủy xã", below)
    signer = person("Trần Văn Ký", (organization, Role.SIGNER))
    authority = Authority.objects.create(
        person=signer,
        organization=organization,
        form="T/M",
        lines=[
            {"text": "T/M BAN THƯỜNG VỤ", "role": "authority"},
            {"text": "PHÓ BÍ THƯ", "role": "position"},
        ],
        starts_on=LONG_AGO,
    )
    return Committee(
        organization=organization,
        term=Term.objects.create(organization=organization, name="2020 - 2025", starts_on=LONG_AGO),
        drafter=person("Lê Thị Soạn", (organization, Role.DRAFTER)),
        head=person("Đỗ Văn Chánh", (organization, Role.OFFICE_HEAD)),
        signer=signer,
        clerk=person("Phạm Thị Thư", (organization, Role.CLERK)),
        monitor=person("Ngô Văn Dõi", (organization, Role.MONITOR)),
        inspector=person("Bùi Văn Tra", (organization, Role.INSPECTOR)),
        authority=authority,
        units=below,
        unit_clerks=[person(f"Văn thư xã {n}", (unit, Role.CLERK)) for n, unit in enumerate(below, start=1)],
        clock=clock,
    )


def letter(subject: str = "tăng cường kiểm tra hồ chứa", **changes: Any) -> Document:
    """A short công văn to the group of communes: one item for each of them, one led by the first of them."""
    text: dict[str, Any] = {
        "type": "CV",
        "profile": "HD05",
        "issuer": {"superior_line": None, "name_line": None, "symbol": None},
        "number": None,
        "place": None,
        "date": None,
        "subject": {"prefix": "Về", "text": subject},
        "author_line": None,
        "meeting_note": None,
        "addressees": [{"text": "Các đảng ủy xã trực thuộc", "targets": [{"group": "cac-xa"}]}],
        "body": [
            _block("paragraph", None, "Mùa mưa đến sớm; Ban Thường vụ yêu cầu:"),
            _block("item", "1.", "Kiểm tra toàn bộ hồ chứa trên địa bàn, báo cáo kết quả.", task=True, follow="each"),
            _block(
                "item",
                "2.",
                "Đảng ủy xã Thử 1 chủ trì diễn tập ứng phó.",
                task=True,
                follow="task",
                targets=[{"organization": "tu-xa-1", "role": "lead"}],
            ),
            _block("item", "3.", "Quán triệt nội dung này đến các chi bộ.", task=True, follow="guidance"),
        ],
        "distribution_heading": None,
        "distribution": [
            {"text": "Như trên", "purpose": None, "same_as_addressees": True},
            {"text": "Lưu Văn phòng Tỉnh ủy", "purpose": None, "archive": True},
        ],
        "signature": None,
        "digital_signatures": [],
        "citations": [],
    }
    return Document.from_json({**text, **changes})


def draft(
    of: Committee,
    document: Document | None = None,
    *,
    enclosed: Iterable[CheckedFile] = (),
    replaced: Iterable[Directive] = (),
    **facts: Any,
) -> Directive:
    """A draft of this committee's drafter, with the files that go with it and the papers that it replaces."""
    written = DraftFacts(document=document or letter(), authority_id=of.authority.pk, **facts)
    organization, by = of.organization.pk, of.member(of.drafter)
    made = drafting.create(organization, organization, written, by=by, clock=of.clock)
    for file in enclosed:
        enclosing.enclose(made.pk, file, by=by, clock=of.clock)
    for paper in replaced:
        correcting.correct(made.pk, paper.pk, CorrectionKind.REPLACES, by=by, clock=of.clock)
    return made


def directive(
    of: Committee, state: DirectiveState, document: Document | None = None, *, sealed: bool = True, **facts: Any
) -> Directive:
    """A directive brought to `state`: drafted, submitted, approved (and signed by pen), numbered, issued."""
    made = draft(of, document, **facts)
    if state == DirectiveState.DRAFT:
        return made
    made = drafting.submit(made.pk, by=of.member(of.drafter), clock=of.clock)
    if state != DirectiveState.SUBMITTED:
        made = _after_approval(of, made, state, sealed=sealed)
    return Directive.objects.get(pk=made.pk)


def delivered(of: Committee, document: Document | None = None, **facts: Any) -> Directive:
    """An issued directive whose final copy was made, so that its units have it."""
    made = directive(of, DirectiveState.ISSUED, document, **facts)
    copying.make_final_copy(made.pk, clock=of.clock)
    return Directive.objects.get(pk=made.pk)


def recall(of: Committee, paper: Directive) -> Directive:
    """Recall an issued directive by another one."""
    facts = {"decision": "Công văn số 752-CV/TU, ngày 03/12/2026", "reason": "Ban hành nhầm phụ lục."}
    return numbering_and_issuing.recall(paper.pk, **facts, by=of.member(of.clerk), clock=of.clock)


def _after_approval(of: Committee, made: Directive, state: DirectiveState, *, sealed: bool) -> Directive:
    approving.approve(made.pk, read_version=made.version, by=of.member(of.signer), clock=of.clock)
    sign(of, made, sealed=sealed)
    if state == DirectiveState.APPROVED:
        return made
    numbering_and_issuing.number(made.pk, by=of.member(of.clerk), clock=of.clock)
    if state == DirectiveState.ISSUED:
        numbering_and_issuing.issue(made.pk, by=of.member(of.clerk), clock=of.clock)
    return made


def sign(of: Committee, made: Directive, *, sealed: bool = True) -> None:
    """The clerk notes that the paper was signed today, and `sealed` too."""
    today = of.clock.today()
    paper = SignedPaper(signed_on=today, sealed_on=today if sealed else None)
    approving.note_signature(made.pk, paper, by=of.member(of.clerk), clock=of.clock)


def _block(kind: str, marker: str | None, text: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "marker": marker, "runs": [{"text": text}], "children": [], **more}
