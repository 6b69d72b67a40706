"""The text of a draft passage by passage, with the opinions on each and what was made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directives import permissions
from directives.actions import opining
from directives.forms.consultation import CommentAnswerForm
from directives.forms.opinions import AnswerForm, OpinionForm
from directives.forms.pressing import PressForm
from directives.models import Directive, Opinion
from directives.views.paper import staff_paper
from directives.views.pressing import taken
from directives.views.round_numbers import RoundNumbers
from orgs.clock import CLOCK
from orgs.requests import MemberRequest
from orgs.views.names import names_on

QUOTED = 500


@dataclass(slots=True)
class Passage:
    """One passage of the text with its opinions; `form` only for who may write one."""

    block: str
    text: str
    level: int
    opinions: list[OpinionRow] = field(default_factory=list)
    form: OpinionForm | None = None


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """One opinion on a round; `form` only for who may answer it, `unit` where a unit that was consulted wrote it."""

    opinion: Opinion
    round: int
    form: AnswerForm | None
    unit: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def opinions(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Read the passages with their opinions, or write one; only for the staff of the paper."""
    directive = staff_paper(request, pk)
    if request.method != "POST":
        return _page(request, directive)
    form = OpinionForm(request.POST)

    def write() -> str:
        facts = form.cleaned_data
        made = opining.write_opinion(
            pk, facts["words"], block=facts["block"], quote=facts["quote"], by=request.member, clock=CLOCK
        )
        return f"{reverse('opinions', args=[pk])}#y-kien-{made.pk}"

    return taken(
        request,
        form,
        write,
        show=lambda form, code: _page(request, directive, form, code=code),
        done=_("The opinion is kept; the drafter reads it."),
    )


@require_POST
def answer(request: MemberRequest, pk: UUID, opinion: int) -> HttpResponse:
    """Say what was made of an opinion."""
    directive = staff_paper(request, pk)
    asked = get_object_or_404(directive.opinions, pk=opinion)
    form = _answer_form(asked)(request.POST)

    def keep() -> str:
        told = {"taken_over": form.cleaned_data.get("taken_over")}
        opining.answer_opinion(asked.pk, form.cleaned_data["answer"], **told, by=request.member, clock=CLOCK)
        return f"{reverse('opinions', args=[pk])}#y-kien-{asked.pk}"

    return taken(
        request, form, keep, show=lambda form, code: _page(request, directive, form, answered=asked, code=code)
    )


def _page(
    request: MemberRequest,
    directive: Directive,
    typed: PressForm | None = None,
    *,
    answered: Opinion | None = None,
    code: int = 200,
) -> HttpResponse:
    may_write = bool(permissions.may_give_opinion(request.member, directive))
    may_answer = bool(permissions.may_answer_opinion(request.member, directive))
    whole = Passage("", "", 0)
    passages = [whole, *_passages(directive)]
    by_block = {passage.block: passage for passage in passages}
    gone: list[OpinionRow] = []
    opinions = list(directive.opinions.select_related("author", "answered_by"))
    names = names_on(CLOCK.today(), [opinion.organization_id for opinion in opinions])
    rounds = RoundNumbers(directive)
    for opinion in opinions:
        form = _answer_form(opinion)(initial=_answer_of(opinion)) if may_answer else None
        form = typed if isinstance(typed, AnswerForm) and opinion == answered else form
        unit = names[opinion.organization_id] if opinion.consulted_id else ""
        row = OpinionRow(opinion, rounds.of(opinion.version), form, unit)
        (by_block[opinion.block].opinions if opinion.block in by_block else gone).append(row)
    if may_write:
        for passage in passages:
            passage.form = OpinionForm(initial={"block": passage.block, "quote": passage.text[:QUOTED]}, auto_id=None)
        if isinstance(typed, OpinionForm):
            by_block.get(str(typed.data.get("block", "")), whole).form = typed
    context = {
        "directive": directive,
        "whole": whole,
        "passages": passages[1:],
        "gone": gone,
        "here": "outgoing",
    }
    return render(request, "directives/opinions.html", context, status=code)


def _answer_form(opinion: Opinion) -> type[AnswerForm]:
    return CommentAnswerForm if opinion.consulted_id else AnswerForm


def _answer_of(opinion: Opinion) -> dict[str, str]:
    """The answer that stands, as the form shows it."""
    taken = {True: "1", False: "0"}.get(opinion.taken_over, "") if opinion.taken_over is not None else ""
    return {"answer": opinion.answer, "taken_over": taken}


def _passages(directive: Directive) -> list[Passage]:
    document = directive.document(CLOCK.today())
    return [
        Passage(block.id, block.line, len(ancestors))
        for block, ancestors in document.walk()
        if block.id and block.has_words
    ]
