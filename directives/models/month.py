"""What a body issued in each month, counted while it happens."""

from __future__ import annotations

from django.db import models

from orgs.models import Organization


class MonthOfPapers(models.Model):
    """Issued papers of one body, month of issue and type, and their deliveries; restricted papers are not in it.

    Written by triggers in the transaction that changes what is counted. Rows of one body, month and type add up, and
    are added together now and then; a row may be negative (directives/months.py).
    """

    issuer = models.ForeignKey(Organization, models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    type = models.CharField(max_length=8)
    papers = models.IntegerField()
    sent = models.IntegerField()
    received = models.IntegerField()
    misdirected = models.IntegerField()

    class Meta:
        verbose_name_plural = "months of papers"
        indexes = [models.Index(fields=["issuer", "month"], name="papers_of_month")]

    def __str__(self) -> str:
        return f"{self.issuer} {self.month:%m/%Y} {self.type}"


class MonthOfShares(models.Model):
    """Shares that one unit has in papers which one body issued in one month; kept like MonthOfPapers."""

    issuer = models.ForeignKey(Organization, models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", db_index=False)
    shares = models.IntegerField()
    answered = models.IntegerField()
    answered_late = models.IntegerField()

    class Meta:
        verbose_name_plural = "months of shares"
        indexes = [
            models.Index(
                fields=["issuer", "month"],
                include=["organization", "shares", "answered", "answered_late"],
                name="shares_of_month",
            )
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.month:%m/%Y} {self.organization}"
