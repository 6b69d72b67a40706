"""Every page of the program by its address, read from the URL resolver: a page that is new is measured at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import UUID

from django.db.models import Count, Model
from django.urls import URLPattern, get_resolver

from directives.models import (
    Assignment,
    Consulted,
    Content,
    Delivery,
    Directive,
    DraftTemplate,
    Enclosure,
    IncomingBook,
    IssuedCopy,
    JointIssuer,
    Notice,
    NumberSeries,
    Opinion,
    RegisterEntry,
    Review,
)
from directives.workflow import AssignmentState, DirectiveState, EntryState
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.models import Authority, GroupMember, Organization, Person, Post, RecipientGroup, Term

NOT_READ = frozenset({"sign_in", "sign_out", "healthz", "readyz"})
"""Addresses that are not pages of a signed-in person."""
QUERIES = {
    "outgoing": ("", "?loc=da-phat-hanh", "?q=phòng+cháy", "?q=ke+hoach", "?q=120-CV", "?trang=15"),
    "inbox": ("", "?q=phòng+cháy", "?cq=tinh+uy", "?trang=15"),
    "draft_new": ("?bi-mat=khong",),
    "draft_bodies": ("?q=dang&issuer={body}",),
    "find": ("?q=phòng+cháy", "?q=120-CV"),
    "statistics": ("", "?ky=nhiem-ky"),
    "tasks": ("", "?loc=qua-han", "?loc=tat-ca", "?xem=theo-doi", "?xem=theo-doi&loc=tat-ca"),
}
"""What people type and press on the lists; every other page is opened as it is. `{body}`: one of the person's own."""
NOWHERE = UUID(int=0)
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Page:
    """A page by the name of its route and what is asked of it, with addresses to try until one opens.

    `of_a_word`: its address holds one word of a few, and not every word is a page of this route.
    """

    name: str
    addresses: tuple[str, ...]
    of_a_word: bool = False


def pages_for(member: Member) -> Iterator[Page]:
    """Every page, each with addresses of things that the member may see, the heaviest first."""
    samples = Samples(member)
    body = next((str(key) for key in member.organization_ids), "")
    for route, name, converters in _routes():
        if name in NOT_READ:
            continue
        if not converters:
            for query in QUERIES.get(name, ("",)):
                yield Page(f"{name} {query}".strip(), (f"/{route}{query.replace('{body}', body)}",))
            continue
        # A converter that allows a few words only, such as a step's: each word is a page.
        choices = {key: _words(converter) for key, converter in converters.items()}
        fixed = {key: words for key, words in choices.items() if words}
        for words in product(*fixed.values()):
            filled = dict(zip(fixed, words, strict=True))
            rest = [values | filled for values in samples.of(route)]
            yield Page(" ".join([name, *words]), tuple(f"/{_fill(route, each)}" for each in rest), bool(words))


class Samples:
    """Things that the member may see, as values for the parameters of routes."""

    def __init__(self, member: Member) -> None:
        papers = _papers(member)
        copies = IssuedCopy.objects.filter(directive__in=papers).values_list("directive_id", "sha256")
        enclosures = Enclosure.objects.filter(directive__in=papers)
        opinions = Opinion.objects.filter(directive__in=papers)
        deliveries = Delivery.objects.open_to(member)
        shares = Assignment.objects.visible_to(member).order_by("-changed_at")
        asked = Consulted.objects.open_to(member)
        bodies = Organization.objects.filter(pk__in=member.organization_ids)
        self._by_route = {
            "van-ban/": _as("pk", papers),
            "van-ban/<uuid:pk>/lay-y-kien/": _as("pk", [*_keys(_sent_out(member), 1), *papers]),
            "van-ban/<uuid:pk>/tep/": [{"pk": str(key), "sha256": sha256} for key, sha256 in copies],
            "van-ban/<uuid:pk>/kem-theo/<str:sha256>/": [
                {"pk": str(key), "sha256": sha256} for key, sha256 in enclosures.values_list("directive_id", "sha256")
            ],
            "van-ban/<uuid:pk>/trang/": [{"pk": str(key), "sha256": sha256, "number": "1"} for key, sha256 in copies],
            "van-ban/<uuid:pk>/y-kien/<int:opinion>/": [
                {"pk": str(paper), "opinion": str(key)} for key, paper in opinions.values_list("pk", "directive")
            ],
            "van-ban-di/mau/": _as("pk", _keys(DraftTemplate.objects.open_to(member, CLOCK.today()), 1)),
            "gop-y/<uuid:pk>/": [{"pk": str(key), "number": "1"} for key in _keys(asked, 1)],
            "gop-y/<uuid:pk>/tep/": _as("pk", _keys(asked.filter(consultation__directive__content=Content.FILE), 1)),
            "van-ban-den/": _as("pk", [*_keys(deliveries.waiting_to_be_received(), 2), *_keys(deliveries, 1)]),
            "nhiem-vu/": _as("pk", [key for state in AssignmentState for key in _keys(shares.filter(state=state), 1)]),
            "so-dang-ky/van-ban-di/": _as("pk", _longest(NumberSeries.objects.visible_to(member))),
            "so-dang-ky/van-ban-den/": _as("pk", _longest(IncomingBook.objects.visible_to(member))),
            "so-dang-ky/so/": _as("pk", _reserved(member)),
            "danh-ba/": _as("code", bodies.values_list("code", flat=True)),
            "quan-tri/co-quan/": _as("code", bodies.values_list("code", flat=True)),
            "quan-tri/nhom/": _as("pk", _keys(RecipientGroup.objects.filter(owner__in=bodies), 1)),
            "quan-tri/tai-khoan/": _as("pk", _keys(Person.objects.filter(posts__organization__in=bodies), 3)),
            # It only takes what is sent.
            "ban-quet/": _as("pk", [NOWHERE]),
            "van-thu/thu/": _as("pk", _keys(Notice.objects.filter(delivery__directive__in=_papers(member)), 1)),
            "quan-tri/ket-thuc/<ending:act>/": _as("pk", _endable(bodies)),
        }

    def of(self, route: str) -> list[dict[str, str]]:
        """Values for the parameters of this route; none when the bench does not know what the route shows."""
        known = [begin for begin in self._by_route if route.startswith(begin)]
        return self._by_route[max(known, key=len)] if known else []


def _as(parameter: str, values: Iterable[object]) -> list[dict[str, str]]:
    return [{parameter: str(value)} for value in values]


def _papers(member: Member) -> list[Any]:
    """The paper that went to the most units, the member's newest, one in each state, one with an hour, and a file.

    And what waits for the member as a reviewer, and as the signer of a second issuer.
    """
    directives = Directive.objects.visible_to(member).order_by("-changed_at")
    mine = directives.filter(drafter=member.person)
    in_states = [key for state in DirectiveState for key in _keys(directives.filter(state=state), 1)]
    kinds = (
        directives.filter(issue_at__isnull=False),
        directives.filter(content=Content.FILE),
        directives.filter(pk__in=Review.objects.waiting_for(member).order_by().values("directive")),
        directives.filter(pk__in=JointIssuer.objects.asking(member).order_by().values("directive")),
    )
    some = [key for kind in kinds for key in _keys(kind, 1)]
    return [*_largest(directives), *_keys(mine, 1), *in_states, *some]


def _sent_out(member: Member) -> Any:
    """Drafts on which units are asked for their comments."""
    return Directive.objects.visible_to(member).filter(consultations__isnull=False)


def _longest(books: Any) -> list[Any]:
    return _keys(books.order_by("-next_number"), 1)


def _reserved(member: Member) -> list[Any]:
    return _keys(RegisterEntry.objects.visible_to(member).filter(state=EntryState.RESERVED), 1)


def _endable(bodies: Any) -> list[Any]:
    """Keys of posts, terms, authorities and members of groups; one route ends them all."""
    kinds: list[type[Model]] = [Post, Term, Authority]
    keys = [key for kind in kinds for key in _keys(kind._default_manager.filter(organization__in=bodies), 1)]
    return [*keys, *_keys(GroupMember.objects.filter(group__owner__in=bodies), 1)]


def _largest(directives: Any) -> list[Any]:
    """Of the newest two hundred issued papers the one that went to the most units."""
    newest = directives.filter(state=DirectiveState.ISSUED).values_list("pk", flat=True)[:200]
    counted = Delivery.objects.filter(directive__in=list(newest)).order_by().values("directive_id")
    return list(counted.annotate(units=Count("pk")).order_by("-units").values_list("directive_id", flat=True)[:1])


def _keys(rows: Any, count: int) -> list[Any]:
    return list(rows.values_list("pk", flat=True)[:count])


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
