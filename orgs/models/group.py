"""Named groups of recipients."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orgs.models.organization import Organization
from orgs.models.person import Person
from orgs.models.post import DatedQuerySet, Post


class GroupKind(models.TextChoices):
    """A group is of bodies, which receive, or of posts, which read and are told."""

    ORGANIZATIONS = "organizations", _("bodies")
    POSTS = "posts", _("posts")


class RecipientGroup(models.Model):
    """A name that stands for several recipients, for example all commune committees of a province."""

    owner = models.ForeignKey(Organization, models.PROTECT, related_name="recipient_groups")
    code = models.SlugField(_("code"), max_length=64)
    name = models.CharField(_("name"), max_length=200)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True, verbose_name=_("other names"))
    kind = models.CharField(_("of"), max_length=16, choices=GroupKind.choices, default=GroupKind.ORGANIZATIONS)

    class Meta:
        ordering = ["owner_id", "name"]
        constraints = [models.UniqueConstraint(fields=["owner", "code"], name="group_code_is_unique_in_its_body")]

    def __str__(self) -> str:
        return self.name

    def organizations_on(self, day: date) -> list[Organization]:
        """The bodies that are members on `day` and have not ended, in the group's order."""
        members = self.members.on(day).filter(organization__isnull=False).select_related("organization")
        bodies = [member.organization for member in members.order_by("position", "pk")]
        return [body for body in bodies if body is not None and not body.has_ended(day)]

    def people_on(self, day: date) -> list[Person]:
        """The holders, on `day`, of the posts that are members."""
        members = self.members.on(day).filter(post__isnull=False, post__person__is_active=True)
        holders = [member.post for member in members.select_related("post__person").order_by("position", "pk")]
        return [post.person for post in holders if post is not None and (post.ends_on is None or day <= post.ends_on)]


class GroupMember(models.Model):
    """One body or post in a group between two days."""

    group = models.ForeignKey(RecipientGroup, models.CASCADE, related_name="members")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveIntegerField(_("position"), default=0)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["group_id", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False, post__isnull=True)
                | Q(organization__isnull=True, post__isnull=False),
                name="group_member_is_a_body_or_a_post",
            ),
            models.UniqueConstraint(
                fields=["group", "organization"], condition=Q(ends_on__isnull=True), name="body_is_in_a_group_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organization or self.post)
