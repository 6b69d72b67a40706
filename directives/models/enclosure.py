"""What is sent with a paper: files, and copies of other issued papers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from directives.models.directive import Directive
from directives.uploads import FileKind
from orgs.models import Person


class Enclosure(models.Model):
    """One file that goes with a paper; where `paper` is named it is the issued copy of that paper (sao gửi kèm theo).

    Its name in the store is its SHA-256. Once the paper has its number, nothing of it changes (trigger).
    """

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="enclosures")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=4, choices=FileKind.choices)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    paper = models.ForeignKey(Directive, models.PROTECT, null=True, blank=True, related_name="sent_along_with")
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["directive_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "sha256"], name="enclosure_goes_along_once"),
            models.UniqueConstraint(fields=["directive", "position"], name="enclosure_has_its_own_place"),
        ]

    def __str__(self) -> str:
        return self.name
