"""Look the JSON of a directive through for faults of form, without a database."""

import dataclasses
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directives.document import Document, DocumentError
from directives.findings import Finding, Severity, findings


class Command(BaseCommand):
    """`lint FILE.json`; exits 1 when something is wrong, not when something is only to be checked."""

    help = "Look the JSON file of a directive through for faults of form."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the file, how far it has come, and how to answer."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--draft", action="store_true", help="number and date are not expected yet")
        parser.add_argument("--json", action="store_true", help="answer with a JSON list of findings")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, look through, tell."""
        try:
            document = Document.from_json(json.loads(options["file"].read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError, DocumentError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        found = findings(document, numbered=not options["draft"])
        if options["json"]:
            written = [dataclasses.asdict(finding) for finding in found]
            self.stdout.write(json.dumps(written, ensure_ascii=False, indent=1))
        else:
            for finding in found:
                self.stdout.write(_line(finding))
        if any(finding.severity is Severity.ERROR for finding in found):
            sys.exit(1)


def _line(finding: Finding) -> str:
    where = f"{finding.part.label} “{finding.quote}”" if finding.quote else finding.part.label
    source = f" ({finding.clause})" if finding.clause else ""
    return f"{finding.severity.label}: {where}: {finding.words}{source} [{finding.rule}]"
