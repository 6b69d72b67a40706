"""The disk of PostgreSQL runs full: people read on, nothing is half done, and with room again all is well by itself."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import HTTPError

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from config import embedded
from directives.models import Directive, RegisterEntry
from directives.workflow import DirectiveState, Step
from orgs.models import Person
from tests import factories
from tests.browsing import step
from tests.factories import Committee
from tests.faults.many import signed_papers
from tests.faults.own_database import OwnDatabase, folder_of_the_account, own_database
from tests.faults.visitor import Visitor
from tests.processes import Program, answers, until

Start = Callable[..., Program]
PASSWORD = "mot-mat-khau-dai"
DISK = "192m"
PAPERS = 60
NOT_CARRIED_OUT = "Nội dung đồng chí gửi chưa được thực hiện"


@contextmanager
def small_disk() -> Iterator[Path]:
    """A disk of its own that is soon full; the test is skipped where the account may not mount one."""
    with folder_of_the_account() as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=0711", "tmpfs", str(folder)]
        if os.getuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
            pytest.skip("only root may mount the small disk that this test fills")
        try:
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def without_room(disk: Path) -> Iterator[None]:
    """While the block runs, not a byte more finds room on the disk."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    try:
        yield
    finally:
        ballast.unlink()


class Office:
    """The committee's clerk and a unit's clerk at their pages."""

    def __init__(self, of: Committee, address: str, sent: Directive) -> None:
        self.clerk, self.unit_clerk = (self._signed_in(who, address) for who in (of.clerk, of.unit_clerks[0]))
        self._sent = sent

    def _signed_in(self, person: Person, address: str) -> Visitor:
        visitor = Visitor(address)
        visitor.press(reverse("sign_in"), username=person.username, password=PASSWORD)
        return visitor

    def read_on(self) -> None:
        """Open lists, a paper and a register; each must answer with 200."""
        for path in ("my_work", "outgoing", "registers"):
            self.clerk.go(reverse(path))
        for visitor in (self.clerk, self.unit_clerk):
            visitor.go(reverse("directive", args=[self._sent.pk]))
        for path in ("my_work", "inbox", "tasks"):
            self.unit_clerk.go(reverse(path))

    def number(self, paper: Directive) -> str:
        """Give the paper its number; returns the words of the page that tells why it could not be done, or none."""
        try:
            self.clerk.press(step(paper, Step.NUMBER))
        except HTTPError as refused:
            with closing(refused):
                return refused.read().decode()
        return ""

    def number_until_refused(self, papers: list[Directive]) -> tuple[Directive, str]:
        """Number one paper after the other; the first that could not be done, and what the page said."""
        for paper in papers:
            if said := self.number(paper):
                return paper, said
        raise AssertionError("there was room for all papers")


@pytest.fixture
def sent(committee: Committee) -> Directive:
    """A paper that lies with its units, and everybody has a password."""
    for person in Person.objects.all():
        person.set_password(PASSWORD)
        person.save()
    return factories.delivered(committee)


@pytest.fixture
def papers(committee: Committee, sent: Directive) -> list[Directive]:
    """Papers that wait for their numbers."""
    return signed_papers(committee, PAPERS)


@pytest.fixture
def database(papers: list[Directive], monkeypatch: pytest.MonkeyPatch) -> Iterator[OwnDatabase]:
    """The server of this test, alone on a small disk."""
    monkeypatch.setattr(embedded, "MINIMUM_FREE", 0)
    with small_disk() as disk, own_database(disk / "postgresql") as server:
        yield server


@pytest.fixture
def office(database: OwnDatabase, committee: Committee, sent: Directive, program: Start) -> Office:
    """Two people at the running program."""
    address = f"http://127.0.0.1:{program('web').port}"
    until(lambda: answers(f"{address}/healthz"), "the web process answers")
    return Office(committee, address, sent)


def all_is_well() -> None:
    """The numbers run on without a gap, each with its paper, and the checker of a restore finds nothing."""
    numbers = list(RegisterEntry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert Directive.objects.filter(number__isnull=False).count() == len(numbers)
    call_command("verify")


def test_on_a_full_disk_people_read_on_and_what_is_refused_is_done_when_there_is_room(
    office: Office, database: OwnDatabase, papers: list[Directive]
) -> None:
    office.read_on()
    with without_room(database.folder.parent):
        refused, said = office.number_until_refused(papers)
        assert NOT_CARRIED_OUT in said
        office.read_on()
        refused.refresh_from_db()
        assert (refused.state, refused.number) == (DirectiveState.APPROVED, None)
    assert office.number(refused) == ""
    all_is_well()


def test_a_database_that_cannot_write_its_log_comes_back_by_itself_when_there_is_room(
    office: Office, database: OwnDatabase, papers: list[Directive]
) -> None:
    first, *others = papers
    assert office.number(first) == ""
    with without_room(database.folder.parent):
        fill_the_log(database)
        refused, said = office.number_until_refused(others)
        assert NOT_CARRIED_OUT in said
    until(lambda: office.number(refused) == "", "the paper gets its number", seconds=60)
    connection.close()
    all_is_well()


def fill_the_log(database: OwnDatabase) -> None:
    """Leave the log no room in the files that it has."""
    with closing(psycopg2.connect(host=database.sockets, user="postgres", dbname="chi_dao")) as session:
        session.autocommit = True
        with session.cursor() as cursor, pytest.raises(psycopg2.OperationalError):
            while True:
                cursor.execute("SELECT pg_logical_emit_message(true, '', repeat('x', 1000000)), pg_switch_wal()")
