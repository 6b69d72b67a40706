"""Opinions on passages: written by those through whose hands a draft goes, answered by who drafts it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directives import permissions
from directives.actions.locking import locked_directive
from directives.models import Opinion
from orgs.clock import Clock
from orgs.member import Member
from orgs.models import Event
from orgs.verdicts import Refused

WROTE, ANSWERED = "write_opinion", "answer_opinion"
"""The names of both acts in the history."""


@transaction.atomic
def write_opinion(
    directive_id: UUID, words: str, *, by: Member, clock: Clock, block: str = "", quote: str = ""
) -> Opinion:
    """Write an opinion on one passage of a submitted draft, or on the whole where no block is named; raises Refused."""
    directive = locked_directive(directive_id)
    acting = permissions.acting_with_opinion(by, directive)
    if not words.strip():
        raise Refused(_("Write your opinion."))
    opinion = Opinion.objects.create(
        directive=directive,
        block=block,
        quote=quote.strip(),
        words=words.strip(),
        version=directive.version,
        author=by.person,
        organization=acting.organization,
        role=acting.role,
        written_at=clock.now(),
    )
    Event.record(directive, WROTE, at=clock.now(), by=acting, reason=opinion.words)
    return opinion


@transaction.atomic
def answer_opinion(
    opinion_id: int, answer: str, *, by: Member, clock: Clock, taken_over: bool | None = None
) -> Opinion:
    """Say what was made of an opinion; the last answer stands, the history keeps the earlier ones. Raises Refused.

    Of the comment of a unit that was consulted it is said whether it was `taken_over`; only if not a reason is needed.
    """
    opinion = Opinion.objects.select_for_update(of=("self",)).select_related("directive").get(pk=opinion_id)
    acting = permissions.acting_on_opinion(by, opinion.directive)
    if opinion.consulted_id is not None and taken_over is None:
        raise Refused(_("Say whether the comment was taken over."))
    words = answer.strip() or (_("Taken over.") if taken_over else "")
    if not words:
        raise Refused(_("Write what was made of the opinion."))
    opinion.answer, opinion.answered_by, opinion.answered_at = words, by.person, clock.now()
    opinion.taken_over = taken_over if opinion.consulted_id is not None else None
    opinion.save(update_fields=["answer", "answered_by", "answered_at", "taken_over"])
    Event.record(opinion.directive, ANSWERED, at=clock.now(), by=acting, reason=opinion.answer)
    return opinion
