"""The glossary names things that exist, and says words that the program says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.words_to_avoid import faults_in

ROOT = Path(__file__).resolve().parents[1]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in GLOSSARY.splitlines() if line[:1] == "|"]
TERMS = [row for row in ROWS if len(row) == 3 and row[1] != "In the code" and not row[0].startswith("---")]
# The issuing body is "tác giả" in the head of the incoming book, and nowhere else.
RIGHT_IN_THE_INCOMING_BOOK = "(sổ đến: Tác giả)"


def names_in_code() -> set[str]:
    """Every class of the apps, and every attribute or method of one as `Class.name`."""
    names: set[str] = set()
    for folder in ("orgs", "directives"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef):
                    names |= {node.name, *(f"{node.name}.{name}" for name in members_of(node))}
    return names


def members_of(node: ast.ClassDef) -> set[str]:
    """The names that the body of a class defines."""
    members = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
    for part in node.body:
        targets = (
            part.targets if isinstance(part, ast.Assign) else [part.target] if isinstance(part, ast.AnnAssign) else []
        )
        members |= {target.id for target in targets if isinstance(target, ast.Name)}
    return members


def test_every_code_name_of_the_glossary_is_in_the_code() -> None:
    named = {name for _word, code, _meaning in TERMS for name in re.findall(r"`([^`]+)`", code)}
    assert len(named) > 60
    assert sorted(named - names_in_code()) == []


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term[0])
def test_the_glossary_says_no_word_that_the_office_avoids(term: tuple[str, str, str]) -> None:
    assert list(faults_in(term[0].replace(RIGHT_IN_THE_INCOMING_BOOK, ""))) == []


def test_every_term_has_a_code_name_and_a_sentence() -> None:
    assert [word for word, code, meaning in TERMS if not re.search(r"[`*]", code) or not meaning.endswith(".")] == []
