"""Render the JSON of a directive to PDF, without a database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directives.document import Document, DocumentError
from directives.formats import PROFILES, profile_named
from directives.rendering import RenderingError, Variant, render


class Command(BaseCommand):
    """`render FILE.json -o out.pdf`; exits 1 with one line that says what does not fit."""

    help = "Render the JSON file of a directive to a PDF."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the file, the PDF and how it is printed."""
        parser.add_argument("file", type=Path)
        parser.add_argument("-o", "--output", type=Path, required=True)
        parser.add_argument("--profile", choices=[profile.name for profile in PROFILES])
        parser.add_argument("--variant", choices=[variant.value for variant in Variant], default=Variant.FINAL.value)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, render, write."""
        profile = profile_named(options["profile"]) if options["profile"] else None
        try:
            document = Document.from_json(json.loads(options["file"].read_text(encoding="utf-8")))
            rendered = render(document, profile=profile, variant=Variant(options["variant"]))
            options["output"].write_bytes(rendered.pdf)
        except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        except (DocumentError, RenderingError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        self.stdout.write(f"{options['output']}: {rendered.pages} p., SHA-256 {rendered.sha256}")
