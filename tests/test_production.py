"""The program as an office runs it: its settings, two roles and three processes, behind a server that speaks TLS."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg2
import pytest

from config import embedded
from config.processes import ROOT
from tests.first_day import COMMITTEE, choose_password, set_up, sign_in, write_paper
from tests.mail_server import MailServer
from tests.office import HOST, Office, environment_of_compose, get, make_roles, program
from tests.processes import Program, stop_all, until

OWN_PASSWORD = "một mật khẩu riêng"
EVERYTHING = """
    SELECT (SELECT count(*) FROM orgs_event), (SELECT count(*) FROM directives_issuedcopy),
           (SELECT array_agg(number ORDER BY id) FROM directives_registerentry)
"""


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    """Set up once; the tests below follow an office's first day in their order."""
    # Not the test's own folder: the account of the databases must be able to enter it.
    folder = Path(tempfile.mkdtemp(prefix="chi-dao-office-", dir="/tmp"))
    folder.chmod(0o711)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        sockets = stack.enter_context(embedded.postgres(folder / "postgresql", durable=False)).partition("host=")[2]
        make_roles(sockets)
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


@pytest.fixture(scope="module")
def migrated(office: Office) -> Office:
    """The tables stand, and the program's role has its rights."""
    owner = {"OWNER_DATABASE_URL": office.address_of("chi_dao_owner")}
    office.done("migrate", "--verbosity", "0", settings="owner", **owner)
    said = office.done("grant_rights", "chi_dao", settings="owner", **owner)
    assert "rights in" in said
    office.done("collectstatic", "--noinput", "--verbosity", "0")
    return office


@pytest.fixture(scope="module")
def one_time(migrated: Office) -> dict[str, str]:
    """The office has its bodies and people; the one-time passwords of the slips."""
    return set_up(migrated)


@pytest.fixture(scope="module")
def running(migrated: Office, one_time: dict[str, str]) -> Iterator[Office]:
    """Web, worker and relay with the environment of docker-compose.yml."""
    started = []
    for name in ("web", "worker", "relay"):
        one = Program(name, migrated.folder / f"{name}.log")
        one._environment = migrated.environment
        started.append(one.start())
    migrated.web = started[0]
    until(lambda: get(migrated, "/healthz").status == 200, "web answers")
    yield migrated
    stop_all(started)


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


def test_a_person_comes_with_the_slip_chooses_a_password_and_works(running: Office, one_time: dict[str, str]) -> None:
    into = sign_in(running, "vanthu", one_time["vanthu"])
    assert into.status == 302, into.text
    cookie = into.cookies["__Host-session"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert get(running, "/", Cookie=f"__Host-session={cookie.value}").headers["Location"] == "/doi-mat-khau/"
    changed = choose_password(running, cookie.value, one_time["vanthu"], OWN_PASSWORD)
    assert changed.status == 302, changed.text
    session = changed.cookies["__Host-session"].value
    assert get(running, "/", Cookie=f"__Host-session={session}").status == 200


def test_who_guesses_passwords_elsewhere_does_not_lock_out_the_person_at_the_desk(
    running: Office, one_time: dict[str, str]
) -> None:
    for _attempt in range(6):
        refused = sign_in(running, "bithu", "not this one", address="198.51.100.7")
    assert refused.status == 429
    assert sign_in(running, "bithu", one_time["bithu"]).status == 302


def test_a_paper_is_issued_printed_and_mailed_with_the_program_s_rights(running: Office) -> None:
    paper = write_paper(running.folder / "paper.json")
    said = running.done("load_directive", str(paper), "--issuer", COMMITTEE, "--issue")
    issued = re.search(r"\(([0-9a-f-]{36})\)", said)
    assert issued is not None, said
    of_it = f"FROM directives_delivery WHERE directive_id = '{issued[1]}'"
    until(lambda: running.ask(f"SELECT bool_and(state = 'sent') {of_it}") == [(True,)], "its copy is made", seconds=60)
    waiting = "SELECT count(*) FROM directives_outboxrow WHERE state NOT IN ('done')"
    until(lambda: running.ask(waiting) == [(0,)], "everything is sent", seconds=60)
    assert running.mail.per_recipient() == {"du.xamot@sonha.example": 1}


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


def test_what_was_backed_up_comes_back_on_another_server(running: Office, folder_of_another: Path) -> None:
    backup = folder_of_another / "backup"
    said = back_up(running, backup)
    cut_off = next(path for path in (backup / "copies").rglob("*") if path.is_file())
    cut_off.chmod(0o600)
    cut_off.write_bytes(b"%PDF-")
    assert back_up(running, backup).split(", ")[1] == said.split(", ")[1]
    before = running.ask(EVERYTHING)

    with embedded.postgres(folder_of_another / "postgresql", durable=False) as url:
        sockets = url.partition("host=")[2]
        make_roles(sockets)
        address = {"DATABASE_URL": f"postgresql://chi_dao@/chi_dao?host={sockets}"}
        another = Office(folder_of_another, running.environment | address, running.mail)
        another.environment["COPY_ROOT"] = str(backup / "copies")
        restore(another, sorted(backup.glob("database-*.dump"))[-1])
        assert another.ask(EVERYTHING) == before
        assert "are as they were written" in another.done("verify")
        another.done("doctor", "database", "migrations", "fonts", "storage")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            another.ask("DELETE FROM orgs_event")
        cut_off.unlink()
        assert "1 faults" in another.manage("verify").stderr


@pytest.fixture
def folder_of_another() -> Iterator[Path]:
    """The disk of a second server."""
    folder = Path(tempfile.mkdtemp(prefix="chi-dao-other-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def back_up(office: Office, folder: Path) -> str:
    """Run the nightly backup as its unit does."""
    given = {
        "PATH": f"{Path(program('pg_dump')).parent}:{os.environ['PATH']}",
        "OWNER_DATABASE_URL": office.address_of("chi_dao_owner"),
        "COPY_ROOT": office.environment["COPY_ROOT"],
        "BACKUP_FOLDER": str(folder),
    }
    done = subprocess.run(["script/backup"], cwd=ROOT, env=given, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def restore(office: Office, dump: Path) -> None:
    """What docs/operating.md says, as the superuser of this office's server."""
    to = ["--host", office.environment["DATABASE_URL"].partition("host=")[2], "--username", "postgres"]
    words = [program("pg_restore"), *to, "--dbname", "chi_dao", "--exit-on-error", str(dump)]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_new_key_signs_nobody_out_while_the_old_one_stands_beside_it(
    running: Office, folder_of_another: Path
) -> None:
    session = sign_in(running, "vanthu", OWN_PASSWORD).cookies["__Host-session"].value
    new = {"SECRET_KEY": "the-key-of-the-day-after-as-long-as-the-first-and-again-nobody-else-knows-it"}
    kept = new | {"SECRET_KEY_FALLBACKS": running.environment["SECRET_KEY"]}
    for keys, status in ((kept, 200), (new, 302)):
        web = Program("web", folder_of_another / f"web-{status}.log")
        web._environment = running.environment | keys
        office = Office(running.folder, running.environment, running.mail, web.start())
        until(lambda office=office: get(office, "/healthz").status == 200, "web answers with its new key")
        found = get(office, "/", Cookie=f"__Host-session={session}").status
        web.stop()
        assert found == status
