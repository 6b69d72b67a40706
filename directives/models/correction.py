"""What a paper does to one that was issued before it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directives.models.directive import Directive
from directives.workflow import DirectiveState
from orgs.member import Member
from orgs.models import Person


class CorrectionKind(models.TextChoices):
    """The four ways in which a later paper changes an earlier one."""

    RECTIFIES = "rectify", _("Rectifies")
    AMENDS = "amend", _("Amends and supplements")
    REPLACES = "replace", _("Replaces")
    REPEALS = "repeal", _("Repeals")


PASSIVE = {
    CorrectionKind.RECTIFIES: pgettext_lazy("earlier paper", "Rectified by"),
    CorrectionKind.AMENDS: pgettext_lazy("earlier paper", "Amended and supplemented by"),
    CorrectionKind.REPLACES: pgettext_lazy("earlier paper", "Replaced by"),
    CorrectionKind.REPEALS: pgettext_lazy("earlier paper", "Repealed by"),
}
"""The same as the page of the earlier paper says it."""


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Questions about what papers do to each other."""

    def made_by(self, directive: Directive, member: Member) -> CorrectionQuerySet:
        """What this paper does to others, as far as the member may read those."""
        readable = Directive.objects.visible_to(member).values("pk")
        return self.filter(directive=directive, paper__in=readable).select_related("paper").order_by("pk")

    def of(self, paper: Directive, member: Member) -> CorrectionQuerySet:
        """What others do to this paper: those that were issued, are in force and may be read by the member."""
        issued = Directive.objects.visible_to(member).filter(state=DirectiveState.ISSUED, recalled_at=None)
        rows = self.filter(paper=paper, directive__in=issued.values("pk"))
        return rows.select_related("directive").order_by("directive__issued_at", "pk")


class Correction(models.Model):
    """A paper rectifies, amends, replaces or repeals an issued one; chosen while it is drafted, then fixed (trigger).

    Who may read only one of the two papers learns nothing of the other.
    """

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="corrections")
    paper = models.ForeignKey(Directive, models.PROTECT, related_name="corrected_by")
    kind = models.CharField(max_length=8, choices=CorrectionKind.choices)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "paper"], name="correction_names_a_paper_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.paper}"

    @property
    def ends_it(self) -> bool:
        """True when the earlier paper is no longer in force."""
        return self.kind in {CorrectionKind.REPLACES, CorrectionKind.REPEALS}

    @property
    def passive(self) -> str:
        """What the page of the earlier paper says before the later one, for example `Được thay thế bởi`."""
        return str(PASSIVE[CorrectionKind(self.kind)])
