"""A post is given and ends; with it its power begins and ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from orgs.actions.administering import administered, last_day_of, still_there
from orgs.acts import Act
from orgs.clock import Clock
from orgs.member import Acting, Member
from orgs.models import Event, Organization, Person, Post, Role
from orgs.permissions import may_empower
from orgs.verdicts import Refused


@dataclass(frozen=True, kw_only=True)
class PostFacts:
    """What a post is: its role, the words of its holder's title, and its days (both included)."""

    role: Role
    title: str
    starts_on: date
    ends_on: date | None = None


@transaction.atomic
def give_post(organization_id: UUID, username: str, facts: PostFacts, *, by: Member, clock: Clock) -> Post:
    """Give a post in a body to a person who has an account."""
    organization, acting = administered(organization_id, by=by, clock=clock)
    person = Person.objects.filter(username=username).first()
    if person is None:
        raise Refused(_("Nobody signs in as %(name)s. Open a new account instead.") % {"name": username})
    may_empower(by, person).enforce()
    return enter_post(organization, person, facts, by=acting, clock=clock)


@transaction.atomic
def end_post(post_id: int, *, last_day: date | None, by: Member, clock: Clock) -> Post:
    """End a post with its last day, or at once when no day is given."""
    post = Post.objects.select_for_update().select_related("organization", "person").get(pk=post_id)
    organization, acting = administered(post.organization_id, by=by, clock=clock)
    post.ends_on = last_day_of(post.starts_on, post.ends_on, last_day, clock)
    post.save(update_fields=["ends_on"])
    _record(Act.END_POST, organization, post, by=acting, clock=clock, last_day=post.ends_on)
    return post


def enter_post(organization: Organization, person: Person, facts: PostFacts, *, by: Acting, clock: Clock) -> Post:
    """Write the post of a person for whom it was decided; raises Refused when its rules are broken."""
    still_there(organization, max(facts.starts_on, clock.today()))
    if not person.is_active:
        raise Refused(_("The account of %(name)s is closed. Open it again first.") % {"name": person.full_name})
    if facts.ends_on is not None and facts.ends_on < facts.starts_on:
        raise Refused(_("The last day lies before the first."))
    same = Post.objects.filter(person=person, organization=organization, role=facts.role)
    if same.not_ended_on(facts.starts_on).exists() or same.filter(starts_on=facts.starts_on).exists():
        raise Refused(_("%(name)s already holds this post.") % {"name": person.full_name})
    post = Post.objects.create(
        person=person,
        organization=organization,
        role=facts.role,
        title=facts.title,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
    )
    _record(Act.GIVE_POST, organization, post, by=by, clock=clock, first_day=facts.starts_on, last_day=facts.ends_on)
    return post


def _record(act: Act, organization: Organization, post: Post, *, by: Acting, clock: Clock, **days: date | None) -> None:
    facts = {"post": post.pk, "name": post.person.full_name, "role": post.role, "title": post.title, **days}
    Event.record(organization, act, at=clock.now(), by=by, **facts)
