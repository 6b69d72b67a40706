"""The supervisor: every line has a name, what dies comes back, and everything ends in order."""

import io
import os
import re
import signal
import sys
import time
from collections.abc import Callable

import psutil

from config.processes import COMMANDS, Supervisor, Terminal, command
from tests.processes import until

POLITE = """
import os, signal, sys, time
# By the system's own call: the signal may come while the line below is still being printed.
signal.signal(signal.SIGTERM, lambda *_: (os.write(1, {word!r}.encode() + b"\\n"), sys.exit(0)))
print("ready", flush=True)
time.sleep(60)
"""
LIVES = "import os, time; print('I am', os.getpid(), flush=True); time.sleep(60)"


def script(text: str) -> list[str]:
    return [sys.executable, "-c", text]


def run(commands: dict[str, list[str]], condition: Callable[[str], object], *, within: float = 15.0) -> str:
    """What the children said by the time `condition` held on it and they were stopped."""
    output = io.StringIO()
    latest = time.monotonic() + within
    supervisor = Supervisor(commands, os.environ, Terminal(output))
    supervisor.run_until(lambda: bool(condition(output.getvalue())) or time.monotonic() > latest)
    assert time.monotonic() < latest, f"it took too long: {output.getvalue()}"
    return output.getvalue()


def alive(pid: int) -> bool:
    # A process that ended stays in the table until its parent, here that of all orphans, has looked.
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_each_line_carries_the_name_of_its_process() -> None:
    two_lines = script("import time; print('one\\ntwo', flush=True); time.sleep(60)")
    said = run({"web": two_lines}, lambda text: "two" in text)
    assert said.splitlines()[:2] == ["web    | one", "web    | two"]


def test_a_process_that_is_killed_is_started_again() -> None:
    killed: list[int] = []

    def kill_the_first(text: str) -> bool:
        pids = [int(pid) for pid in re.findall(r"I am (\d+)", text)]
        if pids and not killed:
            killed.append(pids[0])
            os.kill(pids[0], signal.SIGKILL)
        return len(pids) == 2

    said = run({"worker": script(LIVES)}, kill_the_first)
    assert "worker | ended with code -9; it is started again." in said
    assert not [pid for pid in re.findall(r"I am (\d+)", said) if alive(int(pid))]


def test_the_children_of_a_process_end_with_it() -> None:
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {LIVES!r}])"
    said = run({"worker": script(parent)}, lambda text: "I am" in text)
    (child,) = re.findall(r"I am (\d+)", said)
    until(lambda: not alive(int(child)), "the child ended")


def test_the_processes_end_in_the_order_given() -> None:
    commands = {name: script(POLITE.format(word=f"{name} leaves")) for name in ("web", "relay", "worker")}
    said = run(commands, lambda text: text.count("ready") == 3)
    assert re.findall(r"(\w+) leaves", said) == ["web", "relay", "worker"]


def test_a_process_that_does_not_want_to_end_is_killed() -> None:
    deaf = "import os, signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + LIVES
    said = run({"web": script(deaf)}, lambda text: "I am" in text)
    (pid,) = re.findall(r"I am (\d+)", said)
    assert not alive(int(pid))


def test_every_command_names_a_program_that_is_installed() -> None:
    assert [name for name in COMMANDS if not os.access(command(name)[0], os.X_OK)] == []


def test_the_web_process_serves_the_address_it_is_given() -> None:
    words = command("web", "127.0.0.1:8123")
    assert words[words.index("--bind") + 1] == "127.0.0.1:8123"
