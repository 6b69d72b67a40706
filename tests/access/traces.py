"""Pages as a person sees them, without what differs each time a page is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from django.http import HttpResponseBase
from django.urls import reverse

from tests.access.asking import Question, Visitor
from tests.access.world import AccessWorld

Pages = dict[str, str]
"""The text of each page by its address."""
NEW_EACH_TIME = re.compile(
    # Keys of forms, their protecting token, the hour.
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|csrfmiddlewaretoken\S*\s+value=\S+|\b\d\d:\d\d(:\d\d)?\b"
)


def pages_of(world: AccessWorld, who: str, questions: Iterable[Question]) -> Pages:
    """What these pages show to this person."""
    visitor = Visitor(world.people[who])
    return {each.address: shown(visitor.ask(each, "GET")) for each in questions}


def found_by(world: AccessWorld, who: str, route: str, query: str) -> str:
    """What a search finds, without the words that were searched for."""
    address = f"{reverse(route)}?q={quote(query)}"
    text = shown(Visitor(world.people[who]).ask(Question(route, "", address), "GET"))
    for echo in (query, quote(query), quote(query, safe="")):
        text = text.replace(echo, "·")
    return text


def shown(answer: HttpResponseBase) -> str:
    """The status and the body of an answer."""
    content: bytes = getattr(answer, "content", b"")
    return f"{answer.status_code} {NEW_EACH_TIME.sub('', content.decode())}"
