"""A Redis server that a test freezes, empties and stops."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from contextlib import ExitStack
from pathlib import Path

import redis as redis_client

from config import embedded


class Broker:
    """The Redis server at `url`; `freeze` and `thaw` need no answer from it."""

    def __init__(self, url: str) -> None:
        self.url = url
        with redis_client.Redis.from_url(url) as connection:
            self._pid = int(connection.info("server")["process_id"])

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to use it."""
        return {"REDIS_URL": self.url}

    def freeze(self) -> None:
        """Let it take connections and answer nothing until `thaw`."""
        os.kill(self._pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a frozen one go on."""
        os.kill(self._pid, signal.SIGCONT)

    def empty(self) -> None:
        """Forget every message in its database, as a Redis without a journal does when it is killed."""
        with redis_client.Redis.from_url(self.url) as connection:
            connection.flushdb()


class OwnBroker(Broker):
    """A Redis server for the length of the block; `url` is its address, also while it is stopped."""

    def __init__(self) -> None:
        # Not the test's own folder: the account of the databases must be able to enter it.
        self._parent = Path(tempfile.mkdtemp(prefix="chi-dao-redis-", dir="/tmp"))
        self._parent.chmod(0o711)
        self._running = ExitStack()

    def __enter__(self) -> OwnBroker:
        self.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self.stop()
        shutil.rmtree(self._parent, ignore_errors=True)

    def start(self) -> None:
        """Start it; after `stop` it comes back with what its journal holds."""
        super().__init__(self._running.enter_context(embedded.redis(self._parent / "redis")))

    def stop(self) -> None:
        """Stop it; its address leads nowhere until `start`."""
        self._running.close()
