"""The copies of a directive: files that are written once, known by their hash."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from directives.models.directive import Directive
from orgs.models import Person


class CopyKind(models.TextChoices):
    """What a stored file is."""

    PROOF = "proof", _("print for signature")
    SCAN = "scan", _("scan of the signed paper")
    FINAL = "final", _("issued copy")


class IssuedCopy(models.Model):
    """One immutable file of a directive; the file's name in the store is its SHA-256."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="copies")
    kind = models.CharField(_("kind"), max_length=8, choices=CopyKind.choices)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(null=True)
    content_hash = models.CharField(max_length=64)
    versions = models.JSONField(_("made with"), default=dict)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    stored_at = models.DateTimeField()

    class Meta:
        ordering = ["directive_id", "pk"]
        verbose_name_plural = "issued copies"
        constraints = [
            models.UniqueConstraint(fields=["directive", "kind", "sha256"], name="copy_is_stored_once"),
            models.UniqueConstraint(
                fields=["directive"], condition=models.Q(kind=CopyKind.FINAL), name="directive_has_one_final_copy"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.directive} {self.kind}"
