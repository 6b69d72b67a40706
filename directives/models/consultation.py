"""A draft that was sent to units for their comments, and what each of them answered."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directives.document import Document
from directives.models.directive import Directive
from directives.workflow import DirectiveState
from orgs.member import Member
from orgs.models import Organization, Person, Role

CONSULTED_ROLES = (Role.UNIT_CONTACT, Role.UNIT_HEAD, Role.CLERK)
"""Who in a unit reads a draft that it is asked about, and answers."""


class Consultation(models.Model):
    """A draft as it was sent out for comments until a day; it ends when the draft is submitted, or is called off."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="consultations")
    version = models.PositiveIntegerField()
    text = models.JSONField(_("document as it was sent out"))
    asked = models.TextField(_("what is asked"), blank=True)
    answer_by = models.DateField(_("answer by"))
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["directive_id", "opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["directive"], condition=Q(closed_at__isnull=True), name="draft_is_sent_for_comments_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.directive} {self.answer_by:%d/%m/%Y}"

    @property
    def document(self) -> Document:
        """The text that the units read."""
        return Document.from_json(self.text)


class ConsultedQuerySet(models.QuerySet["Consulted"]):
    """Questions about units that are asked for comments."""

    def open_to(self, member: Member) -> ConsultedQuerySet:
        """What the member's own units are asked now. It opens this text and nothing else of the paper."""
        return self.filter(
            organization__in=member.organizations_as(*CONSULTED_ROLES),
            consultation__closed_at__isnull=True,
            consultation__directive__state=DirectiveState.DRAFT,
            consultation__directive__restricted=False,
        )

    def unanswered(self) -> ConsultedQuerySet:
        """Units that have not answered."""
        return self.filter(answered_at__isnull=True)


class Consulted(models.Model):
    """One unit that is asked for comments, and its one answer: it agrees as it stands, or has comments."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="consulted")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    agrees = models.BooleanField(_("agrees with the draft"), null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ConsultedQuerySet.as_manager()

    class Meta:
        ordering = ["consultation_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "organization"], name="unit_is_consulted_once"),
            models.CheckConstraint(
                condition=Q(agrees__isnull=True, answered_by__isnull=True, answered_at__isnull=True)
                | Q(agrees__isnull=False, answered_by__isnull=False, answered_at__isnull=False),
                name="consulted_unit_answers_by_a_named_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}"
