"""Keeps the Vietnamese catalogue in step with the strings of the program, and compiles it without GNU gettext."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile

import polib

from config.messages import Message

CATALOGUE = Path("locale/vi/LC_MESSAGES/django.po")

_METADATA = {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "vi",
    "Plural-Forms": "nplurals=1; plural=0;",
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]*[\d.]*[a-z]|%[sdr]|\{\w*\}")


def opened(path: Path) -> polib.POFile:
    """The catalogue at `path`, or an empty one where there is no file."""
    return polib.pofile(str(path), wrapwidth=0) if path.exists() else polib.POFile(wrapwidth=0)


def brought_up_to_date(old: polib.POFile, messages: Iterable[Message]) -> polib.POFile:
    """A catalogue with exactly these messages in their order, with the Vietnamese that `old` has for them."""
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=0)
    new.metadata = dict(_METADATA)
    for message in messages:
        words = _vietnamese_of(known.get(message.key))
        entry = polib.POEntry(
            msgctxt=message.context or None,
            msgid=message.text,
            occurrences=[(source, "") for source in message.sources],
        )
        if message.plural:
            entry.msgid_plural, entry.msgstr_plural = message.plural, {0: words}
        else:
            entry.msgstr = words
        new.append(entry)
    return new


def lacking(catalogue: polib.POFile) -> list[str]:
    """The English of every entry that has no Vietnamese."""
    return [entry.msgid for entry in catalogue if not _vietnamese_of(entry).strip()]


def with_other_placeholders(catalogue: polib.POFile) -> list[str]:
    """The English of every entry whose Vietnamese does not use exactly the placeholders of the English."""
    wrong = []
    for entry in catalogue:
        words = _vietnamese_of(entry)
        if words and _placeholders(words) != _placeholders(entry.msgid_plural or entry.msgid):
            wrong.append(entry.msgid)
    return wrong


def write(catalogue: polib.POFile, path: Path) -> None:
    """Write the catalogue as text, whole or not at all."""
    _replace(path, str(catalogue).rstrip("\n").encode() + b"\n")


def compile_catalogue(path: Path) -> Path:
    """Write the `.mo` beside the `.po` at `path`, whole or not at all, and return its path."""
    compiled = path.with_suffix(".mo")
    _replace(compiled, opened(path).to_binary())
    return compiled


def _vietnamese_of(entry: polib.POEntry | None) -> str:
    if entry is None:
        return ""
    return str(entry.msgstr_plural.get(0, "")) if entry.msgid_plural else str(entry.msgstr)


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text.replace("%%", "")))


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    written = Path(file.name)
    # A temporary file is closed to other accounts; the web server may run as another one.
    written.chmod(0o644)
    written.replace(path)
