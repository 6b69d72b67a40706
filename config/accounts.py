"""The unprivileged account that the embedded servers run as, and what is done in its name."""

import os
import pwd
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

ACCOUNT = "chi-dao"
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C", "TZ": "UTC"}


class CannotStart(Exception):
    """Why nothing was started, and what to do about it, in one sentence for the person at the terminal."""


@cache
def account() -> pwd.struct_passwd | None:
    """The account `chi-dao`, made when it is missing, if root asks; None for anyone else, who needs no other account.

    Raises CannotStart when the account cannot be made.
    """
    if os.getuid() != 0:
        return None
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        pass
    command = ("useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT)
    made = subprocess.run(command, check=False, capture_output=True, text=True, env=ENVIRONMENT)
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        reason = made.stderr.strip()
        raise CannotStart(f"The account {ACCOUNT} could not be made ({reason}): run `{' '.join(command)}`.") from None


def give(path: Path) -> None:
    """Make the account the owner of `path`; nothing to do when there is no own account."""
    entry = account()
    if entry is not None:
        os.chown(path, entry.pw_uid, entry.pw_gid)


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a short command as the account and wait for it; both outputs are captured."""
    return subprocess.run(
        command, check=False, capture_output=True, text=True, cwd="/", env=ENVIRONMENT, **as_account()
    )


def as_account() -> dict[str, Any]:
    """The arguments of Popen that change to the account: none when there is no own account."""
    entry = account()
    if entry is None:
        return {}
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
