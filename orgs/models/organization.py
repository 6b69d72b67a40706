"""Bodies, and what they were called on a given day."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from orgs.vietnamese import fold, sort_key

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


# The rule leaves four lines for the signature, some offices five; what lies far off is a slip of the keyboard.
FEWEST_BLANK_LINES = 2
MOST_BLANK_LINES = 8


class OrganizationKind(models.TextChoices):
    """What sort of body it is (format.md 6); it decides the rules of its head lines and types."""

    PROVINCE_COMMITTEE = "province_committee", _("province committee")
    DISTRICT_COMMITTEE = "district_committee", _("district committee")
    COMMUNE_COMMITTEE = "commune_committee", _("commune committee")
    AGENCY_COMMITTEE = "agency_committee", _("committee of an agency")
    CELL = "cell", _("cell")
    OFFICE = "office", _("office of a committee")
    ADVISORY_BODY = "advisory_body", _("advisory body")
    INSPECTION_COMMITTEE = "inspection_committee", _("inspection committee")
    STEERING_COMMITTEE = "steering_committee", _("steering committee")
    STATE_BODY = "state_body", _("state body")
    MASS_BODY = "mass_body", _("front and mass organizations")
    ARMED_FORCES = "armed_forces", _("armed forces")
    OTHER = "other", _("other body")


class CurrentNames(TypedDict):
    """What `named_as_of` adds to a body; None before its first version begins."""

    current_name: str | None
    current_short_name: str | None


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Questions about bodies."""

    def active_on(self, day: date) -> OrganizationQuerySet:
        """Bodies that exist on `day`: not yet ended."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))

    def named_as_of(self, day: date) -> models.QuerySet[WithAnnotations[Organization, CurrentNames]]:
        """Annotate each body with `current_name` and `current_short_name` as of `day`."""
        versions = OrganizationVersion.objects.filter(organization=OuterRef("pk"), valid_from__lte=day)
        latest = versions.order_by("-valid_from")
        return self.annotate(  # type: ignore[return-value]  # the plugin knows the names and not the types
            current_name=Subquery(latest.values("name")[:1]),
            current_short_name=Subquery(latest.values("short_name")[:1]),
        )


class Organization(models.Model):
    """The identity of a body, which stays while its names change; `code` never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(_("code"), max_length=64, unique=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors", blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def as_of(self, day: date) -> OrganizationVersion:
        """The version in force on `day`, the first one for an earlier day; raises OrganizationVersion.DoesNotExist."""
        version = self.versions.filter(valid_from__lte=day).order_by("-valid_from").first()
        return version or self.versions.earliest("valid_from")

    def has_ended(self, day: date) -> bool:
        """True from the day the body ends."""
        return self.ended_on is not None and self.ended_on <= day

    def carried_on_by(self, day: date) -> list[Organization]:
        """The bodies of `day` that took over from this one, through all that ended in between."""
        standing: list[Organization] = []
        waiting, seen = [self], {self.pk}
        while waiting:
            for successor in waiting.pop().successors.exclude(pk__in=seen).order_by("code"):
                seen.add(successor.pk)
                (waiting if successor.has_ended(day) else standing).append(successor)
        return standing


class OrganizationVersionQuerySet(models.QuerySet["OrganizationVersion"]):
    """Questions about the names of bodies."""

    def in_force_on(self, day: date) -> OrganizationVersionQuerySet:
        """One version of each body: the one in force on `day`; a body that begins later has none."""
        latest = OrganizationVersion.objects.filter(valid_from__lte=day).order_by("organization_id", "-valid_from")
        return self.filter(pk__in=latest.distinct("organization_id").values("pk"))

    def with_words(self, typed: str) -> OrganizationVersionQuerySet:
        """Versions in one of whose names the typed words stand side by side, with or without accents."""
        # PostgreSQL takes no NUL in a text; no name holds one.
        return self.filter(folded_names__contains=_spaced(fold(typed.replace("\0", " ")))) if typed.strip() else self


class OrganizationVersion(models.Model):
    """What a body is called and how its letter is headed, from `valid_from` until the next version begins."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="versions")
    valid_from = models.DateField(_("valid from"))
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True, verbose_name=_("other names"))
    superior_line = models.CharField(_("superior line of the head"), max_length=200, blank=True)
    name_line = models.CharField(_("name line of the head"), max_length=200)
    symbol = models.CharField(_("symbol"), max_length=32, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    signature_blank_lines = models.PositiveSmallIntegerField(
        _("blank lines for the signature"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FEWEST_BLANK_LINES), MaxValueValidator(MOST_BLANK_LINES)],
    )
    kind = models.CharField(_("kind"), max_length=32, choices=OrganizationKind.choices)
    superior = models.ForeignKey(
        Organization, models.PROTECT, related_name="subordinate_versions", null=True, blank=True
    )
    mail_addresses = ArrayField(models.EmailField(), default=list, blank=True, verbose_name=_("mail addresses"))
    # The database knows no Vietnamese order; bytes are compared, whatever its locale.
    sort_key = models.CharField(max_length=600, editable=False, db_collation="C")
    folded_names = models.TextField(editable=False)

    objects = OrganizationVersionQuerySet.as_manager()

    class Meta:
        ordering = ["organization_id", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "valid_from"], name="organization_has_one_version_a_day"),
            models.CheckConstraint(
                condition=Q(superior__isnull=True) | ~Q(superior=F("organization")),
                name="organization_is_not_its_own_superior",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what the name sorts and is found by beside the name."""
        self.sort_key = sort_key(self.name)
        names = [self.name, self.short_name, *self.aliases, self.symbol]
        self.folded_names = ";".join(_spaced(fold(name)) for name in names if name)
        super().save(*args, **kwargs)


def _spaced(words: str) -> str:
    """Words with one blank before each, so that a search begins where a word begins."""
    return " " + " ".join(words.split())
