"""`manage.py doctor`: what works on this machine, and what to do about what does not."""

from __future__ import annotations

import ctypes
import os
import shutil
import smtplib
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from directives import document_fonts, outbox, rendering
from directives.models import Heartbeat
from orgs.clock import CLOCK

SILENT_AFTER = timedelta(seconds=60)
LATE_AFTER = timedelta(minutes=5)
LEAST_FREE_MB = 1024
MOST_CLOCK_DIFFERENCE = timedelta(seconds=5)


@dataclass(frozen=True)
class Finding:
    """What was found about one thing; `words` say what to do when it is not well."""

    well: bool
    words: str


class Command(BaseCommand):
    """Prints one line for each thing; CommandError (exit 1) when one of them is not well."""

    help = "Check database, queue, processes, libraries, storage, mail and clock of this installation."
    # Django's own checks would stop at a missing library before it is named here.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Names of the things to look at; everything without any."""
        parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these of: {', '.join(CHECKS)}")

    def handle(self, *args: Any, names: list[str], **options: Any) -> None:
        """Check what was asked for, even after the first fault."""
        unknown = [name for name in names if name not in CHECKS]
        if unknown:
            raise CommandError(f"There is no {', '.join(unknown)} to look at; there are: {', '.join(CHECKS)}.")
        ill = []
        for name in names or CHECKS:
            finding = _examined(CHECKS[name])
            self.stdout.write(f"{name:<14} {'OK' if finding.well else '!!'}  {finding.words}")
            if not finding.well:
                ill.append(name)
        if ill:
            raise CommandError(f"Not well: {', '.join(ill)}. The lines marked !! say what to do.")


def _examined(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except DatabaseError:
        return Finding(False, "not known while the database does not answer as it should")


def _database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            (version,) = cursor.fetchone()
    except DatabaseError as error:
        return Finding(False, f"does not answer ({_first_line(error)}): start it, or correct DATABASE_URL")
    return Finding(True, f"PostgreSQL {version}")


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return Finding(False, f"{len(missing)} not applied: run `python manage.py migrate`")
    return Finding(True, "all applied")


def _broker() -> Finding:
    if not settings.REDIS_URL:
        return Finding(False, "REDIS_URL is not set and no trial runs: start script/server, or set it")
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=3, socket_connect_timeout=3) as client:
            version = client.info("server")["redis_version"]
    except (redis.RedisError, ValueError) as error:
        return Finding(False, f"does not answer ({_first_line(error)}): start it; sending waits, nothing is lost")
    return Finding(True, f"Redis {version}")


def _heartbeat(name: str) -> Finding:
    beat = Heartbeat.objects.filter(name=name).first()
    if beat is None:
        return Finding(False, f"has never run: start the process `{name}`")
    silent = CLOCK.now() - beat.at
    if silent > SILENT_AFTER:
        return Finding(False, f"silent for {_spoken(silent)}: look at its log and start the process `{name}` again")
    return Finding(True, f"alive {_spoken(silent)} ago")


def _outbox() -> Finding:
    now = CLOCK.now()
    due = outbox.due(now)
    oldest = due.first()
    if oldest is None:
        return Finding(True, "nothing waits")
    words = f"{due.count()} due, the oldest for {_spoken(now - oldest.due_at)}"
    if now - oldest.due_at > LATE_AFTER:
        return Finding(False, f"{words}: are relay and worker alive? (last error: {oldest.last_error or 'none'})")
    return Finding(True, words)


def _library(file: str, package: str) -> Finding | None:
    try:
        ctypes.CDLL(file)
    except OSError:
        return Finding(False, f"{file} is missing: run `apt-get install -y {package}`")
    return None


def _pango() -> Finding:
    return _library("libpangoft2-1.0.so.0", "libpangoft2-1.0-0") or Finding(True, rendering.versions()["pango"])


def _harfbuzz() -> Finding:
    # Without the subset library pages come out with other bytes and three times slower.
    return _library("libharfbuzz-subset.so.0", "libharfbuzz-subset0") or Finding(True, rendering.versions()["harfbuzz"])


def _fonts() -> Finding:
    try:
        faces = document_fonts.font_files()
    except OSError as error:
        return Finding(False, f"{error.filename} is missing: restore it from the release")
    return Finding(True, f"{len(faces)} faces, fingerprint {document_fonts.fingerprint()[:12]}")


def _storage() -> Finding:
    folder = Path(settings.COPY_ROOT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder) as probe:
            probe.write(b"can be written")
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        return Finding(False, f"{folder} cannot be written ({error.strerror}): correct its owner or COPY_ROOT")
    free = shutil.disk_usage(folder).free // 2**20
    if free < LEAST_FREE_MB:
        return Finding(False, f"{folder}: only {free} MB free; make room, at least {LEAST_FREE_MB} MB")
    return Finding(True, f"{folder}, {free // 1024} GB free")


def _mail() -> Finding:
    if not settings.EMAIL_HOST:
        return Finding(True, f"not sent: each mail becomes a file in {settings.MAIL_FOLDER} (set EMAIL_HOST to send)")
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=5) as client:
            client.noop()
    except OSError as error:
        return Finding(False, f"{server} does not answer ({_first_line(error)}): correct EMAIL_HOST and EMAIL_PORT")
    return Finding(True, f"{server} answers")


def _clock() -> Finding:
    before = CLOCK.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there: datetime = cursor.fetchone()[0]
    difference = abs(there - before)
    if difference > MOST_CLOCK_DIFFERENCE:
        return Finding(False, f"{_spoken(difference)} away from the database's clock: set both by the same time server")
    if time.localtime(before.timestamp()).tm_gmtoff != 7 * 3600:
        return Finding(False, f"the zone is {settings.TIME_ZONE}, which is not Vietnam's: correct TIME_ZONE")
    return Finding(True, f"{settings.TIME_ZONE}, {before.astimezone():%d/%m/%Y %H:%M}")


def _spoken(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h"


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0]


CHECKS: dict[str, Callable[[], Finding]] = {
    "database": _database,
    "migrations": _migrations,
    "redis": _broker,
    "relay": lambda: _heartbeat("relay"),
    "worker": lambda: _heartbeat("worker"),
    "outbox": _outbox,
    "pango": _pango,
    "harfbuzz": _harfbuzz,
    "fonts": _fonts,
    "storage": _storage,
    "mail": _mail,
    "clock": _clock,
}
