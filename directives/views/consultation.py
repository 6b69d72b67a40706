"""The comments on a draft that its drafter asks units for, and the table of what they answered."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from directives import permissions
from directives.actions import consulting
from directives.forms.consultation import ConsultationForm
from directives.forms.names import Bodies, names_of
from directives.forms.pressing import PressForm
from directives.forms.steps import PlainStepForm
from directives.models import Consultation, Consulted, Directive, Notice, Opinion
from directives.recipients import bodies_meant
from directives.views.failed_mails import FailedMail, failed_mails, not_sent
from directives.views.paper import staff_paper
from directives.views.pressing import status_of_refusal, taken
from directives.views.round_numbers import RoundNumbers
from directives.views.status import Status
from directives.workflow import Step
from orgs.clock import CLOCK
from orgs.requests import MemberRequest
from orgs.views.names import names_on


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What one unit answered: who, when, in time or not, its comments with what was made of them.

    `mails` are those that should have told the unit and did not arrive.
    """

    unit: str
    consulted: Consulted
    status: Status
    late: bool
    opinions: list[Opinion]
    mails: list[FailedMail]


@dataclass(frozen=True, slots=True)
class Asked:
    """One consultation on a round of the draft, with its table; `answered` of the rows have an answer."""

    consultation: Consultation
    round: int
    rows: list[AnswerRow]

    @property
    def answered(self) -> int:
        """How many units have answered."""
        return sum(row.consulted.answered_at is not None for row in self.rows)

    @property
    def words(self) -> str:
        """The answers in one line, counted."""
        agree = sum(row.consulted.agrees is True for row in self.rows)
        comment = sum(row.consulted.agrees is False for row in self.rows)
        counts = {"all": len(self.rows), "agree": agree, "comment": comment, "silent": len(self.rows) - self.answered}
        words = _("%(all)s units: %(agree)s agree, %(comment)s have comments, %(silent)s have not answered")
        return words % {name: f"{count:02d}" for name, count in counts.items()}


@require_http_methods(["GET", "HEAD", "POST"])
def consultation(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Read what units answered, or ask them; only for the staff of the paper."""
    directive = staff_paper(request, pk)
    bodies = Bodies(directive.issuer, CLOCK.today())
    if request.method != "POST":
        may_ask = permissions.may_consult(request.member, directive)
        form = ConsultationForm(bodies=bodies, initial={"units": _recipients(directive, bodies)}) if may_ask else None
        return _page(request, directive, bodies, form)
    form = ConsultationForm(request.POST, bodies=bodies)

    def ask() -> str:
        facts = form.cleaned_data
        units = bodies_meant(facts["units"], directive.issuer, CLOCK.today())
        told = {"answer_by": facts["answer_by"], "asked": facts["asked"]}
        consulting.consult(pk, units, **told, by=request.member, clock=CLOCK)
        return reverse("consultation", args=[pk])

    return taken(
        request,
        form,
        ask,
        show=lambda form, code: _page(request, directive, bodies, form, code=code),
        done=_("Sent for comments; the units are told by mail and find the draft in their work."),
        refused=lambda: status_of_refusal(request.member, Step.EDIT, directive),
    )


@require_POST
def end_consultation(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Ask nobody any more."""
    directive = staff_paper(request, pk)

    def end() -> str:
        consulting.call_off(pk, by=request.member, clock=CLOCK)
        return reverse("consultation", args=[pk])

    return taken(
        request,
        PlainStepForm(request.POST),
        end,
        show=lambda form, code: _page(request, directive, Bodies(directive.issuer, CLOCK.today()), form, code=code),
        done=_("The units are asked no more; their answers stay here."),
        refused=lambda: status_of_refusal(request.member, Step.EDIT, directive),
    )


def asked_on(directive: Directive) -> list[Asked]:
    """Every consultation on this draft, the last one first."""
    asked = directive.consultations.order_by("-opened_at").prefetch_related("consulted__answered_by")
    rounds = RoundNumbers(directive)
    return [_asked(consultation, rounds.of(consultation.version)) for consultation in asked]


def _asked(consultation: Consultation, number: int) -> Asked:
    units = list(consultation.consulted.all())
    names = names_on(CLOCK.today(), [unit.organization_id for unit in units])
    opinions: dict[UUID | None, list[Opinion]] = {}
    for opinion in Opinion.objects.filter(consulted__in=units).select_related("answered_by"):
        opinions.setdefault(opinion.consulted_id, []).append(opinion)
    waiting = [unit for unit in units if unit.answered_at is None and consultation.closed_at is None]
    mails: dict[UUID | None, list[FailedMail]] = {}
    for mail in failed_mails(not_sent(Notice.objects.filter(consulted__in=waiting))):
        mails.setdefault(mail.notice.consulted_id, []).append(mail)
    rows = [
        AnswerRow(
            names[unit.organization_id],
            unit,
            _status(unit),
            _is_late(consultation, unit),
            opinions.get(unit.pk, []),
            mails.get(unit.pk, []),
        )
        for unit in units
    ]
    return Asked(consultation, number, sorted(rows, key=lambda row: (row.consulted.answered_at is None, row.unit)))


def _status(unit: Consulted) -> Status:
    if unit.answered_at is None:
        return Status(pgettext("consultation", "Not answered yet"), "idle")
    if unit.agrees:
        return Status(pgettext("consultation", "Agrees"), "done")
    return Status(pgettext("consultation", "Has comments"), "soon")


def _is_late(consultation: Consultation, unit: Consulted) -> bool:
    """Whether the answer came, or has not come, after the day until which it was asked for."""
    until = unit.answered_at or consultation.closed_at or CLOCK.now()
    return timezone.localdate(until) > consultation.answer_by


def _recipients(directive: Directive, bodies: Bodies) -> list[str]:
    """The draft's own lines are offered: whom it is for is asked first."""
    document = directive.under_head_of(CLOCK.today())
    targets = [target for line in document.addressees for target in line.targets]
    targets += [target for line in document.distribution for target in line.targets]
    return list(dict.fromkeys(names_of(bodies, [target for target in targets if target.kind != "posts"])))


def _page(
    request: MemberRequest, directive: Directive, bodies: Bodies, form: PressForm | None, *, code: int = 200
) -> HttpResponse:
    asked = asked_on(directive)
    context = {
        "directive": directive,
        "form": form,
        "names": bodies.names if form else [],
        "asked": asked,
        "may_end": bool(permissions.may(request.member, Step.EDIT, directive))
        and any(each.consultation.closed_at is None for each in asked),
        "key": uuid4(),
        "here": "outgoing",
    }
    return render(request, "directives/consultation.html", context, status=code)
