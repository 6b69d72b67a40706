"""Pages as a person sees them, without what differs each time a page is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from directives.views import rail
from orgs.member import Member
from tests.access.asking import Question, Visitor
from tests.access.world import AccessWorld

Pages = dict[str, str]
"""The text of each page by its address."""
NEW_EACH_TIME = re.compile(
    # Keys of forms, their protecting token, the hour.
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|csrfmiddlewaretoken\S*\s+value=\S+|\b\d\d:\d\d(:\d\d)?\b"
)


@contextmanager
def rail_counted_once() -> Iterator[None]:
    """While nothing changes the rail of a person is the same on every page: it is counted on the first one (speed)."""
    counted: dict[int, rail.Rail] = {}
    count = rail._rail

    def once(request: HttpRequest, member: Member) -> rail.Rail:
        if member.person.pk not in counted:
            counted[member.person.pk] = count(request, member)
        return counted[member.person.pk]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rail, "_rail", once)
        yield


def pages_of(world: AccessWorld, who: str, questions: Iterable[Question]) -> Pages:
    """What these pages show to this person now."""
    visitor = Visitor(world.people[who])
    with rail_counted_once():
        return {each.address: shown(visitor.ask(each, "GET")) for each in questions}


def found_by(visitor: Visitor, route: str, query: str) -> str:
    """What a search finds, without the words that were searched for."""
    address = f"{reverse(route)}?q={quote(query)}"
    text = shown(visitor.ask(Question(route, "", address), "GET"))
    for echo in (query, quote(query), quote(query, safe="")):
        text = text.replace(echo, "·")
    return text


def shown(answer: HttpResponseBase) -> str:
    """The status and the body of an answer."""
    content: bytes = getattr(answer, "content", b"")
    return f"{answer.status_code} {NEW_EACH_TIME.sub('', content.decode())}"
