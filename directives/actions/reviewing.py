"""What happens between the submission and the signer: one reviewer after the other agrees or sends the paper back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from directives import permissions
from directives.actions.locking import locked_directive
from directives.formats import type_named
from directives.models import Directive, Review, ReviewAt, ReviewPlace
from directives.workflow import REVIEW, ReviewState, Step
from orgs.actions.administering import administered
from orgs.acts import Act
from orgs.clock import Clock
from orgs.member import Member
from orgs.models import Event, Organization, Person
from orgs.verdicts import Refused

AT_ONCE = "HỎA TỐC"
"""The mark of a paper that may go past its reviewers (design: urgency)."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One place on a paper's way to its signer, with the people who hold the post today."""

    place: ReviewPlace
    organization: Organization
    holders: tuple[Person, ...]


@transaction.atomic
def set_order(
    organization_id: UUID, type_code: str, posts: Sequence[tuple[ReviewAt, str]], *, by: Member, clock: Clock
) -> None:
    """Keep the posts through which papers of a type go, first to last; no type: all papers without their own order.

    It holds from the next submission on; an order without posts is given up. Raises Refused.
    """
    organization, acting = administered(organization_id, by=by, clock=clock)
    if len(set(posts)) < len(posts):
        raise Refused(_("A post stands on the way only once."))
    ReviewPlace.objects.filter(organization=organization, type=type_code).delete()
    ReviewPlace.objects.bulk_create(
        ReviewPlace(organization=organization, type=type_code, position=position, at=at, role=role)
        for position, (at, role) in enumerate(posts, start=1)
    )
    name = type_named(type_code).name if type_code else ""
    order = [f"{at} {role}" for at, role in posts]
    Event.record(organization, Act.SET_REVIEW_ORDER, at=clock.now(), by=acting, name=name, order=order)


def way(directive: Directive, clock: Clock) -> list[Stop]:
    """The stops of this paper, first to last; a post that nobody holds, or only its drafter or signer, is no stop."""
    stops = []
    for place in ReviewPlace.order_for(directive):
        body = place.body_for(directive)
        posts = body.posts.on(clock.today()).filter(role=place.role, person__is_active=True).select_related("person")
        involved = {directive.drafter_id, directive.authority.person_id if directive.authority else None}
        holders = {post.person_id: post.person for post in posts if post.person_id not in involved}
        if holders:
            stops.append(Stop(place, body, tuple(sorted(holders.values(), key=lambda person: person.full_name))))
    return stops


def may_go_past(directive: Directive) -> bool:
    """Whether the paper is marked HỎA TỐC, so that it may go straight to its signer with a reason."""
    return bool(directive.text.get("urgency") == AT_ONCE)


def begin(directive: Directive, reviewers: Mapping[int, int], *, skip_reason: str, clock: Clock) -> None:
    """Ask each reviewer in turn, within the transaction of the submission; raises Refused where one is not chosen."""
    if skip_reason and not may_go_past(directive):
        raise Refused(_("Only a paper marked HỎA TỐC may be submitted past its reviewers."))
    stops = way(directive, clock)
    last = directive.reviews.aggregate(last=Max("submission"))["last"] or 0
    state = ReviewState.SKIPPED if skip_reason else ReviewState.AHEAD
    Review.objects.bulk_create(
        Review(
            directive=directive,
            submission=last + 1,
            position=position,
            organization=stop.organization,
            role=stop.place.role,
            person=_asked(stop, reviewers.get(stop.place.position)),
            state=state,
        )
        for position, stop in enumerate(stops, start=1)
    )
    _call_next(directive, clock)


@transaction.atomic
def pass_on(directive_id: UUID, *, opinion: str, read_version: int, by: Member, clock: Clock) -> Directive:
    """Agree with the text that was read and let it go on to the next reviewer, or to the signer after the last one.

    `read_version` is the round that stood on the page; raises Refused when it is no longer the last one.
    """
    directive = locked_directive(directive_id)
    permissions.may(by, Step.PASS_ON, directive).enforce()
    review = directive.waiting_review
    assert review is not None, "a step that is allowed has a review to decide"
    if directive.version != read_version:
        raise Refused(_("The text was changed after you opened it. Read it again before you agree."))
    by_reviewer = permissions.acting(by, Step.PASS_ON, directive)
    _decide(review, Step.PASS_ON, opinion.strip(), by=by, clock=clock)
    directive.changed_at = clock.now()
    directive.save(update_fields=["changed_at"])
    facts = {"reason": review.opinion} if review.opinion else {}
    if review.is_by_another:
        facts["in_place_of"] = review.person.full_name
    Event.record(directive, Step.PASS_ON, at=clock.now(), by=by_reviewer, version=directive.version, **facts)
    _call_next(directive, clock)
    return directive


def send_back(directive: Directive, reason: str, *, by: Member, clock: Clock) -> None:
    """Close the open reviews of a paper that is returned; the reviewer's own, when it is this one, says returned."""
    review = directive.waiting_review
    if review is not None and permissions.may(by, Step.RETURN, review):
        _decide(review, Step.RETURN, reason, by=by, clock=clock)
    withdraw(directive)


def withdraw(directive: Directive) -> None:
    """Ask nobody any more; what was already said stays."""
    move = REVIEW[Step.PULL_BACK]
    directive.reviews.filter(state__in=move.sources).update(state=move.target)


def _asked(stop: Stop, chosen: int | None) -> Person:
    if chosen is None and len(stop.holders) == 1:
        return stop.holders[0]
    person = next((holder for holder in stop.holders if holder.pk == chosen), None)
    if person is None:
        raise Refused(_("Choose who reviews the paper as %(post)s.") % {"post": stop.place.get_role_display()})
    return person


def _decide(review: Review, step: Step, opinion: str, *, by: Member, clock: Clock) -> None:
    review.state, review.opinion = REVIEW[step].target, opinion
    review.decided_by, review.decided_at = by.person, clock.now()
    review.save(update_fields=["state", "opinion", "decided_by", "decided_at"])


def _call_next(directive: Directive, clock: Clock) -> None:
    move = REVIEW[Step.ARRIVE]
    following = directive.reviews.filter(state__in=move.sources).order_by("submission", "position").first()
    if following is not None:
        following.state, following.began_at = move.target, clock.now()
        following.save(update_fields=["state", "began_at"])
