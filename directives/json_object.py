"""Reads the JSON of a directive key by key, and names the key that does not fit."""

import datetime
import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# Signs of machines, halves of letters, separators of lines, and signs that make the page read otherwise than the text.
_NOT_PRINTED = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class DocumentError(ValueError):
    """The JSON of a directive does not fit; `where` is the path of the key, `problem` says what is wrong with it."""

    def __init__(self, where: str, problem: "str | _StrPromise") -> None:
        super().__init__(where, problem)
        self.where = where
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}"


def parsed(written: str) -> Any:
    """What this JSON says; raises ValueError for what is none, also where lists stand in lists without end."""
    try:
        return json.loads(written)
    except RecursionError as error:
        raise ValueError("lists within lists without end") from error


def clean_text(value: object, where: str, *, line_breaks: bool = False) -> str:
    """Return the text in NFC; refuse what is no text and characters that cannot be printed."""
    if not isinstance(value, str):
        raise DocumentError(where, _("must be text"))
    text = unicodedata.normalize("NFC", value)
    for found in _NOT_PRINTED.finditer(text):
        if not (line_breaks and found[0] == "\n"):
            raise DocumentError(where, _("holds a line break or a character that cannot be printed"))
    return text


@dataclass(frozen=True, slots=True)
class JsonObject:
    """An object of the JSON with its path; it has every required key and no key beyond the optional ones."""

    where: str
    values: Mapping[str, object]

    @classmethod
    def of(
        cls, value: object, where: str, *, required: Collection[str], optional: Collection[str] = ()
    ) -> "JsonObject":
        """Check the keys of a value; raise DocumentError for an unknown or a missing one."""
        if not isinstance(value, Mapping):
            raise DocumentError(where or "document", _("must be an object with keys"))
        read = cls(where, cast(Mapping[str, object], value))
        for key in value:
            if key not in required and key not in optional:
                raise DocumentError(read.path(str(key)), _("is not a key of a directive"))
        for key in required:
            if key not in value:
                raise DocumentError(read.path(key), _("is missing"))
        return read

    def path(self, key: str) -> str:
        """Return the full path of a key, as in `body[2].runs[0].bold`."""
        return f"{self.where}.{key}" if self.where else key

    def text(self, key: str, *, line_breaks: bool = False) -> str:
        """Return a text that must be there."""
        return clean_text(self.values[key], self.path(key), line_breaks=line_breaks)

    def text_or_none(self, key: str, *, line_breaks: bool = False) -> str | None:
        """Return a text, or None where the key is null or left out."""
        return None if self.values.get(key) is None else self.text(key, line_breaks=line_breaks)

    def choice(self, key: str, choices: Collection[str]) -> str:
        """Return a text that is one of the choices."""
        chosen = self.text(key)
        if chosen not in choices:
            raise DocumentError(self.path(key), _("must be one of: %s") % ", ".join(choices))
        return chosen

    def flag(self, key: str) -> bool:
        """Return true or false; a key that is left out is false."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise DocumentError(self.path(key), _("must be true or false"))
        return value

    def whole_number(self, key: str) -> int:
        """Return a whole number from one upwards."""
        value = self.values[key]
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise DocumentError(self.path(key), _("must be a whole number from 1"))
        return value

    def whole_numbers(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers from one upwards; a key that is left out is an empty one."""
        values = [value for _at, value in self.entries(key)]
        if any(not isinstance(value, int) or isinstance(value, bool) or value < 1 for value in values):
            raise DocumentError(self.path(key), _("must be whole numbers from 1"))
        return tuple(cast(list[int], values))

    def date_or_none(self, key: str) -> datetime.date | None:
        """Return a date written as 2026-05-27, or None."""
        written = self.text_or_none(key)
        if written is None:
            return None
        try:
            date = datetime.date.fromisoformat(written)
        except ValueError:
            date = None
        if date is None or date.isoformat() != written:
            raise DocumentError(self.path(key), _("is not a date; write it as 2026-05-27"))
        return date

    def moment_or_none(self, key: str) -> datetime.datetime | None:
        """Return a moment with its offset, written as 2026-05-27T07:30:00+07:00, or None."""
        written = self.text_or_none(key)
        if written is None:
            return None
        try:
            moment = datetime.datetime.fromisoformat(written)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise DocumentError(
                self.path(key), _("is not a time with its offset; write it as 2026-05-27T07:30:00+07:00")
            )
        return moment

    def entries(self, key: str) -> Iterator[tuple[str, object]]:
        """Yield each entry of a list with its path; a key that is left out is an empty list."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise DocumentError(self.path(key), _("must be a list"))
        for place, entry in enumerate(value):
            yield f"{self.path(key)}[{place}]", entry
