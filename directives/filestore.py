"""Files that are written once and never changed, each under the name of its SHA-256."""

from __future__ import annotations

import hashlib
import math
import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

UNFINISHED = ".new-"
"""How the name of a file begins while it is being written."""


class DamagedFile(Exception):
    """A stored file is missing, or its bytes no longer have the hash that is its name."""


def store(content: bytes) -> str:
    """Write the bytes and return their SHA-256 (hex).

    The file appears under its final name only when it is whole and on the disk (temporary file, fsync, rename, fsync of
    the folder); raises OSError, and leaves nothing behind, when there is no room.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    final = path_of(sha256)
    if final.exists() and final.read_bytes() == content:
        return sha256
    final.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=final.parent, prefix=UNFINISHED)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o440)
        Path(temporary).replace(final)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(final.parent)
    return sha256


def read(sha256: str) -> bytes:
    """The bytes of this file; raises DamagedFile when they are missing or changed."""
    try:
        content = path_of(sha256).read_bytes()
    except FileNotFoundError as error:
        raise DamagedFile(sha256) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DamagedFile(sha256)
    return content


def write_part(key: str, offset: int, content: bytes) -> None:
    """Write a part of a file that is still on its way in, and have it on the disk; what lay behind it is cut off."""
    path = _part_path(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o640)
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(content)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


def read_parts(key: str) -> bytes:
    """What has come of a file so far; raises DamagedFile when nothing is there any more."""
    try:
        return _part_path(key).read_bytes()
    except FileNotFoundError as error:
        raise DamagedFile(key) from error


def drop_parts(key: str) -> None:
    """Forget a file that was on its way in."""
    _part_path(key).unlink(missing_ok=True)


def sweep(before: datetime) -> int:
    """Remove files that a killed process left unfinished before this moment; returns how many."""
    left = [
        path for path in Path(settings.COPY_ROOT).glob(f"*/{UNFINISHED}*") if _written_at(path) < before.timestamp()
    ]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def path_of(sha256: str) -> Path:
    """Where the file of this hash lies: a folder for the first two letters, so that no folder grows too large."""
    return Path(settings.COPY_ROOT) / sha256[:2] / sha256


def _part_path(key: str) -> Path:
    """Beside the copies and named as unfinished, so that `sweep` takes what nobody goes on with."""
    return Path(settings.COPY_ROOT) / "parts" / f"{UNFINISHED}{key}"


def _written_at(path: Path) -> float:
    """Seconds since 1970; a file that has got its final name in the meantime is as young as can be."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return math.inf


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
