"""The term of a committee, for which its numbers run."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from orgs.models.organization import Organization


class TermQuerySet(models.QuerySet["Term"]):
    """Questions about terms."""

    def on(self, day: date) -> TermQuerySet:
        """Terms that contain `day`."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class Term(models.Model):
    """A body's term of office, from the day after one congress to the closing day of the next (format.md 4.1)."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="terms")
    name = models.CharField(_("name"), max_length=40)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["organization_id", "-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "starts_on"], name="term_starts_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="term_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.name
