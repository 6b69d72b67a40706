"""The append-only history of both apps."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models.organization import Organization
from orgs.models.person import Person
from orgs.models.post import Role

if TYPE_CHECKING:
    from orgs.member import Acting


class EventQuerySet(models.QuerySet["Event"]):
    """Questions about what happened."""

    def about(self, subject: models.Model) -> EventQuerySet:
        """Events of this one object, oldest first."""
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk)).order_by("pk")


class Event(models.Model):
    """One thing that a person or the machine did; written with the change it tells of, never changed (trigger)."""

    at = models.DateTimeField(_("at"), db_index=True)
    step = models.CharField(_("step"), max_length=40)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, blank=True)
    basis = models.CharField(_("basis"), max_length=200, blank=True)
    facts = models.JSONField(_("facts"), default=dict, encoder=DjangoJSONEncoder)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="event_subject")]

    def __str__(self) -> str:
        return f"{self.step} {self.subject_kind} {self.subject_id}"

    @classmethod
    def record(cls, subject: models.Model, step: str, *, at: datetime, by: Acting | None = None, **facts: Any) -> Event:
        """Write that `step` was done to `subject` by someone acting in a post, or by the machine when `by` is None."""
        return cls.objects.create(
            at=at,
            step=step,
            subject_kind=subject._meta.label_lower,
            subject_id=str(subject.pk),
            person=by.person if by else None,
            organization=by.organization if by else None,
            role=by.role if by else "",
            basis=by.basis if by else "",
            facts=facts,
        )
