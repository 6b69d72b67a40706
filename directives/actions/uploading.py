"""Take scans in, part by part, while the clerk's form is still open; a broken line goes on where it stopped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directives import filestore, permissions
from directives.models import Directive, Upload
from directives.scans import ScanFile, pdf_of
from directives.workflow import Step
from orgs.clock import Clock
from orgs.member import Member
from orgs.verdicts import Refused, Verdict

LARGEST = 50 * 1024 * 1024
MOST_FILES = 40
"""Of one person for one paper: a page each, and none is a way to fill the disk."""
KEPT = timedelta(days=1)
"""As long as the parts lie on the disk (the relay sweeps them)."""


def may_send(by: Member, directive: Directive) -> Verdict:
    """Whether this member may send a scan of this paper: while its signature or its seal can be noted."""
    signature = permissions.may(by, Step.NOTE_SIGNATURE, directive)
    return signature or permissions.may(by, Step.NOTE_SEAL, directive) or signature


@transaction.atomic
def begin(directive: Directive, name: str, size: int, *, by: Member, clock: Clock) -> Upload:
    """Begin to take a file in, or go on with the one of this name and size that this person began. Raises Refused."""
    may_send(by, directive).enforce()
    if not 0 < size <= LARGEST:
        raise Refused(_("The scan is larger than 50 MB. Scan at 200 dpi in black and white."))
    own = Upload.objects.of(by.person, directive)
    _forget(own.filter(begun_at__lt=clock.now() - KEPT))
    begun = own.filter(name=name[:200], size=size).exclude(pk__in=own.whole()).first()
    if begun is not None:
        return begun
    if own.count() >= MOST_FILES:
        raise Refused(_("There are %(most)s files already. Put the pages into one PDF.") % {"most": MOST_FILES})
    return Upload.objects.create(
        person=by.person, directive=directive, name=name[:200], size=size, begun_at=clock.now()
    )


@transaction.atomic
def append(upload_id: UUID, offset: int, content: bytes, *, by: Member) -> Upload:
    """Take the next part of the member's own file; a part that is not the next one changes nothing.

    The caller goes on at `received` of the answer. Raises Upload.DoesNotExist and Refused.
    """
    own = Upload.objects.select_for_update(of=("self",)).select_related("directive")
    upload = own.get(pk=upload_id, person=by.person)
    may_send(by, upload.directive).enforce()
    if offset != upload.received or not content or offset + len(content) > upload.size:
        return upload
    filestore.write_part(str(upload.pk), offset, content)
    upload.received += len(content)
    upload.save(update_fields=["received"])
    return upload


def keep(directive: Directive, file: ScanFile, *, by: Member, clock: Clock) -> Upload:
    """Keep a file that came in one piece with a form, so that a refused form need not send it again. Raises Refused."""
    upload = begin(directive, file.name, len(file.content), by=by, clock=clock)
    return append(upload.pk, upload.received, file.content[upload.received :], by=by)


def scan_of(directive: Directive, upload_ids: Iterable[UUID], *, by: Member) -> bytes | None:
    """The member's own files as one scan, in the order in which they were sent; None for none. Raises Refused."""
    chosen = list(Upload.objects.of(by.person, directive).whole().filter(pk__in=list(upload_ids)))
    if not chosen:
        return None
    if sum(upload.size for upload in chosen) > LARGEST:
        raise Refused(_("The scan is larger than 50 MB. Scan at 200 dpi in black and white."))
    try:
        return pdf_of([ScanFile(upload.name, filestore.read_parts(str(upload.pk))) for upload in chosen])
    except filestore.DamagedFile:
        raise Refused(_("A file that was sent is no longer there. Choose it again.")) from None


def forget(directive: Directive, *, by: Member) -> None:
    """Forget what this member has sent for this paper, once the transaction stands."""
    _forget(Upload.objects.of(by.person, directive))


def _forget(uploads: Iterable[Upload]) -> None:
    for upload in uploads:
        transaction.on_commit(partial(filestore.drop_parts, str(upload.pk)))
        upload.delete()
