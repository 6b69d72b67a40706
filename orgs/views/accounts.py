"""Accounts: a new one, a new password, closed and opened again. A one-time password is shown once and kept nowhere."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from orgs.actions import accounts
from orgs.acts import Act
from orgs.clock import CLOCK
from orgs.forms.fields import ActForm, Scope
from orgs.forms.people import OpenAccountForm, PlainForm, ReasonForm
from orgs.models import Organization, Person, Post
from orgs.permissions import administered_by
from orgs.requests import MemberRequest
from orgs.verdicts import Refused
from orgs.views.acts import NOT_NOW, act_page, administered_body

LEADS = {
    Act.OPEN_ACCOUNT: gettext_lazy("The one-time password is shown once, on the next page."),
    Act.NEW_PASSWORD: gettext_lazy("The old password ends at once, and with it everywhere the person is signed in."),
    Act.CLOSE_ACCOUNT: gettext_lazy("Nobody signs in with it any more; what the person did stays in the history."),
    Act.REOPEN_ACCOUNT: gettext_lazy(
        "The person signs in again with the old password; posts that have not ended hold."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def open_account(request: MemberRequest, code: str) -> HttpResponse:
    """A new person with a first post in this body."""
    organization = administered_body(request, code)
    scope = Scope(organization, request.member, CLOCK.today())
    form = OpenAccountForm(request.POST if request.method == "POST" else None, scope=scope)

    def do() -> HttpResponse:
        facts = form.account(), form.post()
        person, password = accounts.open_account(organization.pk, *facts, by=request.member, clock=CLOCK)
        return _password_page(request, organization, person, password)

    return _ask_or_do(request, organization, Act.OPEN_ACCOUNT, form, "", do)


@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: MemberRequest, pk: int) -> HttpResponse:
    """A new one-time password for somebody who has forgotten the own."""
    person, organization = _person(request, pk)
    form = PlainForm(request.POST if request.method == "POST" else None, scope=_scope(request, organization))

    def do() -> HttpResponse:
        changed, password = accounts.give_new_password(pk, by=request.member, clock=CLOCK)
        return _password_page(request, organization, changed, password)

    return _ask_or_do(request, organization, Act.NEW_PASSWORD, form, person.full_name, do)


@require_http_methods(["GET", "HEAD", "POST"])
def close_account(request: MemberRequest, pk: int) -> HttpResponse:
    """Close an account, with the reason."""
    person, organization = _person(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None, scope=_scope(request, organization))

    def do() -> HttpResponse:
        accounts.close_account(pk, reason=form.cleaned_data["reason"], by=request.member, clock=CLOCK)
        messages.success(request, _("The account of %(name)s is closed.") % {"name": person.full_name})
        return redirect("administered_body", organization.code)

    return _ask_or_do(request, organization, Act.CLOSE_ACCOUNT, form, person.full_name, do)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen_account(request: MemberRequest, pk: int) -> HttpResponse:
    """Open a closed account again, with the reason."""
    person, organization = _person(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None, scope=_scope(request, organization))

    def do() -> HttpResponse:
        accounts.reopen_account(pk, reason=form.cleaned_data["reason"], by=request.member, clock=CLOCK)
        messages.success(request, _("The account of %(name)s is open.") % {"name": person.full_name})
        return redirect("administered_body", organization.code)

    return _ask_or_do(request, organization, Act.REOPEN_ACCOUNT, form, person.full_name, do)


def _ask_or_do(
    request: MemberRequest,
    organization: Organization,
    act: Act,
    form: ActForm,
    about: str,
    do: Callable[[], HttpResponse],
) -> HttpResponse:
    if not form.is_bound:
        return act_page(request, organization, act, form, LEADS[act], about=about)
    if not form.is_valid():
        return act_page(request, organization, act, form, LEADS[act], about=about, code=400)
    try:
        return do()
    except Refused as refusal:
        form.refuse(refusal)
        return act_page(request, organization, act, form, LEADS[act], about=about, code=NOT_NOW)


def _person(request: MemberRequest, pk: int) -> tuple[Person, Organization]:
    """A person who holds or held a post in an administered body, with the last such body; raises Http404."""
    administered = administered_by(request.member, CLOCK.today())
    posts = Post.objects.filter(person=pk, organization__in=administered).select_related("person", "organization")
    post = posts.order_by("-starts_on").first()
    if post is None:
        raise Http404
    return post.person, post.organization


def _scope(request: MemberRequest, organization: Organization) -> Scope:
    return Scope(organization, request.member, CLOCK.today())


def _password_page(request: MemberRequest, organization: Organization, person: Person, password: str) -> HttpResponse:
    context = {
        "organization": organization,
        "name": organization.as_of(CLOCK.today()).name,
        "person": person,
        "password": password,
        "here": "directory",
    }
    return render(request, "orgs/one_time_password.html", context)
