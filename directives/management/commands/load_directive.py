"""Make a draft of a JSON file, or take it through to issued with given staff."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from directives.actions import approving, drafting, numbering_and_issuing
from directives.actions.approving import SignedPaper
from directives.actions.drafting import DraftFacts
from directives.addressing import FollowItems, addressed
from directives.document import Document, DocumentError
from directives.models import Directive
from orgs.clock import CLOCK
from orgs.directory import Directory
from orgs.member import Member
from orgs.models import Authority, Organization, Person, Post, Role
from orgs.verdicts import Refused


class Command(BaseCommand):
    """Load one directive from a file."""

    help = "Make a draft of a JSON file; --issue takes it through to issued with the given staff."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, the issuing body, its staff and how far to go."""
        parser.add_argument("file", type=Path, metavar="FILE.json")
        parser.add_argument("--issuer", required=True, metavar="CODE", help="code of the issuing body")
        parser.add_argument("--issue", action="store_true", help="take it through to issued")
        parser.add_argument("--drafter", metavar="NAME", help="sign-in name; default: the first drafter of the issuer")
        parser.add_argument(
            "--signer", metavar="NAME", help="sign-in name; default: who is named as signer in the file"
        )
        parser.add_argument("--clerk", metavar="NAME", help="sign-in name; default: the first clerk of the issuer")
        parser.add_argument(
            "--follow",
            choices=list(FollowItems),
            default=FollowItems.NAMED,
            help="which orders of the text are followed as tasks (default: those that name their units)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, say what was not recognised, and go on as far as asked."""
        issuer = _body(options["issuer"])
        document = _document(options["file"])
        found = addressed(document, Directory(issuer, CLOCK.today()), FollowItems(options["follow"]))
        for name in found.unresolved:
            self.stderr.write(f"not in the directory, or not certain: {name}")
        authority = _authority(issuer, document, options["signer"])
        drafter = _holder(issuer, Role.DRAFTER, options["drafter"])
        facts = DraftFacts(document=found.document, authority_id=authority.pk if authority else None)
        try:
            # The whole road or nothing, so that the command may simply be given again.
            with transaction.atomic():
                directive = drafting.create(issuer.pk, issuer.pk, facts, by=_member(drafter), clock=CLOCK)
                if options["issue"]:
                    clerk = _holder(issuer, Role.CLERK, options["clerk"])
                    directive = self._issue(directive, drafter, authority, clerk)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{directive.get_state_display()}: {directive} ({directive.pk})")

    def _issue(self, directive: Directive, drafter: Person, authority: Authority | None, clerk: Person) -> Directive:
        drafting.submit(directive.pk, by=_member(drafter), clock=CLOCK)
        signer = _member(authority.person) if authority else _member(drafter)
        approving.approve(directive.pk, read_version=directive.version, by=signer, clock=CLOCK)
        today = CLOCK.today()
        paper = SignedPaper(signed_on=today, sealed_on=today)
        by = _member(clerk)
        approving.note_signature(directive.pk, paper, by=by, clock=CLOCK)
        numbered = numbering_and_issuing.number(directive.pk, by=by, clock=CLOCK)
        if numbered.issued_at is not None:
            return numbered
        return numbering_and_issuing.issue(directive.pk, by=by, clock=CLOCK)


def _body(code: str) -> Organization:
    try:
        return Organization.objects.get(code=code)
    except Organization.DoesNotExist:
        raise CommandError(f"no body has the code {code}") from None


def _document(file: Path) -> Document:
    try:
        return Document.from_json(json.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not UTF-8: byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise CommandError(f"{file} is not JSON: line {error.lineno}, column {error.colno}") from error
    except DocumentError as error:
        raise CommandError(f"{file}: {error}") from error


def _authority(issuer: Organization, document: Document, username: str | None) -> Authority | None:
    authorities = Authority.objects.filter(organization=issuer).on(CLOCK.today()).select_related("person")
    if username:
        authorities = authorities.filter(person__username=username)
    elif document.signature is not None and document.signature.signer:
        authorities = authorities.filter(person__full_name=document.signature.signer)
    return authorities.first()


def _holder(issuer: Organization, role: Role, username: str | None) -> Person:
    posts = Post.objects.filter(organization=issuer, role=role).on(CLOCK.today()).select_related("person")
    if username:
        posts = posts.filter(person__username=username)
    post = posts.first()
    if post is None:
        raise CommandError(f"nobody{f' named {username}' if username else ''} is {role} in {issuer.code}")
    return post.person


def _member(person: Person) -> Member:
    return Member.of(person, CLOCK.today())
