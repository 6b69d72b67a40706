"""The registers of outgoing and incoming papers: the shelf, one book with its statement, and the printed book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directives import continuity
from directives.formats.types import DOCUMENT_TYPES
from directives.forms.registers import PeriodForm
from directives.models import IncomingBook, IncomingEntry, NumberSeries, RegisterEntry, changes_for
from directives.models.incoming import INCOMING_BOOK_ROLES
from directives.models.register import OUTGOING_BOOK_ROLES
from directives.views.pages import page_of_list
from directives.views.register_rows import incoming_lines, outgoing_entries, outgoing_lines
from directives.workflow import ENTRY, EntryState, Step
from orgs.clock import CLOCK
from orgs.requests import MemberRequest
from orgs.verdicts import Refused
from orgs.vietnamese import sort_key
from orgs.views.names import names_on

PART = 300
"""Lines of a book that are shown at once to be printed; the book of a term has tens of thousands."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The books of one body: outgoing series of its terms, the newest term first, and incoming books."""

    name: str
    outgoing: list[tuple[NumberSeries, str]]
    incoming: list[tuple[IncomingBook, int]]


@require_safe
def registers(request: MemberRequest) -> HttpResponse:
    """Every book that the member may open, by body."""
    member = request.member
    if not member.organizations_as(*OUTGOING_BOOK_ROLES, *INCOMING_BOOK_ROLES):
        raise Refused(_("Registers are open to clerks, leaders, monitors and inspectors of their body."))
    used = NumberSeries.objects.visible_to(member).annotate(last_number=_last(RegisterEntry.objects, "series"))
    series = list(used.filter(last_number__isnull=False).select_related("term"))
    opened = IncomingBook.objects.visible_to(member).annotate(last=_last(IncomingEntry.objects, "book"))
    filled = opened.filter(last__isnull=False)
    books: list[Any] = list(filled.order_by("-period"))
    bodies = {one.organization_id for one in series} | {book.organization_id for book in books}
    names = names_on(CLOCK.today(), bodies)
    context = {
        "shelves": [
            Shelf(
                name=names[body],
                outgoing=[(one, types_of(one.symbol_group)) for one in _in_shelf_order(series, body)],
                incoming=[(book, book.last) for book in books if book.organization_id == body],
            )
            for body in sorted(bodies, key=lambda body: (member.place_of(body), sort_key(names[body])))
        ],
        "may_take_numbers": bool(member.organizations_as(*ENTRY[Step.RESERVE].roles)),
    }
    return render(request, "directives/registers.html", context)


@require_safe
def outgoing_register(request: MemberRequest, pk: int) -> HttpResponse:
    """One outgoing register, the newest number first, fifty lines at a time."""
    series, entries, context = _outgoing(request, pk)
    marked = outgoing_entries(entries).prefetch_related(changes_for(request.member, "directive__"))
    page = page_of_list(request, marked.order_by("-number", "-suffix"))
    may_void = request.member.post_as(series.organization_id, ENTRY[Step.VOID_NUMBER].roles) is not None
    context |= {
        "lines": outgoing_lines(page.rows, context["continuity"], series.organization_id),
        "page": page,
        "siblings": _siblings(request, series),
        "may_void": may_void,
        "reserved": EntryState.RESERVED,
    }
    return render(request, "directives/register_outgoing.html", context)


@require_safe
def outgoing_register_print(request: MemberRequest, pk: int) -> HttpResponse:
    """The register or its period as it is printed, part by part: in the book's order, closed by its statement."""
    series, entries, context = _outgoing(request, pk)
    page = page_of_list(request, outgoing_entries(entries).order_by("number", "suffix"), PART)
    context |= {"lines": outgoing_lines(page.rows, context["continuity"], series.organization_id), "page": page}
    return render(request, "directives/register_outgoing_print.html", context)


@require_safe
def incoming_register(request: MemberRequest, pk: int) -> HttpResponse:
    """One incoming register, the newest number first, fifty lines at a time."""
    entries, context = _incoming(request, pk)
    marked = entries.prefetch_related(changes_for(request.member, "delivery__directive__"))
    page = page_of_list(request, marked.order_by("-number"))
    context |= {"lines": incoming_lines(page.rows, context["continuity"]), "page": page}
    return render(request, "directives/register_incoming.html", context)


@require_safe
def incoming_register_print(request: MemberRequest, pk: int) -> HttpResponse:
    """The incoming register or its period as it is printed, part by part."""
    entries, context = _incoming(request, pk)
    page = page_of_list(request, entries.order_by("number"), PART)
    context |= {"lines": incoming_lines(page.rows, context["continuity"]), "page": page}
    return render(request, "directives/register_incoming_print.html", context)


def _last(entries: Any, book: str) -> Subquery:
    """The last number of the outer book, read off the end of its index."""
    return Subquery(entries.filter(**{book: OuterRef("pk")}).order_by("-number").values("number")[:1])


def types_of(symbol_group: str) -> str:
    """The types that take their numbers in this series: `Quyết định, Quy định`."""
    return ", ".join(each.name for each in DOCUMENT_TYPES if each.symbol_group == symbol_group)


def _outgoing(request: MemberRequest, pk: int) -> tuple[NumberSeries, QuerySet[Any], dict[str, Any]]:
    """The series, its entries in the asked period, and what both ways of showing it say; raises Http404."""
    series = get_object_or_404(NumberSeries.objects.visible_to(request.member).select_related("term"), pk=pk)
    entries = RegisterEntry.objects.visible_to(request.member).filter(series=series)
    period, form = _period(request)
    entries = entries.filter(**{f"dated_on__{side}": day for side, day in period.items()})
    chosen, types = request.GET.get("loai", ""), _types(series.symbol_group)
    if chosen in types:
        entries = entries.filter(directive__type=chosen)
    context = {
        "series": series,
        "types": types if len(types) > 1 else {},
        "chosen_type": chosen if chosen in types else "",
        "title": types_of(series.symbol_group),
        **_common(request, series.organization_id, form, period),
        "continuity": continuity.of_series(series),
    }
    return series, entries.with_sight_of(request.member), context


def _incoming(request: MemberRequest, pk: int) -> tuple[QuerySet[Any], dict[str, Any]]:
    book = get_object_or_404(IncomingBook.objects.visible_to(request.member), pk=pk)
    entries = IncomingEntry.objects.visible_to(request.member).filter(book=book)
    period, form = _period(request)
    entries = entries.filter(**{f"arrived_on__{side}": day for side, day in period.items()})
    context = {
        "book": book,
        **_common(request, book.organization_id, form, period),
        "continuity": continuity.of_book(book),
    }
    shown = entries.with_sight_of(request.member).select_related("delivery__directive", "entered_by")
    return shown.defer("delivery__directive__text", "delivery__directive__frozen"), context


def _common(request: MemberRequest, body: UUID, form: PeriodForm, period: Mapping[str, date]) -> dict[str, Any]:
    kept = request.GET.copy()
    kept.pop("trang", None)
    return {
        "name": names_on(CLOCK.today(), [body])[body],
        "form": form,
        "since": period.get("gte"),
        "until": period.get("lte"),
        "query": kept.urlencode(),
        "now": CLOCK.now(),
    }


def _period(request: MemberRequest) -> tuple[dict[str, date], PeriodForm]:
    """The asked period by the words of a lookup; a day that cannot be read is told and left out."""
    form = PeriodForm(request.GET, label_suffix="")
    form.is_valid()
    asked = {"gte": form.cleaned_data.get("tu"), "lte": form.cleaned_data.get("den")}
    return {side: day for side, day in asked.items() if day is not None}, form


def _types(symbol_group: str) -> dict[str, str]:
    return {each.code: each.name for each in DOCUMENT_TYPES if each.symbol_group == symbol_group}


def _in_shelf_order(series: list[NumberSeries], body: UUID) -> list[NumberSeries]:
    own = [one for one in series if one.organization_id == body]
    by_name = sorted(own, key=lambda one: sort_key(types_of(one.symbol_group)))
    return sorted(by_name, key=lambda one: one.term.starts_on, reverse=True)


def _siblings(request: MemberRequest, series: NumberSeries) -> list[tuple[str, str, bool]]:
    """The other series of the same body and term, as links of a row of filters."""
    own = NumberSeries.objects.visible_to(request.member).filter(
        Exists(RegisterEntry.objects.filter(series=OuterRef("pk"))),
        organization=series.organization_id,
        term=series.term_id,
    )
    kept = request.GET.copy()
    for name in ("trang", "loai"):
        kept.pop(name, None)
    query = f"?{kept.urlencode()}" if kept else ""
    rows = [
        (types_of(one.symbol_group), reverse("outgoing_register", args=[one.pk]) + query, one.pk == series.pk)
        for one in own
    ]
    return sorted(rows, key=lambda row: sort_key(row[0]))
