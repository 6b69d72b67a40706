"""What waits for a member: the questions behind my work, the counts of the rail and the lists."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from directives.models import Assignment, Delivery, Directive, Review, under_review
from directives.workflow import ASSIGNMENT, DELIVERY, UNIT_STAFF, AssignmentState, DirectiveState, ReviewState, Step
from orgs.member import Member
from orgs.models import Role

UNFINISHED = (AssignmentState.ASSIGNED, AssignmentState.WORKING)


def in_my_units(member: Member) -> Q:
    """Shares of the units in which the member works on tasks."""
    return Q(organization__in=member.organizations_as(*UNIT_STAFF))


def followed_by_me(member: Member) -> Q:
    """Shares that the member follows for the issuer."""
    bodies = member.organizations_as(*ASSIGNMENT[Step.CONFIRM].roles)
    return Q(task__directive__issuer__in=bodies)


def my_shares(member: Member) -> QuerySet[Assignment]:
    """The unfinished shares of the member's units."""
    return Assignment.objects.visible_to(member).filter(in_my_units(member), state__in=UNFINISHED)


def to_receive(member: Member) -> QuerySet[Delivery]:
    """Deliveries that the member may receive now, the one that has waited longest first."""
    units = member.organizations_as(*DELIVERY[Step.RECEIVE].roles)
    waiting = Delivery.objects.visible_to(member).waiting_to_be_received()
    return waiting.filter(organization__in=units).order_by("sent_at")


def to_confirm(member: Member) -> QuerySet[Assignment]:
    """Reports that wait for this member's confirmation."""
    reported = Assignment.objects.visible_to(member).filter(state=AssignmentState.REPORTED)
    return reported.filter(followed_by_me(member)).order_by("reported_at")


def returned_to(member: Member) -> QuerySet[Directive]:
    """Own drafts that were returned for repair."""
    return own_drafts(member).exclude(returned_reason="")


def own_drafts(member: Member) -> QuerySet[Directive]:
    """Everything this person is writing."""
    drafts = Directive.objects.visible_to(member).filter(drafter=member.person)
    return drafts.waiting_for(DirectiveState.DRAFT)


def to_review(member: Member) -> QuerySet[Directive]:
    """Papers that wait for this member's review, the one that has waited longest first."""
    reviews = Review.objects.waiting_for(member)
    submitted = Directive.objects.visible_to(member).waiting_for(DirectiveState.SUBMITTED)
    return submitted.filter(pk__in=reviews.order_by().values("directive"))


def passed_over(member: Member) -> QuerySet[Directive]:
    """Urgent papers that went to their signer past this member, until they are issued."""
    on_their_way = [DirectiveState.SUBMITTED, DirectiveState.APPROVED, DirectiveState.NUMBERED]
    skipped = Review.objects.filter(person=member.person, state=ReviewState.SKIPPED).values("directive")
    papers = Directive.objects.visible_to(member).filter(state__in=on_their_way, pk__in=skipped)
    return papers.order_by("changed_at")


def to_approve(member: Member) -> QuerySet[Directive]:
    """Papers submitted to this signer that nobody reviews any more."""
    submitted = Directive.objects.visible_to(member).waiting_for(DirectiveState.SUBMITTED)
    bodies = member.organizations_as(Role.SIGNER)
    return submitted.filter(~under_review(), authority__person=member.person, issuer__in=bodies)


def at_the_counter(member: Member) -> QuerySet[Directive]:
    """Papers that the member, as clerk, has to note as signed, to number or to issue."""
    bodies = member.organizations_as(Role.CLERK)
    states = [DirectiveState.APPROVED, DirectiveState.NUMBERED]
    papers = Directive.objects.visible_to(member).filter(issuer__in=bodies, state__in=states)
    return papers.order_by("changed_at")


def late_of(shares: QuerySet[Assignment], now: datetime) -> QuerySet[Assignment]:
    """Those whose deadline is over."""
    return shares.filter(due_at__lt=now)


def waiting_count(member: Member) -> int:
    """How much waits for this member's hand, tasks and papers together."""
    lists = (returned_to, to_review, to_approve, at_the_counter, to_receive, to_confirm)
    return sum(waiting(member).count() for waiting in lists)
