"""Posts that people hold, and their authority to sign."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from orgs.models.organization import Organization
from orgs.models.person import Person


class Role(models.TextChoices):
    """What a post lets its holder do (product.md section 1)."""

    DRAFTER = "drafter", _("drafter")
    SECTION_HEAD = "section_head", _("head of section")
    OFFICE_HEAD = "office_head", _("head of the office")
    REVIEWER = "reviewer", _("reviewer")
    SIGNER = "signer", _("signer")
    CLERK = "clerk", _("clerk")
    ASSISTANT = "assistant", _("assistant of a leader")
    MONITOR = "monitor", _("monitor")
    UNIT_CONTACT = "unit_contact", _("contact of the unit")
    OFFICER = "officer", _("officer of the unit")
    UNIT_HEAD = "unit_head", _("head of the unit")
    INSPECTOR = "inspector", _("inspector")
    ADMINISTRATOR = "administrator", _("administrator")


DatedRow = TypeVar("DatedRow", bound=models.Model)


class DatedQuerySet(models.QuerySet[DatedRow]):
    """Rows that hold from `starts_on` to `ends_on`, both days included."""

    def on(self, day: date) -> Self:
        """Rows in force on `day`."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def not_ended_on(self, day: date) -> Self:
        """Rows in force on `day` or later."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


# What begins today may be ended at once: it then never held, and its last day is yesterday.
_DAY_BEFORE_IT_STARTS = F("starts_on") - timedelta(days=1)


class Post(models.Model):
    """A person's role in a body between two days; when it ends, its power ends."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="posts")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    title = models.CharField(_("title"), max_length=120, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["organization_id", "role", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organization", "role", "starts_on"], name="post_is_given_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=_DAY_BEFORE_IT_STARTS),
                name="post_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_role_display())


class SigningForm(models.TextChoices):
    """In whose name a paper is signed (format.md 2.6); the letters are the field's own."""

    ON_BEHALF = "T/M", "T/M"
    FOR_THE_HEAD = "K/T", "K/T"
    BY_ORDER = "T/L", "T/L"
    ACTING = "Q.", "Q."
    DIRECT = "direct", _("direct")
    CONCURRENT = "kiem", _("concurrent post")


class Authority(models.Model):
    """A person's dated right to sign for a body, with the lines that are printed above the name.

    One that stands `in_place_of` another is a substitution: its person signs while the other is away, until a last day
    and on a written basis.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="authorities")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="authorities")
    form = models.CharField(_("form"), max_length=8, choices=SigningForm.choices)
    in_place_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="substitutes")
    lines = models.JSONField(_("lines above the name"))
    types = ArrayField(models.CharField(max_length=8), default=list, blank=True, verbose_name=_("types"))
    instrument = models.CharField(_("given by"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["organization_id", "starts_on"]
        verbose_name_plural = "authorities"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=_DAY_BEFORE_IT_STARTS),
                name="authority_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(in_place_of__isnull=True) | (Q(ends_on__isnull=False) & ~Q(instrument="")),
                name="substitution_has_a_last_day_and_a_basis",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.printed_lines})"

    @property
    def printed_lines(self) -> str:
        """The lines above the name on one line, as a person would read them out."""
        return ", ".join(line["text"] for line in self.lines)

    def covers(self, type_code: str, day: date) -> bool:
        """True when this authority holds on `day` for papers of this type (no types named: all)."""
        holds = self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
        return holds and (not self.types or type_code in self.types)
