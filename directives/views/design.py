"""The components of the pages on one page, for whoever changes them; there is no such page in an office."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directives.forms.steps import VoidForm
from directives.views.my_work import WorkList
from directives.views.sending import Progress, Stage
from directives.views.status import ASSIGNMENT_TONES, DELIVERY_TONES, DIRECTIVE_TONES, Status
from directives.views.work_rows import Row
from directives.workflow import DeliveryState, DirectiveState, Step
from orgs.clock import CLOCK
from orgs.requests import MemberRequest


@require_safe
def design(request: MemberRequest) -> HttpResponse:
    """Every component with words that the program has anyway; nothing on it does anything."""
    tones = [*DIRECTIVE_TONES.items(), *DELIVERY_TONES.items(), *ASSIGNMENT_TONES.items()]
    form = VoidForm({"key": str(uuid4()), "decided_by": "", "reason": ""})
    stages = [
        Stage(str(DirectiveState.NUMBERED.label), "done"),
        Stage(str(DirectiveState.ISSUED.label), "now"),
        Stage(str(DeliveryState.SENT.label), "next"),
    ]
    context = {
        "statuses": [Status(str(state.label), tone) for state, tone in tones],
        "form": form,
        "progress": Progress(stages, working=False, waits=True, failures=[]),
        "work": WorkList([_row()], 3, reverse("tasks")),
        "now": CLOCK.now(),
    }
    return render(request, "directives/design.html", context)


def _row() -> Row:
    word = str(Step.REPORT.label)
    return Row(word, word, word, reverse("tasks"), word, reverse("tasks"), Status(word, "soon"))
