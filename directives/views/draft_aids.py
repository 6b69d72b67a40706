"""What the editor asks for beside saving: what the text names, bodies by name, the page."""

from __future__ import annotations

import base64
import dataclasses
from typing import Any
from uuid import UUID

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from directives import large_previews
from directives.actions.drafting import signed
from directives.beside import Busy
from directives.deadline_phrases import deadlines_in
from directives.document import Document, DocumentError
from directives.forms.choices import pairs_of
from directives.forms.draft import DraftForm
from directives.forms.line_lists import read_addressee_lines, read_distribution_lines
from directives.json_object import parsed
from directives.line_notes import notes_on
from directives.models import Directive
from directives.rendering import RenderingError
from orgs.clock import CLOCK
from orgs.directory import Directory, directory_of
from orgs.models import Authority, Organization
from orgs.requests import MemberRequest
from orgs.verdicts import Refused

LONGEST_PASTE = 5_000_000
MOST_TEXTS = 400
LONGEST_TEXT = 20_000
MOST_BODIES = 12


@require_POST
def named(request: MemberRequest) -> JsonResponse:
    """For each of the `texts` (JSON) the bodies and the deadlines that it names, with their places in it."""
    directory = directory_for(request)
    try:
        texts = parsed(request.POST.get("texts", "[]"))
    except ValueError:
        texts = []
    wanted = texts[:MOST_TEXTS] if isinstance(texts, list) else []
    return JsonResponse({"named": [_named_in(str(text)[:LONGEST_TEXT], directory) for text in wanted]})


@require_GET
def bodies(request: MemberRequest) -> JsonResponse:
    """Bodies and groups with a name of which a word begins as typed."""
    found = directory_for(request).beginning_with(request.GET.get("q", ""), MOST_BODIES)
    hints = {"group": _("group"), "posts": _("group of posts")}
    return JsonResponse({"bodies": [{**dataclasses.asdict(each), "hint": hints.get(each.kind, "")} for each in found]})


@require_POST
def lines(request: MemberRequest) -> JsonResponse:
    """What is to be said of the lines of Kính gửi and Nơi nhận as they stand in the editor."""
    directory = directory_for(request)
    try:
        document = Document(
            type="CV",
            profile="HD05",
            addressees=read_addressee_lines(request.POST.get("addressee_lines", "[]")),
            distribution=read_distribution_lines(request.POST.get("distribution_lines", "[]"), ()),
        )
    except DocumentError as fault:
        return JsonResponse({"words": str(fault.problem)}, status=400)
    notes = notes_on(document, _issuer(request), CLOCK.today(), directory)
    return JsonResponse(dataclasses.asdict(notes))


@require_POST
def preview(request: MemberRequest) -> JsonResponse:
    """A page of the text as it would be printed, as an image: page `page`, or the one on which block `block` begins."""
    form = _lenient_form(request)
    only_drafters(request)
    try:
        with large_previews.in_turn(request.POST.get("body_html", "")):
            return _shown(request, form)
    except RenderingError as fault:
        return JsonResponse({"words": str(fault)}, status=422)
    except Busy:
        return JsonResponse({"busy": True}, status=503)
    except large_previews.TooLarge:
        words = _("This draft is too large for its page to follow the typing. Writing, saving and submitting go on.")
        return JsonResponse({"words": words, "large": True}, status=422)


def _shown(request: MemberRequest, form: DraftForm) -> JsonResponse:
    if not form.is_valid():
        return JsonResponse({"words": _("The page is shown once the marked fields are in order.")}, status=400)
    number = request.POST.get("page", "")
    page = int(number) if number.isdecimal() and len(number) < 5 else None
    shown = large_previews.shown(_document(form), page, request.POST.get("block", ""))
    image = base64.b64encode(shown.png).decode()
    return JsonResponse({"page": shown.page, "pages": shown.pages, "image": f"data:image/png;base64,{image}"})


def only_drafters(request: MemberRequest) -> None:
    """Refuse who drafts for no body today."""
    if not pairs_of(request.member, CLOCK.today()):
        raise Refused(_("Only a drafter may begin a draft. Your posts today do not include it."))


def directory_for(request: MemberRequest) -> Directory:
    """The directory of the body that will issue the paper."""
    return directory_of(_issuer(request), CLOCK.today())


def _issuer(request: MemberRequest) -> Organization:
    """The body that will issue the paper: one for which this person may draft."""
    day = CLOCK.today()
    asked = request.POST.get("issuer") or request.GET.get("issuer") or ""
    issuers = {str(pair.issuer_id): pair.issuer_id for pair in pairs_of(request.member, day)}
    if asked not in issuers:
        raise Refused(_("You do not draft papers of this body."))
    return Organization.objects.get(pk=issuers[asked])


def _named_in(text: str, directory: Directory) -> dict[str, Any]:
    return {
        "bodies": [
            {
                "start": found.start,
                "end": found.end,
                "meanings": [dataclasses.asdict(meaning) for meaning in found.meanings],
            }
            for found in directory.named_in(text)
        ],
        "deadlines": [
            {
                "start": found.start,
                "end": found.end,
                "iso": found.iso,
                "timing": str(found.timing or ""),
                "says": found.words,
            }
            for found in deadlines_in(text, CLOCK.today())
        ],
    }


def _lenient_form(request: MemberRequest) -> DraftForm:
    """The draft's form as it stands; a page can be shown before the subject is written."""
    day = CLOCK.today()
    directive = None
    if request.POST.get("directive"):
        papers = Directive.objects.visible_to(request.member).select_related("issuer", "authority")
        directive = get_object_or_404(papers, pk=_key(request.POST.get("directive", "")))
    form = DraftForm(request.POST, pairs=pairs_of(request.member, day), day=day, before=directive)
    for name in ("subject", "key"):
        form.fields[name].required = False
    return form


def _key(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


def _document(form: DraftForm) -> Document:
    facts = form.facts()
    authorities = Authority.objects.select_related("person")
    authority = authorities.filter(pk=facts.authority_id).first() if facts.authority_id else None
    written = signed(facts.document, authority, CLOCK.today())
    issuer = Organization.objects.get(pk=form.issuer_id)
    unsaved = Directive(issuer=issuer, profile=facts.profile, text=written.to_json())
    return unsaved.under_head_of(CLOCK.today())
