"""A name in prose and the bodies it may mean: aliases, abbreviations, tone variants. It offers; a person decides."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal
from uuid import UUID

from django.db.models import Max

from orgs.models import Event, Organization, OrganizationVersion, RecipientGroup
from orgs.vietnamese import fold, tone_last

ABBREVIATIONS = {
    "bch": "ban chấp hành",
    "btv": "ban thường vụ",
    "bcđ": "ban chỉ đạo",
    "bxdđ": "ban xây dựng đảng",
    "bđbp": "bộ đội biên phòng",
    "đ/c": "đồng chí",
    "đu": "đảng ủy",
    "hđnd": "hội đồng nhân dân",
    "hu": "huyện ủy",
    "mttq": "mặt trận tổ quốc",
    "mttqvn": "mặt trận tổ quốc việt nam",
    "tu": "tỉnh ủy",
    "ubkt": "ủy ban kiểm tra",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "ubmttqvn": "ủy ban mặt trận tổ quốc việt nam",
    "ubnd": "ủy ban nhân dân",
    "vphu": "văn phòng huyện ủy",
    "vptu": "văn phòng tỉnh ủy",
    "vpđu": "văn phòng đảng ủy",
    "vp": "văn phòng",
}
"""Short forms that mean the same words wherever they occur (words.md 4); those with several readings are not here."""

_SPELLED_OUT = {fold(short): fold(words) for short, words in ABBREVIATIONS.items()}
_WORD = re.compile(r"[\w/]+")
# No name runs over these signs; they stand in no key.
_WORD_OR_END = re.compile(r"[\w/]+|[;:()]")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_LEADING_WORDS = re.compile(r"\b(?:các|những|đồng chí|toàn thể)\s+$", re.IGNORECASE)
LEADING = ("các ", "những ", "đồng chí ", "toàn thể ")


@dataclass(frozen=True, slots=True)
class Meaning:
    """One body or group that a name may mean."""

    kind: Literal["organization", "group", "posts"]
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Match:
    """What a line of text may mean; `certain` when every part of it was recognised without doubt."""

    text: str
    meanings: tuple[Meaning, ...] = ()
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """A body that a text names and that exists no longer, with the bodies that took over what it had open."""

    name: str
    ended_on: date
    successors: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A body or group that a text names: where its words stand (`text[start:end]`) and what they may mean."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]


class Directory:
    """The names of one day, as one committee uses them; built once, asked many times."""

    def __init__(self, owner: Organization, day: date) -> None:
        self._day = day
        self._meanings: dict[str, list[Meaning]] = defaultdict(list)
        self._begins: set[str] = set()
        self._names: list[tuple[str, Meaning]] = []
        self._ended: dict[str, tuple[str, UUID, date]] = {}
        self._standing: dict[UUID, Meaning] = {}
        self._known: dict[tuple[str, str], str] = {}
        for group in RecipientGroup.objects.filter(owner=owner):
            kind: Literal["group", "posts"] = "posts" if group.kind == "posts" else "group"
            self._learn(Meaning(kind, group.code, group.name), [group.name, *group.aliases])
            self._known[kind, group.code] = group.name
        for body, code, ended_on, name, short_name, aliases in _latest_versions(day):
            names = [each for each in (name, short_name, *aliases) if each]
            self._known["organization", code] = name
            if ended_on is None or ended_on > day:
                meaning = Meaning("organization", code, name)
                self._standing[body] = meaning
                self._learn(meaning, names)
            else:
                self._ended |= dict.fromkeys(map(key_of, names), (name, body, ended_on))
        self._names.sort(key=lambda named: (len(named[1].name), named[1].name))

    def suggest(self, text: str) -> Match:
        """What this line may mean: the whole line, or each of its parts between commas and "và".

        A name that several bodies share is offered with all of them and is not certain.
        """
        whole = self.bearing(text)
        if whole:
            return Match(text, whole, certain=len(whole) == 1)
        found: list[Meaning] = []
        certain = True
        for part in parts_of(text):
            meanings = self.bearing(part)
            found += [meaning for meaning in meanings if meaning not in found]
            certain = certain and len(meanings) == 1
        return Match(text, tuple(found), certain=certain and bool(found))

    def bearing(self, name: str) -> tuple[Meaning, ...]:
        """Every body and group that bears this name today, as a whole."""
        return tuple(self._meanings.get(key_of(name), ()))

    def ended(self, text: str) -> Ended | None:
        """The body of the past that this name means; None where a body of today bears it, or nobody ever did."""
        known = None if key_of(text) in self._meanings else self._ended.get(key_of(text))
        if known is None:
            return None
        name, body, ended_on = known
        successors = Organization.objects.get(pk=body).carried_on_by(self._day)
        return Ended(name, ended_on, tuple(self._standing[each.pk] for each in successors if each.pk in self._standing))

    def named_in(self, text: str) -> Iterator[Named]:
        """Yield each name that stands in the text, the longest that begins at a word first; they do not overlap."""
        words = [(found.start(), found.end(), _spelled(found[0])) for found in _WORD_OR_END.finditer(text)]
        place = 0
        while place < len(words):
            last, key = self._longest_from(words, place)
            # An abbreviation is written in capitals: "tu sửa" speaks of repairs, not of TU.
            if last == place and text[words[place][0] : words[place][1]].islower():
                key = ""
            if key:
                start = _with_leading_words(text, words[place][0])
                yield Named(start, words[last][1], tuple(self._meanings[key]))
            place = last + 1 if key else place + 1

    def beginning_with(self, typed: str, most: int) -> list[Meaning]:
        """At most `most` bodies and groups with a name of which a word begins as typed; short names come first.

        Letters typed without accents stand for those with accents too, a short form ("vptu") for its words.
        """
        words = fold(typed).split()
        wanted = {" " + " ".join(words), " " + " ".join(_SPELLED_OUT.get(word, word) for word in words)}
        found: dict[Meaning, None] = {}
        for folded, meaning in self._names:
            if any(begin in folded for begin in wanted):
                found[meaning] = None
                if len(found) == most:
                    break
        return list(found)

    def name_of(self, kind: str, code: str) -> str:
        """The name of a target, of a body that has ended too; an empty text where there is none."""
        return self._known.get((kind, code), "")

    def _longest_from(self, words: list[tuple[int, int, str]], first: int) -> tuple[int, str]:
        """The last word of the longest name that begins at `first`, with its key; an empty key where none does."""
        key, found, last = "", "", first
        for place in range(first, len(words)):
            key = f"{key} {words[place][2]}" if key else words[place][2]
            if key in self._meanings:
                found, last = key, place
            if key not in self._begins:
                break
        return last, found

    def _learn(self, meaning: Meaning, names: Iterable[str]) -> None:
        for name in filter(None, names):
            self._names.append((" " + fold(name), meaning))
            key = key_of(name)
            if meaning not in self._meanings[key]:
                self._meanings[key].append(meaning)
            syllables = key.split()
            self._begins.update(" ".join(syllables[:length]) for length in range(1, len(syllables)))


def directory_of(owner: Organization, day: date) -> Directory:
    """The directory, built again only after something was done to a body or a group."""
    versions = OrganizationVersion.objects.aggregate(last=Max("pk"))["last"]
    acts = Event.objects.filter(subject_kind=Organization._meta.label_lower).aggregate(last=Max("pk"))["last"]
    groups = RecipientGroup.objects.filter(owner=owner).aggregate(last=Max("pk"))["last"]
    return _built(owner.pk, day, (versions, acts, groups))


def forget_directories() -> None:
    """Build each directory anew when it is next asked for."""
    _built.cache_clear()


def _latest_versions(day: date) -> Iterable[Any]:
    """Of each body: its key and code, the day on which it ended, its name, short name and aliases of the day."""
    known = OrganizationVersion.objects.filter(valid_from__lte=day).order_by("organization_id", "-valid_from")
    facts = ("organization_id", "organization__code", "organization__ended_on", "name", "short_name", "aliases")
    return known.distinct("organization_id").values_list(*facts)


@lru_cache(maxsize=4)
def _built(owner_id: UUID, day: date, state: tuple[int | None, ...]) -> Directory:
    return Directory(Organization.objects.get(pk=owner_id), day)


def in_full(text: str, name: str) -> bool:
    """Whether the text is this very name: no alias, nothing abbreviated; case and the place of tones do not matter."""
    return _plain(text) == _plain(name)


def key_of(name: str) -> str:
    """The form under which names are compared: lower case, short forms spelled out, tone placement folded, no brackets.

    The letters themselves keep their accents: "Hòa An" and "Hoà An" are one name, "Hóa An" is another.
    """
    words = _IN_BRACKETS.sub(" ", unicodedata.normalize("NFC", name).lower())
    for leading in LEADING:
        words = words.strip().removeprefix(leading)
    return " ".join(_spelled(word) for word in _WORD.findall(words))


def _plain(name: str) -> list[str]:
    return [tone_last(word) for word in _WORD.findall(unicodedata.normalize("NFC", name).lower())]


def _with_leading_words(text: str, start: int) -> int:
    leading = _LEADING_WORDS.search(text, max(0, start - 20), start)
    return leading.start() if leading else start


@lru_cache(maxsize=20_000)  # names are made of few words
def _spelled(word: str) -> str:
    """A word as names are compared: a short form in full, each syllable with its tone at the end."""
    written = unicodedata.normalize("NFC", word).lower()
    return " ".join(tone_last(syllable) for syllable in ABBREVIATIONS.get(written, written).split())


def parts_of(text: str) -> list[str]:
    """The names in a line that lists several: split at commas, semicolons and "và", without what stands in brackets."""
    return [part.strip() for part in re.split(r"[,;]|\bvà\b", _IN_BRACKETS.sub(" ", text)) if part.strip()]
