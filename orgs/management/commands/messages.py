"""`manage.py messages`: the Vietnamese catalogue."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import catalogue
from config.messages import collect


class Command(BaseCommand):
    """Collects the strings of the program into the catalogue and says what has no Vietnamese yet."""

    help = "Bring the Vietnamese catalogue up to date, check it, or compile it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The two other ways to run it; without either the catalogue is brought up to date."""
        way = parser.add_mutually_exclusive_group()
        way.add_argument("--check", action="store_true", help="change nothing; exit 1 when something is missing")
        way.add_argument("--compile", action="store_true", help="write the compiled catalogue beside the text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked; `--check` raises CommandError (exit 1) with every fault it found."""
        path = settings.ROOT / catalogue.CATALOGUE
        if options["compile"]:
            self.stdout.write(str(catalogue.compile_catalogue(path).relative_to(settings.ROOT)))
            return
        old = catalogue.opened(path)
        new = catalogue.brought_up_to_date(old, collect(settings.ROOT))
        faults = [f"no Vietnamese: {text}" for text in catalogue.lacking(new)]
        faults += [f"other placeholders than the English: {text}" for text in catalogue.with_other_placeholders(new)]
        if not options["check"]:
            catalogue.write(new, path)
            self.stdout.write("\n".join([*faults, f"{len(new)} strings in {catalogue.CATALOGUE}"]))
            return
        if str(new) != str(old):
            faults.insert(0, "the catalogue is not up to date: run manage.py messages")
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write(f"{len(new)} strings, all with their Vietnamese")
