"""Read one setting from the environment, and say plainly what is wrong with it."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str) -> str:
    """The value of `name`, or `default` when it is unset or empty."""
    return os.environ.get(name, "") or default


def required(name: str, why: str) -> str:
    """The value of `name`; raises ImproperlyConfigured, saying `why` it is needed, when there is none."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {why}")
    return value


def number(name: str, default: int) -> int:
    """The whole number in `name`; raises ImproperlyConfigured when it is not one."""
    value = text(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}")
    return int(value)


def words(name: str) -> list[str]:
    """The comma-separated values of `name`, without blanks; none when it is unset."""
    return [word.strip() for word in text(name, "").split(",") if word.strip()]


def flag(name: str, default: bool = False) -> bool:
    """True for `1`, False for `0`; raises ImproperlyConfigured for anything else."""
    value = text(name, "1" if default else "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}")
    return value == "1"


# How this program wants to be answered, whatever server it meets: many short questions from data that is mostly in
# memory. Compiling a question (jit) takes longer than answering it.
_LIMITS = "-c lock_timeout=5000 -c statement_timeout=15000"
_PLANS = "-c jit=off -c random_page_cost=0.1 -c seq_page_cost=0.1 -c work_mem=16MB"


def database_from(url: str) -> dict[str, Any]:
    """Django's database settings from `postgresql://user:password@host:port/name?host=/socket/folder`."""
    parts = urlsplit(url or "postgresql:///chi_dao")
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must start with postgresql://")
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "chi_dao",
        "USER": unquote(parts.username or query.get("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": f"{_LIMITS} {_PLANS}"},
    }


def broker_from(url: str) -> str:
    """The same Redis in the words of Celery, which names a socket and the number of a database on it its own way."""
    return url.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=", 1)


def of_running_trial(root: Path, name: str) -> str:
    """What the running `script/server` of the checkout `root` uses as `name`; empty when none runs.

    So a command typed in a second terminal reaches the databases of the first.
    """
    file = root / "var" / "run" / "environment"
    if not file.exists():
        return ""
    pairs = dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
    return pairs.get(name, "")


def kept_secret_key(root: Path) -> str:
    """The key that `script/server` made on its first start; empty before that."""
    file = root / "var" / "secret_key"
    return file.read_text().strip() if file.exists() else ""
