"""The stored files of a directive, given only to those who may read it."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from directives import filestore
from directives.models import CopyKind, Directive, IssuedCopy
from directives.page_image import DPI, SHARP_DPI, NoSuchPage, png_of
from directives.uploads import FileKind
from directives.uploads.kinds import CONTENT_TYPES
from directives.views.paper import is_staff
from orgs.requests import MemberRequest

NAMES = {CopyKind.PROOF: "ban-trinh-ky", CopyKind.SCAN: "ban-quet", CopyKind.FINAL: "ban-chinh"}


# Nothing in a file may run, ask for anything else or stand in a frame.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


@require_safe
def file(request: MemberRequest, pk: UUID, sha256: str) -> HttpResponse:
    """The bytes of one file; a file that is damaged is never given, the page says whom to call."""
    directive, copy = _copy(request, pk, sha256)
    try:
        content = filestore.read(copy.sha256)
    except filestore.DamagedFile:
        return damaged(request, directive, copy.get_kind_display(), copy.sha256)
    return pdf_answer(content, _name(directive, copy))


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """A PDF that is shown under this name."""
    return file_response(content, "application/pdf", name, how="inline")


def file_to_save(request: MemberRequest, directive: Directive, sha256: str, *, kind: str, name: str) -> HttpResponse:
    """A file that somebody brought, to be saved and not shown; a file that is damaged is never given."""
    try:
        content = filestore.read(sha256)
    except filestore.DamagedFile:
        return damaged(request, directive, name, sha256)
    return file_response(content, CONTENT_TYPES[FileKind(kind)], name, how="attachment")


def damaged(request: MemberRequest, directive: Directive, name: str, sha256: str) -> HttpResponse:
    """The page for a file whose bytes are no longer those that were stored; it says whom to call."""
    context = {"directive": directive, "name": name, "sha256": sha256}
    return render(request, "directives/damaged_file.html", context, status=500)


def file_response(content: bytes, content_type: str, name: str, *, how: str) -> HttpResponse:
    """A stored file, shown (`inline`) or saved (`attachment`); in no case a page of ours."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response


@require_safe
def page_image(request: MemberRequest, pk: UUID, sha256: str, number: int) -> HttpResponse:
    """One page of a stored file as a PNG, of twice the size with `?dpi=192`; the browser asks each time if it may."""
    shown = _shown(request, pk, sha256)
    dpi = SHARP_DPI if request.GET.get("dpi") == str(SHARP_DPI) else DPI
    etag = quote_etag(f"{shown}-{number}-{dpi}")
    known = get_conditional_response(request, etag=etag)
    if known is None:
        try:
            known = HttpResponse(png_of(filestore.read(shown), number, dpi=dpi), content_type="image/png")
        except (NoSuchPage, filestore.DamagedFile):
            raise Http404 from None
    known["ETag"] = etag
    known["Cache-Control"] = "private, no-cache"
    known["X-Content-Type-Options"] = "nosniff"
    return known


def _shown(request: MemberRequest, pk: UUID, sha256: str) -> str:
    """The hash of a file whose pages the member may see: a copy, or for the staff the file that is the text."""
    directive = get_object_or_404(Directive.objects.visible_to(request.member), pk=pk)
    file = directive.text_file
    if file is not None and file.sha256 == sha256 and is_staff(directive, request.member):
        return sha256
    return _copy(request, pk, sha256)[1].sha256


def _copy(request: MemberRequest, pk: UUID, sha256: str) -> tuple[Directive, IssuedCopy]:
    """The file of this hash, when the member may open it; raises Http404."""
    directive = get_object_or_404(Directive.objects.visible_to(request.member), pk=pk)
    copies = directive.copies.filter(sha256=sha256)
    # The issued pages may be kept as another copy too: a scan, or a file that stands alone.
    if not is_staff(directive, request.member):
        copies = copies.filter(kind=CopyKind.FINAL)
    copy = copies.order_by("-kind").first()
    if copy is None:
        raise Http404
    return directive, copy


def _name(directive: Directive, copy: IssuedCopy) -> str:
    number = directive.printed_number.replace("/", "-")
    return "-".join(part for part in (number, NAMES[CopyKind(copy.kind)]) if part) + ".pdf"
