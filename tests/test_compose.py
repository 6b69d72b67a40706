"""docker-compose.yml runs the same program as the trial and gives it everything that its settings require."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.processes import COMMANDS

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"])


def program_environment(services: dict[str, Any]) -> dict[str, str]:
    """The environment of the program's containers as an office with a complete .env has it."""
    values = {name: "1" if name == "EMAIL_USE_TLS" else "example.vn" for name in services["web"]["environment"]}
    given: dict[str, str] = {}
    for name, text in services["web"]["environment"].items():
        filled = re.sub(r"\$\{(\w+):-([^}]*)\}", r"\2", text)
        given[name] = re.sub(r"\$\{(\w+):\?[^}]*\}", lambda found: values.get(found[1], "secret"), filled)
    return given


@pytest.mark.parametrize("name", COMMANDS)
def test_each_process_runs_the_command_of_the_trial(services: dict[str, Any], name: str) -> None:
    assert shlex.split(services[name]["command"]) == shlex.split(COMMANDS[name].replace("{bind}", "0.0.0.0:8000"))


def test_there_is_no_process_that_the_trial_does_not_have(services: dict[str, Any]) -> None:
    assert services.keys() - COMMANDS.keys() == {"migrate", "postgres", "redis"}


def test_the_processes_share_one_environment_and_start_on_a_migrated_database(services: dict[str, Any]) -> None:
    environments = [services[name]["environment"] for name in (*COMMANDS, "migrate")]
    assert environments == [environments[0]] * 4
    for name in COMMANDS:
        assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_the_environment_satisfies_the_settings_of_an_office(services: dict[str, Any]) -> None:
    given = program_environment(services) | {"PATH": os.environ["PATH"]}
    words = [sys.executable, "-c", "from django.conf import settings; print(settings.DATABASES['default']['HOST'])"]
    done = subprocess.run(words, check=False, cwd=ROOT, env=given, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "postgres"), done.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "SITE_URL", "EMAIL_HOST"])
def test_the_settings_of_an_office_refuse_to_start_without(services: dict[str, Any], name: str) -> None:
    given = program_environment(services) | {"PATH": os.environ["PATH"]}
    del given[name]
    words = [sys.executable, "-c", "from django.conf import settings; settings.DEBUG"]
    done = subprocess.run(words, check=False, cwd=ROOT, env=given, capture_output=True, text=True)
    assert done.returncode == 1
    assert f"{name} is not set:" in done.stderr


def test_only_the_web_page_is_reachable_and_only_from_this_machine(services: dict[str, Any]) -> None:
    ports = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert list(ports) == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in ports["web"])


def test_every_required_value_is_explained_to_the_operator(services: dict[str, Any]) -> None:
    guide = (ROOT / "docs" / "operating.md").read_text()
    wanted = set(re.findall(r"\$\{(\w+):", (ROOT / "docker-compose.yml").read_text()))
    assert {name for name in wanted if f"`{name}`" not in guide} == set()
