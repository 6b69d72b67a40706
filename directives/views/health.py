"""What a watching machine asks: is it alive, is it ready."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from directives.models import OutboxRow
from directives.workflow import WorkState
from orgs.clock import CLOCK

LONGEST_WAIT = timedelta(minutes=5)


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("alive\n", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and no work has been due for more than five minutes, else 503."""
    try:
        waited = _longest_wait()
    except DatabaseError:
        return JsonResponse({"database": "away", "oldest_due_seconds": None}, status=503)
    facts = {"database": "here", "oldest_due_seconds": int(waited.total_seconds())}
    return JsonResponse(facts, status=503 if waited > LONGEST_WAIT else 200)


def _longest_wait() -> timedelta:
    """How long the oldest work that is due has been waiting, claims that ran out included."""
    now = CLOCK.now()
    waiting = OutboxRow.objects.filter(state__in=[WorkState.QUEUED, WorkState.FAILED], due_at__lte=now)
    left = OutboxRow.objects.filter(state=WorkState.CLAIMED, lease_until__lte=now)
    oldest = [
        waiting.aggregate(oldest=Min("due_at"))["oldest"],
        left.aggregate(oldest=Min("lease_until"))["oldest"],
    ]
    return max((now - moment for moment in oldest if moment), default=timedelta(0))
