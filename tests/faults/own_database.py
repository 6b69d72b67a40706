"""A PostgreSQL server of one test: to be killed while people work, or to run out of room."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from django.db import connection

from config import embedded
from config.keeping import processes_of
from tests.office import program


@dataclass(frozen=True)
class OwnDatabase:
    """A server that keeps its data in `folder` and is started again when it dies."""

    folder: Path
    sockets: str

    def kill(self) -> None:
        """Kill all its processes at once; what stood in their memory alone is gone, what went to the disk is not."""
        for process in processes_of("postgres", self.folder / "data"):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass


@contextmanager
def folder_of_the_account() -> Iterator[Path]:
    """A folder that the account of the databases may enter, which a test's own folder is not."""
    folder = Path(tempfile.mkdtemp(prefix="chi-dao-own-", dir="/tmp"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def own_database(folder: Path, *, durable: bool = True) -> Iterator[OwnDatabase]:
    """A server with what the test has written so far; while the block runs, the test and its processes use it."""
    usual = dict(connection.settings_dict)
    with embedded.postgres(folder, durable=durable) as address:
        sockets = unquote(address.partition("host=")[2])
        _copy(usual, sockets)
        connection.close()
        connection.settings_dict |= {"HOST": sockets, "NAME": "chi_dao"}
        try:
            yield OwnDatabase(folder, sockets)
        finally:
            connection.close()
            connection.settings_dict |= usual


def _copy(source: dict[str, object], sockets: str) -> None:
    who = ["--username", str(source["USER"]), "--no-password"]
    dump = [program("pg_dump"), *who, "--host", str(source["HOST"]), "--dbname", str(source["NAME"])]
    load = [program("psql"), *who, "--host", sockets, "--dbname", "chi_dao", "--no-psqlrc", "--quiet"]
    written = subprocess.run(dump, check=True, capture_output=True).stdout
    subprocess.run([*load, "--set", "ON_ERROR_STOP=1"], input=written, check=True, capture_output=True)
