"""Draft a directive, and say whom its lines mean and how its items are followed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives.actions import drafting
from directives.actions.drafting import DraftFacts
from directives.comparison import changed_only, compare
from directives.document import Document, Follow
from directives.forms.choices import pairs_of
from directives.forms.deadlines import KINDS
from directives.forms.draft import DraftForm
from directives.forms.pressing import PressForm
from directives.forms.recipients import FOLLOWED, RecipientsForm
from directives.models import Correction, Directive
from directives.recipients import Expansion, followers_of
from directives.views.draft_offers import PURPOSES, quick_lines
from directives.views.editor_page import facts_for, modules_for
from directives.views.editor_tools import ACCEPTS, ADDS_ANNEX, FOLLOWS, MARKERS_OFFERED, parts, table_tools, tools
from directives.views.pressing import press, refusal_page, status_of_refusal
from directives.views.round_numbers import RoundNumbers
from directives.views.rounds import by_part
from directives.workflow import Step
from orgs.clock import CLOCK
from orgs.requests import MemberRequest
from orgs.verdicts import Refused

PAPER = "paper"


@require_http_methods(["GET", "HEAD", "POST"])
def draft_new(request: MemberRequest) -> HttpResponse:
    """An empty form, after the question of state secrets was answered with no, and the first save."""
    day = CLOCK.today()
    pairs = pairs_of(request.member, day)
    if not pairs:
        raise Refused(_("Only a drafter may begin a draft. Your posts today do not include it."))
    if request.method != "POST" and request.GET.get("bi-mat") != "khong":
        return redirect("draft_start")
    if request.method != "POST":
        return _page(request, DraftForm(pairs=pairs, day=day, before=None))
    form = DraftForm(request.POST, pairs=pairs, day=day, before=None)
    if not form.is_valid():
        return _page(request, form, code=400)
    try:
        return press(request, form.cleaned_data["key"], lambda: _create(request, form))
    except Refused as refusal:
        form.refuse(refusal)
        return _page(request, form, code=409)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The draft's form; when somebody else has saved meanwhile, both texts are shown and nothing is lost."""
    directive = _draft(request, pk)
    day = CLOCK.today()
    if request.method != "POST":
        refusal = refusal_page(request, Step.EDIT, directive)
        return refusal or _page(
            request,
            DraftForm(initial=DraftForm.initial_of(directive, day), pairs=[], day=day, before=directive),
            directive,
        )
    form = DraftForm(request.POST, pairs=[], day=day, before=directive)
    if not form.is_valid():
        return _page(request, form, directive, code=400)
    try:
        response = press(
            request,
            form.cleaned_data["key"],
            lambda: _save(request, directive, form.facts(), form, _then(request)),
        )
    except Refused as refused:
        return _not_saved(request, directive, form, refused)
    messages.success(request, _("Saved at %(time)s.") % {"time": f"{CLOCK.now():%H:%M}"})
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def recipients_and_tasks(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Whom each line means and how each item is followed; saving keeps all of it, complete or not."""
    directive = _draft(request, pk)
    day = CLOCK.today()
    if request.method != "POST":
        refusal = refusal_page(request, Step.EDIT, directive)
        return refusal or _recipients_page(request, directive, RecipientsForm(directive=directive, day=day))
    form = RecipientsForm(request.POST, directive=directive, day=day)
    if not form.is_valid():
        return _recipients_page(request, directive, form, code=400)
    facts = DraftFacts.with_text(directive, form.completed())
    try:
        response = press(request, form.cleaned_data["key"], lambda: _save(request, directive, facts, form, "directive"))
    except Refused as refusal:
        form = RecipientsForm(_for_the_new_text(request, directive, form), directive=directive, day=day)
        form.refuse(refusal)
        return _recipients_page(request, directive, form, code=status_of_refusal(request.member, Step.EDIT, directive))
    messages.success(request, _("Recipients and tasks are saved."))
    return response


def _draft(request: MemberRequest, pk: UUID) -> Directive:
    papers = Directive.objects.visible_to(request.member).select_related("issuer", "drafting_body", "authority")
    return get_object_or_404(papers, pk=pk)


def _create(request: MemberRequest, form: DraftForm) -> str:
    pair = form.chosen_pair
    made = drafting.create(pair.issuer_id, pair.drafting_body_id, form.facts(), by=request.member, clock=CLOCK)
    return reverse(_then(request), args=[made.pk])


def _then(request: MemberRequest) -> str:
    """The page that was asked for after the save: that of tasks and recipients, or the paper where they are done."""
    return "directive" if request.POST.get("then") == PAPER else "recipients_and_tasks"


def _save(request: MemberRequest, directive: Directive, facts: DraftFacts, form: PressForm, next_page: str) -> str:
    version = form.cleaned_data["version"] or 0
    drafting.edit(directive.pk, facts, version=version, by=request.member, clock=CLOCK)
    return reverse(next_page, args=[directive.pk])


def _not_saved(request: MemberRequest, directive: Directive, form: DraftForm, refusal: Refused) -> HttpResponse:
    """Show what was typed; after a conflict beside the other text, and with its round, so that a second press saves."""
    code = status_of_refusal(request.member, Step.EDIT, directive)
    directive = _draft(request, directive.pk)
    conflict: dict[str, object] = {}
    if form.cleaned_data["version"] != directive.version:
        conflict = _both_texts(directive, drafting.as_saved(form.facts(), directive.issuer, CLOCK))
        form = DraftForm(_with_version(request, directive), pairs=[], day=CLOCK.today(), before=directive)
    form.refuse(refusal)
    return _page(request, form, directive, conflict=conflict, code=code)


def _with_version(request: MemberRequest, directive: Directive) -> QueryDict:
    data = request.POST.copy()
    data["version"] = str(directive.version)
    return data


def _for_the_new_text(request: MemberRequest, directive: Directive, form: RecipientsForm) -> QueryDict:
    """What was typed, with the new round; items that are new in the text begin as guidance."""
    data = _with_version(request, directive)
    for name in form.fields:
        if name.startswith("follow-") and name not in data:
            data[name] = Follow.GUIDANCE.value
    return data


def _both_texts(directive: Directive, typed: Document) -> dict[str, object]:
    """Where the saved text and the typed one differ, word by word; nothing where they are the same."""
    saved = Document.from_json(directive.text)
    return {"parts": by_part(changed_only(compare(saved, typed)))} if saved != typed else {}


def _page(
    request: MemberRequest,
    form: DraftForm,
    directive: Directive | None = None,
    *,
    conflict: dict[str, object] | None = None,
    code: int = 200,
) -> HttpResponse:
    fresh = code == 200
    facts = facts_for(request, directive, form.document_before, fresh=fresh, conflict=bool(conflict))
    context = {
        "form": form,
        "directive": directive,
        "round": RoundNumbers(directive).last if directive else 0,
        "conflict": conflict,
        "here": "outgoing",
        "modules": modules_for(request),
        "facts": facts,
        "tools": tools(),
        "table_tools": table_tools(),
        "file": directive.text_file if directive else None,
        "enclosed": directive.enclosures.count() if directive else 0,
        "corrects": Correction.objects.made_by(directive, request.member).count() if directive else 0,
        "accepts": ACCEPTS,
        "adds_annex": ADDS_ANNEX,
        "follows": FOLLOWS,
        "markers": MARKERS_OFFERED,
        "ways": FOLLOWED,
        "parts": parts(),
        "purposes": PURPOSES,
        "quick_lines": quick_lines(request.member, form.likely_issuer_id),
        "dues": KINDS,
        "followers": _followers(request, directive),
    }
    return render(request, "directives/draft.html", context, status=code)


def _followers(request: MemberRequest, directive: Directive | None) -> list[tuple[str, str]]:
    """Who may follow the items: staff of the issuer, or of each body that this person drafts for."""
    day = CLOCK.today()
    issuers = [directive.issuer_id] if directive else [pair.issuer_id for pair in pairs_of(request.member, day)]
    return list(followers_of(issuers, day).values_list("username", "full_name"))


def _recipients_page(
    request: MemberRequest, directive: Directive, form: RecipientsForm, *, code: int = 200
) -> HttpResponse:
    workload = Expansion.of(directive, CLOCK.today()).workload()
    context = {"form": form, "directive": directive, "workload": workload, "here": "outgoing"}
    return render(request, "directives/recipients.html", context, status=code)
