"""The stored files of a directive, given only to those who may read it."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from directives import filestore
from directives.models import CopyKind, Directive, IssuedCopy
from directives.views.paper import is_staff
from orgs.requests import MemberRequest

NAMES = {CopyKind.PROOF: "ban-trinh-ky", CopyKind.SCAN: "ban-quet", CopyKind.FINAL: "ban-chinh"}


# Nothing in a file may run, ask for anything else or stand in a frame.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


@require_safe
def file(request: MemberRequest, pk: UUID, sha256: str) -> HttpResponse:
    """The bytes of one file; a file that is damaged is never given, the page says whom to call."""
    directive = get_object_or_404(Directive.objects.visible_to(request.member), pk=pk)
    copy = directive.copies.filter(sha256=sha256).order_by("-kind").first()
    if copy is None or not (copy.kind == CopyKind.FINAL or is_staff(directive, request.member)):
        raise Http404
    try:
        content = filestore.read(copy.sha256)
    except filestore.DamagedFile:
        return render(request, "directives/damaged_file.html", {"directive": directive, "copy": copy}, status=500)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(_name(directive, copy))}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response


def _name(directive: Directive, copy: IssuedCopy) -> str:
    number = directive.printed_number.replace("/", "-")
    return "-".join(part for part in (number, NAMES[CopyKind(copy.kind)]) if part) + ".pdf"
