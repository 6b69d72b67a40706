"""Let a file be the text of a draft, choose how it stands, or let the draft be written here again."""

from __future__ import annotations

import dataclasses
from uuid import UUID

from django.utils.translation import gettext as _

from directives import filestore, scans
from directives.actions import drafting
from directives.actions.drafting import DraftFacts
from directives.document import Document
from directives.models import Directive
from directives.text_file import TextFile
from directives.uploads import CheckedFile, FileKind
from orgs.clock import Clock
from orgs.member import Member
from orgs.verdicts import Refused


def put(
    directive_id: UUID, file: CheckedFile | None, *, alone: bool, version: int, by: Member, clock: Clock
) -> Directive:
    """Let this file be the text, or without one choose anew how the present one stands; raises Refused."""
    directive = Directive.objects.select_related("issuer").get(pk=directive_id)
    kept = stored(file) if file else directive.text_file
    if kept is None:
        raise Refused(_("Choose the file that is the text of the paper."))
    chosen = dataclasses.replace(kept, alone=alone or kept.kind == FileKind.WORD)
    return _edit(directive, chosen, version, by, clock)


def take_away(directive_id: UUID, *, version: int, by: Member, clock: Clock) -> Directive:
    """Let the draft be written here again; what was typed is printed from now on. Raises Refused."""
    directive = Directive.objects.select_related("issuer").get(pk=directive_id)
    return _edit(directive, None, version, by, clock)


def stored(file: CheckedFile) -> TextFile:
    """The file, kept; raises Refused for anything but PDF and Word."""
    if file.kind not in {FileKind.PDF, FileKind.WORD}:
        raise Refused(_("The text of a paper is a PDF or a Word file (.docx)."))
    pages = scans.pages_of(file.content) if file.kind == FileKind.PDF else None
    return TextFile(file.name, file.kind.value, filestore.store(file.content), len(file.content), pages)


def with_file(document: Document, file: CheckedFile) -> Document:
    """The document whose text is this file; what was read of it stays as its items."""
    kept = stored(file)
    return dataclasses.replace(document, text_file=dataclasses.replace(kept, alone=kept.kind == FileKind.WORD))


def _edit(directive: Directive, file: TextFile | None, version: int, by: Member, clock: Clock) -> Directive:
    facts = DraftFacts(
        document=dataclasses.replace(directive.under_head_of(clock.today()), text_file=file),
        authority_id=directive.authority_id,
        restricted=directive.restricted,
        readers=tuple(directive.readers.values_list("person_id", flat=True)),
        profile=directive.profile,
    )
    return drafting.edit(directive.pk, facts, version=version, by=by, clock=clock)
