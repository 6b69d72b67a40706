"""A form is done once, and a refusal keeps what was typed; the page of an act that needs a few words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directives import permissions
from directives.actions import pressing
from directives.forms.pressing import PressForm
from directives.models import Directive
from directives.permissions import Subject
from directives.workflow import Step
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.requests import MemberRequest
from orgs.verdicts import Refused

NOT_ALLOWED = 403
NOT_NOW = 409


def press(request: MemberRequest, key: UUID, do: Callable[[], str]) -> HttpResponse:
    """Do what the form asks and go to the address that `do` gives; a second press goes there too. Raises Refused."""
    try:
        return redirect(pressing.once(key, do, person=request.member.person, clock=CLOCK))
    except PermissionError:
        raise Refused(_("This form was opened by somebody else. Open the page again.")) from None


@dataclass(frozen=True, slots=True)
class Act:
    """What the page of one act says: its word, what it does, where one comes from, and what its button says.

    Without a `button` the button says the word; `here` is the place of the rail.
    """

    word: str
    lead: str
    back: str
    back_to: str
    button: str = ""
    dangerous: bool = False
    here: str = ""


def act_page(request: MemberRequest, form: PressForm, act: Act, *, code: int = 200) -> HttpResponse:
    """The page that asks what an act needs."""
    return render(request, "directives/act.html", {"form": form, "act": act, "here": act.here}, status=code)


def taken(
    request: MemberRequest,
    form: PressForm,
    do: Callable[[], str],
    *,
    show: Callable[[PressForm, int], HttpResponse],
    done: str | Callable[[], str] = "",
    refused: Callable[[], int] = lambda: NOT_NOW,
) -> HttpResponse:
    """Do what a sent form asks and say `done`, where there is something to say.

    Words that name what came of it are asked for afterwards. `show` the form again when it is wrong (400) or
    refused (`refused`).
    """
    if not form.is_valid():
        return show(form, 400)
    try:
        response = press(request, form.cleaned_data["key"], do)
    except Refused as refusal:
        form.refuse(refusal)
        return show(form, refused())
    if words := done() if callable(done) else done:
        messages.success(request, words)
    return response


def status_of_refusal(member: Member, step: Step, subject: Subject) -> int:
    """403 when no post of this member gives the step, 409 when it only does not fit now."""
    try:
        permissions.acting(member, step, subject)
    except Refused:
        return NOT_ALLOWED
    return NOT_NOW


def refusal_page(
    request: MemberRequest, step: Step, subject: Subject, paper: Directive | None = None
) -> HttpResponse | None:
    """The page that says why this member cannot take the step now; None when it can be taken.

    It leads back to the `paper`, or to the subject where that is one.
    """
    verdict = permissions.may(request.member, step, subject)
    if verdict:
        return None
    paper = subject if isinstance(subject, Directive) else paper
    code = status_of_refusal(request.member, step, subject)
    return render(request, "refused.html", {"reasons": verdict.reasons, "directive": paper}, status=code)


def page_of(directive: Directive, member: Member) -> str:
    """The directive's page, or my work when the step has taken it out of this member's sight."""
    if Directive.objects.visible_to(member).filter(pk=directive.pk).exists():
        return reverse("directive", args=[directive.pk])
    return reverse("my_work")
