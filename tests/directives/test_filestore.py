"""Files are written once under their own hash, whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from directives import filestore
from directives.filestore import DamagedFile

CONTENT = "Công văn số 745-CV/HU".encode()


def files_under(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_under_its_sha256_and_read_back(settings: Settings) -> None:
    sha256 = filestore.store(CONTENT)
    assert sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert filestore.read(sha256) == CONTENT
    assert files_under(settings.COPY_ROOT) == [filestore.path_of(sha256)]


def test_nobody_may_write_to_a_stored_file() -> None:
    path = filestore.path_of(filestore.store(CONTENT))
    assert path.stat().st_mode & 0o777 == 0o440


def test_the_same_bytes_are_stored_once_and_the_file_is_left_alone(settings: Settings) -> None:
    path = filestore.path_of(filestore.store(CONTENT))
    before = path.stat()
    filestore.store(CONTENT)
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert len(files_under(settings.COPY_ROOT)) == 1


def test_a_changed_file_is_not_given_out() -> None:
    sha256 = filestore.store(CONTENT)
    path = filestore.path_of(sha256)
    path.chmod(0o640)
    path.write_bytes(CONTENT + b" ")
    with pytest.raises(DamagedFile, match=sha256):
        filestore.read(sha256)


def test_a_damaged_file_is_whole_again_when_its_bytes_are_stored_again() -> None:
    sha256 = filestore.store(CONTENT)
    path = filestore.path_of(sha256)
    path.chmod(0o640)
    path.write_bytes(b"")
    assert filestore.store(CONTENT) == sha256
    assert filestore.read(sha256) == CONTENT


def test_a_missing_file_is_not_an_empty_one() -> None:
    with pytest.raises(DamagedFile):
        filestore.read("0" * 64)


def test_a_disk_without_room_leaves_nothing_behind(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", no_room)
        with pytest.raises(OSError, match="No space left"):
            filestore.store(CONTENT)
    assert files_under(settings.COPY_ROOT) == []
    assert filestore.read(filestore.store(CONTENT)) == CONTENT


def test_files_that_a_killed_process_left_unfinished_are_swept_after_a_day(settings: Settings) -> None:
    whole = filestore.path_of(filestore.store(CONTENT))
    old, young = (whole.with_name(f"{filestore.UNFINISHED}{name}") for name in ("old", "young"))
    now = datetime.now(UTC)
    for path, age in ((old, timedelta(hours=25)), (young, timedelta(hours=1)), (whole, timedelta(days=400))):
        if path != whole:
            path.write_bytes(b"half")
        written = (now - age).timestamp()
        os.utime(path, (written, written))
    assert filestore.sweep(now - timedelta(days=1)) == 1
    assert sorted(files_under(settings.COPY_ROOT)) == sorted([whole, young])
    assert filestore.sweep(now - timedelta(days=1)) == 0
