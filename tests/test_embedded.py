"""The servers of a trial: they keep their data, come back when killed, and leave strangers alone."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import redis as redis_client

from config import embedded
from config.accounts import ACCOUNT, CannotStart, as_account, give
from config.keeping import processes_of
from tests.processes import until


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a blank in its name which the account of the databases may enter."""
    parent = Path(tempfile.mkdtemp(prefix="chi dao ", dir="/tmp"))
    parent.chmod(0o711)
    yield parent / "the database"
    shutil.rmtree(parent)


def ask(url: str, sql: str) -> list[tuple[object, ...]]:
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        rows = cursor.fetchall() if cursor.description else []
        connection.commit()
        return rows


def answers(url: str) -> bool:
    try:
        return ask(url, "SELECT 1") == [(1,)]
    except psycopg2.OperationalError:
        return False


def left_behind(sockets: Path) -> Path:
    """The folder of the sockets as a power cut would leave it."""
    sockets.mkdir(mode=0o700)
    give(sockets)
    return sockets


def postmaster(folder: Path) -> int:
    return processes_of("postgres", folder / "data")[0]


def test_the_data_is_there_after_a_second_start(folder: Path) -> None:
    with embedded.postgres(folder) as url:
        ask(url, "CREATE TABLE paper (number int); INSERT INTO paper VALUES (745)")
    assert processes_of("postgres", folder / "data") == []
    with embedded.postgres(folder) as again:
        assert again == url
        assert ask(again, "SELECT number FROM paper") == [(745,)]


def test_a_killed_database_comes_back_with_its_data(folder: Path) -> None:
    with embedded.postgres(folder) as url:
        ask(url, "CREATE TABLE paper (number int); INSERT INTO paper VALUES (745)")
        killed = postmaster(folder)
        os.kill(killed, signal.SIGKILL)
        until(lambda: answers(url), "the database answers again")
        assert postmaster(folder) != killed
        assert ask(url, "SELECT number FROM paper") == [(745,)]


def test_the_database_ends_when_its_program_is_killed(folder: Path) -> None:
    script = f"from pathlib import Path; from config import embedded\nwith embedded.postgres(Path({str(folder)!r})):\n"
    script += "    print('up', flush=True); input()"
    program = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd()
    )
    assert program.stdout is not None and program.stdin is not None
    assert program.stdout.readline() == b"up\n"
    program.kill()
    program.wait()
    program.stdin.close()
    program.stdout.close()
    until(lambda: not processes_of("postgres", folder / "data"), "the database ended")


def test_a_server_that_outlived_its_program_is_replaced(folder: Path) -> None:
    with embedded.postgres(folder) as url:
        words = Path(f"/proc/{postmaster(folder)}/cmdline").read_text().rstrip("\0").split("\0")
    left_behind(Path(url.partition("host=")[2]))
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(words, cwd=folder / "data", start_new_session=True, **quiet, **as_account()) as left:
        until((folder / "data" / "postmaster.pid").exists, "the old server runs")
        with embedded.postgres(folder) as url:
            assert answers(url)
            assert left.wait(10) is not None


def test_a_pid_file_that_names_a_stranger_harms_neither(folder: Path) -> None:
    with embedded.postgres(folder):
        whole = (folder / "data" / "postmaster.pid").read_text()
    with subprocess.Popen(["sleep", "60"]) as stranger:
        lines = whole.split("\n")
        (folder / "data" / "postmaster.pid").write_text("\n".join([str(stranger.pid), *lines[1:]]))
        with embedded.postgres(folder) as url:
            assert answers(url)
        assert stranger.poll() is None
        stranger.kill()


def test_two_programs_cannot_run_the_same_database(folder: Path) -> None:
    with embedded.postgres(folder) as url:
        with pytest.raises(CannotStart, match="Another program already runs"), embedded.postgres(folder):
            pass
        assert answers(url)


def test_an_interrupted_first_start_is_begun_again(folder: Path) -> None:
    (folder / "data.unfinished").mkdir(parents=True)
    (folder / "data.unfinished" / "PG_VERSION").write_text("18\n")
    with embedded.postgres(folder) as url:
        assert answers(url)


def test_data_of_another_version_is_refused_in_one_sentence(folder: Path) -> None:
    with embedded.postgres(folder):
        pass
    (folder / "data" / "PG_VERSION").write_text("16\n")
    with pytest.raises(CannotStart, match="is of PostgreSQL 16 and this is PostgreSQL 18"), embedded.postgres(folder):
        pass


def test_the_database_orders_by_code_point_keeps_checksums_and_opens_no_port(folder: Path) -> None:
    with embedded.postgres(folder) as url:
        assert ask(url, "SHOW data_checksums") == [("on",)]
        assert ask(url, "SHOW listen_addresses") == [("",)]
        assert ask(url, "SHOW fsync") == [("on",)]
        locale = "SELECT datlocprovider::text, datlocale FROM pg_database WHERE datname = 'chi_dao'"
        assert ask(url, locale) == [("b", "C.UTF-8")]
        assert ask(url, "SELECT upper('chỉ đạo')") == [("CHỈ ĐẠO",)]
        assert ask(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == [(False,)]


def test_only_the_account_may_enter_the_data_and_the_sockets(folder: Path) -> None:
    with embedded.postgres(folder) as url:
        sockets = Path(url.partition("host=")[2])
        owners = {path.stat().st_uid for path in (folder / "data", sockets)}
        assert [path.stat().st_mode & 0o777 for path in (folder, folder / "data", sockets)] == [0o700] * 3
        assert owners == {Path(f"/proc/{postmaster(folder)}").stat().st_uid}


@pytest.mark.skipif(os.getuid() != 0, reason="only root changes to the account")
def test_root_runs_the_servers_as_an_account_of_their_own(folder: Path) -> None:
    with embedded.postgres(folder), embedded.redis(folder.parent / "queue"):
        owners = [Path(f"/proc/{postmaster(folder)}").owner()]
        owners += [
            Path(f"/proc/{pid}").owner() for pid in processes_of("redis-server", folder.parent / "queue" / "data")
        ]
    assert owners == [ACCOUNT, ACCOUNT]


def test_a_stranger_s_folder_in_the_place_of_the_sockets_is_refused(folder: Path) -> None:
    with embedded.postgres(folder) as url:
        sockets = Path(url.partition("host=")[2])
    left_behind(sockets).chmod(0o777)
    with pytest.raises(CannotStart, match="belongs to someone else"), embedded.postgres(folder):
        pass
    sockets.rmdir()


@pytest.mark.skipif(os.getuid() != 0, reason="only root changes to the account")
def test_a_folder_the_account_cannot_enter_is_refused_in_one_sentence(folder: Path) -> None:
    folder.parent.chmod(0o700)
    with pytest.raises(CannotStart, match="cannot enter"), embedded.postgres(folder):
        pass


def test_the_queue_survives_a_kill_and_opens_no_port(folder: Path) -> None:
    with embedded.redis(folder) as url, closing(redis_client.Redis.from_url(url)) as connection:
        connection.set("rung", "1")
        assert connection.config_get("port") == {"port": "0"}
        assert connection.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        # The journal is written once a second.
        until(lambda: connection.info("persistence")["aof_pending_bio_fsync"] == 0, "the journal is on the disk")
        (server,) = processes_of("redis-server", folder / "data")
        os.kill(server, signal.SIGKILL)
        connection.close()
        until(lambda: processes_of("redis-server", folder / "data") not in ([], [server]), "a new server runs")
        until(lambda: pings(connection), "the queue answers again")
        assert connection.get("rung") == b"1"


def pings(connection: redis_client.Redis) -> bool:
    try:
        return bool(connection.ping())
    except redis_client.RedisError:
        return False


def test_a_socket_left_behind_is_replaced(folder: Path) -> None:
    with embedded.redis(folder) as url:
        socket = Path(url.removeprefix("unix://").partition("?")[0])
    (left_behind(socket.parent) / socket.name).touch()
    with embedded.redis(folder) as again, closing(redis_client.Redis.from_url(again)) as connection:
        assert connection.ping()
