"""Render the JSON of a directive to a file, without a database."""

import hashlib
import json
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directives.document import Document, DocumentError
from directives.formats import PROFILES, Profile, profile_named
from directives.page_image import SHARP_DPI, page_images
from directives.rendering import Rendered, RenderingError, Variant, render
from directives.wordfile import word_file


@dataclass(frozen=True, slots=True)
class Wish:
    """What to write: the directive, how it is printed, and where."""

    document: Document
    profile: Profile | None
    variant: Variant
    draft_number: int | None
    output: Path

    def rendered(self) -> Rendered:
        """The pages."""
        return render(self.document, profile=self.profile, variant=self.variant, draft_number=self.draft_number)


def write_pdf(wish: Wish) -> str:
    """Write the pages as one PDF; return what to tell."""
    rendered = wish.rendered()
    wish.output.write_bytes(rendered.pdf)
    return f"{wish.output}: {rendered.pages} p., SHA-256 {rendered.sha256}"


def write_images(wish: Wish) -> str:
    """Write each page as a PNG of 192 dots per inch, X-1.png for the first; return what to tell."""
    rendered = wish.rendered()
    for number, image in enumerate(page_images(rendered.pdf, SHARP_DPI), start=1):
        wish.output.with_name(f"{wish.output.stem}-{number}.png").write_bytes(image)
    return f"{wish.output.with_name(f'{wish.output.stem}-1.png')}: {rendered.pages} p."


def write_word(wish: Wish) -> str:
    """Write the Word file; return what to tell."""
    content = word_file(wish.document, profile=wish.profile, variant=wish.variant, draft_number=wish.draft_number)
    wish.output.write_bytes(content)
    return f"{wish.output}: SHA-256 {hashlib.sha256(content).hexdigest()}"


# Which kind of file is written follows from how its name ends.
WRITERS: dict[str, Callable[[Wish], str]] = {".pdf": write_pdf, ".png": write_images, ".docx": write_word}


class Command(BaseCommand):
    """`render FILE.json -o out.pdf`; exits 1 with one line that says what does not fit."""

    help = "Render the JSON file of a directive to a PDF, to a PNG for each page, or to a Word file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the file, the output and how it is printed."""
        parser.add_argument("file", type=Path)
        parser.add_argument("-o", "--output", type=Path, required=True, help=f"ends in {' or '.join(WRITERS)}")
        parser.add_argument("--profile", choices=[profile.name for profile in PROFILES])
        parser.add_argument("--variant", choices=[variant.value for variant in Variant], default=Variant.FINAL.value)
        parser.add_argument("--draft-no", type=int, help="stands in the mark of a draft")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, render, write."""
        write = WRITERS.get(options["output"].suffix.lower())
        if write is None:
            raise CommandError(f"{options['output']}: the name must end in {' or '.join(WRITERS)}")
        try:
            wish = Wish(
                document=Document.from_json(json.loads(options["file"].read_text(encoding="utf-8"))),
                profile=profile_named(options["profile"]) if options["profile"] else None,
                variant=Variant(options["variant"]),
                draft_number=options["draft_no"],
                output=options["output"],
            )
            told = write(wish)
        except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        except (DocumentError, RenderingError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        self.stdout.write(told)
