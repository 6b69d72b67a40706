"""The Word file of a paper, for everybody who may read the paper; made from its text each time it is asked for."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directives.models import Directive
from directives.printed_page import Variant
from directives.wordfile import word_file
from directives.workflow import DirectiveState
from orgs.clock import CLOCK
from orgs.requests import MemberRequest

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def word(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The text as a Word file; what was not issued says so at the foot of every page."""
    directive = get_object_or_404(Directive.objects.visible_to(request.member), pk=pk)
    if directive.text_file is not None:
        # It would be a Word file without the text.
        raise Http404
    variant = Variant.DRAFT if directive.number is None else Variant.FINAL
    content = word_file(directive.document(CLOCK.today()), variant=variant, note=_note(directive))
    response = HttpResponse(content, content_type=WORD)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(_name(directive))}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response


def _note(directive: Directive) -> str:
    """What every page says of a text that is not in force."""
    if directive.is_recalled:
        return _("This paper was recalled by %(by)s.") % {"by": directive.recalled_by}
    if directive.state == DirectiveState.ISSUED:
        return ""
    if directive.state == DirectiveState.DRAFT:
        return _("Draft, not issued")
    words = _("Draft, not issued (%(state)s)") if directive.number is None else _("Not issued (%(state)s)")
    return words % {"state": directive.get_state_display()}


def _name(directive: Directive) -> str:
    number = directive.printed_number.replace("/", "-")
    return f"{number or 'du-thao'}.docx"
