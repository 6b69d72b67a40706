"""Long lists, some rows at a time, without counting everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
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


def page_of_list(request: HttpRequest, rows: QuerySet[Row], length: int = LENGTH) -> Page[Row]:
    """The page of `rows` that the address asks for (`trang`), `length` rows of them."""
    number = page_number(request.GET.get("trang", ""))
    # Keys first: thousands of rows are put in order, few are fetched whole.
    keys = list(rows.values_list("pk", flat=True)[(number - 1) * length : number * length + 1])
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


def _address(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["trang"] = str(number)
    return "?" + query.urlencode()
