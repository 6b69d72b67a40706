"""The account with which a person signs in: opened with a one-time password, closed, given a new password."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from orgs.actions.administering import administered
from orgs.actions.posts import PostFacts, enter_post
from orgs.acts import Act
from orgs.clock import Clock
from orgs.member import Acting, Member
from orgs.models import Event, Person, Post
from orgs.passwords import one_time_password
from orgs.permissions import administrator, may_administer_account
from orgs.verdicts import Refused


@dataclass(frozen=True, kw_only=True)
class AccountFacts:
    """Who the person is; `username` is never used again for somebody else."""

    username: str
    full_name: str
    email: str = ""
    phone: str = ""


@transaction.atomic
def open_account(
    organization_id: UUID, account: AccountFacts, post: PostFacts, *, by: Member, clock: Clock
) -> tuple[Person, str]:
    """A new person with a first post in a body, and the one-time password, which is kept nowhere."""
    organization, acting = administered(organization_id, by=by, clock=clock)
    if Person.objects.filter(username=account.username).exists():
        raise Refused(_("Somebody already signs in as %(name)s. Choose another name.") % {"name": account.username})
    password = one_time_password()
    person = Person.objects.create_with_one_time_password(
        account.username, account.full_name, password, email=account.email, phone=account.phone
    )
    Event.record(person, Act.OPEN_ACCOUNT, at=clock.now(), by=acting)
    facts = {"name": person.full_name, "username": person.username}
    Event.record(organization, Act.OPEN_ACCOUNT, at=clock.now(), by=acting, **facts)
    enter_post(organization, person, post, by=acting, clock=clock)
    return person, password


@transaction.atomic
def give_new_password(person_id: int, *, by: Member, clock: Clock) -> tuple[Person, str]:
    """A new one-time password for somebody who has forgotten the own; every session of this person ends."""
    person, acting = _administered_account(person_id, by, clock)
    if not person.is_active:
        raise Refused(_("The account of %(name)s is closed. Open it again first.") % {"name": person.full_name})
    password = one_time_password()
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    Event.record(person, Act.NEW_PASSWORD, at=clock.now(), by=acting)
    return person, password


@transaction.atomic
def close_account(person_id: int, *, reason: str, by: Member, clock: Clock) -> Person:
    """Nobody signs in with this account any more, and whoever is signed in with it is out at the next page."""
    person, acting = _administered_account(person_id, by, clock)
    if not person.is_active:
        raise Refused(_("The account of %(name)s is already closed.") % {"name": person.full_name})
    return _set_active(person, False, Act.CLOSE_ACCOUNT, acting, clock, reason)


@transaction.atomic
def reopen_account(person_id: int, *, reason: str, by: Member, clock: Clock) -> Person:
    """Let a person sign in again; the posts that have not ended hold again."""
    person, acting = _administered_account(person_id, by, clock)
    if person.is_active:
        raise Refused(_("The account of %(name)s is open.") % {"name": person.full_name})
    return _set_active(person, True, Act.REOPEN_ACCOUNT, acting, clock, reason)


def _set_active(person: Person, active: bool, act: Act, acting: Acting, clock: Clock, reason: str) -> Person:
    person.is_active = active
    person.save(update_fields=["is_active"])
    Event.record(person, act, at=clock.now(), by=acting, reason=reason)
    return person


def _administered_account(person_id: int, by: Member, clock: Clock) -> tuple[Person, Acting]:
    """The person, locked, and the post in which the account is administered; raises Refused."""
    person = Person.objects.select_for_update().get(pk=person_id)
    may_administer_account(by, person, clock.today()).enforce()
    held = Post.objects.filter(person=person).order_by("-starts_on").values_list("organization_id", flat=True)
    return person, administrator(by, held[0], clock.today())
