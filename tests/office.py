"""A server as docs/operating.md sets it up: two roles, the settings of an office, and questions to its web."""

from __future__ import annotations

import dataclasses
import http.client
import http.cookies
import re
import subprocess
import sys
import urllib.parse
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import yaml

from config import embedded
from config.processes import ROOT
from tests.mail_server import MailServer
from tests.processes import Program

HOST = "chidao.example.vn"


@dataclasses.dataclass
class Office:
    """A server with its databases, as docs/operating.md sets it up, and what the processes are told."""

    folder: Path
    environment: dict[str, str]
    mail: MailServer
    web: Program | None = None

    def manage(self, *words: str, settings: str = "prod", **more: str) -> subprocess.CompletedProcess[str]:
        """Run one command of manage.py as the operator does."""
        environment = self.environment | {"DJANGO_SETTINGS_MODULE": f"config.settings.{settings}"} | more
        return subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=environment, capture_output=True, text=True
        )

    def done(self, *words: str, settings: str = "prod", **more: str) -> str:
        """What a command that must succeed says."""
        run = self.manage(*words, settings=settings, **more)
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    def ask(self, sentence: str, role: str = "chi_dao") -> list[tuple[Any, ...]]:
        """What the database answers to this role."""
        with closing(psycopg2.connect(self.address_of(role))) as session, session.cursor() as cursor:
            cursor.execute(sentence)
            return cursor.fetchall()

    def address_of(self, role: str) -> str:
        """The address of the database for this role."""
        return re.sub(r"//\w+@", f"//{role}@", self.environment["DATABASE_URL"])


def environment_of_compose() -> dict[str, str]:
    """What docker-compose.yml gives the program's containers with a complete .env."""
    names = {
        "SECRET_KEY": "a-long-key-that-nobody-else-knows-of-the-length-that-Django-asks-for",
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": f"https://{HOST}",
        "DEFAULT_FROM_EMAIL": f"Văn phòng <chidao@{HOST}>",
    }
    written = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["web"]["environment"]
    given = {name: re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text) for name, text in written.items()}
    return {
        name: re.sub(r"\$\{(\w+):\?[^}]*\}", lambda word: names.get(word[1], "x"), text) for name, text in given.items()
    }


def make_roles(sockets: str) -> None:
    """What PostgreSQL's container does at its first start; the trial's own database makes room for it."""
    with closing(psycopg2.connect(host=sockets, user="postgres", dbname="postgres")) as session:
        session.autocommit = True
        with session.cursor() as cursor:
            cursor.execute("DROP DATABASE chi_dao")
            cursor.execute("DROP ROLE chi_dao")
    made = subprocess.run(
        [
            program("psql"),
            "--host",
            sockets,
            "--username",
            "postgres",
            "--no-psqlrc",
            "--file",
            "config/make_roles.sql",
        ],
        cwd=ROOT,
        env={"OWNER_PASSWORD": "the owner's", "APP_PASSWORD": "the program's"},
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr


def program(name: str) -> str:
    """A program of the embedded PostgreSQL that the account of the tests may run."""
    return str(embedded._postgres_programs() / name)


@dataclasses.dataclass
class Answer:
    """One answer of web, with what it sets."""

    status: int
    headers: http.client.HTTPMessage | dict[str, str]
    text: str

    @property
    def cookies(self) -> http.cookies.SimpleCookie:
        """The cookies it sets."""
        found = http.cookies.SimpleCookie()
        assert isinstance(self.headers, http.client.HTTPMessage)
        for line in self.headers.get_all("Set-Cookie") or []:
            found.load(line)
        return found


def get(office: Office, path: str, *, tls: bool = True, host: str = HOST, **more: str) -> Answer:
    """Ask as the web server in front does."""
    return ask(office, "GET", path, tls=tls, host=host, headers=more)


def ask(
    office: Office,
    method: str,
    path: str,
    *,
    body: dict[str, str] | None = None,
    tls: bool = True,
    host: str = HOST,
    headers: dict[str, str] | None = None,
) -> Answer:
    assert office.web is not None
    with closing(http.client.HTTPConnection("127.0.0.1", office.web.port, timeout=10)) as line:
        told = {"Host": host, "X-Forwarded-Proto": "https" if tls else "http", **(headers or {})}
        if body is not None:
            told["Content-Type"] = "application/x-www-form-urlencoded"
            told["Referer"] = f"https://{host}{path}"
        try:
            line.request(method, path, urllib.parse.urlencode(body) if body is not None else None, told)
            answer = line.getresponse()
        except OSError:
            return Answer(0, {}, "")
        return Answer(answer.status, answer.headers, answer.read().decode())
