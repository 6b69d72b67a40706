"""Who acts in this request: a person with the posts held today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from orgs.models import Organization, Person, Post, Role


@dataclass(frozen=True, slots=True)
class Acting:
    """In what capacity something was done: the person, the body, the role and its basis."""

    person: Person
    organization: Organization
    role: str
    basis: str = ""


@dataclass(frozen=True)
class Member:
    """A person and every post held today; for which body one acts is chosen by acting, not by switching first."""

    person: Person
    posts: tuple[Post, ...]

    @classmethod
    def of(cls, person: Person, day: date) -> Member:
        """The member that `person` is on `day`; an inactive person holds no post."""
        if not person.is_active:
            return cls(person, ())
        return cls(person, tuple(Post.objects.filter(person=person).on(day).select_related("organization")))

    @cached_property
    def organization_ids(self) -> frozenset[UUID]:
        """Every body the person acts for."""
        return frozenset(post.organization_id for post in self.posts)

    def place_of(self, organization_id: UUID) -> int:
        """Where this body stands among those the person acts for, the post that was given first leading."""
        posts = sorted(self.posts, key=lambda post: post.pk)
        return next((place for place, post in enumerate(posts) if post.organization_id == organization_id), len(posts))

    def organizations_as(self, *roles: Role) -> frozenset[UUID]:
        """The bodies in which the person holds one of these roles."""
        return frozenset(post.organization_id for post in self.posts if post.role in roles)

    def post_as(self, organization_id: UUID, roles: Iterable[str]) -> Post | None:
        """The first post that gives one of `roles` in this body, in the order of `roles`."""
        held = {post.role: post for post in reversed(self.posts) if post.organization_id == organization_id}
        return next((held[role] for role in roles if role in held), None)

    def acting_in(self, post: Post) -> Acting:
        """How an event names what this person does in this post."""
        return Acting(self.person, post.organization, post.role, basis=str(post.title))
