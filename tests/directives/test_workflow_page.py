"""The page of the state machines says what the tables say."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directives.management.commands import workflow
from directives.workflow import MACHINES


def test_the_page_is_the_one_that_the_tables_make() -> None:
    page = workflow.FILE.read_text(encoding="utf-8")
    assert page == workflow.workflow_page(), "run manage.py workflow"


def test_the_page_names_every_step_and_state_of_every_machine() -> None:
    sections = workflow.workflow_page().split("\n## ")[1:]
    assert [section.splitlines()[0] for section in sections] == list(MACHINES)
    for section, machine in zip(sections, MACHINES.values(), strict=True):
        for step, move in machine.items():
            assert f"| {step.value} | {', '.join(move.sources) or '(new)'} | {move.target} |" in section


def test_a_page_that_is_out_of_date_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = tmp_path / "workflow.md"
    monkeypatch.setattr(workflow, "FILE", page)
    with pytest.raises(CommandError, match="out of date"):
        call_command("workflow", "--check")
    call_command("workflow")
    call_command("workflow", "--check")
    page.write_text(page.read_text(encoding="utf-8") + "| invented | draft | issued | clerk |\n", encoding="utf-8")
    with pytest.raises(CommandError, match="out of date"):
        call_command("workflow", "--check")
