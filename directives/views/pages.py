"""Long lists, some rows at a time, without counting everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from directives.filters import LENGTH, page_number

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of one page and the addresses of its neighbours; an empty address: there is none."""

    number: int
    rows: list[Row]
    before: str
    after: str


def page_of_list(
    request: HttpRequest,
    rows: QuerySet[Row],
    length: int = LENGTH,
    *,
    in_order: Sequence[Q] = (),
    first: Callable[[int], list[Any]] | None = None,
) -> Page[Row]:
    """The page of `rows` that the address asks for (`trang`), `length` rows of them.

    `first`: gives the keys of so many first rows, where somebody knows them faster than the database by itself.

    `in_order`: parts that make up all the rows, each of which an index holds in the order of the list (named fields).
    """
    number = page_number(request.GET.get("trang", ""))
    # Keys first: thousands of rows are put in order, few are fetched whole.
    start, end = (number - 1) * length, number * length + 1
    keys = first(end)[start:] if first else _keys(rows, start, end, in_order)
    # What may be shown was asked with the keys and is not asked again.
    whole = rows.order_by()
    whole.query.clear_where()
    found = {row.pk: row for row in whole.filter(pk__in=keys)}
    shown = [found[key] for key in keys if key in found]
    return Page(
        number=number,
        rows=shown[:length],
        before=_address(request, number - 1) if number > 1 else "",
        after=_address(request, number + 1) if len(shown) > length else "",
    )


def _keys(rows: QuerySet[Row], start: int, end: int, in_order: Sequence[Q]) -> list[Any]:
    if len(in_order) < 2:
        return list(rows.values_list("pk", flat=True)[start:end])
    order = rows.query.order_by
    keys = rows.values_list("pk", *(str(name).removeprefix("-") for name in order if name != "pk"))
    # Of each part no more is read than the page can show.
    first, *others = (keys.filter(part)[:end] for part in in_order)
    together = first.union(*others, all=True).order_by(*order)
    return [key for key, *_ordered_by in together[start:end]]


def _address(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["trang"] = str(number)
    return "?" + query.urlencode()
