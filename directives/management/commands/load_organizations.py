"""`manage.py load_organizations FILE.json`: the bodies of an office, before its first day."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from directives.loading import load_policies, load_review_orders, load_series
from orgs.clock import CLOCK
from orgs.loading import LoadFault, load_authorities, load_bodies, load_groups, read

PARTS = ("organizations", "groups", "series", "policies", "review_orders", "authorities")


class Command(BaseCommand):
    """Takes the whole file or nothing of it."""

    help = "Load bodies, terms, groups, first numbers, policies, orders of review and rights to sign from a JSON file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file; docs/operating.md shows one."""
        parser.add_argument("file", type=Path, metavar="FILE.json")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Load in one transaction; raises CommandError (exit 1) that names the entry and the key."""
        try:
            parts = read(file, PARTS)
            with transaction.atomic():
                counted = _load(parts)
        except LoadFault as fault:
            raise CommandError(f"{file}: {fault}. Nothing was loaded.") from fault
        self.stdout.write(", ".join(f"{number} {part}" for part, number in counted.items()))


def _load(parts: dict[str, list[Any]]) -> dict[str, int]:
    now = CLOCK.now()
    bodies = load_bodies(parts["organizations"], at=now)
    return {
        "organizations": len(parts["organizations"]),
        "groups": load_groups(parts["groups"], bodies),
        "series": load_series(parts["series"], bodies),
        "policies": load_policies(parts["policies"], bodies),
        "review_orders": load_review_orders(parts["review_orders"], bodies),
        "authorities": load_authorities(parts["authorities"], at=now),
    }
