"""The question before the first letter of a draft, and a number for a paper that is not written here.

Nothing is stored by answering; of a paper with a state secret the program takes a number and a date alone.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directives.actions import registering
from directives.forms.pressing import PressForm
from directives.forms.registers import SecretNumberForm
from directives.models import RegisterEntry
from directives.views.pressing import Act, act_page, taken
from directives.views.register_acts import book_of, books_of
from directives.workflow import DIRECTIVE, ENTRY, Step
from orgs.clock import CLOCK
from orgs.requests import MemberRequest
from orgs.verdicts import Refused


@require_safe
def draft_start(request: MemberRequest) -> HttpResponse:
    """Ask whether the paper holds a state secret; "no" leads to the draft, "yes" to the number alone."""
    if not request.member.organizations_as(*DIRECTIVE[Step.CREATE].roles):
        raise Refused(_("Only a drafter may begin a draft. Your posts today do not include it."))
    return render(request, "directives/draft_start.html", {"here": "outgoing"})


@require_http_methods(["GET", "HEAD", "POST"])
def secret_number(request: MemberRequest) -> HttpResponse:
    """Give a clerk the next number for a paper in the secret register; tell anybody else what to do."""
    if not request.member.organizations_as(*ENTRY[Step.RESERVE].roles):
        return render(request, "directives/secret_paper.html", {"here": "outgoing"})
    bodies = books_of(request.member)
    if request.method != "POST":
        return _page(request, SecretNumberForm(bodies=bodies))
    form = SecretNumberForm(request.POST, bodies=bodies)
    entries: list[RegisterEntry] = []

    def take() -> str:
        body, type_code = UUID(form.cleaned_data["body"]), form.cleaned_data["type"]
        entries.append(registering.take_secret_number(body, type_code, by=request.member, clock=CLOCK))
        return book_of(entries[0])

    return taken(
        request, form, take, show=lambda form, code: _page(request, form, code=code), done=lambda: _taken_words(entries)
    )


def _taken_words(entries: list[RegisterEntry]) -> str:
    """Which number was taken; a second press of the form took none."""
    if not entries:
        return _("The number is taken; enter it, with its date, in the secret register.")
    return _("Number %(number)s is taken; enter it, with its date, in the secret register.") % {"number": entries[0]}


def _page(request: MemberRequest, form: PressForm, *, code: int = 200) -> HttpResponse:
    act = Act(
        word=_("A paper of the secret register"),
        lead=_("Only a number, dated today, is taken. Write nothing of the paper here: no subject, no recipient."),
        back=reverse("registers"),
        back_to=_("Registers"),
        button=_("Take the number"),
        here="registers",
    )
    return act_page(request, form, act, code=code)
