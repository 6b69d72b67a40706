"""What a paper does to one that was issued before it."""

from __future__ import annotations

from django.db import models
from django.db.models import Case, Prefetch, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directives.models.directive import Directive
from directives.models.sight import MayRead
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
MARKS = {
    CorrectionKind.RECTIFIES: pgettext_lazy("earlier paper", "Rectified"),
    CorrectionKind.AMENDS: pgettext_lazy("earlier paper", "Amended and supplemented"),
    CorrectionKind.REPLACES: pgettext_lazy("earlier paper", "Replaced"),
    CorrectionKind.REPEALS: pgettext_lazy("earlier paper", "Repealed"),
}
"""The same as a row of a list marks the earlier paper."""
ENDING = (CorrectionKind.REPLACES, CorrectionKind.REPEALS)
"""After these the earlier paper is no longer in force."""


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Questions about what papers do to each other."""

    def made_by(self, directive: Directive, member: Member) -> CorrectionQuerySet:
        """What this paper does to others, as far as the member may read those."""
        readable = Directive.objects.visible_to(member).values("pk")
        return self.filter(directive=directive, paper__in=readable).select_related("paper").order_by("pk")

    def of(self, paper: Directive, member: Member) -> CorrectionQuerySet:
        """What others do to this paper: those that were issued, are in force and may be read by the member."""
        return self._in_force_for(member).filter(paper=paper).order_by("directive__issued_at", "pk")

    def one_of_each(self, member: Member) -> CorrectionQuerySet:
        """For each earlier paper one row of what others do to it: what ended it, else the latest."""
        ended_first = Case(When(kind__in=ENDING, then=Value(0)), default=Value(1))
        rows = self._in_force_for(member).defer("directive__text", "directive__frozen")
        return rows.order_by("paper_id", ended_first, "-directive__issued_at", "-pk").distinct("paper_id")

    def _in_force_for(self, member: Member) -> CorrectionQuerySet:
        """What issued papers that were not recalled do to others; the member may read both papers of each row."""
        both = MayRead(member, "paper__"), MayRead(member, "directive__")
        rows = self.filter(*both, directive__state=DirectiveState.ISSUED, directive__recalled_at=None)
        return rows.select_related("directive")


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
        return self.kind in ENDING

    @property
    def passive(self) -> str:
        """What the page of the earlier paper says before the later one, for example `Được thay thế bởi`."""
        return str(PASSIVE[CorrectionKind(self.kind)])

    @property
    def mark(self) -> str:
        """What a row of a list says of the earlier paper, for example `Đã được thay thế`."""
        return str(MARKS[CorrectionKind(self.kind)])


def changes_for(member: Member, paper: str = "") -> Prefetch[str, CorrectionQuerySet, str]:
    """For prefetch_related of a list: what marks its papers, as `changes` of each, with one question for all rows.

    `paper` is the way from a row to its paper: nothing, or for example `directive__`.
    """
    return Prefetch(f"{paper}corrected_by", queryset=Correction.objects.one_of_each(member), to_attr="changes")
