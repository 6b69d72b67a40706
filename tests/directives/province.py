"""The large demo's data as the tests read it: the papers by name, the directory, the people, and who is meant."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from directives.blocks import Block, Target
from directives.demo.dates import with_dates
from directives.document import Document

TODAY = date(2026, 11, 22)
FOLDER = Path(__file__).resolve().parents[2] / "directives" / "demo"
PAPERS: dict[str, dict[str, Any]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((FOLDER / "texts").glob("*.json"))
}
DIRECTORY: dict[str, Any] = json.loads((FOLDER / "organizations.json").read_text(encoding="utf-8"))
PEOPLE: dict[str, dict[str, Any]] = {
    person["username"]: person for person in json.loads((FOLDER / "people.json").read_text(encoding="utf-8"))
}
BODIES: dict[str, dict[str, Any]] = {body["code"]: body for body in DIRECTORY["organizations"]}
GROUPS: dict[tuple[str, str], dict[str, Any]] = {
    (group["owner"], group["code"]): group for group in DIRECTORY["groups"]
}

WORDS_OF_A_COPY = 8
"""A sentence this long that stands elsewhere too is a copy; shorter ones are formulas of the office."""


def document_of(paper: dict[str, Any]) -> Document:
    return Document.from_json(with_dates(paper["document"], TODAY))


def texts_of(value: Any, key: str = "") -> Iterator[str]:
    """Every text of the value that is printed, without codes and names of keys."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from texts_of(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from texts_of(part, key)
    elif isinstance(value, str) and key in {"text", "reason", "decision", "decided_by", "product", "meeting_note"}:
        yield value


def runs_of_words(value: Any, length: int) -> Iterator[tuple[str, ...]]:
    for text in texts_of(value):
        words = folded(text).split()
        yield from (tuple(words[at : at + length]) for at in range(len(words) - length + 1))


def sentences_of(text: str) -> list[str]:
    return re.split(r"(?<=[.:;])\s", text)


def folded(text: str) -> str:
    """The words alone, so that punctuation and capitals hide no copy."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold()))


def is_long(sentence: str) -> bool:
    return len(sentence.split()) >= WORDS_OF_A_COPY


def block_at(paper: dict[str, Any], path: list[int]) -> Block:
    block = document_of(paper).body[path[0]]
    for place in path[1:]:
        block = block.children[place]
    return block


def bodies_of(targets: Iterable[Target], issuer: str) -> list[str]:
    """The codes of the bodies that these targets mean, as the issuer's own groups spell them out."""
    found: list[str] = []
    for target in targets:
        if target.kind == "organization":
            found.append(target.code)
        elif target.kind == "group":
            found += [member["organization"] for member in GROUPS[issuer, target.code]["members"]]
    return found


def reached(paper: dict[str, Any]) -> set[str]:
    """Every body that the paper is sent to: on its lines, and with a task only."""
    document = document_of(paper)
    targets = [target for line in (*document.addressees, *document.distribution) for target in line.targets]
    targets += [target for block, _ancestors in document.walk() if block.follow for target in block.targets]
    return set(bodies_of(targets, paper["issuer"]))


def holds(username: str, body: str, roles: set[str], days_ago: int) -> bool:
    """True when the person holds one of these roles in the body on that day."""
    day = (TODAY - timedelta(days=days_ago)).isoformat()
    return any(
        post["organization"] == body
        and post["role"] in roles
        and post["starts_on"] <= day <= (post.get("ends_on") or day)
        for post in PEOPLE[username]["posts"]
    )


def acts_of(paper: dict[str, Any], *names: str) -> list[dict[str, Any]]:
    return [act for name in names for act in paper.get(name, [])]


def paths_of(act: dict[str, Any]) -> list[list[int]]:
    return list(act["items"]) if "items" in act else [act["item"]]


def blocks_of(paper: dict[str, Any]) -> Iterator[dict[str, Any]]:
    waiting = list(paper["document"]["body"])
    while waiting:
        block = waiting.pop()
        waiting += block["children"]
        yield block
