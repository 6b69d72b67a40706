"""What happens around a view of directives: a refusal becomes a page, a unit's reading is noted."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from directives.actions import delivering
from directives.models import Delivery, Directive, Reading
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.requests import MemberRequest
from orgs.verdicts import Refused

Answer = Callable[[HttpRequest], HttpResponse]


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
    """After the page of a directive was given to somebody of a unit that has it, the reading is noted."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then note the reading in a transaction of its own."""
        response = self.get_response(request)
        match = request.resolver_match
        if match and match.url_name == "directive" and request.method == "GET" and response.status_code == 200:
            _note_reading(match.kwargs["pk"], cast(MemberRequest, request).member)
        return response


@transaction.atomic
def _note_reading(directive_id: UUID, member: Member) -> None:
    if not Delivery.objects.filter(directive=directive_id).open_to(member).exists():
        return
    now = CLOCK.now()
    Reading.objects.create(directive_id=directive_id, person=member.person, at=now)
    delivering.mark_seen(Directive.objects.get(pk=directive_id), by=member, at=now)
