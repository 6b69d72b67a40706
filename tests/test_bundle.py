"""The bundle: one tar from which a server without a network installs the program and serves its pages."""

from __future__ import annotations

import hashlib
import http.client
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from config import embedded
from config.processes import ROOT, STOPS_WITHIN
from tests.processes import until

WITHOUT_NETWORK = ["unshare", "--net", "--"]
MINIMAL = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


@dataclass
class Server:
    """An unpacked bundle on a machine without a network, and the databases that it is given."""

    bundle: Path
    environment: dict[str, str]

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run one command in the folder of the bundle, cut off from every network."""
        return subprocess.run(
            [*WITHOUT_NETWORK, *words],
            cwd=self.bundle,
            env=self.environment | more,
            capture_output=True,
            text=True,
        )


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that the account of the databases may enter."""
    place = Path(tempfile.mkdtemp(prefix="chi-dao-bundle-", dir="/tmp"))
    place.chmod(0o711)
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="module")
def tar(folder: Path) -> Path:
    """The bundle of this checkout, as it is committed."""
    made = subprocess.run(["script/bundle", str(folder)], cwd=ROOT, capture_output=True, text=True)
    if "made from a git checkout" in made.stderr:
        pytest.skip("this is no git checkout; a bundle is made from what is committed")
    if "could not be fetched" in made.stderr:
        pytest.skip("no package index can be reached from here to fetch the wheels of the bundle")
    assert made.returncode == 0, made.stderr
    [found] = folder.glob("*.tar")
    return found


@pytest.fixture(scope="module")
def server(folder: Path, tar: Path) -> Iterator[Server]:
    """The bundle unpacked, with a database and a queue that are reached without a network."""
    if subprocess.run([*WITHOUT_NETWORK, "true"], capture_output=True).returncode:
        pytest.skip("this account may not cut a process off from the network (unshare --net needs root)")
    subprocess.run(["tar", "--extract", "--file", str(tar), "--directory", str(folder)], check=True)
    with ExitStack() as stack:
        database = stack.enter_context(embedded.postgres(folder / "postgresql", durable=False))
        settings = MINIMAL | {
            "HOME": str(folder),
            "DJANGO_SETTINGS_MODULE": "config.settings.prod",
            "DATABASE_URL": database,
            "OWNER_DATABASE_URL": database,
            "REDIS_URL": stack.enter_context(embedded.redis(folder / "redis")),
            "SECRET_KEY": "a long key that nobody else knows, of the length that Django asks for",
            "ALLOWED_HOSTS": "chidao.example.vn",
            "SITE_URL": "https://chidao.example.vn",
            "EMAIL_HOST": "127.0.0.1",
            "DEFAULT_FROM_EMAIL": "chidao@example.vn",
            "COPY_ROOT": str(folder / "copies"),
        }
        yield Server(folder / tar.stem, settings)


@pytest.fixture(scope="module")
def installed(server: Server) -> Server:
    """The program in an environment of its own, made from the wheels of the bundle."""
    done = server.run("./install")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Chỉ Đạo is installed" in done.stdout
    return server


def test_the_tar_has_the_sum_that_stands_beside_it(tar: Path) -> None:
    stated = tar.with_name(f"{tar.name}.sha256").read_text().split()
    assert stated == [hashlib.sha256(tar.read_bytes()).hexdigest(), tar.name]


def test_the_bundle_holds_the_program_and_nothing_of_this_machine(server: Server) -> None:
    listed = {str(path.relative_to(server.bundle)) for path in server.bundle.rglob("*") if path.is_file()}
    assert {"install", "script/server", "locale/vi/LC_MESSAGES/django.mo", "docs/operating.md"} <= listed
    assert "staticfiles/staticfiles.json" in listed
    assert not [name for name in listed if name.startswith((".git/", ".venv/", "var/", "tests/")) or ".pyc" in name]
    assert not [name for name in listed if name.endswith(".whl") and name.startswith("wheels/pytest")]


def test_there_is_no_way_out_of_the_namespace(server: Server) -> None:
    assert server.run("cat", "/proc/net/route").stdout.strip().count("\n") == 0
    reached = server.run("bash", "-c", "exec 3<>/dev/tcp/192.0.2.1/443")
    assert "Network is unreachable" in reached.stderr


def test_it_installs_without_a_network(installed: Server) -> None:
    said = installed.run(".venv/bin/python", "-c", "import weasyprint, django; print(django.__file__)")
    assert said.stdout.startswith(str(installed.bundle / ".venv")), said.stderr


def test_a_second_install_finds_everything_in_its_place(installed: Server) -> None:
    again = installed.run("./install")
    assert again.returncode == 0, again.stderr
    assert "Installing what" not in again.stdout


def test_the_wheels_of_another_python_are_refused_in_one_sentence(server: Server, tmp_path: Path) -> None:
    (tmp_path / "wheels").mkdir()
    shutil.copytree(server.bundle / "script", tmp_path / "script")
    machine = os.uname().machine
    for made_for, why in ((f"3.97 {machine}", "needs Python 3.97"), ("3.11 abacus", "processors of the kind abacus")):
        (tmp_path / "wheels" / "made-for").write_text(f"{made_for}\n")
        refused = subprocess.run([tmp_path / "script/bootstrap"], env=MINIMAL, capture_output=True, text=True)
        assert refused.returncode == 1
        assert why in refused.stderr


def test_it_serves_the_sign_in_page_in_vietnamese_without_a_network(installed: Server) -> None:
    migrate = [".venv/bin/python", "manage.py", "migrate", "--verbosity", "0", "--settings", "config.settings.owner"]
    migrated = installed.run(*migrate)
    assert migrated.returncode == 0, migrated.stderr
    line = installed.bundle.parent / "web.sock"
    command = [".venv/bin/gunicorn", "config.wsgi", "--bind", f"unix:{line}", "--no-control-socket"]
    with subprocess.Popen([*WITHOUT_NETWORK, *command], cwd=installed.bundle, env=installed.environment) as web:
        try:
            until(lambda: listens(line), "web listens")
            page = ask(line, "/dang-nhap/")
            assert page.startswith("HTTP/1.1 200"), page[:300]
            assert "Đăng nhập" in page
        finally:
            web.terminate()
            web.wait(STOPS_WITHIN + 6)


def listens(line: Path) -> bool:
    """Whether web takes connections on its socket: the file stands there a moment before it does."""
    with socket.socket(socket.AF_UNIX) as asked:
        return line.exists() and not asked.connect_ex(str(line))


def ask(line: Path, path: str) -> str:
    """What web answers on its socket to the web server in front."""
    with closing(http.client.HTTPConnection("chidao.example.vn")) as asked:
        asked.sock = socket.socket(socket.AF_UNIX)
        asked.sock.settimeout(20)
        asked.sock.connect(str(line))
        asked.request("GET", path, headers={"X-Forwarded-Proto": "https"})
        answer = asked.getresponse()
        return f"HTTP/1.1 {answer.status}\n{answer.read().decode()}"
