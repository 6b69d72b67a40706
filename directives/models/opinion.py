"""What reviewers and signers say about single passages of a draft."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directives.models.directive import Directive
from orgs.models import Organization, Person, Role


class Opinion(models.Model):
    """One person's opinion on a passage, and what the drafter made of it; it stays when the text is reworded.

    `block` is the id of the passage in the document, empty for the paper as a whole; `quote` is what it said then.
    Comments of a unit that was consulted are opinions too: of these the drafter says whether they were taken over.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="opinions")
    block = models.CharField(max_length=40, blank=True)
    quote = models.TextField(blank=True)
    words = models.TextField(_("opinion"))
    version = models.PositiveIntegerField()
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    written_at = models.DateTimeField()
    consulted = models.ForeignKey("Consulted", models.PROTECT, related_name="opinions", null=True, blank=True)
    taken_over = models.BooleanField(_("taken over"), null=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["directive_id", "written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="opinion_is_answered_by_a_named_person",
            ),
            models.CheckConstraint(
                condition=Q(taken_over__isnull=True) | (Q(consulted__isnull=False) & ~Q(answer="")),
                name="comment_is_taken_over_or_not_with_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.words[:60]}"
