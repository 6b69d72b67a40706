"""Begin a draft with a template, an earlier paper or a file; keep and withdraw templates."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directives import permissions
from directives.actions import starting
from directives.formats import type_named
from directives.forms.choices import IssuerPair, pairs_of
from directives.forms.start import FileStartForm, KeepTemplateForm, StartForm
from directives.models import Directive, DraftTemplate
from directives.views.pressing import Act, act_page, taken
from orgs.clock import CLOCK
from orgs.requests import MemberRequest
from orgs.verdicts import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: MemberRequest) -> HttpResponse:
    """The templates that may be begun with, and the form for a file."""
    pairs = _pairs(request)
    if request.method != "POST":
        return _page(request, FileStartForm(pairs=pairs, day=CLOCK.today(), initial={"pair": pairs[0].value}))
    form = FileStartForm(request.POST, request.FILES, pairs=pairs, day=CLOCK.today())
    return _begun(
        request,
        form,
        lambda: starting.from_document(
            form.cleaned_data["file"], form.bodies, by=request.member, clock=CLOCK, text_file=form.text_file
        ),
        lambda code: _page(request, form, code=code),
        done=_("The file was read. Look at subject, recipients, signer and the numbers of the items before you go on."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def start_like(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Begin with the text of an earlier paper."""
    paper = get_object_or_404(Directive.objects.visible_to(request.member), pk=pk)
    number = paper.printed_number or paper.type_name
    pairs = sorted(
        _pairs(request),
        key=lambda pair: (pair.issuer_id, pair.drafting_body_id) != (paper.issuer_id, paper.drafting_body_id),
    )
    return _start_one(
        request,
        pairs,
        f"{number} · {paper.subject}",
        lambda form: starting.like(paper, form.bodies, by=request.member, clock=CLOCK),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def start_from_template(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Begin with the text of a template."""
    template = get_object_or_404(DraftTemplate.objects.open_to(request.member, CLOCK.today()), pk=pk)
    pairs = sorted(_pairs(request), key=lambda pair: pair.issuer_id != template.organization_id)
    return _start_one(
        request,
        pairs,
        f"{template.name} · {type_named(template.type).name}",
        lambda form: starting.from_template(template, form.bodies, by=request.member, clock=CLOCK),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def keep_template(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Keep the text of a paper as a template."""
    paper = get_object_or_404(Directive.objects.visible_to(request.member), pk=pk)
    permissions.may_create(request.member, paper.drafting_body_id).enforce()
    act = Act(
        word=_("Keep as a template"),
        lead=f"{paper.type_name} · {paper.subject}",
        back=reverse("directive", args=[pk]),
        back_to=_("Back to the paper"),
        here="outgoing",
    )
    if request.method != "POST":
        return act_page(request, KeepTemplateForm(), act)
    form = KeepTemplateForm(request.POST)

    def keep() -> str:
        starting.keep_template(paper, form.cleaned_data["name"], by=request.member, clock=CLOCK)
        return reverse("start")

    return taken(
        request,
        form,
        keep,
        show=lambda form, code: act_page(request, form, act, code=code),
        done=_("The template is kept."),
    )


@require_POST
def withdraw_template(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Offer a template no longer."""
    get_object_or_404(DraftTemplate.objects.open_to(request.member, CLOCK.today()), pk=pk)
    starting.withdraw_template(pk, by=request.member, clock=CLOCK)
    messages.success(request, _("The template is offered no longer."))
    return redirect("start")


def _pairs(request: MemberRequest) -> list[IssuerPair]:
    pairs = pairs_of(request.member, CLOCK.today())
    if not pairs:
        raise Refused(_("Only a drafter may begin a draft. Your posts today do not include it."))
    return pairs


def _start_one(
    request: MemberRequest, pairs: list[IssuerPair], name: str, begin: Callable[[StartForm], Directive]
) -> HttpResponse:
    """The page that begins with one text, under its name."""
    bound = request.method == "POST"
    form = StartForm(request.POST, pairs=pairs) if bound else StartForm(pairs=pairs, initial={"pair": pairs[0].value})

    def page(code: int) -> HttpResponse:
        context = {"name": name, "form": form, "here": "outgoing"}
        return render(request, "directives/start_like.html", context, status=code)

    return _begun(request, form, lambda: begin(form), page) if bound else page(200)


def _begun(
    request: MemberRequest,
    form: StartForm,
    begin: Callable[[], Directive],
    page: Callable[[int], HttpResponse],
    *,
    done: str = "",
) -> HttpResponse:
    """Begin the draft and open it, or show the form again with what stands in the way."""
    return taken(
        request, form, lambda: reverse("edit", args=[begin().pk]), show=lambda _form, code: page(code), done=done
    )


def _page(request: MemberRequest, form: FileStartForm, *, code: int = 200) -> HttpResponse:
    templates = DraftTemplate.objects.open_to(request.member, CLOCK.today()).select_related("kept_by")
    rows = [(template, type_named(template.type).name) for template in templates]
    return render(request, "directives/start.html", {"form": form, "rows": rows, "here": "outgoing"}, status=code)
