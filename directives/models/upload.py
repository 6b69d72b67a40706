"""Files on their way in, part by part."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directives.models.directive import Directive
from orgs.models import Person


class UploadQuerySet(models.QuerySet["Upload"]):
    """Questions about files on their way in."""

    def of(self, person: Person, directive: Directive) -> UploadQuerySet:
        """What this person has sent for this paper, in the order in which it was begun; nobody else sees it."""
        return self.filter(person=person, directive=directive).order_by("begun_at", "pk")

    def whole(self) -> UploadQuerySet:
        """Those that have come in full."""
        return self.filter(received=F("size"))


class Upload(models.Model):
    """A file that is sent in parts, so that it goes on where a broken line stopped; it is gone once it is used."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    directive = models.ForeignKey(Directive, models.CASCADE, related_name="uploads")
    name = models.CharField(_("file"), max_length=200)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    begun_at = models.DateTimeField()

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(received__lte=F("size"), size__gt=0), name="upload_is_no_larger_than_it_said"
            )
        ]

    def __str__(self) -> str:
        return self.name
