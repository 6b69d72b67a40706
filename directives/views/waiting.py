"""What waits for a member: the questions behind my work, the counts of the rail and the lists."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from directives.models import (
    Assignment,
    Consulted,
    Delivery,
    Directive,
    JointIssuer,
    Review,
    under_review,
    waits_for_another_body,
)
from directives.workflow import (
    ASSIGNMENT,
    DELIVERY,
    UNIT_STAFF,
    AssignmentState,
    DirectiveState,
    JointState,
    ReviewState,
    Step,
)
from orgs.member import Member
from orgs.models import Organization, Role

BESIDE_THE_SIGNER = (Role.OFFICE_HEAD, Role.ASSISTANT, Role.REVIEWER, Role.SECTION_HEAD, Role.CLERK)
"""Through whose hands papers go to a signer, and who lay them before one."""
UNFINISHED = (AssignmentState.ASSIGNED, AssignmentState.WORKING)


PAPER = ("directive__text", "directive__frozen")
"""What lists leave out of the papers of their rows."""


def with_papers(shares: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """The shares with their papers at hand, without the text."""
    return shares.select_related("task__directive").defer("task__directive__text", "task__directive__frozen")


def in_my_units(member: Member) -> Q:
    """Shares of the units in which the member works on tasks."""
    return Q(organization__in=member.organizations_as(*UNIT_STAFF))


def followed_by_me(member: Member) -> Q:
    """Shares that the member follows for the issuer."""
    bodies = member.organizations_as(*ASSIGNMENT[Step.CONFIRM].roles)
    return Q(issuer__in=bodies)


def my_shares(member: Member) -> QuerySet[Assignment]:
    """The unfinished shares of the member's units."""
    if not member.organizations_as(*UNIT_STAFF):
        return Assignment.objects.none()
    return Assignment.objects.visible_to(member).filter(in_my_units(member), state__in=UNFINISHED)


def to_receive(member: Member) -> QuerySet[Delivery]:
    """Deliveries that the member may receive now, the one that has waited longest first."""
    units = member.organizations_as(*DELIVERY[Step.RECEIVE].roles)
    if not units:
        return Delivery.objects.none()
    waiting = Delivery.objects.visible_to(member).waiting_to_be_received()
    return waiting.filter(organization__in=units).order_by("sent_at")


def to_confirm(member: Member) -> QuerySet[Assignment]:
    """Reports that wait for this member's confirmation."""
    if not member.organizations_as(*ASSIGNMENT[Step.CONFIRM].roles):
        return Assignment.objects.none()
    reported = Assignment.objects.seen_as_issuer(member).filter(state=AssignmentState.REPORTED)
    return reported.filter(followed_by_me(member)).order_by("reported_at")


def unfinished_of(papers: Collection[UUID], member: Member) -> dict[UUID, int]:
    """Of these papers those with unfinished shares that the member follows, and how many shares that are."""
    if not papers or not member.organizations_as(*ASSIGNMENT[Step.CONFIRM].roles):
        return {}
    followed = Assignment.objects.seen_as_issuer(member).filter(followed_by_me(member), state__in=UNFINISHED)
    counted = followed.filter(directive__in=papers).order_by().values("directive").annotate(number=Count("pk"))
    return dict(counted.values_list("directive", "number"))


def returned_to(member: Member) -> QuerySet[Directive]:
    """Own drafts that were returned for repair."""
    return own_drafts(member).exclude(returned_reason="")


def own_drafts(member: Member) -> QuerySet[Directive]:
    """Everything this person is writing."""
    drafts = Directive.objects.visible_to(member).in_brief().filter(drafter=member.person)
    return drafts.waiting_for(DirectiveState.DRAFT)


def to_review(member: Member) -> QuerySet[Directive]:
    """Papers that wait for this member's review, the one that has waited longest first."""
    reviews = Review.objects.waiting_for(member)
    submitted = Directive.objects.visible_to(member).in_brief().waiting_for(DirectiveState.SUBMITTED)
    return submitted.filter(pk__in=reviews.order_by().values("directive"))


def passed_over(member: Member) -> QuerySet[Directive]:
    """Urgent papers that went to their signer past this member, until they are issued."""
    on_their_way = [DirectiveState.SUBMITTED, DirectiveState.APPROVED, DirectiveState.NUMBERED]
    skipped = Review.objects.filter(person=member.person, state=ReviewState.SKIPPED).values("directive")
    papers = Directive.objects.visible_to(member).in_brief().filter(state__in=on_their_way, pk__in=skipped)
    return papers.order_by("changed_at")


def to_approve(member: Member) -> QuerySet[Directive]:
    """Papers submitted to this signer that nobody reviews any more; joint issuers' signers come before the issuer's."""
    bodies = member.organizations_as(Role.SIGNER)
    if not bodies:
        return Directive.objects.none()
    submitted = Directive.objects.visible_to(member).in_brief().waiting_for(DirectiveState.SUBMITTED)
    own = Q(authority__person=member.person, issuer__in=bodies) & ~waits_for_another_body()
    asked = Q(pk__in=JointIssuer.objects.asking(member).order_by().values("directive"))
    return submitted.filter(~under_review(), own | asked)


def to_comment(member: Member) -> QuerySet[Consulted]:
    """Drafts on which the member's units are asked for comments and have not answered, the most pressing first."""
    asked = Consulted.objects.open_to(member).unanswered()
    return asked.order_by("consultation__answer_by", "pk")


def for_signature(member: Member) -> QuerySet[Directive]:
    """Papers that have come to their signers: the member's own, and those of bodies where papers pass the member."""
    beside = member.organizations_as(*BESIDE_THE_SIGNER)
    own = Q(authority__person=member.person, issuer__in=member.organizations_as(Role.SIGNER)) | Q(issuer__in=beside)
    asked = JointIssuer.objects.asking(member) | JointIssuer.objects.filter(
        state=JointState.ASKED, organization__in=beside
    )
    submitted = Directive.objects.visible_to(member).waiting_for(DirectiveState.SUBMITTED)
    jointly = Q(pk__in=asked.order_by().values("directive"))
    return submitted.filter(~under_review(), own & ~waits_for_another_body() | jointly)


def body_of_signing_list(member: Member) -> Organization | None:
    """The body in whose name this member prints the list of papers for signature; None for who has no such list."""
    posts = [post for post in member.posts if post.role in {Role.SIGNER, *BESIDE_THE_SIGNER}]
    return posts[0].organization if posts else None


def at_the_counter(member: Member) -> QuerySet[Directive]:
    """Papers that the member, as clerk, has to note as signed, to number or to issue."""
    bodies = member.organizations_as(Role.CLERK)
    if not bodies:
        return Directive.objects.none()
    states = [DirectiveState.APPROVED, DirectiveState.NUMBERED]
    papers = Directive.objects.visible_to(member).in_brief().filter(issuer__in=bodies, state__in=states)
    return papers.order_by("changed_at")


def late_of(shares: QuerySet[Assignment], now: datetime) -> QuerySet[Assignment]:
    """Those whose deadline is over."""
    return shares.filter(due_at__lt=now)
