"""Make and keep the files of a directive; called by the jobs, safe to call again."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directives import filestore, outbox, rendering, scans
from directives.actions.delivering import release
from directives.actions.locking import locked_directive
from directives.document import Document
from directives.file_pages import with_pages
from directives.models import CopyKind, Directive, IssuedCopy
from directives.rendering import Rendered, Variant
from directives.text_file import TextFile
from directives.uploads import FileKind
from directives.workflow import DirectiveState
from orgs.clock import Clock
from orgs.models import Event, Person

LONG_PAPER = 1_000
"""From so many paragraphs and rows on, printing takes many seconds and hundreds of megabytes."""
LONG_PAPER_LOCK = 6_514_765  # names the advisory lock of long papers; any number that nobody else uses


def make_proof(directive_id: UUID, *, clock: Clock) -> None:
    """Print the approved text for signature (bản trình ký); a text that is no longer approved is left alone."""
    directive = Directive.objects.select_related("issuer").get(pk=directive_id)
    proofs = directive.copies.filter(kind=CopyKind.PROOF, content_hash=directive.approved_hash)
    if directive.approved_at is None or proofs.exists():
        return
    document = directive.document(timezone.localdate(directive.approved_at))
    if directive.hash_of(document) != directive.approved_hash:
        return
    if document.text_file is not None and document.text_file.kind == FileKind.WORD:
        # The drafter prints it from Word; the scan of the signed pages is kept.
        return
    rendered = _printed(document, Variant.PROOF)
    with transaction.atomic():
        directive = locked_directive(directive_id)
        if directive.approved_hash == directive.hash_of(document):
            _keep_rendered(directive, CopyKind.PROOF, rendered, clock.now())


def make_final_copy(directive_id: UUID, *, clock: Clock) -> None:
    """Print the numbered document once, keep it, and open it to the units when it is already issued.

    What is printed elsewhere waits for its issue: until then a scan of the sealed pages may still come.
    """
    directive = Directive.objects.get(pk=directive_id)
    if prints_elsewhere(directive) and directive.state != DirectiveState.ISSUED:
        return
    rendered = _final(directive, clock) if final_copy_of(directive) is None else None
    with transaction.atomic():
        directive = locked_directive(directive_id)
        if rendered is not None and final_copy_of(directive) is None:
            _keep_rendered(directive, CopyKind.FINAL, rendered, clock.now())
        release(directive, at=clock.now())


def keep_scan(directive: Directive, scan: bytes, *, at: datetime, added_by: Person) -> IssuedCopy:
    """Keep the scan of the signed pages; raises Refused when it is not a PDF that opens."""
    return _keep(directive, CopyKind.SCAN, scan, pages=scans.pages_of(scan), at=at, added_by=added_by)


def final_copy_of(directive: Directive) -> IssuedCopy | None:
    """The issued copy, or None while it is being made."""
    return directive.copies.filter(kind=CopyKind.FINAL).first()


def prints_elsewhere(directive: Directive) -> bool:
    """Whether the pages that are signed come from another program: a Word file, or a PDF that stands alone."""
    file = directive.text_file
    return file is not None and not file.is_printed_here


def _final(directive: Directive, clock: Clock) -> Rendered:
    """The pages that go out; of a paper printed elsewhere the last scan, or its own file where it was not scanned."""
    scan = directive.copies.filter(kind=CopyKind.SCAN, content_hash=directive.approved_hash).last()
    if prints_elsewhere(directive) and scan is not None:
        return Rendered(filestore.read(scan.sha256), scan.sha256, scan.pages or 0, {}, ())
    return _printed(directive.document(directive.dated_on or clock.today()), Variant.FINAL)


def _with_the_file(document: Document, file: TextFile, variant: Variant) -> Rendered:
    """The file as it is, or behind the generated first page; annexes that are written here follow it."""
    content = filestore.read(file.sha256)
    if file.alone:
        return Rendered(content, file.sha256, file.pages or 0, {}, ())
    first = rendering.render(document, variant=variant)
    before = first if not document.annexes else rendering.render(replace(document, annexes=()), variant=variant)
    whole, pages = with_pages(first.pdf, content, after=before.pages), first.pages + (file.pages or 0)
    return replace(first, pdf=whole, sha256=hashlib.sha256(whole).hexdigest(), pages=pages)


def _printed(document: Document, variant: Variant) -> Rendered:
    """Print the document; of long ones one at a time, so that short ones always find a worker. Raises NotNow."""
    if document.text_file is not None:
        return _with_the_file(document, document.text_file, variant)
    if sum(1 for _block in document.walk()) < LONG_PAPER:
        return rendering.render(document, variant=variant)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LONG_PAPER_LOCK])
        [free] = cursor.fetchone()
        if not free:
            raise outbox.NotNow(_("Another long paper is being printed; this one follows."))
        try:
            return rendering.render(document, variant=variant)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LONG_PAPER_LOCK])


def _keep_rendered(directive: Directive, kind: CopyKind, rendered: Rendered, at: datetime) -> None:
    copy = _keep(directive, kind, rendered.pdf, pages=rendered.pages, versions=rendered.versions, at=at)
    Event.record(directive, f"store_{kind}", at=at, sha256=copy.sha256, pages=copy.pages)


def _keep(directive: Directive, kind: CopyKind, content: bytes, *, at: datetime, **facts: Any) -> IssuedCopy:
    """Store the file first, then its row; the same file of the same directive is kept once."""
    sha256 = filestore.store(content)
    written = {"size": len(content), "content_hash": directive.approved_hash, "stored_at": at, **facts}
    copy, _created = IssuedCopy.objects.get_or_create(directive=directive, kind=kind, sha256=sha256, defaults=written)
    return copy
