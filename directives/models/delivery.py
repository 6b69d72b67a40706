"""A directive on its way to one unit, the mails that tell units of papers and drafts, and who read a paper."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from directives.models.consultation import Consulted
from directives.models.directive import READING_ROLES, WORKING_ROLES, Directive
from directives.models.seen import SeenQuerySet
from directives.models.sight import MayRead
from directives.workflow import DeliveryState
from orgs.member import Member
from orgs.models import Organization, Person

IN_THE_UNIT = WORKING_ROLES
"""Whose post opens what the unit has received."""

OPENED = Q(withdrawn_at__isnull=True) & ~Q(state__in=[DeliveryState.WAITING, DeliveryState.MISDIRECTED])
"""The paper lies with the unit: sent, and neither withdrawn nor returned as misdirected."""


class DeliveryQuerySet(SeenQuerySet["Delivery"]):
    """Questions about deliveries."""

    def open_to(self, member: Member) -> DeliveryQuerySet:
        """Deliveries to a body the member works in: sent, and neither withdrawn nor returned as misdirected."""
        return self.for_eyes_of(member).filter(self._open_to(member))

    def came_to(self, member: Member) -> DeliveryQuerySet:
        """Deliveries open to a body the member works in, of papers that the member may read."""
        # An open delivery opens its paper by itself, unless the paper is restricted: only that is asked about, and
        # which papers are restricted is known from a small index without looking at the papers.
        restricted = Directive.objects.filter(restricted=True).order_by().values("pk")
        papers = Directive.objects.visible_to(member).filter(pk=OuterRef("directive"))
        return self.open_to(member).filter(~Q(directive__in=restricted) | Q(Exists(papers)))

    def visible_to(self, member: Member) -> DeliveryQuerySet:
        """The units' own lines, and every line of the papers of bodies the member serves as issuer's staff."""
        own = self._open_to(member)
        # An open delivery opens its paper by itself, unless that is restricted: so it is asked first.
        simple = own & Q(directive__restricted=False)
        read = Q(MayRead(member, "directive__")) & (own | self._of_staff(member))
        return self.for_eyes_of(member).filter(simple | read)

    def seen_as_issuer(self, member: Member) -> DeliveryQuerySet:
        """Of these the lines of papers that the member's bodies issued."""
        issued = Q(directive__issuer__in=member.organizations_as(*READING_ROLES))
        return self.for_eyes_of(member).filter(MayRead(member, "directive__"), issued)

    def _of_staff(self, member: Member) -> Q:
        staffed = member.organizations_as(*READING_ROLES)
        return Q(directive__issuer__in=staffed) | Q(directive__drafting_body__in=staffed)

    def _open_to(self, member: Member) -> Q:
        return Q(organization__in=member.organizations_as(*IN_THE_UNIT)) & OPENED

    def waiting_to_be_received(self) -> DeliveryQuerySet:
        """Deliveries that a unit has and has not yet received or returned."""
        return self.filter(state__in=[DeliveryState.SENT, DeliveryState.ARRIVED], withdrawn_at__isnull=True)


class Delivery(models.Model):
    """One directive to one body, on whichever lines the body stands; the row is the legal record of delivery."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The constraint's index begins with it.
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="deliveries", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="deliveries")
    executes = models.BooleanField(_("is to carry it out"), default=True)
    state = models.CharField(_("state"), max_length=12, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    sent_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    told_by_telephone_at = models.DateTimeField(null=True, blank=True)
    paper_received_at = models.DateTimeField(null=True, blank=True)
    misdirected_at = models.DateTimeField(null=True, blank=True)
    misdirected_reason = models.TextField(_("reason"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["directive_id", "organization_id"]
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["organization", "state", "sent_at"], name="delivery_to_organization"),
            # What a unit may read is asked on every page, and answered from this index alone.
            models.Index(
                fields=["organization", "directive"],
                include=["id", "state", "sent_at"],
                condition=OPENED,
                name="delivery_opened",
            ),
            # Whether one paper lies with one of a person's units is asked for every paper that a search finds.
            models.Index(fields=["directive", "organization"], condition=OPENED, name="delivery_opened_of_paper"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["directive", "organization"], name="delivery_is_one_per_body"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.RECEIVED, received_at__isnull=False, received_by__isnull=False)
                | ~Q(state=DeliveryState.RECEIVED),
                name="delivery_is_received_by_a_named_person",
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.WAITING) | Q(sent_at__isnull=False),
                name="delivery_has_a_time_of_sending_once_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.directive} -> {self.organization}"


class NoticeKind(models.TextChoices):
    """What a mail tells a unit of."""

    ISSUED = "issued", _("paper issued")
    RECALLED = "recalled", _("paper recalled")
    CONSULTED = "consulted", _("draft for comments")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Questions about mails."""

    def with_what_they_tell(self) -> NoticeQuerySet:
        """With paper and unit at hand, whichever way leads to them."""
        paper, draft = "delivery__directive__issuer", "consulted__consultation__directive__issuer"
        return self.select_related(paper, "delivery__organization", draft, "consulted__organization")


class Notice(models.Model):
    """One mail to one address about one delivery, or about a draft on which the unit is asked for comments.

    Its Message-ID is fixed, so a mail can be recognised.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="notices", null=True, blank=True)
    consulted = models.ForeignKey(Consulted, models.PROTECT, related_name="notices", null=True, blank=True)
    kind = models.CharField(max_length=12, choices=NoticeKind.choices, default=NoticeKind.ISSUED)
    address = models.EmailField(_("address"))
    handed_over_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("answer of the mail server"), blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["delivery_id", "address"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "kind", "address"], name="notice_is_one_per_address"),
            models.UniqueConstraint(fields=["consulted", "address"], name="notice_of_a_draft_is_one_per_address"),
            models.CheckConstraint(
                condition=Q(kind=NoticeKind.CONSULTED, consulted__isnull=False, delivery__isnull=True)
                | (~Q(kind=NoticeKind.CONSULTED) & Q(consulted__isnull=True, delivery__isnull=False)),
                name="notice_tells_of_a_delivery_or_of_a_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.address}"

    @property
    def directive(self) -> Directive:
        """The paper, or the draft, that it tells of."""
        if self.consulted is not None:
            return self.consulted.consultation.directive
        assert self.delivery is not None, "a mail tells of a delivery or of a draft (constraint)"
        return self.delivery.directive

    @property
    def organization(self) -> Organization:
        """The unit that it is for."""
        told = self.consulted or self.delivery
        assert told is not None, "a mail tells of a delivery or of a draft (constraint)"
        return told.organization

    @property
    def is_pointless(self) -> bool:
        """True when there is nothing left to be told: comments on the draft are no longer asked for."""
        return self.consulted is not None and self.consulted.consultation.closed_at is not None


class Reading(models.Model):
    """Somebody opened a directive; written after the page was given, never changed (trigger)."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="readings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.person} {self.at:%Y-%m-%d %H:%M}"
