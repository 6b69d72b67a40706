"""The numbers: one series per issuing body, term and symbol group, and the register of every number taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from directives.formats.wording import printed_number
from directives.models.directive import Directive
from directives.models.sight import MayRead
from directives.workflow import EntryState
from orgs.member import Member
from orgs.models import Organization, Person, Role, Term

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

OUTGOING_BOOK_ROLES = (
    Role.CLERK,
    Role.SIGNER,
    Role.OFFICE_HEAD,
    Role.SECTION_HEAD,
    Role.REVIEWER,
    Role.MONITOR,
    Role.INSPECTOR,
)
"""Whose post opens the outgoing register of its body; what a line says of a paper follows the paper's own sight."""


class SeriesMode(models.TextChoices):
    """Who gives the numbers of a series."""

    OWN = "own", _("numbered here")
    ELSEWHERE = "elsewhere", _("numbered in another book; the clerk types the number")


class SecretSeries(models.TextChoices):
    """Whether secret papers take numbers from the same series; their rows are masked."""

    SAME = "same", _("in the same series")
    SEPARATE = "separate", _("in a series of their own")


class NumberSeriesQuerySet(models.QuerySet["NumberSeries"]):
    """Questions about series."""

    def visible_to(self, member: Member) -> NumberSeriesQuerySet:
        """The series of bodies whose outgoing register this member may open."""
        return self.filter(organization__in=member.organizations_as(*OUTGOING_BOOK_ROLES))


class NumberSeries(models.Model):
    """The counter and the lock of one series; `next_number` moves only inside a transaction that takes the number."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="number_series")
    term = models.ForeignKey(Term, models.PROTECT, related_name="number_series")
    symbol_group = models.CharField(_("symbol group"), max_length=16)
    mode = models.CharField(_("numbers given"), max_length=12, choices=SeriesMode.choices, default=SeriesMode.OWN)
    secret_series = models.CharField(
        _("secret papers"), max_length=12, choices=SecretSeries.choices, default=SecretSeries.SAME
    )
    next_number = models.PositiveIntegerField(_("next number"), default=1)
    last_dated_on = models.DateField(_("date of the last number"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = NumberSeriesQuerySet.as_manager()

    class Meta:
        ordering = ["organization_id", "term_id", "symbol_group"]
        verbose_name_plural = "number series"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "term", "symbol_group"], name="series_is_one_per_body_term_and_symbol"
            ),
            models.CheckConstraint(condition=Q(next_number__gte=1), name="series_starts_at_one_or_later"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.symbol_group} {self.term}"


class SightOfPaper(TypedDict):
    """What `with_sight_of` adds to a line."""

    paper_is_visible: bool


class RegisterEntryQuerySet(models.QuerySet["RegisterEntry"]):
    """Questions about lines of the outgoing register."""

    def visible_to(self, member: Member) -> RegisterEntryQuerySet:
        """The lines of registers that this member may open."""
        return self.filter(series__in=NumberSeries.objects.visible_to(member))

    def with_sight_of(self, member: Member) -> models.QuerySet[WithAnnotations[RegisterEntry, SightOfPaper]]:
        """Annotate `paper_is_visible`: whether this member may read the paper of the line."""
        return self.annotate(paper_is_visible=Coalesce(MayRead(member, "directive__"), False))  # type: ignore[return-value]  # as in named_as_of


class RegisterEntry(models.Model):
    """One line of the outgoing register; a number is never used again, a voided one keeps its line and its reason."""

    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField(_("number"))
    suffix = models.CharField(_("suffix"), max_length=4, blank=True)
    symbol = models.CharField(_("symbol"), max_length=64)
    state = models.CharField(_("state"), max_length=12, choices=EntryState.choices)
    dated_on = models.DateField(_("date"))
    directive = models.OneToOneField(Directive, models.PROTECT, null=True, blank=True, related_name="entry")
    secret = models.BooleanField(_("number used for a paper in the secret register"), default=False)
    reserved_for = models.CharField(_("reserved for"), max_length=300, blank=True)
    reserved_until = models.DateField(_("reserved until the end of"), null=True, blank=True)
    taken_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.CharField(_("voided by decision of"), max_length=200, blank=True)
    void_reason = models.TextField(_("reason"), blank=True)

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        ordering = ["series_id", "number", "suffix"]
        verbose_name_plural = "register entries"
        indexes = [
            # The lines that a register's statement counts are few among its numbers in use.
            models.Index(fields=["series"], condition=~Q(state=EntryState.NUMBERED), name="entry_not_in_use"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "number", "suffix"], name="number_is_used_once_in_its_series"),
            models.CheckConstraint(
                condition=Q(state=EntryState.VOID, voided_at__isnull=False) & ~Q(void_reason="")
                | ~Q(state=EntryState.VOID) & Q(voided_at__isnull=True, void_reason=""),
                name="entry_keeps_the_reason_iff_void",
            ),
            models.CheckConstraint(
                condition=~Q(state=EntryState.RESERVED)
                | Q(reserved_until__isnull=False, directive__isnull=True, secret=False) & ~Q(reserved_for=""),
                name="entry_reserved_says_what_for_and_until_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=EntryState.NUMBERED) | Q(directive__isnull=False) | Q(secret=True),
                name="entry_in_use_has_its_directive",
            ),
            models.CheckConstraint(
                condition=Q(secret=False) | Q(directive__isnull=True),
                name="entry_of_a_secret_paper_holds_nothing_of_it",
            ),
        ]

    def __str__(self) -> str:
        return printed_number(self.number, self.suffix, self.symbol)
