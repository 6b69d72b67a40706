"""What a unit sees of a draft that it is asked about: this text, its own answer, and nothing else of the paper."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directives import filestore
from directives.actions import consulting
from directives.beside import Busy
from directives.consulted_pages import ConsultedPages
from directives.forms.consultation import CommentForm
from directives.forms.pressing import PressForm
from directives.large_previews import TooLarge
from directives.models import Consulted
from directives.page_image import NoSuchPage
from directives.rendering import RenderingError
from directives.uploads import FileKind
from directives.uploads.kinds import CONTENT_TYPES
from directives.views.files import file_response
from directives.views.pressing import taken
from directives.views.round_numbers import RoundNumbers
from orgs.clock import CLOCK
from orgs.requests import MemberRequest
from orgs.views.names import names_on


@require_http_methods(["GET", "HEAD", "POST"])
def consulted(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Read the draft and answer for the unit; it is there as long as the draft is with the units."""
    asked = _asked(request, pk)
    document = asked.consultation.document
    if request.method != "POST":
        return _page(request, asked, CommentForm(document=document) if asked.answered_at is None else None)
    form = CommentForm(request.POST, document=document)

    def answer() -> str:
        consulting.comment(pk, form.comments(), by=request.member, clock=CLOCK)
        return reverse("consulted", args=[pk])

    return taken(
        request,
        form,
        answer,
        show=lambda form, code: _page(request, asked, form, code=code),
        done=_("Your unit has answered; the drafter reads it."),
    )


@require_safe
def consulted_page(request: MemberRequest, pk: UUID, number: int) -> HttpResponse:
    """One page of the draft as an image; one that is printed here says that it is a draft."""
    try:
        image = _pages(_asked(request, pk)).image(number)
    except (NoSuchPage, RenderingError, TooLarge, filestore.DamagedFile):
        raise Http404 from None
    except Busy:
        return HttpResponse(status=503)
    response = HttpResponse(image, content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def consulted_file(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The file that is the text of the draft, to be saved; raises Http404 for a text that is written here.

    A unit has no page of the paper that could say more of a file that is damaged.
    """
    file = _asked(request, pk).consultation.document.text_file
    if file is None:
        raise Http404
    try:
        content = filestore.read(file.sha256)
    except filestore.DamagedFile:
        raise Http404 from None
    return file_response(content, CONTENT_TYPES[FileKind(file.kind)], file.name, how="attachment")


def _asked(request: MemberRequest, pk: UUID) -> Consulted:
    open_now = Consulted.objects.open_to(request.member)
    return get_object_or_404(open_now.select_related("consultation__directive", "consultation__opened_by"), pk=pk)


def _pages(asked: Consulted) -> ConsultedPages:
    consultation = asked.consultation
    number = RoundNumbers(consultation.directive).of(consultation.version)
    return ConsultedPages(consultation.document, number)


def _page(request: MemberRequest, asked: Consulted, form: PressForm | None, *, code: int = 200) -> HttpResponse:
    directive = asked.consultation.directive
    names = names_on(CLOCK.today(), [asked.organization_id, directive.issuer_id, directive.drafting_body_id])
    pages, no_pages = 0, ""
    try:
        pages = _pages(asked).count
    # The words below can be read all the same.
    except RenderingError as fault:
        no_pages = str(fault)
    except TooLarge:
        no_pages = _("This draft is too large to be shown page by page; its words stand below.")
    except Busy:
        no_pages = _("The pages are being made for others; open this page again in a minute.")
    context = {
        "asked": asked,
        "document": asked.consultation.document,
        "file": asked.consultation.document.text_file,
        "unit": names[asked.organization_id],
        "issuer": names[directive.issuer_id],
        "drafting_body": names[directive.drafting_body_id],
        "pages": range(1, pages + 1),
        "no_pages": no_pages,
        "opinions": asked.opinions.all(),
        "form": form,
        "late": asked.consultation.answer_by < CLOCK.today(),
        "here": "my_work",
    }
    return render(request, "directives/consulted.html", context, status=code)
