"""A name in prose and the bodies it may mean: aliases, abbreviations, tone variants. It offers; a person decides."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from orgs.models import Organization, OrganizationVersion, RecipientGroup
from orgs.vietnamese import tone_last

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


class Directory:
    """The names of one day, as one committee uses them; built once, asked many times."""

    def __init__(self, owner: Organization, day: date) -> None:
        self._meanings: dict[str, list[Meaning]] = defaultdict(list)
        for group in RecipientGroup.objects.filter(owner=owner):
            kind: Literal["group", "posts"] = "posts" if group.kind == "posts" else "group"
            self._learn(Meaning(kind, group.code, group.name), [group.name, *group.aliases])
        latest = OrganizationVersion.objects.filter(valid_from__lte=day).order_by("organization_id", "-valid_from")
        for version in latest.distinct("organization_id").select_related("organization"):
            if not version.organization.has_ended(day):
                meaning = Meaning("organization", version.organization.code, version.name)
                self._learn(meaning, [version.name, version.short_name, *version.aliases])

    def suggest(self, text: str) -> Match:
        """What this line may mean: the whole line, or each of its parts between commas and "và".

        A name that several bodies share is offered with all of them and is not certain.
        """
        whole = self._meanings.get(key_of(text), [])
        if whole:
            return Match(text, tuple(whole), certain=len(whole) == 1)
        found: list[Meaning] = []
        certain = True
        for part in parts_of(text):
            meanings = self._meanings.get(key_of(part), [])
            found += [meaning for meaning in meanings if meaning not in found]
            certain = certain and len(meanings) == 1
        return Match(text, tuple(found), certain=certain and bool(found))

    def _learn(self, meaning: Meaning, names: Iterable[str]) -> None:
        for key in {key_of(name) for name in names if name}:
            if meaning not in self._meanings[key]:
                self._meanings[key].append(meaning)


def key_of(name: str) -> str:
    """The form under which names are compared: lower case, short forms spelled out, tone placement folded, no brackets.

    The letters themselves keep their accents: "Hòa An" and "Hoà An" are one name, "Hóa An" is another.
    """
    words = re.sub(r"\([^)]*\)", " ", unicodedata.normalize("NFC", name).lower())
    for leading in LEADING:
        words = words.strip().removeprefix(leading)
    spelled = [ABBREVIATIONS.get(word, word) for word in re.findall(r"[\w/]+", words)]
    return " ".join(tone_last(syllable) for word in spelled for syllable in word.split())


def parts_of(text: str) -> list[str]:
    """The names in a line that lists several: split at commas, semicolons and "và", without what stands in brackets."""
    return [part.strip() for part in re.split(r"[,;]|\bvà\b", re.sub(r"\([^)]*\)", " ", text)) if part.strip()]
