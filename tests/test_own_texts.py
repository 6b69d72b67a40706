"""The texts that this project wrote itself: the twins of the samples, and the papers of the demo."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from directives.document import Document
from orgs.models import Role

ROOT = Path(__file__).resolve().parents[1]
TWINS = sorted((ROOT / "tests" / "twins").glob("*.json"))
DEMO = ROOT / "directives" / "demo"
PAPERS: list[dict[str, Any]] = json.loads((DEMO / "directives.json").read_text(encoding="utf-8"))
PEOPLE: list[dict[str, Any]] = json.loads((DEMO / "people.json").read_text(encoding="utf-8"))
BODIES: dict[str, Any] = json.loads((DEMO / "organizations.json").read_text(encoding="utf-8"))

# Keys whose value is structure; of every other key only the type of the value counts.
STRUCTURE = {"type", "profile", "kind", "marker", "prefix", "suffix", "role", "task", "bold", "italic", "archive"}
# A run of words this long in both texts would be a copy; shorter ones are formulas of the office.
WORDS_OF_A_COPY = 10


def shape_of(value: Any, key: str = "") -> Any:
    """The value with its words taken out."""
    if isinstance(value, dict):
        return {name: shape_of(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [shape_of(part) for part in value]
    return value if key in STRUCTURE else type(value).__name__


def runs_of_words(value: Any) -> Iterator[tuple[str, ...]]:
    """Every run of ten words inside one text of the value."""
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from runs_of_words(part)
    elif isinstance(value, str):
        words = re.findall(r"\w+", unicodedata.normalize("NFC", value).casefold())
        yield from (tuple(words[at : at + WORDS_OF_A_COPY]) for at in range(len(words) - WORDS_OF_A_COPY + 1))


def with_deadlines(paper: dict[str, Any]) -> dict[str, Any]:
    """The demo paper's document with its deadlines counted from a day, as the loader does it."""

    def dated(block: dict[str, Any]) -> dict[str, Any]:
        rest = {key: value for key, value in block.items() if key != "deadline_days"}
        if "deadline_days" in block:
            rest["deadline"] = (date(2026, 11, 22) + timedelta(days=block["deadline_days"])).isoformat()
        return {**rest, "children": [dated(child) for child in block["children"]]}

    return {**paper["document"], "body": [dated(block) for block in paper["document"]["body"]]}


def block_at(paper: dict[str, Any], path: list[int]) -> dict[str, Any]:
    """The block of a demo paper at this path of positions."""
    block = paper["document"]["body"][path[0]]
    for position in path[1:]:
        block = block["children"][position]
    return dict(block)


@pytest.mark.parametrize("twin", TWINS, ids=lambda path: path.stem)
def test_a_twin_has_the_structure_of_its_sample_and_none_of_its_sentences(twin: Path, samples: Path) -> None:
    (sample,) = samples.glob(f"{twin.name[:3]}_*.json")
    ours, theirs = (json.loads(path.read_text(encoding="utf-8")) for path in (twin, sample))
    assert shape_of(ours) == shape_of(theirs)
    assert set(runs_of_words(ours)) & set(runs_of_words(theirs)) == set()


@pytest.mark.parametrize("twin", TWINS, ids=lambda path: path.stem)
def test_a_twin_is_read_and_written_without_loss(twin: Path) -> None:
    text = twin.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert Document.from_json(json.loads(text)).to_json() == json.loads(text)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper["state"])
def test_a_demo_paper_is_read_and_written_without_loss(paper: dict[str, Any]) -> None:
    document = with_deadlines(paper)
    assert Document.from_json(document).to_json() == document


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper["state"])
def test_a_demo_paper_names_only_bodies_groups_and_people_of_the_demo(paper: dict[str, Any]) -> None:
    document = Document.from_json(with_deadlines(paper))
    targets = [target for part in (*document.addressees, *document.distribution) for target in part.targets]
    targets += [target for block, _ancestors in document.walk() for target in block.targets]
    known = {part["code"] for part in (*BODIES["organizations"], *BODIES["groups"])}
    assert {target.code for target in targets} <= known
    assert {paper["drafter"], paper["signer"]} <= {person["username"] for person in PEOPLE}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper["state"])
def test_what_units_do_in_the_demo_answers_items_that_are_followed(paper: dict[str, Any]) -> None:
    acts = [act for name in ("started", "reports", "confirmed", "asked_more") for act in paper.get(name, [])]
    paths = [path for act in acts for path in act.get("items", [act.get("item")])]
    assert all(block_at(paper, path).get("follow") in {"task", "each"} for path in paths)


def test_the_demo_has_twelve_people_in_every_role_and_six_units() -> None:
    assert len(PEOPLE) == 12
    assert {post["role"] for person in PEOPLE for post in person["posts"]} == {role.value for role in Role}
    assert sum(body["kind"] not in {"province_committee", "office"} for body in BODIES["organizations"]) == 6


def test_the_demo_signers_have_an_authority_for_what_they_sign() -> None:
    lines = {person["username"]: person["authorities"] for person in PEOPLE}
    for paper in PAPERS:
        kind, printed = paper["document"]["type"], paper["document"]["signature"]["lines"]
        assert any(
            authority["lines"] == printed and (not authority["types"] or kind in authority["types"])
            for authority in lines[paper["signer"]]
        ), paper["state"]
