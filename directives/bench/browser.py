"""The same pages through the real web server, as a browser on this machine asks for them."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from importlib import import_module
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection

from config.processes import ROOT, command
from directives.bench.database import CannotBench
from directives.bench.pages import Open
from orgs.models import Person

STARTS_WITHIN = 30.0
BACKEND = "django.contrib.auth.backends.ModelBackend"


@contextmanager
def web_server() -> Iterator[Callable[[Person], Open]]:
    """The command that an office runs, on the bench's database and a free port; gives browsers that are signed in."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        command("web", f"127.0.0.1:{port}"),
        cwd=ROOT,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(port, process)
        yield lambda person: _browser(port, person)
    finally:
        process.terminate()
        process.wait()


def _browser(port: int, person: Person) -> Open:
    host = settings.ALLOWED_HOSTS[0].lstrip(".")
    headers = {"Host": host, "Cookie": _cookie_of(person), "X-Forwarded-Proto": "https", "Accept-Encoding": "gzip"}
    line = HTTPConnection("127.0.0.1", port)

    def ask(address: str) -> tuple[int, bytes]:
        line.request("GET", quote(address, safe="/?&=+"), headers=headers)
        response = line.getresponse()
        return response.status, response.read()

    def get(address: str) -> tuple[int, bytes]:
        try:
            return ask(address)
        except ConnectionError:
            # The server closes a line on which nobody asked for a while; a browser then opens another.
            line.close()
            return ask(address)

    return get


def _cookie_of(person: Person) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _environment() -> dict[str, str]:
    """Our own environment with the bench's database and folders."""
    database = connection.settings_dict
    signed_in = quote(database["USER"]) + (f":{quote(database['PASSWORD'])}" if database["PASSWORD"] else "")
    place = f"?host={quote(database['HOST'], safe='/')}"
    if database["PORT"]:
        place += f"&port={database['PORT']}"
    return dict(os.environ) | {
        "DATABASE_URL": f"postgresql://{signed_in}@/{database['NAME']}{place}",
        "SECRET_KEY": settings.SECRET_KEY,
        "COPY_ROOT": str(settings.COPY_ROOT),
        "STATIC_ROOT": str(settings.STATIC_ROOT),
    }


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    latest = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < latest:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise CannotBench("The web server does not start; run it by hand to see why.")
