"""Write docs/workflow.md from the tables of directives/workflow.py."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from directives.workflow import MACHINES, Machine

FILE = settings.ROOT / "docs" / "workflow.md"
HEAD = """# The state machines

Generated from `directives/workflow.py` by `manage.py workflow`; a test compares the two. A step without roles is the
machine's own. What is not here (late, due soon, sent to 12 of 60) is derived and never stored.
"""


class Command(BaseCommand):
    """Write the page, or with --check only compare it."""

    help = "Write docs/workflow.md from the tables; --check fails when the page is out of date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Only --check."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or compare."""
        page = workflow_page()
        if not options["check"]:
            FILE.write_text(page, encoding="utf-8")
        elif not FILE.exists() or FILE.read_text(encoding="utf-8") != page:
            raise CommandError("docs/workflow.md is out of date: run manage.py workflow")


def workflow_page() -> str:
    """The page in English, with a table and a diagram for each machine."""
    with translation.override("en"):
        return HEAD + "".join(_section(name, machine) for name, machine in MACHINES.items())


def _section(name: str, machine: Machine) -> str:
    rows = [
        f"| {step.value} | {', '.join(move.sources) or '(new)'} | {move.target} "
        f"| {', '.join(role.value for role in move.roles) or '(the machine)'} |"
        for step, move in machine.items()
    ]
    arrows = [
        f"    {source or '[*]'} --> {move.target}: {step.value}"
        for step, move in machine.items()
        for source in (move.sources or ("",))
    ]
    table = "\n".join(["| Step | From | To | Who |", "|---|---|---|---|", *rows])
    diagram = "\n".join(["```mermaid", "stateDiagram-v2", *arrows, "```"])
    return f"\n## {name}\n\n{table}\n\n{diagram}\n"
