"""A Redis server that a test stops, freezes and empties without disturbing anybody else."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from contextlib import ExitStack
from pathlib import Path

import redis as redis_client

from config import embedded
from config.keeping import processes_of


class OwnRedis:
    """Runs for the length of the block; `url` is its address, also while it is away."""

    def __init__(self) -> None:
        # Not the test's own folder: the account of the databases must be able to enter it.
        self._parent = Path(tempfile.mkdtemp(prefix="chi-dao-redis-", dir="/tmp"))
        self._parent.chmod(0o711)
        self._folder = self._parent / "redis"
        self._running = ExitStack()
        self.url = ""

    def __enter__(self) -> OwnRedis:
        self.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self.thaw()
        self._running.close()
        shutil.rmtree(self._parent, ignore_errors=True)

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to use it."""
        return {"REDIS_URL": self.url}

    def start(self) -> None:
        """Start it; after `stop` it comes back with what its journal holds."""
        self.url = self._running.enter_context(embedded.redis(self._folder))

    def stop(self) -> None:
        """Stop it; its address leads nowhere until `start`."""
        self._running.close()

    def freeze(self) -> None:
        """Let it take connections and answer nothing until `thaw`."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a frozen one go on."""
        self._signal(signal.SIGCONT)

    def empty(self) -> None:
        """Forget every message, as a Redis without a journal does when it is killed."""
        with redis_client.Redis.from_url(self.url) as connection:
            connection.flushall()

    def _signal(self, how: signal.Signals) -> None:
        for pid in processes_of("redis-server", self._folder / "data"):
            os.kill(pid, how)
