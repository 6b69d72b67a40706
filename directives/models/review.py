"""Through whose hands a draft goes before it reaches its signer."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from directives.models.directive import Directive
from directives.workflow import REVIEWERS, ReviewState
from orgs.member import Member
from orgs.models import Organization, Person, Role

REVIEWING_ROLES = tuple(role for role in REVIEWERS if role != Role.ASSISTANT)
DECIDED = (ReviewState.PASSED, ReviewState.RETURNED)


class ReviewAt(models.TextChoices):
    """In which body the post of a place is held."""

    DRAFTING_BODY = "drafting_body", _("the drafting body")
    ISSUER = "issuer", _("the issuing body")


class ReviewPlace(models.Model):
    """One place of the order in which a committee has its papers reviewed; no type named: for all without their own."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="review_order")
    type = models.CharField(_("type"), max_length=8, blank=True)
    position = models.PositiveSmallIntegerField()
    at = models.CharField(_("held in"), max_length=16, choices=ReviewAt.choices)
    role = models.CharField(_("role"), max_length=20, choices=[(role.value, role.label) for role in REVIEWING_ROLES])

    class Meta:
        ordering = ["organization_id", "type", "position"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "type", "position"], name="review_place_is_taken_once")
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.get_role_display()}, {self.get_at_display()}"

    @staticmethod
    def order_for(directive: Directive) -> list[ReviewPlace]:
        """The places for this paper, first to last; those of its type where it has its own."""
        places: list[ReviewPlace] = list(
            ReviewPlace.objects.filter(organization=directive.issuer_id, type__in=["", directive.type])
        )
        return [place for place in places if place.type] or places

    def body_for(self, directive: Directive) -> Organization:
        """The body in which the post for this paper is held."""
        return directive.drafting_body if self.at == ReviewAt.DRAFTING_BODY else directive.issuer


class ReviewQuerySet(models.QuerySet["Review"]):
    """Questions about reviews."""

    def waiting_for(self, member: Member) -> ReviewQuerySet:
        """Reviews that wait for this member, named or by the post, the one that has waited longest first."""
        named = Q(person=member.person, organization__in=member.organization_ids)
        return self.filter(named, state=ReviewState.WAITING).order_by("began_at")


class Review(models.Model):
    """One person's turn to read a submitted draft: what was thought of it, and who wrote that down."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="reviews")
    submission = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    person = models.ForeignKey(Person, models.PROTECT, related_name="reviews")
    state = models.CharField(_("state"), max_length=12, choices=ReviewState.choices)
    began_at = models.DateTimeField(null=True, blank=True)
    opinion = models.TextField(_("opinion"), blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["directive_id", "submission", "position"]
        indexes = [
            models.Index(fields=["person", "directive"], name="review_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["directive", "submission", "position"], name="review_has_its_own_place"),
            models.UniqueConstraint(
                fields=["directive"], condition=Q(state=ReviewState.WAITING), name="review_waits_for_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_by__isnull=False, decided_at__isnull=False)
                | (~Q(state__in=DECIDED) & Q(decided_by__isnull=True, decided_at__isnull=True)),
                name="review_is_decided_iff_passed_or_returned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_state_display()})"

    @property
    def is_by_another(self) -> bool:
        """Whether somebody else wrote it down for the person whose turn it was."""
        return self.decided_by_id is not None and self.decided_by_id != self.person_id


def under_review() -> Exists:
    """Whether a review of the outer directive is still waited for."""
    return Exists(Review.objects.filter(directive=OuterRef("pk"), state=ReviewState.WAITING))
