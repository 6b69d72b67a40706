"""Change who of the issuing body follows a share."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives import permissions
from directives.actions import following
from directives.forms.following import FollowerForm
from directives.forms.pressing import PressForm
from directives.models import Assignment
from directives.views.pressing import NOT_ALLOWED, NOT_NOW, Act, act_page, taken
from orgs.clock import CLOCK
from orgs.requests import MemberRequest
from orgs.views.names import names_on


@require_http_methods(["GET", "HEAD", "POST"])
def follower(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Choose who follows the share, and on wish all open shares of its task."""
    shares = Assignment.objects.visible_to(request.member)
    share = get_object_or_404(shares.select_related("task__directive", "monitor"), pk=pk)
    verdict = permissions.may_change_follower(request.member, share)
    if not verdict:
        context = {"reasons": verdict.reasons, "directive": share.task.directive}
        return render(request, "refused.html", context, status=_status(request, share))
    others = share.task.assignments.still_open().exclude(pk=pk).count()
    people = following.who_may_follow(share.task.directive, CLOCK.today())
    if request.method != "POST":
        initial = {"follower": share.monitor_id or ""}
        return _page(request, share, FollowerForm(people=people, others=others, initial=initial))
    form = FollowerForm(request.POST, people=people, others=others)

    def change() -> str:
        whole_task = bool(form.cleaned_data.get("whole_task"))
        following.change_follower(pk, form.chosen, whole_task=whole_task, by=request.member, clock=CLOCK)
        return reverse("task", args=[pk])

    return taken(
        request,
        form,
        change,
        show=lambda form, code: _page(request, share, form, code=code),
        done=_("Who follows it is changed."),
    )


def _status(request: MemberRequest, share: Assignment) -> int:
    return NOT_NOW if permissions.follows(request.member, share) else NOT_ALLOWED


def _page(request: MemberRequest, share: Assignment, form: PressForm, *, code: int = 200) -> HttpResponse:
    unit = names_on(CLOCK.today(), [share.organization_id])[share.organization_id]
    act = Act(
        word=_("Change who follows it"),
        lead=f"{unit} · {Truncator(share.task.text).chars(160)}",
        back=reverse("task", args=[share.pk]),
        back_to=_("Back to the task"),
    )
    return act_page(request, form, act, code=code)
