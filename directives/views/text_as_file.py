"""A paper whose text is a file (văn bản là tệp): chosen while it is drafted, read by its staff."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directives.actions import text_as_file as acts
from directives.forms.text_as_file import ALONE, BEHIND, TextFileForm
from directives.models import Directive
from directives.views.files import file_to_save
from directives.views.paper import staff_paper
from directives.views.pressing import refusal_page, status_of_refusal, taken
from directives.workflow import Step
from orgs.clock import CLOCK
from orgs.requests import MemberRequest


@require_safe
def text_file(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The file itself, for the staff of the paper; units get the issued copy."""
    directive = staff_paper(request, pk)
    file = directive.text_file
    if file is None:
        raise Http404
    return file_to_save(request, directive, file.sha256, kind=file.kind, name=file.name)


@require_http_methods(["GET", "HEAD", "POST"])
def text_as_file(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Choose the file that is the text and how it stands, or write the text here again."""
    directive = get_object_or_404(Directive.objects.visible_to(request.member), pk=pk)
    if refusal := refusal_page(request, Step.EDIT, directive):
        return refusal
    if request.method != "POST":
        file = directive.text_file
        stands = ALONE if file and file.alone else BEHIND
        return _page(request, directive, TextFileForm(initial={"version": directive.version, "stands": stands}))
    form = TextFileForm(request.POST, request.FILES)

    def choose() -> str:
        facts: dict[str, Any] = {"version": form.cleaned_data["version"], "by": request.member, "clock": CLOCK}
        if "take_away" in request.POST:
            acts.take_away(pk, **facts)
        else:
            acts.put(pk, form.cleaned_data["file"], alone=form.alone, **facts)
        return reverse("edit", args=[pk])

    return taken(
        request,
        form,
        choose,
        show=lambda form, code: _page(request, directive, form, code=code),
        done=_("The text is written here again.") if "take_away" in request.POST else _("The file is the text now."),
        refused=lambda: status_of_refusal(request.member, Step.EDIT, directive),
    )


def _page(request: MemberRequest, directive: Directive, form: Any, *, code: int = 200) -> HttpResponse:
    context = {"directive": directive, "form": form, "file": directive.text_file, "here": "outgoing"}
    return render(request, "directives/text_as_file.html", context, status=code)
