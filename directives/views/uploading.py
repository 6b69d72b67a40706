"""Scans that are sent while the clerk's form is open: in parts by the page, or whole with the form."""

from __future__ import annotations

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from directives.actions import uploading
from directives.models import Directive, Upload
from directives.scans import ScanFile
from directives.views.pressing import status_of_refusal
from directives.workflow import Step
from orgs.clock import CLOCK
from orgs.requests import MemberRequest
from orgs.verdicts import Refused

WRONG = 400


@require_POST
def upload_begin(request: MemberRequest, pk: UUID) -> JsonResponse:
    """Begin to send a file, or ask how much of it has come."""
    directive = get_object_or_404(Directive.objects.visible_to(request.member), pk=pk)
    try:
        size = int(request.POST.get("size", ""))
        upload = uploading.begin(directive, request.POST.get("name", ""), size, by=request.member, clock=CLOCK)
    except ValueError:
        return JsonResponse({}, status=WRONG)
    except Refused as refusal:
        code = status_of_refusal(request.member, Step.NOTE_SIGNATURE, directive)
        return JsonResponse({"words": str(refusal)}, status=code)
    return _so_far(upload)


@require_POST
def upload_part(request: MemberRequest, pk: UUID) -> JsonResponse:
    """Take the next part of the member's own file; it begins at byte `tu`."""
    try:
        upload = uploading.append(pk, int(request.GET.get("tu", "")), request.body, by=request.member)
    except ValueError:
        return JsonResponse({}, status=WRONG)
    except Upload.DoesNotExist:
        raise Http404 from None
    return _so_far(upload)


def with_files_kept(request: MemberRequest, directive: Directive) -> QueryDict:
    """What was sent with the form, its files kept and named like those that came in parts; raises Refused."""
    data = request.POST.copy()
    for file in _files(request):
        kept = uploading.keep(directive, ScanFile(file.name or "", file.read()), by=request.member, clock=CLOCK)
        data.appendlist("uploaded", str(kept.pk))
    return data


def _files(request: HttpRequest) -> list[UploadedFile[bytes]]:
    return [file for file in request.FILES.getlist("scan") if file.size]


def _so_far(upload: Upload) -> JsonResponse:
    part = reverse("upload_part", args=[upload.pk])
    return JsonResponse({"id": str(upload.pk), "part": part, "received": upload.received, "size": upload.size})
