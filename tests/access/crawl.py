"""Asks questions as one person and says every answer that is not the expected one or tells too much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tests.access.asking import Question, Visitor
from tests.access.canaries import leaked, words_answered
from tests.access.matrix import ANONYMOUS, READ_ONLY, answers
from tests.access.sight import owners_of
from tests.access.world import AccessWorld

TYPED_AGAIN = 30
"""Longer texts are given back to somebody whose session has ended."""


def wrong_answers(
    world: AccessWorld,
    who: str,
    questions: Iterable[Question],
    expected: Callable[[str, str, str], tuple[int, int]] = answers,
) -> list[str]:
    """One line for each answer with another status than expected and for each word of a hidden object."""
    visitor, may_read, wrong, refused = Visitor(world.people[who]), owners_of(who, world.owners.values()), [], set()
    for question in questions:
        for method, status in zip(("GET", "POST"), expected(question.route, question.about, who), strict=True):
            # A route that only reads refuses a POST without looking for the object: once is enough.
            if method == "POST" and question.name in READ_ONLY:
                if question.name in refused:
                    continue
                refused.add(question.name)
            answer = visitor.ask(question, method)
            if answer.status_code != status:
                wrong.append(f"{method} {question}: {answer.status_code}, the matrix says {status}")
            shown = leaked(words_answered(answer), world.owners, may_read)
            wrong += [f"{method} {question}: shows the {owner}" for owner in shown]
    return wrong


def wrong_to_nobody(world: AccessWorld, questions: Iterable[Question]) -> list[str]:
    """The same for somebody who has not signed in, who is led to the sign-in page with typed texts given back."""
    visitor, wrong = Visitor(None), []
    for question in questions:
        typed = any(len(text) > TYPED_AGAIN and not _is_key(text) for text in _texts(question))
        expected = ANONYMOUS.get(question.name, (302, 401 if typed else 302))
        for method, status in zip(("GET", "POST"), expected, strict=True):
            answer = visitor.ask(question, method)
            # What comes back to a POST was typed by the visitor.
            shown = leaked(words_answered(answer), world.owners, set()) if method == "GET" else []
            if answer.status_code != status or shown:
                wrong.append(f"{method} {question}: {answer.status_code}, the matrix says {status}, shows {shown}")
    return wrong


def _texts(question: Question) -> Iterator[str]:
    for value in question.form.values():
        yield from map(str, value) if isinstance(value, list) else [str(value)]


def _is_key(text: str) -> bool:
    return len(text) == 36 and text.count("-") == 4
