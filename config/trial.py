"""Chỉ Đạo on the loopback address, as `script/server` starts it: databases, web, worker and relay together."""

import errno
import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import textwrap
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from config import embedded
from config.accounts import CannotStart
from config.processes import ROOT, Supervisor, Terminal, command

VAR = ROOT / "var"
RUN = VAR / "run"
SIGN_INS = VAR / "sign-ins"
# What a command typed in a second terminal needs to reach the same databases.
ENVIRONMENT_FILE = RUN / "environment"


def main() -> int:
    """Run the trial until Ctrl-C or SIGTERM; the exit code says whether it could start."""
    # Also SIGINT: a shell that starts this in the background lets its children ignore it.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _interrupt)
    try:
        with _only_one(), ExitStack() as stack:
            _run(stack)
    except CannotStart as reason:
        return _give_up(str(reason))
    except OSError as failure:
        if failure.errno != errno.ENOSPC:
            raise
        return _give_up("The disk is full: free some space and start again. Nothing is lost.")
    except KeyboardInterrupt:
        pass
    print("Đã dừng. / Stopped.", flush=True)
    return 0


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _give_up(reason: str) -> int:
    print(f"\nscript/server: {reason}", file=sys.stderr, flush=True)
    return 1


def _run(stack: ExitStack) -> None:
    port = _free_port()
    terminal = Terminal(sys.stdout)
    environment = dict(os.environ) | {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "PYTHONUNBUFFERED": "1"}
    environment["SECRET_KEY"] = os.environ.get("SECRET_KEY") or _kept_secret_key()
    # Celery warns root of pickled messages; ours are JSON and come over a socket that only root and the account open.
    environment.setdefault("PYTHONWARNINGS", "ignore:You're running the worker")
    environment.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    commands = {name: command(name, f"127.0.0.1:{port}") for name in ("web", "relay", "worker")}
    supervisor = Supervisor(commands, environment, terminal)
    own_database = _start_databases(stack, supervisor, environment)
    stack.enter_context(_environment_file(environment))
    _manage(environment, "migrate", "--verbosity", "0")
    _manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
    sign_ins = _demo(environment) if own_database else ""
    welcome = _Welcome(port, sign_ins)
    try:
        supervisor.run_until(lambda: False, every_turn=welcome.when_it_answers)
    except KeyboardInterrupt:
        print("\nĐang dừng… / Stopping…", flush=True)


def _start_databases(stack: ExitStack, supervisor: Supervisor, environment: dict[str, str]) -> bool:
    """Start what has no address yet and put the addresses into `environment`; True when the database is our own."""
    place = embedded.place(ROOT)
    own_database = not environment.get("DATABASE_URL")
    if own_database:
        log = supervisor.listen_to("db")
        if not (place / "postgresql" / "data").exists():
            SIGN_INS.unlink(missing_ok=True)
        environment["DATABASE_URL"] = stack.enter_context(embedded.postgres(place / "postgresql", log=log))
    if not environment.get("REDIS_URL"):
        log = supervisor.listen_to("redis")
        environment["REDIS_URL"] = stack.enter_context(embedded.redis(place / "redis", log=log))
    return own_database


@contextmanager
def _only_one() -> Iterator[None]:
    RUN.mkdir(parents=True, exist_ok=True)
    with (RUN / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart("it already runs in another terminal: stop that one with Ctrl-C first.") from None
        yield


def _free_port() -> int:
    text = os.environ.get("PORT", "") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CannotStart(f"PORT must be a number from 1 to 65535, not {text!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except PermissionError:
            raise CannotStart(f"port {text} is only for root: start with PORT=8001 script/server.") from None
        except OSError:
            raise CannotStart(f"port {text} is in use: stop what uses it, or try PORT=8001 script/server.") from None
    return int(text)


def _kept_secret_key() -> str:
    file = VAR / "secret_key"
    if not file.exists():
        _write_private(file, secrets.token_urlsafe(50))
    return file.read_text()


def _write_private(file: Path, text: str) -> None:
    """Write a whole file that only its owner may read; an interrupted start leaves none."""
    unfinished = file.with_name(f"{file.name}.new")
    unfinished.unlink(missing_ok=True)
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as content:
        content.write(text)
    unfinished.rename(file)


@contextmanager
def _environment_file(environment: dict[str, str]) -> Iterator[None]:
    names = ("DATABASE_URL", "REDIS_URL", "SITE_URL")
    _write_private(ENVIRONMENT_FILE, "".join(f"{name}={environment[name]}\n" for name in names))
    try:
        yield
    finally:
        ENVIRONMENT_FILE.unlink(missing_ok=True)


def _manage(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        check=False,
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
    )
    if done.returncode:
        raise CannotStart(f"`manage.py {words[0]}` failed with the words above: correct that and start again.")
    return done.stdout


def _demo(environment: dict[str, str]) -> str:
    """The sign-ins of the demo, which is loaded when the database is new."""
    if not SIGN_INS.exists():
        print("Đang nạp dữ liệu dùng thử… / Loading the demo…", flush=True)
        _write_private(SIGN_INS, _manage(environment, "demo"))
    return SIGN_INS.read_text()


class _Welcome:
    """The block that greets the person at the terminal, once, as soon as the pages answer."""

    def __init__(self, port: int, sign_ins: str) -> None:
        self._port = port
        self._sign_ins = sign_ins
        self._said = False
        self._next_look = 0.0

    def when_it_answers(self) -> None:
        if self._said or time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + 0.5
        if self._answers():
            self._said = True
            print(self._words(), flush=True)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/healthz", timeout=1) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _words(self) -> str:
        rule = "─" * 88
        address = f"http://127.0.0.1:{self._port}"
        mail_vi, mail_en = "", ""
        if not os.environ.get("EMAIL_HOST"):
            mail_vi = f"\n  Thư không gửi ra ngoài mà lưu tại {VAR / 'mail'}."
            mail_en = f"\n  Mail is not sent; it is kept in {VAR / 'mail'}."
        return f"""
{rule}
  Chỉ Đạo đang chạy tại  {address}      (Ctrl-C để dừng)

  Đây là bản dùng thử, chỉ mở được trên chính máy này. Không nhập văn bản thật của cơ quan.
  Cài đặt chính thức: docs/operating.md{mail_vi}

  Chỉ Đạo runs at  {address}      (Ctrl-C stops it)

  This is a trial on the loopback address, not a place for an office's real papers.
  The guide to a real installation: docs/operating.md{mail_en}

{textwrap.indent(self._sign_ins.rstrip(), "  ")}
{rule}
"""


if __name__ == "__main__":
    raise SystemExit(main())
