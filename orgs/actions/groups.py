"""Groups of recipients, and who belongs to them from one day to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from orgs.actions.administering import administered, last_day_of, still_there
from orgs.acts import Act
from orgs.clock import Clock
from orgs.member import Member
from orgs.models import Event, GroupKind, GroupMember, Organization, Post, RecipientGroup
from orgs.verdicts import Refused


@dataclass(frozen=True, kw_only=True)
class GroupFacts:
    """What a group is called; `code` names it in files and never changes."""

    code: str
    name: str
    kind: GroupKind
    aliases: tuple[str, ...] = ()


@transaction.atomic
def make_group(owner_id: UUID, facts: GroupFacts, *, by: Member, clock: Clock) -> RecipientGroup:
    """A new group, still empty, to which the body may address its papers."""
    owner, acting = administered(owner_id, by=by, clock=clock)
    still_there(owner, clock.today())
    if owner.recipient_groups.filter(code=facts.code).exists():
        raise Refused(_("The code %(code)s belongs to another group of this body.") % {"code": facts.code})
    group = RecipientGroup.objects.create(
        owner=owner, code=facts.code, name=facts.name, kind=facts.kind, aliases=list(facts.aliases)
    )
    Event.record(owner, Act.MAKE_GROUP, at=clock.now(), by=acting, group=group.code, name=group.name)
    return group


@transaction.atomic
def add_body(group_id: int, organization_id: UUID, *, starts_on: date, by: Member, clock: Clock) -> GroupMember:
    """A body belongs to a group of bodies from a day; papers issued from that day go to it."""
    organization = Organization.objects.get(pk=organization_id)
    still_there(organization, max(starts_on, clock.today()))
    name = organization.as_of(starts_on).name
    return _add(group_id, GroupKind.ORGANIZATIONS, name, starts_on, by, clock, organization=organization)


@transaction.atomic
def add_post(group_id: int, post_id: int, *, starts_on: date, by: Member, clock: Clock) -> GroupMember:
    """The holder of a post belongs to a group of posts from a day, for as long as the post is held."""
    post = Post.objects.select_related("person").get(pk=post_id)
    if post.ends_on is not None and post.ends_on < starts_on:
        raise Refused(_("This post has ended by that day."))
    return _add(group_id, GroupKind.POSTS, f"{post.person.full_name}, {post}", starts_on, by, clock, post=post)


@transaction.atomic
def end_member(member_id: int, *, last_day: date | None, by: Member, clock: Clock) -> GroupMember:
    """Take a member out of its group after a last day, or at once; papers already issued keep their recipients."""
    member = GroupMember.objects.select_for_update(of=("self",)).select_related("group").get(pk=member_id)
    owner, acting = administered(member.group.owner_id, by=by, clock=clock)
    member.ends_on = last_day_of(member.starts_on, member.ends_on, last_day, clock)
    member.save(update_fields=["ends_on"])
    facts = {"group": member.group.code, "name": str(member), "last_day": member.ends_on}
    Event.record(owner, Act.END_MEMBER, at=clock.now(), by=acting, **facts)
    return member


def _add(
    group_id: int,
    kind: GroupKind,
    name: str,
    starts_on: date,
    by: Member,
    clock: Clock,
    *,
    organization: Organization | None = None,
    post: Post | None = None,
) -> GroupMember:
    group = RecipientGroup.objects.get(pk=group_id)
    owner, acting = administered(group.owner_id, by=by, clock=clock)
    if group.kind != kind:
        raise Refused(_("This group does not hold members of that kind."))
    if group.members.not_ended_on(starts_on).filter(organization=organization, post=post).exists():
        raise Refused(_("%(name)s already belongs to this group.") % {"name": name})
    last = group.members.aggregate(last=Max("position"))["last"]
    member = GroupMember.objects.create(
        group=group,
        organization=organization,
        post=post,
        position=0 if last is None else last + 1,
        starts_on=starts_on,
    )
    facts = {"group": group.code, "name": name, "first_day": starts_on}
    Event.record(owner, Act.ADD_MEMBER, at=clock.now(), by=acting, **facts)
    return member
