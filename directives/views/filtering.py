"""A list's filters as a row of chips: links that keep the rest of the address, and small forms for days and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import BoundField
from django.http import HttpRequest
from django.utils.translation import gettext as _

from directives.filters import TYPES, ListFilter
from directives.models import Directive
from orgs.clock import CLOCK
from orgs.vietnamese import sort_key
from orgs.views.names import names_on


@dataclass(frozen=True, slots=True)
class Link:
    """One value of a filter."""

    name: str
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """One chip: what it is about, what is chosen, and either links or the fields of a small form."""

    name: str
    chosen: str
    links: list[Link]
    fields: list[BoundField]
    kept: list[tuple[str, str]]

    @property
    def wrong(self) -> bool:
        """Whether something was typed that cannot be read."""
        return any(field.errors for field in self.fields)


@dataclass(frozen=True, slots=True)
class Filters:
    """The row of chips and the search box; `clear` is the address without any filter, `kept` goes with the search."""

    panels: list[Panel]
    words: str
    used: bool
    clear: str
    kept: list[tuple[str, str]]


def names_of(ids: Iterable[UUID]) -> dict[str, str]:
    """Bodies by their id as text, in the order of the Vietnamese alphabet."""
    names = names_on(CLOCK.today(), ids)
    return {str(pk): name for pk, name in sorted(names.items(), key=lambda pair: sort_key(pair[1]))}


def filters_of(
    request: HttpRequest,
    chosen: ListFilter,
    *,
    stays: Iterable[str] = (),
    followers: Mapping[str, Any] | None = None,
    paper: Directive | None = None,
    units: Mapping[str, str] | None = None,
) -> Filters:
    """What the page shows of this filter; the keys `stays` (a tab) survive clearing.

    `followers`: who follows the shares of the list may be chosen too. `paper`: the one whose shares the list shows.
    `units`: those of the member, to choose from where they are several.
    """
    form = chosen.form
    panels = [
        _links(request, _("State"), "loc", chosen.STATES),
        _links(request, _("Type"), "loai", {"": _("All types"), **TYPES}),
        _fields(request, str(chosen.DAY_NAME), [form["tu"], form["den"]]),
        _fields(request, _("Number"), [form["so"]]),
    ]
    issuers = getattr(form.fields["cq"], "choices", None)
    if issuers is None:
        panels.append(_fields(request, _("Issuing body"), [form["cq"]]))
    elif len(bodies := {key: name for key, name in issuers if key}) > 1:
        panels.append(_links(request, _("Issuing body"), "cq", {"": _("All bodies"), **bodies}))
    if followers:
        panels.insert(1, _links(request, _("Followed by"), "td", followers))
    if units and len(units) > 1:
        panels.insert(1, _links(request, _("Unit"), "dv", {"": _("All units"), **units}))
    if paper:
        values = {"": _("All papers"), str(paper.pk): paper.printed_number}
        panels.insert(0, _links(request, _("Paper"), "vb", values))
    used = any(request.GET.get(name) for name in chosen.filters)
    clear = _address(request, {name: "" for name in request.GET if name not in stays})
    return Filters(panels, request.GET.get("q", ""), used, clear, _kept(request, {"q"}))


def _links(request: HttpRequest, name: str, key: str, values: Mapping[str, Any]) -> Panel:
    now = request.GET.get(key, "")
    now = now if now in values else ""
    links = [Link(str(words), _address(request, {key: value}), value == now) for value, words in values.items()]
    return Panel(name, str(values[now]) if now else "", links, [], [])


def _fields(request: HttpRequest, name: str, fields: list[BoundField]) -> Panel:
    typed = [str(request.GET.get(field.name, "")).strip() for field in fields]
    return Panel(name, " – ".join(filter(None, typed)), [], fields, _kept(request, {field.name for field in fields}))


def _kept(request: HttpRequest, without: set[str]) -> list[tuple[str, str]]:
    """What else is in the address and goes with a form; a page of the old list does not."""
    kept = request.GET.dict().items()
    return [(key, str(value)) for key, value in kept if value and key not in {*without, "trang"}]


def _address(request: HttpRequest, changes: Mapping[str, str]) -> str:
    query = request.GET.copy()
    for key, value in {"trang": "", **changes}.items():
        query.pop(key, None)
        if value:
            query[key] = value
    return "?" + query.urlencode()
