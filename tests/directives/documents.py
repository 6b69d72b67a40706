"""The texts that tests of documents go through: five samples where they are at hand, and five twins of our own."""

import json
from pathlib import Path
from typing import Any

import pytest

from directives.document import Block, BlockKind, Cell, Document, Issuer, Number, Run, Subject

TWINS = Path(__file__).parents[1] / "twins"
NAMES = [f"{kind} {place:03}" for kind in ("sample", "twin") for place in range(5)]


def json_of(name: str, request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return the JSON of "sample 000" or "twin 000"; skip the test where the samples are absent."""
    kind, number = name.split()
    folder = TWINS if kind == "twin" else request.getfixturevalue("samples")
    content: dict[str, Any] = json.loads(next(folder.glob(f"{number}*.json")).read_text(encoding="utf-8"))
    return content


def twin(number: int) -> Document:
    """Return one of our own texts."""
    return Document.from_json(json.loads(next(TWINS.glob(f"{number:03}*.json")).read_text(encoding="utf-8")))


def letter(*body: Block, **parts: Any) -> Document:
    """Return a short công văn with this body; any part may be given."""
    usual: dict[str, Any] = {
        "issuer": Issuer(None, "TỈNH ỦY BẠCH SƠN", "TU"),
        "number": Number(12, "", "CV/TU"),
        "subject": Subject("V/v", "kiểm tra đê điều"),
    }
    return Document(type="CV", profile="HD05", body=body, **{**usual, **parts})


def paragraph(text: str, **facts: Any) -> Block:
    """Return a plain paragraph."""
    return Block(BlockKind.PARAGRAPH, runs=(Run(text),), **facts)


def item(marker: str, text: str, *children: Block, **facts: Any) -> Block:
    """Return an item with what stands beneath it."""
    return Block(BlockKind.ITEM, marker, (Run(text),), children, **facts)


def row(*cells: str, **facts: Any) -> Block:
    """Return one row of a table."""
    return Block(BlockKind.ROW, cells=tuple(Cell((Run(text),)) for text in cells), **facts)


def table(*rows: Block, **facts: Any) -> Block:
    """Return a table, of two small rows where none is given; the first is repeated on every page."""
    return Block(
        BlockKind.TABLE, children=rows or (row("TT", "Nội dung"), row("1", "Đê tả")), **{"head_rows": 1, **facts}
    )
