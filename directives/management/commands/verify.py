"""`manage.py verify`: what the database says is still there, byte for byte, and its counts are right."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from directives import months
from directives.models import IssuedCopy, RegisterEntry
from directives.verification import damaged_files, gaps_of_the_register, papers_without_copy


class Command(BaseCommand):
    """Reads every stored file once; CommandError (exit 1) after the last fault."""

    help = (
        "Compare every stored paper with its SHA-256, look for missing numbers and copies, and count kept counts anew."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """`--count-anew` mends the counts of the statistics."""
        parser.add_argument("--count-anew", action="store_true", help="first count anew what is kept by month")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say every fault on a line of its own."""
        if options["count_anew"]:
            months.count_anew()
        faults = 0
        for find in (damaged_files, papers_without_copy, gaps_of_the_register, months.wrong_counts):
            for fault in find():
                self.stdout.write(f"!! {fault}")
                faults += 1
        if faults:
            raise CommandError(f"{faults} faults; the lines marked !! say where.")
        copies, numbers = IssuedCopy.objects.count(), RegisterEntry.objects.count()
        self.stdout.write(f"{copies} copies and {numbers} numbers are as they were written")
