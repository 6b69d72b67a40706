"""Who administers what: an administrator's post reaches its own body and every body below it, and no directive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from orgs.member import Acting, Member
from orgs.models import OrganizationVersion, Person, Post, Role
from orgs.verdicts import ALLOWED, Refused, Verdict, refused


def administered_by(member: Member, day: date) -> frozenset[UUID]:
    """The bodies that this member administers on `day`; a body that has not begun stands where it will begin."""
    own = member.organizations_as(Role.ADMINISTRATOR)
    if not own:
        return own
    superior_of = _superiors(day)
    return frozenset(body for body in superior_of if not own.isdisjoint(_upwards(body, superior_of)))


def administrator(member: Member, organization_id: UUID, day: date) -> Acting:
    """The administrator's post that reaches this body, the nearest one; raises Refused when there is none."""
    for body in _upwards(organization_id, _superiors(day)):
        post = member.post_as(body, [Role.ADMINISTRATOR])
        if post is not None:
            return member.acting_in(post)
    raise Refused(_("Only the administrator of this body, or of one above it, may do this."))


def may_empower(member: Member, person: Person) -> Verdict:
    """Nobody gives a post or the right to sign to oneself."""
    if person == member.person:
        return refused(_("Nobody gives a post or the right to sign to oneself. Ask another administrator."))
    return ALLOWED


def may_administer_account(member: Member, person: Person, day: date) -> Verdict:
    """An account is administered where all posts of its person are; one's own password is changed as everybody's."""
    if person == member.person:
        return refused(
            _("This is your own account. Change your password on its page; another administrator does more.")
        )
    posts = Post.objects.filter(person=person)
    to_come = posts.not_ended_on(day)
    held_in = set((to_come if to_come.exists() else posts).values_list("organization_id", flat=True))
    if held_in and held_in <= administered_by(member, day):
        return ALLOWED
    return refused(
        _("This person also holds a post in a body that you do not administer. Ask the administrator above.")
    )


def _superiors(day: date) -> dict[UUID, UUID | None]:
    """The superior of each body on `day`, of its first version where it begins later."""
    versions = OrganizationVersion.objects.order_by("organization_id", "-valid_from")
    superior_of: dict[UUID, UUID | None] = {}
    begun: set[UUID] = set()
    for body, superior, since in versions.values_list("organization_id", "superior_id", "valid_from"):
        if body not in begun:
            superior_of[body] = superior
        if since <= day:
            begun.add(body)
    return superior_of


def _upwards(body: UUID | None, superior_of: Mapping[UUID, UUID | None]) -> list[UUID]:
    """The body and those above it, the nearest first; a circle of superiors ends where it began."""
    path: list[UUID] = []
    while body is not None and body not in path:
        path.append(body)
        body = superior_of.get(body)
    return path
