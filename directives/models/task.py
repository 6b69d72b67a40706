"""Items that are followed, the shares of the units, and the papers that answer them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from directives.document import Follow
from directives.models.delivery import IN_THE_UNIT, Delivery
from directives.models.directive import READING_ROLES, Directive
from directives.models.seen import SeenQuerySet
from directives.models.sight import MayRead
from directives.timing import LONGEST, WRITTEN, Timing, timing_of
from directives.workflow import AssignmentState
from orgs.member import Member
from orgs.models import Organization, Person


class Part(models.TextChoices):
    """A unit's part in a task (words.md 51): one leads, or each carries it out for itself."""

    LEAD = "lead", _("leads")
    COORDINATING = "coordinating", _("coordinates")
    INFORMED = "informed", _("for information")
    EACH = "each", _("each unit carries it out")


class Task(models.Model):
    """An item of an issued directive that is followed; guidance has no row. Written at issue, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="tasks")
    block_id = models.CharField(max_length=32)
    position = models.PositiveIntegerField()
    marker = models.CharField(_("item"), max_length=40, blank=True)
    text = models.TextField(_("content"))
    follow = models.CharField(
        _("followed as"), max_length=8, choices=[(Follow.TASK, _("task")), (Follow.EACH, _("each unit carries it out"))]
    )
    product = models.CharField(_("product"), max_length=300, blank=True)
    due_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    due_has_hour = models.BooleanField(default=False)
    timing = models.CharField(max_length=LONGEST, blank=True)
    receiving_level = models.CharField(_("who takes the product"), max_length=200, blank=True)

    class Meta:
        ordering = ["directive_id", "position"]
        # Few tasks return; their periods are counted without looking at the others.
        indexes = [models.Index(fields=["id"], condition=Q(timing__startswith="every "), name="task_periodic")]
        constraints = [
            models.UniqueConstraint(fields=["directive", "block_id"], name="task_is_one_per_item"),
            models.CheckConstraint(
                condition=Q(timing="") | Q(due_at__isnull=True), name="task_is_due_on_a_day_or_by_a_timing"
            ),
            models.CheckConstraint(condition=Q(timing__regex=WRITTEN), name="task_timing_can_be_read"),
        ]

    def __str__(self) -> str:
        return f"{self.marker} {self.text[:60]}"

    @property
    def timed(self) -> Timing | None:
        """The deadline that is no day of the calendar (directives/timing.py), where there is one."""
        return timing_of(self.timing) if self.timing else None


class AssignmentQuerySet(SeenQuerySet["Assignment"]):
    """Questions about the units' shares."""

    def visible_to(self, member: Member) -> AssignmentQuerySet:
        """The unit's own shares once the paper is open to it, and all shares of papers of bodies the member serves."""
        opened = Delivery.objects.filter(
            directive=OuterRef("directive"), organization=OuterRef("organization")
        ).open_to(member)
        own = Q(organization__in=member.organizations_as(*IN_THE_UNIT)) & Q(Exists(opened))
        # What lies open with the unit opens the paper by itself, unless that is restricted: so it is asked first.
        simple = own & Q(directive__restricted=False)
        read = Q(MayRead(member, "directive__")) & (own | self._of_staff(member))
        return self.for_eyes_of(member).filter(simple | read)

    def came_to(self, member: Member) -> AssignmentQuerySet:
        """The shares of the member's own units once the paper lies open with the unit and the member may read it."""
        # As deliveries that came: no paper is looked at but for the few that are restricted.
        deliveries = Delivery.objects.filter(directive=OuterRef("directive"), organization=OuterRef("organization"))
        restricted = Directive.objects.filter(restricted=True).order_by().values("pk")
        papers = Directive.objects.visible_to(member).filter(pk=OuterRef("directive"))
        own = Q(Exists(deliveries.open_to(member)), organization__in=member.organizations_as(*IN_THE_UNIT))
        return self.for_eyes_of(member).filter(own, ~Q(directive__in=restricted) | Q(Exists(papers)))

    def seen_as_issuer(self, member: Member) -> AssignmentQuerySet:
        """Of these the shares of papers that the member's bodies issued: what is followed and counted."""
        issued = Q(issuer__in=member.organizations_as(*READING_ROLES))
        return self.for_eyes_of(member).filter(MayRead(member, "directive__"), issued)

    def _of_staff(self, member: Member) -> Q:
        staffed = member.organizations_as(*READING_ROLES)
        return Q(issuer__in=staffed) | Q(directive__drafting_body__in=staffed)

    def waiting_for_arrival(self) -> AssignmentQuerySet:
        """Shares whose time begins when the paper arrives at the unit, and has not begun."""
        return self.filter(task__timing__startswith="within ", due_at__isnull=True)

    def still_open(self) -> AssignmentQuerySet:
        """Shares that are neither completed nor ended."""
        return self.filter(state__in=[AssignmentState.ASSIGNED, AssignmentState.WORKING, AssignmentState.REPORTED])


class Assignment(models.Model):
    """One unit's share of one task (a cell of the matrix).

    `directive` and `issuer` are those of the task, repeated because every list asks by them; neither ever changes.
    `due_at` is empty until the paper arrives where the time begins then; of a periodic task it is that of the period.
    `monitor` is the person of the issuer who follows the share.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(Task, models.PROTECT, related_name="assignments")
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="assignments")
    issuer = models.ForeignKey(Organization, models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="assignments", db_index=False)
    part = models.CharField(_("part"), max_length=12, choices=Part.choices)
    state = models.CharField(
        _("state"), max_length=12, choices=AssignmentState.choices, default=AssignmentState.ASSIGNED
    )
    due_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    monitor = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("followed by")
    )
    reported_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    more_asked_at = models.DateTimeField(null=True, blank=True)
    more_asked = models.TextField(_("what is still needed"), blank=True)
    ended_reason = models.TextField(_("reason"), blank=True)
    changed_at = models.DateTimeField()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["task_id", "organization_id"]
        indexes = [
            models.Index(fields=["organization", "state", "due_at"], name="assignment_of_organization"),
            models.Index(fields=["organization", "due_at", "id"], name="assignment_of_unit"),
            # Monitors ask across all units; most shares are long finished and do not stand in the last two.
            models.Index(fields=["issuer", "due_at", "id"], name="assignment_followed"),
            models.Index(
                fields=["issuer", "due_at"],
                include=["directive", "organization"],
                condition=Q(state__in=[AssignmentState.ASSIGNED, AssignmentState.WORKING]),
                name="assignment_unfinished",
            ),
            models.Index(
                fields=["issuer", "reported_at"],
                include=["directive", "organization"],
                condition=Q(state=AssignmentState.REPORTED),
                name="assignment_reported",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["task", "organization"], name="assignment_is_one_per_task_and_body"),
            models.UniqueConstraint(fields=["task"], condition=Q(part=Part.LEAD), name="task_has_one_lead"),
            models.CheckConstraint(
                condition=~Q(state=AssignmentState.DONE) | Q(done_at__isnull=False), name="assignment_done_has_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=AssignmentState.ENDED) | ~Q(ended_reason=""), name="assignment_ended_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} / {self.organization}"


class PastPeriod(models.Model):
    """One period of a periodic share whose report was accepted; written once, never changed (trigger)."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="past_periods")
    due_at = models.DateTimeField(_("deadline"), db_index=True)
    reported_at = models.DateTimeField()

    class Meta:
        ordering = ["assignment_id", "due_at"]
        constraints = [models.UniqueConstraint(fields=["assignment", "due_at"], name="period_is_past_once")]

    def __str__(self) -> str:
        return f"{self.assignment} {self.due_at:%d/%m/%Y}"


class Report(models.Model):
    """A unit's own paper that answers one or many shares; never changed (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="reports")
    number = models.CharField(_("number"), max_length=20, blank=True)
    symbol = models.CharField(_("symbol"), max_length=64, blank=True)
    dated_on = models.DateField(_("date"))
    text = models.TextField(_("result"))
    reported_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    answers = models.ManyToManyField(Assignment, through="Answer", related_name="reports")

    class Meta:
        ordering = ["reported_at"]

    def __str__(self) -> str:
        return self.printed_number or f"{self.organization} {self.dated_on:%d/%m/%Y}"

    @property
    def printed_number(self) -> str:
        """`12-BC/ĐU`, or an empty string for a report without a number."""
        return f"{self.number}-{self.symbol}" if self.number else ""


class Answer(models.Model):
    """A report answers this share."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="answered")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="answered_by")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "assignment"], name="report_answers_a_share_once")]

    def __str__(self) -> str:
        return f"{self.report} / {self.assignment}"
