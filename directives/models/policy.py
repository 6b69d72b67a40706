"""How one committee wants its papers handled."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import Organization


class Policy(models.Model):
    """A committee's own choices; a committee without a row has the defaults below."""

    organization = models.OneToOneField(Organization, models.PROTECT, related_name="policy")
    scan_needed = models.BooleanField(_("issue only with a scan of the signed paper"), default=False)
    issue_with_number = models.BooleanField(_("issue in the same press as the number"), default=False)
    subject_in_mail = models.BooleanField(
        _("name the subject in mails of papers that are not restricted"), default=False
    )
    reports_need_confirmation = models.BooleanField(_("a report must be confirmed before it completes"), default=False)

    class Meta:
        verbose_name_plural = "policies"

    def __str__(self) -> str:
        return str(self.organization)

    @classmethod
    def of(cls, organization: Organization) -> Policy:
        """The committee's choices, or the defaults (not saved)."""
        return cls.objects.filter(organization=organization).first() or cls(organization=organization)
