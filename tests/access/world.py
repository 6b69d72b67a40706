"""Two committees with papers, deliveries and shares in every state, and one person for each role of the table."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from directives import rendering
from directives.actions import (
    approving,
    consulting,
    copying,
    delivering,
    numbering_and_issuing,
    opining,
    registering,
    starting,
    tracking,
    uploading,
)
from directives.actions.consulting import Comments
from directives.actions.text_as_file import with_file
from directives.actions.tracking import ReportFacts
from directives.document import Document, Issuer
from directives.models import (
    Assignment,
    Consultation,
    Delivery,
    Directive,
    IncomingBook,
    Notice,
    OutboxRow,
    Policy,
    ReviewAt,
    ReviewPlace,
    Upload,
    Work,
)
from directives.rendering import Variant
from directives.scans import ScanFile
from directives.uploads import CheckedFile, checked
from directives.workflow import DirectiveState, WorkState
from orgs.member import Member
from orgs.models import Authority, Organization, Person, Post, RecipientGroup, Role
from tests import factories
from tests.access.canaries import word_of
from tests.directives import upload_corpus
from tests.factories import ClockAt, Committee

OTHER = "other "
"""Before the name of everything that belongs to the second committee."""
BEFORE = {
    # A draft that came back with a reason, a voided paper that had its number.
    "draft": DirectiveState.SUBMITTED,
    "submitted": DirectiveState.SUBMITTED,
    "jointly submitted": DirectiveState.SUBMITTED,
    "under review": DirectiveState.SUBMITTED,
    "approved": DirectiveState.APPROVED,
    "numbered": DirectiveState.NUMBERED,
    "voided": DirectiveState.NUMBERED,
    "issued": DirectiveState.ISSUED,
}
"""How far the clerk's road goes before the paper's own fate; the other papers were delivered."""
PAPERS = (*BEFORE, "sent", "received", "given back", "recalled")
RESTRICTED = (
    *("restricted draft", "restricted submitted", "restricted jointly submitted"),
    *("restricted approved", "restricted sent"),
)
REPLACED = {"received": "restricted sent", "given back": "sent"}
"""Which paper takes the place of which: some read the later one alone, others the earlier one alone."""
WITH_LINES = ("sent", "received", "given back", "recalled", "restricted sent")
SHARES = ("assigned", "working", "reported", "done", "ended", "restricted assigned")


@dataclass
class AccessWorld:
    """Everything by the name that the table uses; `owners` says whose each canary word is."""

    clock: ClockAt
    home: Committee
    other: Committee
    people: dict[str, Person] = field(default_factory=dict)
    papers: dict[str, Directive] = field(default_factory=dict)
    lines: dict[str, Delivery] = field(default_factory=dict)
    shares: dict[str, Assignment] = field(default_factory=dict)
    rows: dict[str, Model] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)

    @classmethod
    def made(cls) -> AccessWorld:
        """Build both committees; pages read the machine's clock, so the world is of today."""
        clock = ClockAt(timezone.now())
        home = factories.committee(clock, units=3)
        world = cls(clock, home, factories.committee(clock, code="tv", symbol="TV", units=2))
        world._people()
        for of, prefix, first_number in ((home, "", 41_001), (world.other, OTHER, 73_001)):
            of.first_number(first_number)
            Policy.objects.create(organization=of.organization, subject_in_mail=True, reports_need_confirmation=True)
            for name in (*RESTRICTED, *PAPERS):
                world.papers[prefix + name] = world.paper(of, prefix, name)
            world._shares(of, prefix)
            world._rows_of_the_office(of, prefix)
        return world

    def member(self, role: str) -> Member:
        """What the person of this role may be today."""
        return Member.of(self.people[role], self.clock.today())

    def word(self, owner: str) -> str:
        """The canary word of this owner, known to the world from now on."""
        word = word_of(owner)
        self.owners[word] = owner
        return word

    def paper(self, of: Committee, prefix: str, name: str) -> Directive:
        """A paper in the state that its name says, with the words of that name in all its texts."""
        state = name.removeprefix("restricted ")
        facts: dict[str, Any] = {"enclosed": [_enclosed(self.word(f"paper {prefix}{name}"))]}
        if name in REPLACED:
            facts["replaced"] = [self.papers[prefix + REPLACED[name]]]
        if state != name:
            named = () if prefix else (self.people["named reader"].pk, self.people["named unit head"].pk)
            facts |= {"restricted": True, "readers": named}
        document = _letter(of, self.word(f"paper {prefix}{name}"), items=5 if name == "received" else 1)
        if state == "under review":
            document = dataclasses.replace(document, type="TB")
            place = {"type": "TB", "position": 1, "at": ReviewAt.ISSUER, "role": Role.REVIEWER}
            ReviewPlace.objects.create(organization=of.organization, **place)
        if state == "jointly submitted":
            document = dataclasses.replace(document, co_issuers=(self._second_issuer(of, prefix),))
        if state == "voided":
            document = with_file(document, checked("van-ban.pdf", upload_corpus.pdf()))
        if state in BEFORE:
            # The numbered paper waits for its seal.
            made = factories.directive(of, BEFORE[state], document, sealed=name != "numbered", **facts)
        else:
            made = factories.delivered(of, document, **facts)
        self._after_the_road(of, prefix, name, made)
        self._lines_of(of, prefix, name, made)
        return Directive.objects.get(pk=made.pk)

    def _second_issuer(self, of: Committee, prefix: str) -> Issuer:
        """The body that issues some papers of this committee too."""
        head = Issuer(None, f"CƠ QUAN CÙNG BAN HÀNH VỚI {of.organization.code.upper()}", "CQ")
        code = f"{of.organization.code}-cung-ban-hanh"
        if not Organization.objects.filter(code=code).exists():
            body = factories.body(code, "Cơ quan cùng ban hành", name_line=head.name_line, symbol=head.symbol)
            signer = factories.person("Ký Thứ Hai", (body, Role.SIGNER))
            lines = [{"text": "CHỦ TỊCH", "role": "position"}]
            held = {"form": "direct", "lines": lines, "starts_on": factories.LONG_AGO}
            Authority.objects.create(person=signer, organization=body, **held)
            if not prefix:
                self.people["second signer"] = signer
        return head

    def _after_the_road(self, of: Committee, prefix: str, name: str, made: Directive) -> None:
        by, clock = of.member(of.clerk), of.clock
        reason = self.word(f"reason {prefix}{name}")
        if name.endswith("draft"):
            approving.return_for_repair(made.pk, reason=reason, by=of.member(of.signer), clock=clock)
        if name.endswith("approved"):
            copying.make_proof(made.pk, clock=clock)
        if name == "voided":
            numbering_and_issuing.void_number(made.pk, reason=reason, decided_by="Đ/c Chánh", by=by, clock=clock)
        if name == "recalled":
            numbering_and_issuing.recall(made.pk, decision="Công văn số 9-CV", reason=reason, by=by, clock=clock)
        if name.endswith("sent"):
            scan = rendering.render(_letter(of, self.word(f"scan {prefix}{name}")), variant=Variant.PROOF)
            copying.keep_scan(made, scan.pdf, at=clock.now(), added_by=of.clerk)

    def _lines_of(self, of: Committee, prefix: str, name: str, made: Directive) -> None:
        if name not in WITH_LINES:
            return
        line = made.deliveries.get(organization=of.units[0])
        clerk = of.member(of.unit_clerks[0])
        if name == "received":
            delivering.receive(line.pk, by=clerk, clock=of.clock)
        if name == "given back":
            reason = self.word(f"reason {prefix}{name}")
            delivering.return_as_misdirected(line.pk, reason=reason, by=clerk, clock=of.clock)
        self.lines[prefix + name] = line

    def _shares(self, of: Committee, prefix: str) -> None:
        """The first unit's shares of the received paper, one in each state; the second unit has reported its own."""
        received, restricted = self.papers[f"{prefix}received"], self.papers[f"{prefix}restricted sent"]
        own = Assignment.objects.filter(task__directive=received).order_by("task__position")
        shares = dict(zip(SHARES, own.filter(organization=of.units[0]), strict=False))
        shares["restricted assigned"] = Assignment.objects.get(task__directive=restricted, organization=of.units[0])
        self.shares |= {prefix + name: share for name, share in shares.items()}
        for name in ("working", "reported", "done"):
            self._report(of, of.unit_clerks[0], shares[name], f"share {prefix}{name}")
        monitor, clock = of.member(of.monitor), of.clock
        more, ended = self.word(f"share {prefix}working asked"), self.word(f"share {prefix}ended")
        tracking.ask_more(shares["working"].pk, what=more, by=monitor, clock=clock)
        tracking.confirm(shares["done"].pk, by=monitor, clock=clock)
        tracking.end(shares["ended"].pk, reason=ended, by=monitor, clock=clock)
        second = own.filter(organization=of.units[1])[0]
        self._report(of, of.unit_clerks[1], second, f"share {prefix}of the second unit")

    def _rows_of_the_office(self, of: Committee, prefix: str) -> None:
        """Books, a kept number, a mail that failed, and what an administrator may end."""
        until, by = of.clock.today(), of.member(of.clerk)
        kept = {"reserved_for": self.word(f"reserved {prefix}number"), "until": until}
        entry = registering.reserve_number(of.organization.pk, "CV", **kept, by=by, clock=of.clock)
        opinion = opining.write_opinion(
            self.papers[f"{prefix}submitted"].pk,
            self.word(f"opinion {prefix}submitted"),
            by=of.member(of.signer),
            clock=of.clock,
        )
        draft = self.papers[f"{prefix}draft"]
        by_drafter = of.member(of.drafter)
        name = self.word(f"template {prefix}draft")
        template = starting.keep_template(draft, name, by=by_drafter, clock=of.clock)
        notice = Notice.objects.get(
            delivery__directive=self.papers[f"{prefix}sent"], delivery__organization=of.units[1]
        )
        said = f"550 {self.word(f'answer {prefix}sent')}"
        failed = OutboxRow.objects.filter(work=Work.MAIL, object_id=notice.pk)
        failed.update(state=WorkState.QUARANTINED, last_error=said)
        # Nobody is waiting for the rest, however long the tests take.
        OutboxRow.objects.exclude(last_error__startswith="550").update(state=WorkState.DONE)
        posts = RecipientGroup.objects.get(owner=of.organization)
        rows: dict[str, Model] = {
            "series": entry.series,
            "book": IncomingBook.objects.get(organization=of.units[0]),
            "reserved": entry,
            "mail": notice,
            "opinion": opinion,
            "template": template,
            "upload": self._upload(of, prefix),
            **self._consulted(of, prefix),
            "body": of.organization,
            "unit": of.units[0],
            "account": of.monitor,
            "group": posts,
            "post": of.monitor.posts.get(),
            "term": of.term,
            "authority": of.authority,
            "place in a group": posts.members.all()[0],
        }
        self.rows |= {prefix + name: row for name, row in rows.items()}

    def _consulted(self, of: Committee, prefix: str) -> dict[str, Model]:
        """The first unit is still asked about the draft, the second has answered; the text they read has its own word.

        So that nobody who meets it in their place may have read the draft itself.
        """
        draft, day = self.papers[f"{prefix}draft"], of.clock.today()
        by_drafter = of.member(of.drafter)
        made = consulting.consult(draft.pk, of.units[:2], answer_by=day, asked="", by=by_drafter, clock=of.clock)
        sent_out = _letter(of, self.word(f"consultation {prefix}draft")).with_ids()
        sent_out = with_file(sent_out, checked("de-an.pdf", upload_corpus.pdf()))
        Consultation.objects.filter(pk=made.pk).update(text=sent_out.to_json())
        asked, answered = (made.consulted.get(organization=unit) for unit in of.units[:2])
        said = Comments(agrees=False, whole=f"Cần rõ {self.word(f'comment {prefix}draft')}.", passages={})
        consulting.comment(answered.pk, said, by=of.member(of.unit_clerks[1]), clock=of.clock)
        mail = asked.notices.get()
        failed = {"state": WorkState.QUARANTINED, "last_error": f"550 {self.word(f'answer {prefix}draft')}"}
        OutboxRow.objects.filter(object_id=mail.pk).update(**failed)
        OutboxRow.objects.filter(object_id=answered.notices.get().pk).update(state=WorkState.DONE)
        return {"asked unit": asked, "answered unit": answered, "mail of a draft": mail}

    def _upload(self, of: Committee, prefix: str) -> Upload:
        """A file that the clerk has sent in full for a paper that is still to be noted as signed."""
        paper, by = self.papers[f"{prefix}approved"], of.member(of.clerk)
        file = ScanFile(f"{self.word(f'upload {prefix}approved')}.pdf", b"%PDF-")
        return uploading.keep(paper, file, by=by, clock=of.clock)

    def _report(self, of: Committee, clerk: Person, share: Assignment, owner: str) -> None:
        facts = ReportFacts(dated_on=of.clock.today(), text=f"Đã làm xong {self.word(owner)}.")
        tracking.report([share.pk], facts, by=of.member(clerk), clock=of.clock)

    def _people(self) -> None:
        home, unit = self.home.organization, self.home.units[0]
        self.people = {
            "drafter": self.home.drafter,
            "office head": self.home.head,
            "signer": self.home.signer,
            "clerk": self.home.clerk,
            "monitor": self.home.monitor,
            "inspector": self.home.inspector,
            "unit clerk": self.home.unit_clerks[0],
            "second unit clerk": self.home.unit_clerks[1],
            "unrelated clerk": self.home.unit_clerks[2],
        }
        posts: dict[str, tuple[Organization, Role]] = {
            "administrator": (home, Role.ADMINISTRATOR),
            "colleague": (home, Role.DRAFTER),
            "section head": (home, Role.SECTION_HEAD),
            "reviewer": (home, Role.REVIEWER),
            "assistant": (home, Role.ASSISTANT),
            "named reader": (home, Role.ASSISTANT),
            "unit contact": (unit, Role.UNIT_CONTACT),
            "officer": (unit, Role.OFFICER),
            "named unit head": (unit, Role.UNIT_HEAD),
        }
        self.people |= {name: factories.person(name.capitalize(), post) for name, post in posts.items()}
        left = factories.person("Đã nghỉ", (home, Role.CLERK), (home, Role.DRAFTER), (unit, Role.CLERK))
        Post.objects.filter(person=left).update(ends_on=self.clock.today() - timedelta(days=1))
        bodies = (self.other.organization, *self.other.units)
        stranger = factories.person("Người nơi khác", *((body, role) for body in bodies for role in Role))
        self.people |= {"ex-member": left, "stranger": stranger}


def _letter(of: Committee, word: str, *, items: int = 1) -> Document:
    """To the first two units, with items that each of them carries out; the word stands in subject and text."""
    units = [{"organization": unit.code} for unit in of.units[:2]]
    return factories.letter(
        f"kiểm tra hồ chứa {word}",
        addressees=[{"text": f"Các xã của {of.organization.code}", "targets": units}],
        body=list(_items(word, items)),
    )


def _enclosed(word: str) -> CheckedFile:
    """A Word file that says this word."""
    return checked(f"{word}.docx", upload_corpus.word(customXml__item1_dot_xml=f"<p>{word}</p>"))


def _items(word: str, count: int) -> Iterator[dict[str, Any]]:
    for place in range(1, count + 1):
        runs = [{"text": f"Báo cáo hồ chứa {word} lần {place}."}]
        yield {"kind": "item", "marker": f"{place}.", "runs": runs, "children": [], "task": True, "follow": "each"}
