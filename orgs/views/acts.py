"""One page for each thing that is done to a body: its form, its action, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from orgs.actions import authorities, bodies, groups, posts, terms
from orgs.acts import Act
from orgs.clock import CLOCK
from orgs.forms.bodies import EndBodyForm, EnterBodyForm, RenameBodyForm
from orgs.forms.fields import ActForm, Scope
from orgs.forms.people import GivePostForm
from orgs.forms.rights import AuthorityForm, BeginTermForm, MakeGroupForm, SubstituteForm
from orgs.member import Member
from orgs.models import Organization
from orgs.permissions import administered_by
from orgs.requests import MemberRequest
from orgs.verdicts import Refused

NOT_NOW = 409


@dataclass(frozen=True, slots=True)
class ActPage:
    """A form, what is done with it for a body, and the line that says so."""

    form: type[ActForm]
    do: Callable[[Organization, Any, Member], object]
    done: str | Promise
    lead: str | Promise


def _enter(organization: Organization, form: EnterBodyForm, by: Member) -> object:
    return bodies.enter_body(form.cleaned_data["code"], form.names(organization.pk), by=by, clock=CLOCK)


def _rename(organization: Organization, form: RenameBodyForm, by: Member) -> object:
    return bodies.rename_body(organization.pk, form.names(form.superior_id), by=by, clock=CLOCK)


def _end(organization: Organization, form: EndBodyForm, by: Member) -> object:
    facts = form.cleaned_data
    return bodies.end_body(
        organization.pk,
        ended_on=facts["ended_on"],
        successors=form.successor_ids,
        instrument=facts["instrument"],
        by=by,
        clock=CLOCK,
    )


def _give_post(organization: Organization, form: GivePostForm, by: Member) -> object:
    return posts.give_post(organization.pk, form.cleaned_data["username"], form.post(), by=by, clock=CLOCK)


def _make_group(organization: Organization, form: MakeGroupForm, by: Member) -> object:
    return groups.make_group(organization.pk, form.group(), by=by, clock=CLOCK)


def _begin_term(organization: Organization, form: BeginTermForm, by: Member) -> object:
    facts = form.cleaned_data
    return terms.begin_term(organization.pk, name=facts["name"], starts_on=facts["starts_on"], by=by, clock=CLOCK)


def _give_authority(organization: Organization, form: AuthorityForm, by: Member) -> object:
    person = int(form.cleaned_data["person"])
    return authorities.give_authority(organization.pk, person, form.authority(), by=by, clock=CLOCK)


def _substitute(organization: Organization, form: SubstituteForm, by: Member) -> object:
    held, person = int(form.cleaned_data["held"]), int(form.cleaned_data["person"])
    return authorities.substitute(held, person, form.authority(), by=by, clock=CLOCK)


PAGES = {
    Act.ENTER_BODY: ActPage(
        EnterBodyForm,
        _enter,
        _("The body is entered."),
        _("It stands directly below this body and is administered with it."),
    ),
    Act.RENAME_BODY: ActPage(
        RenameBodyForm,
        _rename,
        _("The new names hold from their day; papers of before keep the old ones."),
        _("What holds now is filled in. Change what is new; until that day nothing changes."),
    ),
    Act.END_BODY: ActPage(
        EndBodyForm,
        _end,
        _("The end is entered; papers of the body keep its names."),
        _("From that day no new paper goes to it. An end that is entered is not taken back."),
    ),
    Act.GIVE_POST: ActPage(
        GivePostForm,
        _give_post,
        _("The post is given."),
        _("With its first day the post gives its holder what the role may do in this body."),
    ),
    Act.MAKE_GROUP: ActPage(
        MakeGroupForm,
        _make_group,
        _("The group is made; add its members now."),
        _("A group stands for its members in the lines of a paper; on issue it is replaced by them."),
    ),
    Act.BEGIN_TERM: ActPage(
        BeginTermForm,
        _begin_term,
        _("The term is entered."),
        _("Numbers of papers start at 01 again with every term."),
    ),
    Act.GIVE_AUTHORITY: ActPage(
        AuthorityForm,
        _give_authority,
        _("The authority is entered."),
        _("Who signs what, from when to when; a drafter chooses among the authorities of the day."),
    ),
    Act.SUBSTITUTE: ActPage(
        SubstituteForm,
        _substitute,
        _("The substitute is entered."),
        _("While one signer is away another signs; the basis stands in the history of every paper approved so."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: MemberRequest, code: str, act: Act) -> HttpResponse:
    """Show what the act asks for, or do it; a refusal shows its reasons and keeps what was typed."""
    organization = administered_body(request, code)
    page, scope = PAGES[act], Scope(organization, request.member, CLOCK.today())
    if request.method != "POST":
        return act_page(request, organization, act, page.form(scope=scope), page.lead)
    form = page.form(request.POST, scope=scope)
    if not form.is_valid():
        return act_page(request, organization, act, form, page.lead, code=400)
    try:
        page.do(organization, form, request.member)
    except Refused as refusal:
        form.refuse(refusal)
        return act_page(request, organization, act, form, page.lead, code=NOT_NOW)
    messages.success(request, str(page.done))
    return redirect("administered_body", code)


def administered_body(request: MemberRequest, code: str) -> Organization:
    """The body with this code, for somebody who administers it; raises Http404."""
    return get_object_or_404(Organization, code=code, pk__in=administered_by(request.member, CLOCK.today()))


def act_page(
    request: MemberRequest,
    organization: Organization,
    act: Act,
    form: ActForm,
    lead: str | Promise,
    *,
    about: str = "",
    code: int = 200,
) -> HttpResponse:
    """The page of one act; `about` names what it is done to when that is not the body itself."""
    context = {
        "organization": organization,
        "name": organization.as_of(CLOCK.today()).name,
        "about": about,
        "act": act,
        "lead": lead,
        "form": form,
        "here": "directory",
    }
    return render(request, "orgs/act.html", context, status=code)
