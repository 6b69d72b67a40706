"""docker-compose.yml runs the same program as the trial and gives it everything that its settings require."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, ValidationError

from config.processes import COMMANDS

ROOT = Path(__file__).resolve().parents[1]


PROGRAM = ["migrate", *COMMANDS]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "docker-compose.yml").read_text()))


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> dict[str, Any]:
    return dict(compose["services"])


@pytest.fixture(scope="module")
def specification() -> Draft202012Validator:
    """The schema of the Compose Specification, which names every key that there is."""
    return Draft202012Validator(json.loads((ROOT / "tests" / "compose_spec" / "compose-spec.json").read_text()))


def program_environment(services: dict[str, Any]) -> dict[str, str]:
    """The environment of the program's containers as an office with a complete .env has it."""
    values = {name: "1" if name == "EMAIL_USE_TLS" else "example.vn" for name in services["web"]["environment"]}
    given: dict[str, str] = {}
    for name, text in services["web"]["environment"].items():
        filled = re.sub(r"\$\{(\w+):-([^}]*)\}", r"\2", str(text))
        given[name] = re.sub(r"\$\{(\w+):\?[^}]*\}", lambda found: values.get(found[1], "secret"), filled)
    return given


@pytest.mark.parametrize("name", COMMANDS)
def test_each_process_runs_the_command_of_the_trial(services: dict[str, Any], name: str) -> None:
    assert shlex.split(services[name]["command"]) == shlex.split(COMMANDS[name].replace("{bind}", "0.0.0.0:8000"))


def test_there_is_no_process_that_the_trial_does_not_have(services: dict[str, Any]) -> None:
    assert services.keys() - COMMANDS.keys() == {"migrate", "postgres", "redis"}


def test_the_processes_share_one_environment_and_start_on_a_migrated_database(services: dict[str, Any]) -> None:
    environments = [services[name]["environment"] for name in COMMANDS]
    assert environments == [environments[0]] * 3
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


def test_the_file_fits_the_compose_specification(compose: dict[str, Any], specification: Draft202012Validator) -> None:
    specification.validate(compose)


@pytest.mark.parametrize("key", ["depend_on", "healtcheck", "read-only"])
def test_a_slip_in_the_file_would_be_found(
    services: dict[str, Any], specification: Draft202012Validator, key: str
) -> None:
    with pytest.raises(ValidationError, match=key):
        specification.validate({"services": {"web": services["web"] | {key: True}}})


def test_every_password_and_key_is_asked_of_the_operator(services: dict[str, Any]) -> None:
    said = json.dumps(services)
    secrets = set(re.findall(r"\$\{(\w*(?:PASSWORD|SECRET)\w*):[-?]", said))
    assert secrets == {
        *("SECRET_KEY", "SECRET_KEY_FALLBACKS", "EMAIL_PASSWORD"),
        *("POSTGRES_PASSWORD", "OWNER_PASSWORD", "APP_PASSWORD", "REDIS_PASSWORD"),
    }
    # These two are empty where there is nothing to say; the others stop the start.
    assert set(re.findall(r"\$\{(\w*(?:PASSWORD|SECRET)\w*):-\}", said)) == {"SECRET_KEY_FALLBACKS", "EMAIL_PASSWORD"}


def test_only_the_migration_knows_the_owner_of_the_tables(services: dict[str, Any]) -> None:
    knows = {name for name, service in services.items() if "OWNER_PASSWORD" in json.dumps(service)}
    assert knows == {"migrate", "postgres"}
    assert services["migrate"]["environment"]["DJANGO_SETTINGS_MODULE"] == "config.settings.owner"
    assert services["migrate"]["command"] == (
        'sh -c "python manage.py migrate && python manage.py grant_rights chi_dao"'
    )


@pytest.mark.parametrize("name", PROGRAM)
def test_nothing_in_a_container_of_the_program_can_be_changed(services: dict[str, Any], name: str) -> None:
    service = services[name]
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert (service["volumes"], service["tmpfs"]) == (["copies:/srv/copies"], ["/tmp"])


def test_every_service_that_stays_says_whether_it_is_well(services: dict[str, Any]) -> None:
    tests = {name: service["healthcheck"]["test"] for name, service in services.items() if "healthcheck" in service}
    assert tests.keys() == services.keys() - {"migrate"}
    assert tests["web"] == "python -m config.healthy"
    assert [tests[name] for name in ("relay", "worker")] == [
        f"python manage.py doctor {name}" for name in ("relay", "worker")
    ]


def test_databases_stand_in_a_network_that_leads_nowhere(compose: dict[str, Any]) -> None:
    assert compose["networks"]["databases"] == {"internal": True}
    for name in ("postgres", "redis"):
        assert compose["services"][name]["networks"] == ["databases"]


def test_redis_keeps_a_journal_and_asks_for_a_password(services: dict[str, Any]) -> None:
    command = services["redis"]["command"][-1]
    assert "requirepass $$REDISCLI_AUTH" in command
    assert "--appendonly yes --appendfsync everysec --maxmemory-policy noeviction" in command


def test_what_is_kept_lies_in_volumes(compose: dict[str, Any]) -> None:
    assert compose["volumes"].keys() == {"copies", "postgres", "redis"}
    assert "postgres:/var/lib/postgresql" in compose["services"]["postgres"]["volumes"]
    assert compose["services"]["redis"]["volumes"] == ["redis:/data"]


UNITS = ROOT / "docs" / "systemd"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_units_of_systemd_run_the_same_commands(name: str) -> None:
    text = (UNITS / f"chi-dao-{name}.service").read_text()
    [command] = re.findall(r"^ExecStart=/opt/chi-dao/current/.venv/bin/(.*)$", text, re.MULTILINE)
    # systemd takes %% for one %.
    assert shlex.split(command.replace("%%", "%")) == shlex.split(COMMANDS[name].replace("{bind}", "127.0.0.1:8000"))
    assert "Environment=DJANGO_SETTINGS_MODULE=config.settings.prod" in text


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
def test_systemd_understands_the_units() -> None:
    units = [str(path) for path in UNITS.iterdir()]
    said = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False).stderr
    # The program is not installed on a machine of tests; nothing else may be said.
    assert [line for line in said.splitlines() if "/opt/chi-dao/current" not in line] == []
