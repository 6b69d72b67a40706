"""A unit's incoming book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from directives.models.delivery import Delivery
from directives.models.register import SightOfPaper
from directives.models.sight import MayRead
from orgs.member import Member
from orgs.models import Organization, Person, Role

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

INCOMING_BOOK_ROLES = (
    Role.CLERK,
    Role.UNIT_CONTACT,
    Role.UNIT_HEAD,
    Role.SIGNER,
    Role.OFFICE_HEAD,
    Role.SECTION_HEAD,
    Role.MONITOR,
    Role.INSPECTOR,
)
"""Whose post opens the incoming register of its body; what a line says of a paper follows the paper's own sight."""


class IncomingBookQuerySet(models.QuerySet["IncomingBook"]):
    """Questions about books."""

    def visible_to(self, member: Member) -> IncomingBookQuerySet:
        """The books of bodies whose incoming register this member may open."""
        return self.filter(organization__in=member.organizations_as(*INCOMING_BOOK_ROLES))


class IncomingBook(models.Model):
    """A body's book of incoming papers for one period (a year by default); counter and lock of its numbers."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="incoming_books")
    period = models.CharField(_("period"), max_length=20)
    next_number = models.PositiveIntegerField(default=1)

    objects = IncomingBookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "period"], name="incoming_book_is_one_per_period")
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.period}"


class IncomingEntryQuerySet(models.QuerySet["IncomingEntry"]):
    """Questions about lines of the incoming register."""

    def visible_to(self, member: Member) -> IncomingEntryQuerySet:
        """The lines of books that this member may open."""
        return self.filter(book__in=IncomingBook.objects.visible_to(member))

    def with_sight_of(self, member: Member) -> models.QuerySet[WithAnnotations[IncomingEntry, SightOfPaper]]:
        """Annotate `paper_is_visible`: whether this member may read the paper of the line."""
        return self.annotate(paper_is_visible=Coalesce(MayRead(member, "delivery__directive__"), False))  # type: ignore[return-value]  # as in named_as_of


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

    objects = IncomingEntryQuerySet.as_manager()

    class Meta:
        ordering = ["book_id", "number"]
        verbose_name_plural = "incoming entries"
        constraints = [models.UniqueConstraint(fields=["book", "number"], name="incoming_number_is_used_once")]

    def __str__(self) -> str:
        return f"{self.number}"
