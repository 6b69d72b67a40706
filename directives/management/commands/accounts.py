"""`manage.py accounts FILE.xlsx --slips OUT.pdf`: accounts for many people, with a slip to hand to each."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from directives.rendering import RenderingError, Slip, slips
from orgs import accounts_file
from orgs.accounts import NewAccount, RowsRefused, checked, make
from orgs.clock import CLOCK
from orgs.models import Organization, Role


class Command(BaseCommand):
    """Checks every row first; then makes all accounts and prints all slips, or nothing."""

    help = "Make accounts with posts from an .xlsx list and print the sign-in slips; --template writes an empty list."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The list and the PDF of the slips, or the empty list to write."""
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE.xlsx")
        parser.add_argument("--dry-run", action="store_true", help="only check, and show what would be made")
        parser.add_argument("--slips", type=Path, metavar="OUT.pdf", help="the slips, four to a page")
        parser.add_argument("--template", type=Path, metavar="OUT.xlsx", help="write an empty list to fill in")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked; raises CommandError (exit 1) with one line for each fault."""
        if options["template"]:
            self._write_template(options["template"])
            return
        if not options["file"] or not (options["slips"] or options["dry_run"]):
            raise CommandError("Name the list and where the slips go: accounts FILE.xlsx --slips OUT.pdf")
        try:
            accounts = checked(accounts_file.read(options["file"]), today=CLOCK.today())
            if not options["dry_run"]:
                _make_and_print(accounts, options["slips"])
        except (accounts_file.FileRefused, RowsRefused, RenderingError) as refusal:
            raise CommandError(f"{refusal}\nNothing was made.") from refusal
        except FileExistsError as error:
            raise CommandError(f"{error.filename} exists; name another file. Nothing was made.") from error
        self._tell(accounts, made=not options["dry_run"])

    def _write_template(self, path: Path) -> None:
        day = CLOCK.today()
        bodies = Organization.objects.active_on(day).named_as_of(day).values_list("code", "current_name")
        roles = [(str(role.value), str(role.label)) for role in Role]
        accounts_file.write_template(path, roles, [(code, name or "") for code, name in bodies])
        self.stdout.write(str(path))

    def _tell(self, accounts: list[NewAccount], *, made: bool) -> None:
        for account in accounts:
            posts = "; ".join(f"{post.role.label} ({post.organization.code})" for post in account.posts)
            self.stdout.write(f"{account.username:<16}{account.full_name:<28}{posts}")
        self.stdout.write(f"{len(accounts)} accounts {'made' if made else 'would be made'}")


def _make_and_print(accounts: list[NewAccount], path: Path) -> None:
    """Without the slips nobody could sign in, so they are on the disk before the accounts are."""
    printed = slips([_slip(account) for account in accounts], settings.SITE_URL)
    with transaction.atomic():
        make(accounts, clock=CLOCK)
        # Only its owner may read it: it holds passwords.
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(printed)
            file.flush()
            os.fsync(file.fileno())


def _slip(account: NewAccount) -> Slip:
    posts = (
        f"{post.title or post.role.label}, {post.organization.as_of(max(post.starts_on, CLOCK.today())).name}"
        for post in account.posts
    )
    return Slip(account.full_name, tuple(posts), account.username, account.password)
