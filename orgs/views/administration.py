"""The administrator's pages: the bodies administered, one of them with all that may be done to it, and its groups."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from orgs.actions import groups
from orgs.clock import CLOCK
from orgs.forms.fields import Scope
from orgs.forms.rights import AddMemberForm
from orgs.models import GroupKind, OrganizationVersion, RecipientGroup
from orgs.permissions import administered_by
from orgs.requests import MemberRequest
from orgs.verdicts import Refused
from orgs.views import facts
from orgs.views.acts import NOT_NOW, administered_body
from orgs.views.endings import member_name
from orgs.views.facts import BodyLink


@require_safe
def administration(request: MemberRequest) -> HttpResponse:
    """Every body that the member administers, found with or without accents."""
    day = CLOCK.today()
    administered = administered_by(request.member, day)
    if not administered:
        raise Refused(_("Only an administrator has this page. Your posts today do not include it."))
    words = request.GET.get("q", "").strip()[:200]
    versions = OrganizationVersion.objects.in_force_on(day).filter(organization__in=administered)
    found = versions.with_words(words).select_related("organization").order_by("sort_key")
    younger = administered - set(versions.values_list("organization_id", flat=True))
    first = OrganizationVersion.objects.filter(organization__in=younger).order_by("organization_id", "valid_from")
    context = {
        "rows": list(found),
        "to_come": list(first.distinct("organization_id").with_words(words).select_related("organization")),
        "words": words,
        "here": "directory",
    }
    return render(request, "orgs/administration.html", context)


@require_safe
def administered(request: MemberRequest, code: str) -> HttpResponse:
    """One body with its names, posts, groups, terms and signers, and what was done to them last."""
    organization = administered_body(request, code)
    day = CLOCK.today()
    authorities = organization.authorities.not_ended_on(day).select_related("person", "in_place_of__person")
    context = {
        "organization": organization,
        "now": organization.as_of(day),
        "has_ended": organization.has_ended(day),
        "names": facts.names_over_time(organization, day),
        "staff": facts.staff(organization, day),
        "groups": facts.groups_of(organization, day),
        "terms": list(organization.terms.order_by("-starts_on")),
        "authorities": list(authorities.order_by("person__full_name", "starts_on")),
        "changes": facts.changes_of(organization),
        "today": day,
        "here": "directory",
    }
    return render(request, "orgs/administered_body.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: MemberRequest, pk: int) -> HttpResponse:
    """One group: who belongs to it, and a form that adds one more."""
    made = get_object_or_404(RecipientGroup, pk=pk, owner__in=administered_by(request.member, CLOCK.today()))
    scope = Scope(made.owner, request.member, CLOCK.today())
    form = AddMemberForm(request.POST if request.method == "POST" else None, scope=scope, group=made)
    if not form.is_bound:
        return _group_page(request, made, form)
    if not form.is_valid():
        return _group_page(request, made, form, code=400)
    try:
        _add(request, made, form)
    except Refused as refusal:
        form.refuse(refusal)
        return _group_page(request, made, form, code=NOT_NOW)
    messages.success(request, _("Added to the group."))
    return redirect("group", pk)


def _add(request: MemberRequest, made: RecipientGroup, form: AddMemberForm) -> object:
    chosen, starts_on = form.cleaned_data["member"], form.cleaned_data["starts_on"]
    if made.kind == GroupKind.ORGANIZATIONS:
        return groups.add_body(made.pk, chosen, starts_on=starts_on, by=request.member, clock=CLOCK)
    return groups.add_post(made.pk, int(chosen), starts_on=starts_on, by=request.member, clock=CLOCK)


def _group_page(request: MemberRequest, made: RecipientGroup, form: AddMemberForm, *, code: int = 200) -> HttpResponse:
    day = CLOCK.today()
    members = made.members.not_ended_on(day).select_related("organization", "post__person")
    named = facts.links(day, [member.organization_id for member in members])
    rows = [
        (member, named[member.organization_id].name if member.organization_id else member_name(member))
        for member in members.order_by("position", "pk")
    ]
    owner = BodyLink(made.owner.code, made.owner.as_of(day).name)
    context = {"group": made, "owner": owner, "rows": rows, "form": form, "today": day, "here": "directory"}
    return render(request, "orgs/group.html", context, status=code)
