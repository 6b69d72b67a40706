"""What was given for a time ends: a post, a term, an authority, a place in a group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from orgs.actions import authorities, groups, posts, terms
from orgs.acts import Act
from orgs.clock import CLOCK
from orgs.forms.fields import ActForm, Scope
from orgs.forms.people import LastDayForm, TermEndForm
from orgs.member import Member
from orgs.models import Authority, GroupMember, Organization, Post, Term
from orgs.permissions import administered_by
from orgs.requests import MemberRequest
from orgs.verdicts import Refused
from orgs.views.acts import NOT_NOW, act_page


@dataclass(frozen=True, slots=True)
class Ending:
    """Things of one kind: where they are found, whose they are, how one is named, and what ends it."""

    found: Callable[[], QuerySet[Any]]
    owner: str
    about: Callable[[Any], str]
    end: Callable[[int, date | None, Member], object]
    form: type[ActForm]
    lead: str | Promise


def _end_post(pk: int, last_day: date | None, by: Member) -> object:
    return posts.end_post(pk, last_day=last_day, by=by, clock=CLOCK)


def _end_term(pk: int, last_day: date | None, by: Member) -> object:
    return terms.end_term(pk, last_day=last_day, by=by, clock=CLOCK)


def _end_authority(pk: int, last_day: date | None, by: Member) -> object:
    return authorities.end_authority(pk, last_day=last_day, by=by, clock=CLOCK)


def _end_member(pk: int, last_day: date | None, by: Member) -> object:
    return groups.end_member(pk, last_day=last_day, by=by, clock=CLOCK)


def _who_holds(post: Post) -> str:
    """The person and the post; with the role, for one title may go with several posts."""
    role = str(post.get_role_display())
    return f"{post.person.full_name}, {post}" + (f" · {role}" if str(post) != role else "")


ENDINGS = {
    Act.END_POST: Ending(
        lambda: Post.objects.select_related("person"),
        "organization",
        _who_holds,
        _end_post,
        LastDayForm,
        _("When a post ends, everything that it allowed ends with it."),
    ),
    Act.END_TERM: Ending(
        Term.objects.all,
        "organization",
        str,
        _end_term,
        TermEndForm,
        _("Papers after that day take their numbers from the next term."),
    ),
    Act.END_AUTHORITY: Ending(
        lambda: Authority.objects.select_related("person"),
        "organization",
        str,
        _end_authority,
        LastDayForm,
        _("What was signed within the authority stays signed."),
    ),
    Act.END_MEMBER: Ending(
        lambda: GroupMember.objects.select_related("organization", "post__person", "group"),
        "group__owner",
        lambda member: f"{member.group}: {member_name(member)}",
        _end_member,
        LastDayForm,
        _("Papers that were issued keep their recipients."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: MemberRequest, act: Act, pk: int) -> HttpResponse:
    """Ask for the last day, or end it."""
    ending, day = ENDINGS[act], CLOCK.today()
    thing = get_object_or_404(ending.found(), pk=pk, **{f"{ending.owner}__in": administered_by(request.member, day)})
    organization: Organization = thing.group.owner if act == Act.END_MEMBER else thing.organization
    scope, about = Scope(organization, request.member, day), ending.about(thing)
    form = ending.form(request.POST if request.method == "POST" else None, scope=scope)
    if not form.is_bound:
        return act_page(request, organization, act, form, ending.lead, about=about)
    if not form.is_valid():
        return act_page(request, organization, act, form, ending.lead, about=about, code=400)
    try:
        ending.end(pk, form.cleaned_data["last_day"], request.member)
    except Refused as refusal:
        form.refuse(refusal)
        return act_page(request, organization, act, form, ending.lead, about=about, code=NOT_NOW)
    thing.refresh_from_db(fields=["ends_on"])
    words = _("The last day is entered as %(day)s: %(what)s.")
    messages.success(request, words % {"what": about, "day": f"{thing.ends_on:%d/%m/%Y}"})
    if act == Act.END_MEMBER:
        return redirect("group", thing.group_id)
    return redirect("administered_body", organization.code)


def member_name(member: GroupMember) -> str:
    """What a group's page calls a member: the body's name today, or the post and its holder."""
    if member.organization is not None:
        return member.organization.as_of(CLOCK.today()).name
    return f"{member.post.person.full_name}, {member.post}" if member.post else ""
