"""Files and poison: a full disk leaves no half file, a changed byte is not served, deadly work is set aside."""

from __future__ import annotations

import resource
import subprocess
import sys
import textwrap
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import psutil
import pytest
from pytest_django.fixtures import Settings

from config.processes import ROOT
from directives import filestore, outbox
from directives.filestore import DamagedFile
from directives.models import CopyKind, IssuedCopy, Notice, OutboxRow, Work
from directives.workflow import WorkState
from tests import factories
from tests.factories import Committee
from tests.faults.many import signed_papers
from tests.faults.test_worker_and_broker import SHORT_LEASE, all_done, issue
from tests.mail_server import MailServer
from tests.processes import Program, environment_of_processes, until

Start = Callable[..., Program]
NO_ROOM = 16 * 1024  # bytes a file may have; a printed page is larger
UNLIMITED = resource.RLIM_INFINITY


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def give_room(worker: Program, most: int) -> None:
    """Let the files of this worker grow to `most` bytes and no further, as on a disk that is full."""
    main = psutil.Process(worker.pid)
    for process in (main, *main.children(recursive=True)):
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (most, UNLIMITED))


def test_a_full_disk_leaves_no_file_and_the_copy_is_made_when_there_is_room(
    committee: Committee, program: Start, mail_server: MailServer, settings: Settings
) -> None:
    worker = program("worker", **mail_server.environment)
    until(lambda: "ready." in worker.said, "the worker is ready")
    give_room(worker, NO_ROOM)
    [paper] = signed_papers(committee, 1)
    issue(committee, [paper])
    program("relay", **mail_server.environment)
    row = OutboxRow.objects.get(work=Work.FINAL_COPY)
    until(lambda: OutboxRow.objects.get(pk=row.pk).state == WorkState.FAILED, "the copy could not be kept")

    assert "OSError" in OutboxRow.objects.get(pk=row.pk).last_error
    assert files_in(Path(settings.COPY_ROOT)) == []
    assert not IssuedCopy.objects.exists()

    give_room(worker, UNLIMITED)
    until(all_done, "the copy was made when there was room", seconds=60)
    assert filestore.read(paper.copies.get(kind=CopyKind.FINAL).sha256).startswith(b"%PDF-")
    assert mail_server.per_recipient() == Counter(f"{unit.code}@chidao.example" for unit in committee.units)


STORES = """
    import resource, signal
    import django
    django.setup()
    from django.conf import settings
    from django.core.files.base import ContentFile
    from django.core.files.storage import FileSystemStorage
    from directives import filestore
    resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))
    try:
        {store}
    except OSError:
        print("no room")
"""
OURS = "filestore.store(b'x' * 100_000)"
DJANGOS = "FileSystemStorage(settings.COPY_ROOT).save('a.pdf', ContentFile(b'x' * 100_000))"


@pytest.mark.parametrize(("store", "left"), [(OURS, []), (DJANGOS, [NO_ROOM])], ids=["ours", "the usual one of Django"])
def test_where_there_is_no_room_the_usual_store_leaves_half_a_file_and_ours_none(
    store: str, left: list[int], db: None, settings: Settings
) -> None:
    script = textwrap.dedent(STORES).format(most=NO_ROOM, store=store)
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment_of_processes(), capture_output=True, text=True
    )
    assert run.stdout == "no room\n", run.stderr
    assert [path.stat().st_size for path in files_in(Path(settings.COPY_ROOT))] == left


def test_a_file_with_one_changed_byte_is_not_given_out(settings: Settings) -> None:
    names = [filestore.store(f"bản chính {n}".encode()) for n in range(20)]
    assert [filestore.read(name) for name in names] == [f"bản chính {n}".encode() for n in range(20)]
    for name in names:
        path = filestore.path_of(name)
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.chmod(0o640)
        path.write_bytes(content)
    for name in names:
        with pytest.raises(DamagedFile):
            filestore.read(name)


def test_a_file_that_is_gone_is_reported_as_damaged(settings: Settings) -> None:
    name = filestore.store("bản chính".encode())
    filestore.path_of(name).unlink()
    with pytest.raises(DamagedFile):
        filestore.read(name)


def test_a_mail_that_kills_its_worker_is_set_aside_after_three_deaths_and_the_others_are_sent(
    committee: Committee, program: Start, mail_server: MailServer, mail_log: Path
) -> None:
    factories.delivered(committee)
    OutboxRow.objects.exclude(work=Work.MAIL).update(state=WorkState.DONE)
    poison = Notice.objects.get(address="tu-xa-2@chidao.example")
    environment = mail_server.environment | {
        "MAIL_LOG": str(mail_log),
        "DJANGO_SETTINGS_MODULE": "tests.faults.deadly_settings",
        "DEADLY_BACKEND": "tests.faults.deadly_mail.DiesAtOneAddress",
        "DEADLY_ADDRESS": poison.address,
    }
    worker = program("worker", **environment, **SHORT_LEASE)
    program("relay", **environment, **SHORT_LEASE)
    row = OutboxRow.objects.get(object_id=poison.pk)
    until(lambda: OutboxRow.objects.get(pk=row.pk).state == WorkState.QUARANTINED, "it was set aside", seconds=60)
    others = OutboxRow.objects.exclude(pk=row.pk)
    until(lambda: not others.exclude(state=WorkState.DONE).exists(), "the others are sent")
    row.refresh_from_db()
    assert (row.deaths, row.attempts) == (outbox.MOST_DEATHS, outbox.MOST_DEATHS)
    assert mail_server.per_recipient() == Counter(["tu-xa-1@chidao.example", "tu-xa-3@chidao.example"])
    assert worker.runs


def _deaths_in(of: Committee, claims: int) -> tuple[int, str]:
    """Claim one piece of work again and again and let each claim run out; returns its deaths and its state."""
    row = OutboxRow.objects.get(work=Work.PROOF)
    for _ in range(claims):
        outbox.claim([row.pk], clock=of.clock)
        of.clock.moment += outbox.lease() + timedelta(seconds=1)
    outbox.claim([row.pk], clock=of.clock)
    row.refresh_from_db()
    return row.deaths, row.state


def test_work_that_is_left_by_each_claim_is_set_aside_at_the_third(committee: Committee) -> None:
    signed_papers(committee, 1)
    assert _deaths_in(committee, 10) == (outbox.MOST_DEATHS, WorkState.QUARANTINED)


def test_without_a_limit_deadly_work_comes_back_for_ever(committee: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "MOST_DEATHS", 1000)
    signed_papers(committee, 1)
    assert _deaths_in(committee, 10) == (10, WorkState.CLAIMED)


def test_failed_attempts_are_not_counted_as_deaths(committee: Committee) -> None:
    signed_papers(committee, 1)
    row = OutboxRow.objects.get(work=Work.PROOF)
    for _ in range(5):
        [claimed] = outbox.claim([row.pk], clock=committee.clock)
        outbox.fail(claimed, "no room", clock=committee.clock)
        committee.clock.forward(minutes=20)
    assert _deaths_in(committee, 2) == (2, WorkState.CLAIMED)
