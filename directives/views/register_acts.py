"""What the clerk does in the register: keep a number, void one that was kept."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives.actions import registering
from directives.forms.pressing import PressForm
from directives.forms.registers import ReserveForm
from directives.forms.steps import VoidForm
from directives.models import RegisterEntry
from directives.views.pressing import Act, act_page, taken
from directives.workflow import ENTRY, Step
from orgs.clock import CLOCK
from orgs.forms.fields import Choices, bodies_as_choices
from orgs.member import Member
from orgs.requests import MemberRequest
from orgs.verdicts import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def reserve_number(request: MemberRequest) -> HttpResponse:
    """Keep the next number of a series for a paper that is still to come."""
    bodies = books_of(request.member)
    if request.method != "POST":
        return _reserve_page(request, ReserveForm(bodies=bodies))
    form = ReserveForm(request.POST, bodies=bodies)
    return taken(
        request,
        form,
        lambda: _reserve(request, form),
        show=lambda form, code: _reserve_page(request, form, code=code),
        done=_("The number is kept; its line stands in the register."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def void_reserved(request: MemberRequest, pk: int) -> HttpResponse:
    """Void a number that was kept and is not needed."""
    entries = RegisterEntry.objects.visible_to(request.member).filter(directive__isnull=True, secret=False)
    entry = get_object_or_404(entries.select_related("series"), pk=pk)
    may = request.member.post_as(entry.series.organization_id, ENTRY[Step.VOID_NUMBER].roles) is not None
    if not may:
        raise Refused(_("Only the clerk of this body voids its numbers."))
    if request.method != "POST":
        return _void_page(request, entry, VoidForm())
    form = VoidForm(request.POST)
    return taken(
        request,
        form,
        lambda: _void(request, entry, form),
        show=lambda form, code: _void_page(request, entry, form, code=code),
        done=_("The number is voided and keeps its line in the register."),
    )


def books_of(member: Member) -> Choices:
    """The bodies in whose books this member takes numbers, as in the frame; raises Refused when there are none."""
    bodies = member.organizations_as(*ENTRY[Step.RESERVE].roles)
    if not bodies:
        raise Refused(_("Only a clerk takes numbers. Your posts today do not include it."))
    choices = bodies_as_choices(CLOCK.today(), within=bodies)
    return sorted(choices, key=lambda choice: member.place_of(UUID(choice[0])))


def book_of(entry: RegisterEntry) -> str:
    """The address of the register in which this line stands."""
    return reverse("outgoing_register", args=[entry.series_id])


def _reserve(request: MemberRequest, form: ReserveForm) -> str:
    facts = form.cleaned_data
    return book_of(
        registering.reserve_number(
            UUID(facts["body"]),
            facts["type"],
            reserved_for=facts["reserved_for"],
            until=facts["until"],
            by=request.member,
            clock=CLOCK,
        )
    )


def _void(request: MemberRequest, entry: RegisterEntry, form: PressForm) -> str:
    facts = form.cleaned_data
    decided = {"reason": facts["reason"], "decided_by": facts["decided_by"]}
    return book_of(registering.void_reserved(entry.pk, **decided, by=request.member, clock=CLOCK))


def _reserve_page(request: MemberRequest, form: PressForm, *, code: int = 200) -> HttpResponse:
    act = Act(
        word=str(Step.RESERVE.label),
        lead=_("The number is dated today and stands in the register from now on; it is given to its paper later."),
        back=reverse("registers"),
        back_to=_("Registers"),
    )
    return act_page(request, form, act, code=code)


def _void_page(request: MemberRequest, entry: RegisterEntry, form: PressForm, *, code: int = 200) -> HttpResponse:
    act = Act(
        word=_("Void number %(number)s") % {"number": entry},
        lead=_("It was kept for: %(what)s. The line stays in the register with the reason; the number is gone.")
        % {"what": entry.reserved_for},
        back=book_of(entry),
        back_to=_("Registers"),
        dangerous=True,
    )
    return act_page(request, form, act, code=code)
