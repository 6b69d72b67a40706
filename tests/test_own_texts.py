"""The twins of the samples, which this project wrote itself."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from directives.document import Document

ROOT = Path(__file__).resolve().parents[1]
TWINS = sorted((ROOT / "tests" / "twins").glob("*.json"))

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
