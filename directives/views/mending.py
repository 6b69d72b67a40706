"""One press on a finding of a draft does what the finding proposes."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directives.actions import mending
from directives.forms.mending import MendForm
from directives.forms.pressing import PressForm
from directives.models import Directive
from directives.views.pressing import status_of_refusal, taken
from directives.workflow import Step
from orgs.clock import CLOCK
from orgs.requests import MemberRequest


@require_POST
def mend(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Change the draft and show it again; a refusal says why and leads back."""
    directive = get_object_or_404(Directive.objects.visible_to(request.member), pk=pk)
    form = MendForm(request.POST)

    def done() -> str:
        version = form.cleaned_data["version"]
        mending.mend(directive.pk, form.fix_key, version=version, by=request.member, clock=CLOCK)
        return reverse("directive", args=[directive.pk]) + "#findings"

    def show(form: PressForm, code: int) -> HttpResponse:
        reasons = [words for errors in form.errors.values() for words in errors]
        return render(request, "refused.html", {"reasons": reasons, "directive": directive}, status=code)

    def refused() -> int:
        return status_of_refusal(request.member, Step.EDIT, directive)

    return taken(request, form, done, show=show, done=_("The draft is changed."), refused=refused)
