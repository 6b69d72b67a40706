"""Static files are compressed once: a start finds them done, and a change is seen."""

from __future__ import annotations

import gzip
import os
import time
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from pytest_django.fixtures import Settings

WORDS = "p { margin: 0; }\n" * 200


@pytest.fixture
def source(tmp_path: Path, settings: Settings) -> Path:
    """A folder with one style sheet that is collected into another folder."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "trang.css").write_text(WORDS)
    settings.STATICFILES_DIRS = [folder]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "config.static_files.CompressedOnce"}}
    return folder


def collected(settings: Settings) -> dict[str, int]:
    """Collect; return every compressed file with the moment in which it was last touched."""
    call_command("collectstatic", interactive=False, verbosity=0)
    files = Path(settings.STATIC_ROOT).glob("*.[gb][zr]")
    return {file.name: file.stat().st_ctime_ns for file in files}


def test_what_did_not_change_is_not_compressed_again(source: Path, settings: Settings) -> None:
    first = collected(settings)
    assert len(first) == 2
    assert collected(settings) == first


def test_what_changed_is_compressed_again(source: Path, settings: Settings) -> None:
    collected(settings)
    (source / "trang.css").write_text(WORDS + "h1 { color: red; }\n")
    # Collecting compares whole seconds.
    os.utime(source / "trang.css", (time.time() + 5, time.time() + 5))
    collected(settings)
    for compressed in Path(settings.STATIC_ROOT).glob("trang.*.css.gz"):
        assert gzip.decompress(compressed.read_bytes()) == compressed.with_suffix("").read_bytes()
    now = staticfiles_storage.path(staticfiles_storage.stored_name("trang.css"))
    assert b"red" in gzip.decompress(Path(f"{now}.gz").read_bytes())


def test_only_what_pages_load_is_compressed(source: Path, settings: Settings) -> None:
    (source / "trang.js.map").write_text(WORDS)
    loaded = collected(settings)
    assert {name.split(".")[0] for name in loaded} == {"trang"}
    assert [name for name in loaded if name.startswith("trang.css.") or ".map" in name] == []
