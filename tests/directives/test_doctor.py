"""The doctor finds what does not work and says what to do."""

import io
import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from directives.models import Heartbeat, OutboxRow, Work
from orgs.clock import CLOCK
from tests.mail_server import MailServer
from tests.processes import Program, free_port, until


def table() -> dict[str, str]:
    """What the doctor says about each thing, whether well or not."""
    output = io.StringIO()
    try:
        call_command("doctor", stdout=output)
    except CommandError as ill:
        assert "!!" in output.getvalue() and "Not well:" in str(ill)
    else:
        assert "!!" not in output.getvalue()
    return dict(re.findall(r"^(\w+) +((?:OK|!!)  .*)$", output.getvalue(), re.MULTILINE))


def test_with_relay_worker_and_mail_server_alive_everything_is_well(
    background: tuple[Program, Program], mail_server: MailServer, settings: Settings
) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server.port
    until(lambda: Heartbeat.objects.filter(name="worker").exists(), "the worker answered a ring of the relay")
    ill = {name: words for name, words in table().items() if not words.startswith("OK")}
    assert ill == {}


@pytest.mark.django_db
def test_a_process_that_never_ran_and_one_that_fell_silent_are_told_apart() -> None:
    Heartbeat.objects.beat("relay", CLOCK.now() - timedelta(hours=3))
    said = table()
    assert said["relay"] == "!!  silent for 3 h: look at its log and start the process `relay` again"
    assert said["worker"] == "!!  has never run: start the process `worker`"


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "mark"), [(4, "OK"), (6, "!!")])
def test_work_that_waits_too_long_is_a_fault(minutes: int, mark: str) -> None:
    then = CLOCK.now() - timedelta(minutes=minutes)
    OutboxRow.objects.create(work=Work.PROOF, object_id=uuid4(), key="proof", put_at=then, due_at=then)
    assert table()["outbox"].startswith(f"{mark}  1 due, the oldest for {minutes} min")


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_is_named(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("in the way")
    settings.COPY_ROOT = tmp_path / "a file" / "copies"
    assert table()["storage"].startswith(f"!!  {settings.COPY_ROOT} cannot be written")


@pytest.mark.django_db
def test_a_mail_server_that_does_not_answer_is_named(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    assert table()["mail"].startswith(f"!!  127.0.0.1:{settings.EMAIL_PORT} does not answer")


@pytest.mark.django_db
def test_a_broker_that_is_away_is_told_with_its_consequence(settings: Settings, tmp_path: Path) -> None:
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    assert table()["redis"].endswith("start it; sending waits, nothing is lost")
