"""Filters of the lists, held in the address so that a list can be kept as a bookmark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Func, Q, QuerySet, TextField
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet, NumberFilter, UUIDFilter

from directives import search
from directives.formats.types import DOCUMENT_TYPES
from directives.models import Assignment, Delivery, Directive
from directives.models.directive import DirectiveQuerySet
from directives.models.seen import SeenQuerySet
from directives.workflow import AssignmentState, DeliveryState, DirectiveState
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.models import OrganizationVersion
from orgs.vietnamese import fold

LENGTH = 50
UNFINISHED = [AssignmentState.ASSIGNED, AssignmentState.WORKING]
TYPES = {kind.code: kind.name for kind in DOCUMENT_TYPES}
DAY = {"input_formats": ["%d/%m/%Y"], "widget": forms.TextInput(attrs={"class": "day", "inputmode": "numeric"})}
Names = Mapping[str, str | Promise]

PAPERS: dict[str, tuple[str | Promise, Q]] = {
    "": (_("All"), Q()),
    "du-thao": (_("Drafts"), Q(state=DirectiveState.DRAFT)),
    "cho-ky": (_("Waiting for approval"), Q(state=DirectiveState.SUBMITTED)),
    "da-duyet": (_("Approved"), Q(state=DirectiveState.APPROVED)),
    "da-cap-so": (_("Numbered"), Q(state=DirectiveState.NUMBERED)),
    "da-phat-hanh": (_("Issued"), Q(state=DirectiveState.ISSUED, recalled_at__isnull=True)),
    "da-thu-hoi": (_("Recalled or voided"), Q(recalled_at__isnull=False) | Q(state=DirectiveState.VOIDED)),
}
ARRIVALS: dict[str, tuple[str | Promise, Q]] = {
    "": (_("All"), Q()),
    "cho-tiep-nhan": (_("To be received"), Q(state__in=[DeliveryState.SENT, DeliveryState.ARRIVED])),
    "da-tiep-nhan": (_("Received"), Q(state=DeliveryState.RECEIVED)),
    "da-thu-hoi": (_("Recalled"), Q(directive__recalled_at__isnull=False)),
}
ALL_SHARES = "tat-ca"
SHARES: dict[str, str | Promise] = {
    "": _("Not finished"),
    "qua-han": _("Late"),
    "hom-nay": _("Due today"),
    "da-bao-cao": _("Reported"),
    "hoan-thanh": _("Completed"),
    ALL_SHARES: _("All"),
}


class ListFilter(FilterSet):  # type: ignore[misc]  # django-filter carries no types
    """What every list is narrowed by: words (`q`), state (`loc`), type, days from and to, number, issuing body.

    A value that cannot be read narrows nothing; its error stands in `form.errors`. What a state and words mean, each
    list says itself (`by_state`, `by_words`).
    """

    STATES: Names = {}
    PAPER = ""
    DAY_OF = "dated_on"
    DAY_NAME: str | Promise = _("Date")

    q = CharFilter(method="by_words", label=_("Number or subject"))
    loc = CharFilter(method="by_state", label=_("State"))
    loai = ChoiceFilter(method="by_type", label=_("Type"), choices=list(TYPES.items()))
    tu = DateFilter(method="from_day", label=_("From"), **DAY)
    den = DateFilter(method="to_day", label=_("To"), **DAY)
    so = NumberFilter(
        method="by_number", label=_("Number"), widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"})
    )
    cq = ChoiceFilter(method="by_issuer", label=_("Issuing body"))

    def __init__(self, *args: Any, issuers: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        """`issuers` are the few bodies to choose from; without them the name is typed."""
        super().__init__(*args, **kwargs)
        if issuers is None:
            self.filters["cq"] = self._typed_issuer()
        else:
            self.filters["cq"].extra["choices"] = list(issuers.items())

    def by_type(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Papers of one type."""
        return rows.filter(**{f"{self.PAPER}type": value})

    def by_number(self, rows: QuerySet[Any], name: str, value: int) -> QuerySet[Any]:
        """Papers with this number, whatever their symbol."""
        return rows.filter(**{f"{self.PAPER}number": value})

    def by_issuer(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Papers of one body."""
        return rows.filter(**{f"{self.PAPER}issuer": value})

    def by_typed_issuer(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Papers of the bodies in one of whose names these words stand, with or without accents."""
        called = OrganizationVersion.objects.with_words(value).values_list("organization_id", flat=True)
        return rows.filter(**{f"{self.PAPER}issuer__in": list(called)})

    def _typed_issuer(self) -> CharFilter:
        typed = CharFilter(method="by_typed_issuer", label=_("Issuing body"))
        typed.parent, typed.model = self, self.filters["cq"].model
        return typed

    def from_day(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """From this day on."""
        return rows.filter(**{f"{self.DAY_OF}__gte": value})

    def to_day(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Until this day, the day included."""
        return rows.filter(**{f"{self.DAY_OF}__lte": value})


class PaperFilter(ListFilter):
    """Outgoing papers."""

    STATES = {slug: name for slug, (name, _q) in PAPERS.items()}

    def newest(self, most: int) -> list[UUID]:
        """Keys of the rows that were last changed, at most so many."""
        self.form.full_clean()
        typed = dict(self.form.cleaned_data)
        words, papers = typed.pop("q", ""), self.queryset.all()
        for name, value in typed.items():
            papers = self.filters[name].filter(papers, value)
        return search.newest(papers, words, most)

    def by_state(self, rows: DirectiveQuerySet, name: str, value: str) -> DirectiveQuerySet:
        """An unknown state shows all."""
        return rows.filter(PAPERS.get(value, PAPERS[""])[1])

    def by_words(self, rows: DirectiveQuerySet, name: str, value: str) -> DirectiveQuerySet:
        """By number, subject and text (directives/search.py)."""
        return search.found(rows, value)


class ArrivalFilter(ListFilter):
    """Incoming papers of the member's units; `dv` is one of these."""

    STATES = {slug: name for slug, (name, _q) in ARRIVALS.items()}
    PAPER = "directive__"
    DAY_OF = "directive__dated_on"

    dv = UUIDFilter(field_name="organization")

    def by_state(self, rows: QuerySet[Delivery], name: str, value: str) -> QuerySet[Delivery]:
        """An unknown state shows all."""
        return rows.filter(ARRIVALS.get(value, ARRIVALS[""])[1])

    def by_words(self, rows: SeenQuerySet[Delivery], name: str, value: str) -> QuerySet[Delivery]:
        """By the words of the paper, and by the unit's own incoming number."""
        wanted = Q(directive__in=_papers_with(value, rows.seen_by))
        if value.strip().isdecimal():
            wanted |= Q(incoming_entry__number=int(value.strip()[:9]))
        return rows.filter(wanted)


MINE = "toi"


class ShareFilter(ListFilter):
    """Shares of tasks; the days are those of the deadline, `td` says who of the issuer follows them.

    `vb` is one paper: pages of papers lead to its shares. `dv` is the unit that carries them out.
    """

    STATES = SHARES
    PAPER = "directive__"
    DAY_OF = "due_at__date"
    DAY_NAME = _("Deadline")
    FOLLOWERS: Names = {"": _("Everybody"), MINE: _("Followed by me")}

    td = CharFilter(method="by_follower", label=_("Followed by"))
    vb = UUIDFilter(field_name="directive")
    dv = UUIDFilter(field_name="organization")

    def by_follower(self, rows: SeenQuerySet[Assignment], name: str, value: str) -> SeenQuerySet[Assignment]:
        """Those that the person who asks follows; another value narrows nothing."""
        if value != MINE or rows.seen_by is None:
            return rows
        return rows.filter(monitor=rows.seen_by.person)

    def filter_queryset(self, queryset: QuerySet[Assignment]) -> QuerySet[Assignment]:
        """Without a state the list shows what is not finished."""
        found: QuerySet[Assignment] = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("loc") else self.by_state(found, "loc", "")

    def by_state(self, rows: QuerySet[Assignment], name: str, value: str) -> QuerySet[Assignment]:
        """Shares of the chosen kind; an unknown one shows those that are not finished."""
        now = CLOCK.now()
        wanted = {
            "qua-han": Q(state__in=UNFINISHED, due_at__lt=now),
            "hom-nay": Q(state__in=UNFINISHED, due_at__gte=now, due_at__date=timezone.localdate(now)),
            "da-bao-cao": Q(state=AssignmentState.REPORTED),
            "hoan-thanh": Q(state=AssignmentState.DONE),
            ALL_SHARES: Q(),
        }
        return rows.filter(wanted.get(value, Q(state__in=UNFINISHED)))

    def by_words(self, rows: SeenQuerySet[Assignment], name: str, value: str) -> QuerySet[Assignment]:
        """By the number of the paper, the words of the task, or the name of the unit."""
        papers = rows.filter(directive__in=_papers_with(value, rows.seen_by))
        if not search.NUMBER_AND_SYMBOL.search(value.lower()) and not value.strip().isdecimal():
            plain = papers.annotate(plain=Folded("task__text"))
            for syllable in search.syllables(value):
                plain = plain.filter(plain__contains=fold(syllable))
            papers = rows.filter(pk__in=plain.values("pk"))
        return rows.filter(Q(pk__in=papers.values("pk")) | Q(organization__in=_bodies_called(value)))


class Folded(Func):
    """The text without accents, as `orgs.vietnamese.fold` folds it."""

    template = (
        "lower(regexp_replace(translate(normalize(%(expressions)s, NFD), 'đĐ', 'dd'),"
        " '[\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323]', '', 'g'))"
    )
    output_field = TextField()


def _papers_with(words: str, member: Member | None) -> QuerySet[Any, Any]:
    papers = Directive.objects.all() if member is None else Directive.objects.for_eyes_of(member)
    return search.found(papers, words).order_by().values("pk")


def _bodies_called(words: str) -> list[Any]:
    """Bodies whose name holds these words, with or without accents."""
    wanted = fold(words.strip())
    names = OrganizationVersion.objects.values_list("organization_id", "name")
    return [body for body, name in names if wanted in fold(name)]


def page_number(asked: str) -> int:
    """The page of a list that the address asks for, from 1."""
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1
