"""What happens around a view of directives: a refusal becomes a page, a unit's reading is noted."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from directives.actions import delivering
from directives.models import Delivery, Directive, Reading
from directives.models.directive import WORKING_ROLES
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.requests import MemberRequest
from orgs.verdicts import Refused

Answer = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger(__name__)


class RefusedMiddleware:
    """What the rules do not allow is answered with a page that says why (403)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a refusal is handled by `process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page with the reasons, for a refusal only."""
        if isinstance(exception, Refused):
            return render(request, "refused.html", {"reasons": exception.reasons}, status=403)
        return None


class ReadingMiddleware:
    """After the page of a directive was given to somebody outside the issuer's staff, the reading is noted."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then note the reading in a transaction of its own."""
        response = self.get_response(request)
        match = request.resolver_match
        if match and match.url_name == "directive" and request.method == "GET" and response.status_code == 200:
            _note_if_there_is_room(match.kwargs["pk"], cast(MemberRequest, request).member)
        return response


def _note_if_there_is_room(directive_id: UUID, member: Member) -> None:
    """People read on while the database's disk is full; a restricted paper is not shown without a note of it."""
    try:
        _note_reading(directive_id, member)
    except OperationalError as fault:
        if Directive.objects.filter(pk=directive_id, restricted=True).exists():
            raise
        log.error("A reading of %s could not be noted: %s", directive_id, fault)


@transaction.atomic
def _note_reading(directive_id: UUID, member: Member) -> None:
    directive = Directive.objects.get(pk=directive_id)
    came = Delivery.objects.filter(directive=directive).open_to(member).exists()
    staff = member.organizations_as(*WORKING_ROLES) & directive.bodies
    if staff and not came:
        return
    now = CLOCK.now()
    Reading.objects.create(directive=directive, person=member.person, at=now)
    if came:
        delivering.mark_seen(directive, by=member, at=now)
