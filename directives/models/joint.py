"""The bodies that issue a paper jointly with its issuer, and their signers' approvals."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from directives.models.directive import Directive
from directives.workflow import JointState
from orgs.member import Member
from orgs.models import Authority, Organization, Role


class JointIssuerQuerySet(models.QuerySet["JointIssuer"]):
    """Questions about joint issuers."""

    def asking(self, member: Member) -> JointIssuerQuerySet:
        """Those whose approval this member is asked for."""
        bodies = member.organizations_as(Role.SIGNER)
        return self.filter(state=JointState.ASKED, authority__person=member.person, organization__in=bodies)


class JointIssuer(models.Model):
    """A body of the directory that issues a paper jointly; its signer approves the same content hash as the issuer's.

    Without an `authority` it signs on paper: the directory knows nobody who signs for it.
    """

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="joint_issuers")
    position = models.PositiveSmallIntegerField()
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=JointState.choices, default=JointState.NAMED)
    approved_hash = models.CharField(max_length=64, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = JointIssuerQuerySet.as_manager()

    class Meta:
        ordering = ["directive_id", "position"]
        indexes = [models.Index(fields=["organization", "directive"], name="joint_issuer_of_body")]
        constraints = [
            models.UniqueConstraint(fields=["directive", "organization"], name="joint_issuer_stands_once"),
            models.CheckConstraint(
                condition=Q(state=JointState.APPROVED, approved_at__isnull=False, authority__isnull=False)
                & ~Q(approved_hash="")
                | ~Q(state=JointState.APPROVED) & Q(approved_hash="", approved_at__isnull=True),
                name="joint_issuer_binds_a_hash_iff_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} ({self.get_state_display()})"


def waits_for_another_body() -> Exists:
    """Whether a joint issuer of the outer directive is still to approve it."""
    return Exists(JointIssuer.objects.filter(directive=OuterRef("pk"), state=JointState.ASKED))
