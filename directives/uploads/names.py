"""The name of a file as it is shown and given back: composed letters, no path, nothing that hides or turns it."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
_SEPARATORS = re.compile(r"[\\/]")
_NOT_IN_A_NAME = re.compile(r'[<>:"|?*]')
_DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")
_WITHOUT_A_NAME = "tep"


def clean_name(given: str) -> str:
    """The last part of the path, fit for every system; the ending stays however long the name is."""
    last = _SEPARATORS.split(unicodedata.normalize("NFC", given))[-1]
    # Control signs, and marks that turn the direction of writing so that an ending looks like another.
    seen = "".join(letter for letter in last if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    name = " ".join(_NOT_IN_A_NAME.sub(" ", seen).split()).rstrip(". ")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    room = LONGEST - len(dot + ending)
    stem = _DEVICES.sub(r"_\1", stem[: max(room, 1)].strip(". ") or _WITHOUT_A_NAME)
    return f"{stem}{dot}{ending.strip()}"[:LONGEST]
