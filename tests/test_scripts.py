"""The commands of the README, run as a person runs them."""

import contextlib
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands

from config import embedded
from tests.processes import answers, free_port, until

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ["README.md", "docs/developing.md", "docs/operating.md"]
# What script/test sets for itself must not reach the trial.
OWN = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "COPY_ROOT", "MAIL_FOLDER", "SECRET_KEY", "SITE_URL")


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Path]:
    """A copy of this checkout, with a blank in its path, whose trial has never run."""
    copy = tmp_path / "một bản"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=True,
        cwd=ROOT,
        capture_output=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    (copy / ".venv").symlink_to(ROOT / ".venv")
    yield copy
    if embedded.place(copy) != copy / "var":
        shutil.rmtree(embedded.place(copy), ignore_errors=True)


class Trial:
    """`script/server` of a copy, on a free port."""

    def __init__(self, checkout: Path, port: int) -> None:
        self.checkout = checkout
        self.port = port
        self.log = checkout / "said"
        environment = {name: value for name, value in os.environ.items() if name not in OWN}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                ["script/server"],
                cwd=checkout,
                env=environment | {"PORT": str(port)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.log.read_text()

    @property
    def greeted(self) -> bool:
        assert self.process.poll() is None, self.said
        return f"Chỉ Đạo runs at  http://127.0.0.1:{self.port}" in self.said

    def stop(self) -> float:
        """End it as Ctrl-C does; returns how many seconds it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(20) == 0, self.said
        return time.monotonic() - began


@contextlib.contextmanager
def trial(checkout: Path, port: int) -> Iterator[Trial]:
    one = Trial(checkout, port)
    try:
        yield one
    finally:
        if one.process.poll() is None:
            one.process.terminate()
            one.process.wait(20)


def processes_in(checkout: Path) -> list[str]:
    """The commands of the processes that work in this copy or in the folder of its databases."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            where = (entry / "cwd").readlink()
            if where.is_relative_to(checkout) or where.is_relative_to(embedded.place(checkout)):
                found.append((entry / "cmdline").read_text().replace("\0", " "))
    return found


@pytest.mark.alone
def test_the_trial_starts_greets_keeps_its_data_and_stops(checkout: Path) -> None:
    port = free_port()
    with trial(checkout, port) as first:
        until(lambda: first.greeted, "the greeting stands at the terminal", seconds=90)
        assert answers(f"http://127.0.0.1:{port}/healthz")
        assert "docs/operating.md" in first.said and "Đây là bản dùng thử" in first.said
        until(lambda: doctor(checkout).returncode == 0, "the doctor finds everything well")
        sign_ins = (checkout / "var" / "sign-ins").read_text().splitlines()
        assert sign_ins and [line for line in sign_ins if line not in first.said] == []
        assert first.stop() < 15
    assert processes_in(checkout) == []

    began = time.monotonic()
    with trial(checkout, port) as second:
        until(lambda: second.greeted, "the second start greets", seconds=30)
        assert time.monotonic() - began < 10
        assert "Loading the demo" not in second.said
        assert [line for line in sign_ins if line not in second.said] == []
        second.stop()


@pytest.mark.alone
@pytest.mark.long
def test_everything_ends_when_the_trial_itself_is_killed_and_the_next_start_is_well(checkout: Path) -> None:
    with trial(checkout, free_port()) as one:
        until(lambda: one.greeted, "the greeting stands at the terminal", seconds=90)
        one.process.kill()
        one.process.wait()
        until(lambda: not processes_in(checkout), "no process is left")
    with trial(checkout, free_port()) as next_one:
        until(lambda: next_one.greeted, "the next start greets", seconds=30)
        next_one.stop()


def doctor(checkout: Path) -> subprocess.CompletedProcess[str]:
    """The doctor in a second terminal: nobody told it where the database is."""
    environment = {name: value for name, value in os.environ.items() if name not in OWN}
    words = [sys.executable, "manage.py", "doctor"]
    return subprocess.run(words, check=False, cwd=checkout, env=environment, capture_output=True, text=True)


def test_the_doctor_says_in_a_table_what_to_do_when_nothing_runs(checkout: Path) -> None:
    done = doctor(checkout)
    assert done.returncode == 1
    assert re.search(r"^database +!!  does not answer .*DATABASE_URL$", done.stdout, re.MULTILINE)
    assert re.search(r"^redis +!!  .*start script/server", done.stdout, re.MULTILINE)
    assert re.search(r"^pango +OK  1\.", done.stdout, re.MULTILINE)
    assert "Not well: database, migrations, redis, relay, worker, outbox, clock." in done.stderr


def start_in_vain(checkout: Path, **environment: str) -> str:
    kept = {name: value for name, value in os.environ.items() if name not in OWN}
    words = [sys.executable, "-m", "config.trial"]
    done = subprocess.run(words, check=False, cwd=checkout, env=kept | environment, capture_output=True, text=True)
    assert done.returncode == 1
    return done.stderr.strip()


def test_a_port_in_use_is_one_sentence(checkout: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        sentence = f"script/server: port {port} is in use: stop what uses it, or try PORT=8001 script/server."
        assert start_in_vain(checkout, PORT=port) == sentence


def test_a_port_that_is_no_number_is_one_sentence(checkout: Path) -> None:
    assert start_in_vain(checkout, PORT="web") == "script/server: PORT must be a number from 1 to 65535, not 'web'."


def test_the_secret_key_is_made_once_and_nobody_else_may_read_it(checkout: Path) -> None:
    (checkout / "var").mkdir()
    words = [sys.executable, "-c", "from config import trial; print(trial._kept_secret_key())"]
    first, again = (subprocess.run(words, check=True, cwd=checkout, capture_output=True).stdout for _ in range(2))
    assert first == again
    assert len(first.strip()) > 50
    assert stat.S_IMODE((checkout / "var" / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_in_the_documents_exists(document: str) -> None:
    text = (ROOT / document).read_text()
    scripts = set(re.findall(r"\bscript/\w+", text))
    assert [name for name in scripts if not os.access(ROOT / name, os.X_OK)] == []
    assert set(re.findall(r"manage\.py (\w+)", text)) - set(get_commands()) == set()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_in_the_documents_leads_somewhere(document: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / document).read_text())
    assert [link for link in links if not ((ROOT / document).parent / link).exists()] == []


def test_the_check_before_a_change_lands_is_the_test_command_of_the_readme() -> None:
    assert "exec script/test\n" in (ROOT / ".ci" / "run").read_text()
    assert "script/test" in (ROOT / "README.md").read_text()
