"""The settings: what the environment gives is read once, and a wrong value is named."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import engines

from config.settings.environment import broker_from, database_from, flag, number, of_running_trial, words

ROOT = Path(__file__).resolve().parents[1]
OFFICE = {
    "DJANGO_SETTINGS_MODULE": "config.settings.prod",
    "SECRET_KEY": "a long key that nobody else knows, of the length that Django asks for",
    "DATABASE_URL": "postgresql://chi_dao:secret@db.example.vn:5433/chi_dao",
    "REDIS_URL": "redis://redis.example.vn:6379/0",
    "ALLOWED_HOSTS": "chidao.example.vn, 10.0.0.5",
    "SITE_URL": "https://chidao.example.vn",
    "EMAIL_HOST": "mail.example.vn",
    "DEFAULT_FROM_EMAIL": "Văn phòng <chidao@example.vn>",
}


def in_an_office(*command: str) -> str:
    """What a command says under the settings of an office."""
    environment = OFFICE | {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, *command], check=False, cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def setting(expression: str) -> str:
    return in_an_office("-c", f"from django.conf import settings; print({expression})")


def test_django_finds_nothing_to_warn_of_in_an_office() -> None:
    in_an_office("manage.py", "check", "--deploy", "--fail-level", "WARNING")


def test_the_cookies_of_an_office_are_bound_to_its_host_and_to_tls() -> None:
    names = setting("settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_SECURE")
    assert names == "__Host-session __Host-csrf True"


def test_an_office_reads_its_own_database_and_hosts() -> None:
    assert setting("settings.DATABASES['default']['PORT'], settings.ALLOWED_HOSTS").startswith(
        "5433 ['chidao.example.vn'"
    )
    assert setting("settings.MAIL_DOMAIN, settings.EMAIL_BACKEND") == (
        "example.vn django.core.mail.backends.smtp.EmailBackend"
    )


def test_a_template_variable_that_the_view_did_not_give_fails_the_test() -> None:
    template = engines["django"].from_string("{{ directive.subjekt }}")
    with pytest.raises(AssertionError, match=r"the template uses directive\.subjekt"):
        template.render({"directive": object()})


def test_a_database_address_may_name_a_host_or_the_folder_of_a_socket() -> None:
    far = database_from("postgresql://me:p%40ss@db.example.vn:5433/register")
    assert [far[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "me",
        "p@ss",
        "db.example.vn",
        "5433",
        "register",
    ]
    near = database_from("postgresql://chi_dao@/chi_dao?host=/tmp/a%20folder")
    assert [near[key] for key in ("USER", "HOST", "PORT", "NAME")] == ["chi_dao", "/tmp/a folder", "", "chi_dao"]


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="must start with postgresql://"):
        database_from("mysql://localhost/chi_dao")


@pytest.mark.parametrize(
    ("given", "for_celery"),
    [
        ("redis://:secret@redis:6379/0", "redis://:secret@redis:6379/0"),
        ("unix:///tmp/redis.sock", "redis+socket:///tmp/redis.sock"),
        ("unix:///tmp/redis.sock?db=3", "redis+socket:///tmp/redis.sock?virtual_host=3"),
    ],
)
def test_celery_is_told_of_the_same_redis_in_its_own_words(given: str, for_celery: str) -> None:
    assert broker_from(given) == for_celery


def test_a_wrong_value_is_named_with_what_it_should_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_PORT", "smtp")
    with pytest.raises(ImproperlyConfigured, match="EMAIL_PORT must be a whole number, not 'smtp'"):
        number("EMAIL_PORT", 25)
    monkeypatch.setenv("EMAIL_USE_TLS", "yes")
    with pytest.raises(ImproperlyConfigured, match="EMAIL_USE_TLS must be 0 or 1, not 'yes'"):
        flag("EMAIL_USE_TLS")


def test_a_list_is_read_with_or_without_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "a.example.vn, b.example.vn,")
    assert words("ALLOWED_HOSTS") == ["a.example.vn", "b.example.vn"]


def test_a_second_terminal_finds_the_running_trial_and_only_that(tmp_path: Path) -> None:
    assert of_running_trial(tmp_path, "DATABASE_URL") == ""
    (tmp_path / "var" / "run").mkdir(parents=True)
    (tmp_path / "var" / "run" / "environment").write_text("DATABASE_URL=postgresql:///x?host=/tmp\nSITE_URL=http://y\n")
    assert of_running_trial(tmp_path, "DATABASE_URL") == "postgresql:///x?host=/tmp"
    assert of_running_trial(tmp_path, "REDIS_URL") == ""


@pytest.mark.parametrize("name", ["dev", "test", "prod"])
def test_every_way_of_running_only_overrides_a_little(name: str) -> None:
    assert len((ROOT / "config" / "settings" / f"{name}.py").read_text().splitlines()) <= 30
