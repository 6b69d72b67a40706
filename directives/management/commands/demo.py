"""Load the demo: a fictional committee with its people and papers, dated relative to today."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from directives.demo.papers import load_papers
from directives.demo.staff import PASSWORD, is_loaded, load_organizations, load_people, load_substitutions, sign_ins
from orgs.models import Organization


class Command(BaseCommand):
    """Load the demo once; a second run only prints the sign-ins."""

    help = "Load the demo and print its sign-ins; refuses where a real organization exists."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Only --everybody."""
        parser.add_argument("--everybody", action="store_true", help="print the sign-ins of all people of the demo")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything in one transaction, or nothing."""
        if not is_loaded():
            if Organization.objects.exists():
                raise CommandError("this database holds real organizations; the demo is for an empty one")
            with transaction.atomic():
                load_organizations()
                load_people()
                load_substitutions()
                load_papers()
        self.stdout.write(sign_ins(everybody=options["everybody"]))
        self.stdout.write(f"Mật khẩu / password: {PASSWORD}")
        self.stdout.write("Mọi tài khoản / everybody: .venv/bin/python manage.py demo --everybody")
