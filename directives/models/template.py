"""Texts that a committee begins its papers with."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.member import Member
from orgs.models import Organization, OrganizationVersion, Person, Role


class DraftTemplateQuerySet(models.QuerySet["DraftTemplate"]):
    """Questions about templates."""

    def open_to(self, member: Member, day: date) -> DraftTemplateQuerySet:
        """Templates in use of the bodies for which this member may draft on `day`, by name."""
        own = member.organizations_as(Role.DRAFTER)
        above = OrganizationVersion.objects.in_force_on(day).filter(organization__in=own).values("superior")
        kept = self.filter(withdrawn_at=None)
        return kept.filter(models.Q(organization__in=own) | models.Q(organization__in=above)).order_by("name")


class DraftTemplate(models.Model):
    """One text under its name; a template that is changed is kept anew, the old one withdrawn."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="draft_templates")
    name = models.CharField(_("name"), max_length=200)
    type = models.CharField(_("type"), max_length=8)
    text = models.JSONField()
    kept_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = DraftTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                condition=models.Q(withdrawn_at=None),
                name="template_has_a_name_of_its_own",
            )
        ]

    def __str__(self) -> str:
        return self.name
