"""Every page of the program by its address, read from the URL resolver: a page that is new is measured at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import UUID

from django.urls import URLPattern, get_resolver

from directives.models import Assignment, Delivery, Directive, IssuedCopy
from directives.workflow import DirectiveState
from orgs.member import Member

NOT_READ = frozenset({"sign_in", "sign_out", "healthz", "readyz"})
"""Addresses that are not pages of a signed-in person."""
QUERIES = {
    "outgoing": ("", "?loc=da-phat-hanh", "?loc=du-thao", "?q=phòng+cháy", "?q=ke+hoach", "?q=120-CV", "?trang=15"),
    "inbox": ("", "?q=phòng+cháy", "?q=120", "?trang=15"),
    "tasks": ("", "?loc=qua-han", "?loc=hoan-thanh", "?loc=tat-ca", "?xem=theo-doi", "?xem=theo-doi&loc=tat-ca"),
}
"""What people type and press on the lists; every other page is opened as it is."""
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Page:
    """A page by the name of its route and what is asked of it, with addresses to try until one opens."""

    name: str
    addresses: tuple[str, ...]


def pages_for(member: Member) -> Iterator[Page]:
    """Every page, each with addresses of things that the member may see, the heaviest first."""
    samples = Samples(member)
    for route, name, converters in _routes():
        if name in NOT_READ:
            continue
        if not converters:
            yield from (Page(f"{name} {query}".strip(), (f"/{route}{query}",)) for query in QUERIES.get(name, ("",)))
            continue
        # A converter that allows a few words only, such as a step's: each word is a page.
        choices = {key: _words(converter) for key, converter in converters.items()}
        fixed = {key: words for key, words in choices.items() if words}
        for words in product(*fixed.values()):
            filled = dict(zip(fixed, words, strict=True))
            rest = [values | filled for values in samples.of(route, set(converters) - set(fixed))]
            yield Page(" ".join([name, *words]), tuple(f"/{_fill(route, values)}" for values in rest))


class Samples:
    """Things that the member may see, as values for the parameters of routes."""

    def __init__(self, member: Member) -> None:
        directives = Directive.objects.visible_to(member)
        states = [directives.filter(state=state).order_by("-changed_at") for state in DirectiveState]
        mine = directives.filter(drafter=member.person).order_by("-changed_at")
        self._directives = [*_largest(directives), *_keys(mine, 1), *(key for some in states for key in _keys(some, 2))]
        deliveries = Delivery.objects.open_to(member)
        self._deliveries = [
            *_keys(deliveries.waiting_to_be_received(), 2),
            *_keys(deliveries.order_by("-sent_at"), 1),
        ]
        shares = Assignment.objects.visible_to(member).order_by("-changed_at")
        self._shares = [*_keys(shares.still_open(), 4), *_keys(shares, 2)]

    def of(self, route: str, parameters: set[str]) -> list[dict[str, str]]:
        """Values for these parameters; none when the bench does not know what the route shows."""
        keys = {"van-ban": self._directives, "van-ban-den": self._deliveries, "nhiem-vu": self._shares}
        found = keys.get(route.partition("/")[0], [])
        if parameters == {"pk"}:
            return [{"pk": key} for key in found]
        if parameters == {"pk", "sha256"}:
            copies = IssuedCopy.objects.filter(directive__in=list(map(UUID, found))).values_list(
                "directive_id", "sha256"
            )
            return [{"pk": str(key), "sha256": sha256} for key, sha256 in copies]
        return []


def _largest(directives: Any) -> list[str]:
    """The one of the newest issued papers that went to the most units."""
    newest = directives.filter(state=DirectiveState.ISSUED).order_by("-changed_at").values_list("pk", flat=True)[:200]
    counted = Delivery.objects.filter(directive__in=list(newest)).values_list("directive_id", flat=True)
    keys = [str(key) for key in counted]
    return [max(sorted(set(keys)), key=keys.count)] if keys else []


def _keys(rows: Any, count: int) -> list[str]:
    return [str(key) for key in rows.values_list("pk", flat=True)[:count]]


def _routes() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path with its parameters, name and converters of every address."""

    def walk(patterns: list[Any], before: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
        for pattern in patterns:
            path = before + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                yield path, pattern.name or path, pattern.pattern.converters
            else:
                yield from walk(pattern.url_patterns, path)

    return walk(get_resolver().url_patterns, "")


def _words(converter: Any) -> list[str]:
    regex = str(converter.regex)
    return regex.split("|") if re.fullmatch(r"[\w|-]+", regex) and "|" in regex else []


def _fill(route: str, values: dict[str, str]) -> str:
    return PARAMETER.sub(lambda found: values[found[1]], route)
