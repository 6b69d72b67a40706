"""The program as an office runs it: its settings, two roles and three processes, behind a server that speaks TLS."""

from __future__ import annotations

import dataclasses
import http.client
import http.cookies
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import yaml

from config import embedded
from config.processes import ROOT
from tests.mail_server import MailServer
from tests.processes import Program, until

pytestmark = pytest.mark.alone

HOST = "chidao.example.vn"
PAPER = ROOT / "tests" / "twins" / "000_rainy_season.json"
TO_THE_DEMO = {
    "issuer": {"superior_line": None, "name_line": "TỈNH ỦY HẠC GIANG", "symbol": "TU"},
    "addressees": [{"text": "Các đảng ủy xã, phường trực thuộc"}],
    "distribution": [{"text": "Lưu Văn phòng Tỉnh ủy", "purpose": None, "archive": True}],
    "signature": {
        "lines": [
            {"text": "T/L BAN THƯỜNG VỤ", "role": "authority"},
            {"text": "CHÁNH VĂN PHÒNG", "role": "position"},
        ],
        "signer": "Phạm Quốc Bảo",
    },
}
"""What makes the paper one of the demo's committee."""


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


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    """Set up once; the tests below follow an office's first day in their order."""
    # Not the test's own folder: the account of the databases must be able to enter it.
    folder = Path(tempfile.mkdtemp(prefix="chi-dao-office-", dir="/tmp"))
    folder.chmod(0o711)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        sockets = stack.enter_context(embedded.postgres(folder / "postgresql", durable=False)).partition("host=")[2]
        _make_roles(sockets)
        mail = stack.enter_context(MailServer())
        redis = stack.enter_context(embedded.redis(folder / "redis"))
        given = environment_of_compose() | {
            "DATABASE_URL": f"postgresql://chi_dao@/chi_dao?host={sockets}",
            "REDIS_URL": redis,
            "COPY_ROOT": str(folder / "copies"),
            "STATIC_ROOT": str(folder / "static"),
            **mail.environment,
            "PATH": os.environ["PATH"],
        }
        yield Office(folder, given, mail)


def environment_of_compose() -> dict[str, str]:
    """What docker-compose.yml gives the program's containers with a complete .env."""
    names = {
        "SECRET_KEY": "a long key that nobody else knows, of the length that Django asks for",
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": f"https://{HOST}",
        "DEFAULT_FROM_EMAIL": f"Văn phòng <chidao@{HOST}>",
    }
    written = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["web"]["environment"]
    given = {name: re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text) for name, text in written.items()}
    return {
        name: re.sub(r"\$\{(\w+):\?[^}]*\}", lambda word: names.get(word[1], "x"), text) for name, text in given.items()
    }


def _make_roles(sockets: str) -> None:
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
            "script/make_roles.sql",
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


@pytest.fixture(scope="module")
def migrated(office: Office) -> Office:
    """The tables stand, and the program's role has its rights."""
    owner = {"OWNER_DATABASE_URL": office.address_of("chi_dao_owner")}
    office.done("migrate", "--verbosity", "0", settings="owner", **owner)
    said = office.done("grant_rights", "chi_dao", settings="owner", **owner)
    assert "rights in" in said
    office.done("collectstatic", "--noinput", "--verbosity", "0")
    office.done("demo")
    return office


@pytest.fixture(scope="module")
def running(migrated: Office) -> Iterator[Office]:
    """Web, worker and relay with the environment of docker-compose.yml."""
    started = []
    for name in ("web", "worker", "relay"):
        one = Program(name, migrated.folder / f"{name}.log")
        one._environment = migrated.environment
        started.append(one.start())
    migrated.web = started[0]
    until(lambda: get(migrated, "/healthz").status == 200, "web answers")
    yield migrated
    for one in started:
        one.stop()
        print(f"--- {one.name}\n{one.said}")


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


def test_the_database_and_its_two_roles_are_made_by_one_file(office: Office) -> None:
    roles = (
        "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname LIKE 'chi_dao%' ORDER BY 1"
    )
    assert office.ask(roles) == [("chi_dao", False, False, False), ("chi_dao_owner", False, False, False)]
    assert office.ask("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'chi_dao'") == [
        ("chi_dao_owner",)
    ]
    assert office.ask("SELECT count(*) FROM pg_authid WHERE rolpassword LIKE 'SCRAM-SHA-256$%'", "postgres") == [(2,)]


def test_the_program_itself_cannot_make_the_tables(office: Office) -> None:
    refused = office.manage("migrate")
    assert refused.returncode != 0
    assert "permission denied for schema public" in refused.stderr


def test_without_the_owner_s_address_the_owner_s_settings_refuse(office: Office) -> None:
    refused = office.manage("migrate", settings="owner")
    assert "OWNER_DATABASE_URL is not set:" in refused.stderr


def test_the_tables_belong_to_the_owner_and_not_to_the_program(migrated: Office) -> None:
    owners = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
    assert migrated.ask(owners) == [("chi_dao_owner",)]
    for sentence in ("DROP TABLE directives_draft", "TRUNCATE orgs_event", "DELETE FROM directives_registerentry"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            migrated.ask(sentence)


def test_the_sign_in_page_binds_its_cookie_to_host_and_tls(running: Office) -> None:
    page = get(running, "/dang-nhap/")
    assert page.status == 200
    cookie = page.cookies["__Host-csrf"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]


def test_the_static_files_of_the_page_are_served_with_a_hash_in_their_name(running: Office) -> None:
    style = re.search(r'href="(/static/css/[^"]+)"', get(running, "/dang-nhap/").text)
    assert style is not None
    assert re.search(r"\.[0-9a-f]{12}\.css$", style[1])
    assert get(running, style[1]).status == 200


def test_a_request_without_tls_is_sent_to_tls_and_told_nothing(running: Office) -> None:
    plain = get(running, "/dang-nhap/", tls=False)
    assert (plain.status, plain.headers["Location"]) == (301, f"https://{HOST}/dang-nhap/")
    assert "Strict-Transport-Security" not in plain.headers
    assert "Set-Cookie" not in plain.headers


def test_another_name_of_the_server_is_not_answered(running: Office) -> None:
    assert get(running, "/dang-nhap/", host="elsewhere.example.vn").status == 400


def test_a_person_signs_in_and_works(running: Office) -> None:
    page = get(running, "/dang-nhap/")
    mark = page.cookies["__Host-csrf"].value
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token is not None
    facts = {"csrfmiddlewaretoken": token[1], "username": "vanthu", "password": "hac-giang-2026", "next": ""}
    into = ask(running, "POST", "/dang-nhap/", body=facts, headers={"Cookie": f"__Host-csrf={mark}"})
    assert into.status == 302, into.text
    session = into.cookies["__Host-session"]
    assert (session["secure"], session["httponly"], session["samesite"]) == (True, True, "Lax")
    assert get(running, "/", Cookie=f"__Host-session={session.value}").status == 200


def test_a_paper_is_issued_printed_and_mailed_with_the_program_s_rights(running: Office) -> None:
    paper = running.folder / "paper.json"
    paper.write_text(json.dumps(json.loads(PAPER.read_text()) | TO_THE_DEMO))
    said = running.done("load_directive", str(paper), "--issuer", "tu-hac-giang", "--issue")
    issued = re.search(r"\(([0-9a-f-]{36})\)", said)
    assert issued is not None, said
    of_it = f"FROM directives_delivery WHERE directive_id = '{issued[1]}'"
    until(lambda: running.ask(f"SELECT bool_and(state = 'sent') {of_it}") == [(True,)], "its copy is made", seconds=60)
    [(bodies,)] = running.ask(f"SELECT count(*) {of_it}")
    waiting = "SELECT count(*) FROM directives_outboxrow WHERE state NOT IN ('done')"
    until(lambda: running.ask(waiting) == [(0,)], "everything is sent", seconds=60)
    assert bodies == 3
    assert len(running.mail.received) >= bodies


def test_the_health_checks_of_the_containers_are_well(running: Office) -> None:
    assert running.web is not None
    until(lambda: running.manage("doctor", "relay", "worker").returncode == 0, "both hearts beat", seconds=60)
    words = [sys.executable, "-m", "config.healthy"]

    def code(port: int) -> int:
        return subprocess.run([*words, str(port)], cwd=ROOT, env=running.environment).returncode

    until(lambda: code(running.web.port) == 0, "web is ready", seconds=60)  # type: ignore[union-attr]  # it runs
    assert code(1) == 1


def test_the_doctor_says_which_name_he_does_not_know(migrated: Office) -> None:
    refused = migrated.manage("doctor", "heart")
    assert refused.returncode == 1
    assert "There is no heart to look at" in refused.stderr
