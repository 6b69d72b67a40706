"""A form is done once, and a refusal keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from directives import permissions
from directives.actions import pressing
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


def status_of_refusal(member: Member, step: Step, subject: Subject) -> int:
    """403 when no post of this member gives the step, 409 when it only does not fit now."""
    try:
        permissions.acting(member, step, subject)
    except Refused:
        return NOT_ALLOWED
    return NOT_NOW


def page_of(directive: Directive, member: Member) -> str:
    """The directive's page, or my work when the step has taken it out of this member's sight."""
    if Directive.objects.visible_to(member).filter(pk=directive.pk).exists():
        return reverse("directive", args=[directive.pk])
    return reverse("my_work")
