"""Redis stopped or frozen: people work on as always, the page says that sending waits, and then everything is sent."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from statistics import median

import pytest
from django.urls import reverse

from config.celery import RingFailed, ring
from directives import outbox
from directives.actions import approving, copying, delivering, drafting, numbering_and_issuing, tracking
from directives.actions.tracking import ReportFacts
from directives.jobs import show_life
from directives.models import Assignment, Delivery, Directive, OutboxRow
from directives.workflow import DeliveryState, DirectiveState, WorkState
from orgs.clock import CLOCK
from orgs.models import Person
from tests import factories
from tests.factories import Committee
from tests.faults.broker import Broker, OwnBroker
from tests.faults.many import signed_papers
from tests.faults.visitor import Visitor
from tests.mail_server import MailServer
from tests.processes import Program, answers, until

Start = Callable[..., Program]
ROUNDS = 3
PASSWORD = "mot-mat-khau-dai"
SENDING_WAITS = "Việc gửi đang chờ"
NOTICED = "The broker does not answer"
NOT_NOTICED = 0.05  # seconds that a machine with other work may add


@dataclass
class Watch:
    """How long each kind of step took."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @contextmanager
    def over(self, step: str):
        """Measure the block."""
        began = time.monotonic()
        yield
        self.seconds[step].append(time.monotonic() - began)

    def slower_than(self, usual: Watch) -> dict[str, tuple[float, float]]:
        """The steps that took longer than twice as long as usual (medians), with both times."""
        both = {step: (median(times), median(usual.seconds[step])) for step, times in self.seconds.items()}
        return {step: (now, before) for step, (now, before) in both.items() if now >= 2 * before + NOT_NOTICED}


def whole_road(of: Committee, watch: Watch) -> None:
    """Take a paper from its draft to the report on its tasks; only what the worker does is not measured."""
    with watch.over("create"):
        paper = factories.draft(of)
    with watch.over("submit"):
        drafting.submit(paper.pk, by=of.member(of.drafter), clock=of.clock)
    with watch.over("approve"):
        approving.approve(paper.pk, read_version=1, by=of.member(of.signer), clock=of.clock)
    with watch.over("note the signature"):
        factories.sign(of, paper)
    with watch.over("number"):
        numbering_and_issuing.number(paper.pk, by=of.member(of.clerk), clock=of.clock)
    with watch.over("issue"):
        numbering_and_issuing.issue(paper.pk, by=of.member(of.clerk), clock=of.clock)
    copying.make_final_copy(paper.pk, clock=of.clock)
    unit_clerk = of.member(of.unit_clerks[0])
    with watch.over("receive"):
        delivering.receive(paper.deliveries.get(organization=of.units[0]).pk, by=unit_clerk, clock=of.clock)
    shares = Assignment.objects.filter(task__directive=paper, organization=of.units[0])
    facts = ReportFacts(dated_on=of.clock.today(), text="Đã kiểm tra 4 hồ.")
    with watch.over("report"):
        tracking.report([share.pk for share in shares], facts, by=unit_clerk, clock=of.clock)


def test_every_action_is_as_fast_with_a_frozen_redis_as_with_a_living_one(committee: Committee, broker: Broker) -> None:
    usual, frozen = Watch(), Watch()
    whole_road(committee, Watch())
    for _ in range(ROUNDS):
        whole_road(committee, usual)
    broker.freeze()
    for _ in range(ROUNDS):
        whole_road(committee, frozen)
    assert frozen.slower_than(usual) == {}


def test_an_action_that_rang_by_itself_would_hang_on_a_frozen_redis(broker: Broker) -> None:
    ring(show_life, forget_after=outbox.RING_AGAIN_AFTER)
    usual, frozen = Watch(), Watch()
    with usual.over("ring"):
        ring(show_life, forget_after=outbox.RING_AGAIN_AFTER)
    broker.freeze()
    with frozen.over("ring"), pytest.raises(RingFailed):
        ring(show_life, forget_after=outbox.RING_AGAIN_AFTER)
    assert "ring" in frozen.slower_than(usual)


class Office:
    """The committee's clerk and a unit's clerk at their pages, and how long each page took."""

    def __init__(self, of: Committee, address: str) -> None:
        for person in Person.objects.all():
            person.set_password(PASSWORD)
            person.save()
        self._of = of
        self._address = address
        self._clerk = self._signed_in(of.clerk)
        self._unit_clerk = self._signed_in(of.unit_clerks[0])

    def a_day(self, papers: list[Directive], watch: Watch) -> None:
        """Sign in, look at my work, number and issue papers; each paper's page tells how far it is."""
        for paper in papers:
            with watch.over("sign in"):
                self._signed_in(self._of.clerk)
            self._look(self._clerk, reverse("my_work"), "my work", watch)
            self._look(self._clerk, reverse("directive", args=[paper.pk]), "page of a paper", watch)
            for slug in ("cap-so", "phat-hanh"):
                self._clerk.press(f"/van-ban/{paper.pk}/{slug}/")
                watch.seconds[slug].append(self._clerk.seconds)
            self._look(self._clerk, reverse("sending", args=[paper.pk]), "how far it is", watch)
            self._look(self._unit_clerk, reverse("inbox"), "inbox", watch)
            self._look(self._unit_clerk, reverse("tasks"), "tasks", watch)
        issued = Directive.objects.filter(pk__in=[paper.pk for paper in papers], state=DirectiveState.ISSUED)
        assert issued.count() == len(papers)

    def receives_one(self) -> None:
        """The unit's clerk receives a paper that came while Redis was still there."""
        waiting = Delivery.objects.filter(organization=self._of.units[0], state=DeliveryState.ARRIVED)
        delivery = waiting.order_by("pk")[0]
        page = reverse("directive", args=[delivery.directive_id])
        self._unit_clerk.press(reverse("receive", args=[delivery.pk]), on=page)
        delivery.refresh_from_db()
        assert delivery.state == DeliveryState.RECEIVED

    def page_of(self, paper: Directive) -> str:
        """What the clerk reads on the paper's page."""
        return self._clerk.go(reverse("directive", args=[paper.pk]))

    def _signed_in(self, person: Person) -> Visitor:
        visitor = Visitor(self._address)
        visitor.press(reverse("sign_in"), username=person.username, password=PASSWORD)
        return visitor

    def _look(self, visitor: Visitor, path: str, name: str, watch: Watch) -> None:
        visitor.go(path)
        watch.seconds[name].append(visitor.seconds)


@pytest.mark.alone
def test_people_work_on_while_redis_is_away_and_everything_is_sent_when_it_is_back(
    committee: Committee, program: Start, mail_server: MailServer, own_broker: OwnBroker
) -> None:
    papers = signed_papers(committee, 3 * ROUNDS + 2)
    environment = mail_server.environment | own_broker.environment
    processes = {name: program(name, **environment) for name in ("relay", "worker", "web")}
    address = f"http://127.0.0.1:{processes['web'].port}"
    until(lambda: answers(f"{address}/healthz"), "the web process answers")
    office, usual = Office(committee, address), Watch()
    office.a_day([papers.pop() for _ in range(ROUNDS)], usual)
    until(_all_done, "what was issued before is sent", seconds=60)

    for leave, come_back in ((own_broker.stop, own_broker.start), (own_broker.freeze, own_broker.thaw)):
        noticed = processes["relay"].said.count(NOTICED)
        leave()
        until(partial(_says_again, processes["relay"], noticed), "the relay noticed", seconds=60)
        _a_day_without_redis(committee, office, [papers.pop() for _ in range(ROUNDS + 1)], usual)
        come_back()
        began = CLOCK.now()
        until(_all_done, "all is sent after Redis came back", seconds=90)
        print(f"{leave.__name__}: all is sent {(CLOCK.now() - began).total_seconds():.0f} s after Redis came back")
        assert all(process.runs for process in processes.values())
    issued = Directive.objects.filter(state=DirectiveState.ISSUED).count()
    assert issued == 3 * ROUNDS + 2
    assert mail_server.per_recipient() == {f"{unit.code}@chidao.example": issued for unit in committee.units}
    assert not Delivery.objects.filter(state=DeliveryState.WAITING).exists()


def _a_day_without_redis(of: Committee, office: Office, papers: list[Directive], usual: Watch) -> None:
    old, *today = papers
    numbering_and_issuing.number(old.pk, by=of.member(of.clerk), clock=of.clock)
    numbering_and_issuing.issue(old.pk, by=of.member(of.clerk), clock=of.clock)
    away = Watch()
    office.a_day(today, away)
    office.receives_one()
    assert away.slower_than(usual) == {}
    until(lambda: SENDING_WAITS in office.page_of(old), "the page says that sending waits", seconds=45)
    assert not Delivery.objects.filter(directive__in=papers).exclude(state=DeliveryState.WAITING).exists()


def _says_again(relay: Program, noticed: int) -> bool:
    return relay.said.count(NOTICED) > noticed


def _all_done() -> bool:
    return not OutboxRow.objects.exclude(state=WorkState.DONE).exists()
