"""The demo's papers, taken along their road by the real actions on the days that directives.json names."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from typing import Any

from django.utils import timezone

from directives.actions import (
    approving,
    consulting,
    copying,
    correcting,
    delivering,
    drafting,
    numbering_and_issuing,
    opining,
    reviewing,
    tracking,
)
from directives.actions.approving import SignedPaper
from directives.actions.consulting import Comments
from directives.actions.drafting import DraftFacts
from directives.actions.tracking import ReportFacts
from directives.blocks import Block
from directives.demo.dates import with_dates
from directives.demo.staff import FOLDER
from directives.document import Document
from directives.models import Assignment, CorrectionKind, Directive
from orgs.member import Member
from orgs.models import Authority, Organization, Person

FRIDAY = 4
FROM_APPROVED = ("approved", "numbered", "voided", "issued", "issued_with_reports", "recalled")
FROM_NUMBERED = FROM_APPROVED[1:]
FROM_ISSUED = FROM_APPROVED[3:]


@dataclass(frozen=True, slots=True)
class DaysAgo:
    """The office's clock some days before today; a Saturday or Sunday in the past counts as the Friday before."""

    days: int
    hour: int = 9

    def now(self) -> datetime:
        """That hour of that day; never later than now."""
        moment = timezone.localtime() - timedelta(days=self.days)
        if self.days:
            moment -= timedelta(days=max(0, moment.weekday() - FRIDAY))
        return min(moment.replace(hour=self.hour, minute=20, second=0, microsecond=0), timezone.localtime())

    def today(self) -> date:
        """That day."""
        return timezone.localdate(self.now())


@dataclass(frozen=True, slots=True)
class _Act:
    """One thing that somebody did after the issue, and when among the others."""

    order: tuple[int, int]
    take: Callable[[], None]


def load_papers() -> None:
    """Every paper, the oldest first, so that numbers and dates rise together."""
    today, members, loaded = timezone.localdate(), _Members(), dict[str, Directive]()
    files = sorted((FOLDER / "texts").glob("*.json"))
    papers = {file.stem: with_dates(json.loads(file.read_text(encoding="utf-8")), today) for file in files}
    for name, facts in sorted(papers.items(), key=lambda named: -int(named[1]["days_ago"])):
        paper = _Paper(facts, members, loaded)
        paper.take_along()
        loaded[name] = paper.directive


class _Members(dict[tuple[str, date], Member]):
    """Who a person was on a day, looked up once."""

    def __missing__(self, key: tuple[str, date]) -> Member:
        username, day = key
        self[key] = Member.of(Person.objects.get(username=username), day)
        return self[key]


class _Paper:
    """One paper with the facts of its road; `earlier` are the papers before it, by the names of their files."""

    def __init__(self, facts: dict[str, Any], members: _Members, earlier: Mapping[str, Directive]) -> None:
        self.facts = facts
        self.members = members
        self.earlier = earlier
        self.state: str = facts["state"]
        self.clock = DaysAgo(facts["days_ago"])
        self.directive = self._drafted()

    def take_along(self) -> None:
        """As far as its state says."""
        for corrected in self.facts.get("corrects", []):
            paper, kind = self.earlier[corrected["paper"]].pk, CorrectionKind(corrected["kind"])
            correcting.correct(self.directive.pk, paper, kind, by=self._who(self.facts["drafter"]), clock=self.clock)
        if "consultation" in self.facts:
            self._consult(self.facts["consultation"])
        if self.state == "draft":
            return
        self.directive = drafting.submit(self.directive.pk, by=self._who(self.facts["drafter"]), clock=self.clock)
        self._review()
        if self.state == "returned":
            returned = self.facts["returned"]
            by = self._who(returned["by"])
            approving.return_for_repair(self.directive.pk, reason=returned["reason"], by=by, clock=self.clock)
        if self.state in FROM_APPROVED:
            self._approve()
        if self.state in FROM_NUMBERED:
            self._sign_and_number()
        if self.state == "voided":
            self._void(self.facts["voided"])
        if self.state in FROM_ISSUED:
            self._issue()

    def _drafted(self) -> Directive:
        issuer = Organization.objects.get(code=self.facts["issuer"])
        drafting_body = Organization.objects.get(code=self.facts["drafting_body"])
        authorities = Authority.objects.filter(
            organization=issuer, person__username=self.facts["signer"], in_place_of=None
        )
        document = Document.from_json(self.facts["document"])
        authority = next(each for each in authorities if each.covers(document.type, self.clock.today()))
        facts = DraftFacts(document=document, authority_id=authority.pk)
        by = self._who(self.facts["drafter"])
        return drafting.create(issuer.pk, drafting_body.pk, facts, by=by, clock=self.clock)

    def _consult(self, facts: dict[str, Any]) -> None:
        """Ask units for comments, and what they and the drafter wrote; `answer` is what was made of a comment."""
        by, clock = self._who(self.facts["drafter"]), DaysAgo(facts["days_ago"], hour=14)
        units = Organization.objects.filter(code__in=facts["units"])
        until = date.fromisoformat(facts["deadline"])
        made = consulting.consult(self.directive.pk, units, answer_by=until, asked=facts["asked"], by=by, clock=clock)
        for answer in facts["answers"]:
            consulted = made.consulted.get(organization__code=answer["organization"])
            said = {self._block(each["item"]).id or "": each for each in answer.get("passages", [])}
            passages = {block: each["text"] for block, each in said.items()}
            comments = Comments(agrees=answer["agrees"], whole=answer.get("text", ""), passages=passages)
            at = DaysAgo(answer["days_ago"], hour=15)
            consulting.comment(consulted.pk, comments, by=self._who(answer["by"]), clock=at)
            for opinion in consulted.opinions.exclude(block=""):
                if words := said[opinion.block].get("answer"):
                    opining.answer_opinion(opinion.pk, words, taken_over=True, by=by, clock=DaysAgo(0, hour=8))

    def _review(self) -> None:
        """Those named in the facts agree with what they said; further than submitted, every reviewer has."""
        opinions = iter(self.facts.get("reviews", []))
        while review := Directive.objects.get(pk=self.directive.pk).waiting_review:
            said = next(opinions, None)
            if said is None and self.state == "submitted":
                return
            by = self.members[review.person.username, self.clock.today()]
            opinion, version = (said or {}).get("opinion", ""), self.directive.version
            reviewing.pass_on(self.directive.pk, opinion=opinion, read_version=version, by=by, clock=self.clock)

    def _approve(self) -> None:
        by = self._who(self.facts["signer"])
        approving.approve(self.directive.pk, read_version=self.directive.version, by=by, clock=self.clock)
        if self.state == "approved":
            copying.make_proof(self.directive.pk, clock=self.clock)

    def _sign_and_number(self) -> None:
        by = self._who(self.facts["clerk"])
        today = self.clock.today()
        paper = SignedPaper(signed_on=today, sealed_on=today if self.facts.get("sealed", True) else None)
        approving.note_signature(self.directive.pk, paper, by=by, clock=self.clock)
        numbering_and_issuing.number(self.directive.pk, by=by, clock=self.clock)
        copying.make_final_copy(self.directive.pk, clock=self.clock)

    def _issue(self) -> None:
        numbering_and_issuing.issue(self.directive.pk, by=self._who(self.facts["clerk"]), clock=self.clock)
        for fact in sorted(self._acts(), key=lambda act: act.order):
            fact.take()
        if "recall" in self.facts:
            self._recall(self.facts["recall"])

    def _acts(self) -> Iterator[_Act]:
        """What units and monitors did, each with its day; sorted so that what comes first is done first."""
        kinds = {
            "seen": (self._see, 10),
            "received": (self._receive, 10),
            "misdirected": (self._misdirect, 10),
            "started": (self._start, 11),
            "reports": (self._report, 15),
            "confirmed": (self._confirm, 16),
            "asked_more": (self._ask_more, 16),
            "ended": (self._end, 16),
        }
        for place, (kind, (take, hour)) in enumerate(kinds.items()):
            for facts in self.facts.get(kind, []):
                yield _Act((-facts["days_ago"], place), partial(take, facts, DaysAgo(facts["days_ago"], hour)))

    def _see(self, facts: dict[str, Any], clock: DaysAgo) -> None:
        delivering.mark_seen(self.directive, by=self._who(facts["by"]), at=clock.now())

    def _receive(self, facts: dict[str, Any], clock: DaysAgo) -> None:
        delivery = self.directive.deliveries.get(organization__code=facts["organization"])
        self._see(facts, clock)
        delivering.receive(delivery.pk, by=self._who(facts["by"]), clock=clock)

    def _misdirect(self, facts: dict[str, Any], clock: DaysAgo) -> None:
        delivery = self.directive.deliveries.get(organization__code=facts["organization"])
        by = self._who(facts["by"])
        delivering.return_as_misdirected(delivery.pk, reason=facts["reason"], by=by, clock=clock)

    def _start(self, facts: dict[str, Any], clock: DaysAgo) -> None:
        share = self._share(facts["item"], facts["organization"])
        tracking.start_work(share.pk, by=self._who(facts["by"]), clock=clock)

    def _report(self, facts: dict[str, Any], clock: DaysAgo) -> None:
        number, symbol, text = facts["number"], facts["symbol"], facts["text"]
        paper = ReportFacts(number=number, symbol=symbol, dated_on=clock.today(), text=text)
        shares = [self._share(item, facts["organization"]).pk for item in facts["items"]]
        tracking.report(shares, paper, by=self._who(facts["by"]), clock=clock)

    def _confirm(self, facts: dict[str, Any], clock: DaysAgo) -> None:
        share = self._share(facts["item"], facts["organization"])
        tracking.confirm(share.pk, by=self._who(facts["by"]), clock=clock)

    def _ask_more(self, facts: dict[str, Any], clock: DaysAgo) -> None:
        share = self._share(facts["item"], facts["organization"])
        tracking.ask_more(share.pk, what=facts["reason"], by=self._who(facts["by"]), clock=clock)

    def _end(self, facts: dict[str, Any], clock: DaysAgo) -> None:
        share = self._share(facts["item"], facts["organization"])
        tracking.end(share.pk, reason=facts["reason"], by=self._who(facts["by"]), clock=clock)

    def _recall(self, facts: dict[str, Any]) -> None:
        numbering_and_issuing.recall(
            self.directive.pk,
            decision=facts["decision"],
            reason=facts["reason"],
            by=self._who(facts["by"]),
            clock=DaysAgo(facts["days_ago"], hour=14),
        )

    def _void(self, facts: dict[str, Any]) -> None:
        numbering_and_issuing.void_number(
            self.directive.pk,
            reason=facts["reason"],
            decided_by=facts["decided_by"],
            by=self._who(facts["by"]),
            clock=self.clock,
        )

    def _share(self, item: list[int], organization: str) -> Assignment:
        """The share of a body in the item at this path."""
        block = self._block(item)
        return Assignment.objects.get(
            task__directive=self.directive, task__block_id=block.id, organization__code=organization
        )

    def _block(self, item: list[int]) -> Block:
        """The item at this path of places in the body (counted from 0)."""
        block = self._body[item[0]]
        for place in item[1:]:
            block = block.children[place]
        return block

    @cached_property
    def _body(self) -> tuple[Block, ...]:
        """The text with the ids of its items, which stay as they are from the first draft on."""
        return self.directive.document(self.clock.today()).body

    def _who(self, username: str) -> Member:
        return self.members[username, self.clock.today()]
