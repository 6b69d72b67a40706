"""What goes with a paper: put together while it is drafted, fetched by everybody who may read the paper."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages
from django.forms.utils import ErrorDict
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directives.actions import enclosing
from directives.forms.enclosures import UP, ChangeForm, FilesForm, SendAlongForm
from directives.models import Directive, Enclosure
from directives.views.files import file_to_save
from directives.views.issued_papers import issued_papers
from directives.views.pressing import press, refusal_page, taken
from directives.workflow import Step
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.requests import MemberRequest
from orgs.verdicts import Refused


@dataclass(frozen=True, slots=True)
class EnclosureRow:
    """One file that goes with a paper, and whether the member may open it."""

    enclosure: Enclosure
    may_open: bool


def enclosures_of(directive: Directive, member: Member) -> list[EnclosureRow]:
    """What goes with the paper, in order."""
    rows = directive.enclosures.select_related("paper")
    return [EnclosureRow(row, may_open(row, member)) for row in rows]


def may_open(enclosure: Enclosure, member: Member) -> bool:
    """A copy that is sent along opens with the paper it goes with, a restricted one to its own readers only."""
    paper = enclosure.paper
    if paper is None or not paper.restricted:
        return True
    return Directive.objects.visible_to(member).filter(pk=paper.pk).exists()


@require_safe
def enclosure(request: MemberRequest, pk: UUID, sha256: str) -> HttpResponse:
    """The bytes of one file, to be saved and not shown; a file that is damaged is never given."""
    directive = get_object_or_404(Directive.objects.visible_to(request.member), pk=pk)
    row = get_object_or_404(directive.enclosures.select_related("paper"), sha256=sha256)
    if not may_open(row, request.member):
        raise Http404
    return file_to_save(request, directive, row.sha256, kind=row.kind, name=row.name)


@require_http_methods(["GET", "HEAD", "POST"])
def enclosures(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Add files to a draft; each is taken or left out for itself, and what was left out is told with its reason."""
    directive = _paper(request, pk)
    if refusal := refusal_page(request, Step.EDIT, directive):
        return refusal
    if request.method != "POST":
        return _page(request, directive, FilesForm())
    form = FilesForm(request.POST, request.FILES)

    def add() -> str:
        for file in form.cleaned_data["uploaded"]:
            try:
                enclosing.enclose(pk, file, by=request.member, clock=CLOCK)
            except Refused as refused:
                form.leave_out(file.name, refused)
        return reverse("enclosures", args=[pk])

    if not form.is_valid():
        return _page(request, directive, form, code=400)
    response = press(request, form.cleaned_data["key"], add)
    for words in form.left_out:
        messages.error(request, words)
    return response


@require_POST
def send_along(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Let another paper go along (sao gửi kèm theo)."""
    directive = _paper(request, pk)
    if refusal := refusal_page(request, Step.EDIT, directive):
        return refusal
    form = SendAlongForm(request.POST)

    def send() -> str:
        paper = get_object_or_404(Directive.objects.visible_to(request.member), pk=form.cleaned_data["paper"])
        enclosing.send_along(pk, paper.pk, by=request.member, clock=CLOCK)
        return reverse("enclosures", args=[pk])

    return taken(
        request, form, send, show=lambda form, code: _page(request, directive, FilesForm(), form.errors, code=code)
    )


@require_POST
def change_enclosure(request: MemberRequest, pk: UUID, sha256: str) -> HttpResponse:
    """Move one up, or take it out."""
    directive = _paper(request, pk)
    get_object_or_404(directive.enclosures, sha256=sha256)
    if refusal := refusal_page(request, Step.EDIT, directive):
        return refusal
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return redirect("enclosures", pk)

    def change() -> str:
        act = enclosing.move_up if form.cleaned_data["act"] == UP else enclosing.take_out
        act(pk, sha256, by=request.member, clock=CLOCK)
        return reverse("enclosures", args=[pk])

    return press(request, form.cleaned_data["key"], change)


def _paper(request: MemberRequest, pk: UUID) -> Directive:
    return get_object_or_404(Directive.objects.visible_to(request.member), pk=pk)


def _page(
    request: MemberRequest,
    directive: Directive,
    form: FilesForm,
    refused: ErrorDict | None = None,
    *,
    code: int = 200,
) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    already = Directive.objects.filter(sent_along_with__directive=directive)
    context = {
        "directive": directive,
        "rows": [(row, uuid4()) for row in enclosures_of(directive, request.member)],
        "form": form,
        "refused": [words for each in (refused or {}).values() for words in each],
        "query": query,
        "found": [(paper, uuid4()) for paper in issued_papers(query, request.member, already)],
        "here": "outgoing",
    }
    return render(request, "directives/enclosures.html", context, status=code)
