"""A unit's incoming book."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from directives.models.delivery import Delivery
from orgs.models import Organization, Person


class IncomingBook(models.Model):
    """A body's book of incoming papers for one period (a year by default); counter and lock of its numbers."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="incoming_books")
    period = models.CharField(_("period"), max_length=20)
    next_number = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "period"], name="incoming_book_is_one_per_period")
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.period}"


class IncomingEntry(models.Model):
    """One line of the incoming book: the unit's own number (số đến) for a paper that arrived."""

    book = models.ForeignKey(IncomingBook, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField(_("incoming number"))
    arrived_on = models.DateField(_("date of arrival"))
    delivery = models.OneToOneField(Delivery, models.PROTECT, null=True, blank=True, related_name="incoming_entry")
    issuer_name = models.CharField(_("issuing body"), max_length=200)
    printed_number = models.CharField(_("number and symbol"), max_length=80)
    dated_on = models.DateField(_("date of the paper"), null=True, blank=True)
    subject = models.CharField(_("type and subject"), max_length=1100)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["book_id", "number"]
        verbose_name_plural = "incoming entries"
        constraints = [models.UniqueConstraint(fields=["book", "number"], name="incoming_number_is_used_once")]

    def __str__(self) -> str:
        return f"{self.number}"
