"""What a directive can be found by."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from directives.models.directive import Directive


class SearchEntry(models.Model):
    """The words of one directive as directives/search.py folds them; rebuilt whenever the text changes.

    `changed_at` is the directive's own; triggers write it, and the mark of its month among the words.
    """

    directive = models.OneToOneField(Directive, models.CASCADE, related_name="search_entry", primary_key=True)
    words = ArrayField(models.TextField())
    changed_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name_plural = "search entries"
        indexes = [GinIndex(fields=["words"], name="search_words", fastupdate=False)]

    def __str__(self) -> str:
        return str(self.directive)
