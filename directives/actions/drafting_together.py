"""Who else has a draft open: told by the browser windows themselves, forgotten when they fall silent."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from directives import permissions
from directives.models import Directive, OpenWindow
from directives.workflow import Step
from orgs.clock import Clock
from orgs.member import Member

SILENT = timedelta(seconds=50)
"""A window that has not told for so long is closed, or its network is gone."""


@transaction.atomic
def stand_open(directive_id: UUID, window: UUID, *, by: Member, clock: Clock) -> list[OpenWindow]:
    """Note that this window has the draft open; return the other windows that do, the longest silent last."""
    directive = Directive.objects.select_related("drafting_body").get(pk=directive_id)
    permissions.may(by, Step.EDIT, directive).enforce()
    now = clock.now()
    directive.open_windows.filter(seen_at__lt=now - SILENT).delete()
    OpenWindow.objects.bulk_create(
        [OpenWindow(window=window, directive=directive, person=by.person, seen_at=now)],
        update_conflicts=True,
        unique_fields=["window"],
        update_fields=["directive", "person", "seen_at"],
    )
    others = directive.open_windows.exclude(window=window).select_related("person")
    return list(others.order_by("-seen_at"))
