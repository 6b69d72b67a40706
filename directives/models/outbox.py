"""Work that must follow a change, written in the same transaction; the queue only rings, this table remembers."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directives.workflow import WorkState


class Work(models.TextChoices):
    """The kinds of work done in the background."""

    PROOF = "proof", _("make the print for signature")
    FINAL_COPY = "final_copy", _("make the issued copy")
    MAIL = "mail", _("send a mail")
    ISSUE = "issue", _("issue at the hour that was set")
    WORDS = "words", _("read the words of the files")


class OutboxRow(models.Model):
    """One piece of work for one object; `key` makes it impossible to put the same work twice."""

    work = models.CharField(_("work"), max_length=16, choices=Work.choices)
    object_id = models.UUIDField()
    key = models.CharField(max_length=120, unique=True)
    state = models.CharField(_("state"), max_length=12, choices=WorkState.choices, default=WorkState.QUEUED)
    put_at = models.DateTimeField()
    due_at = models.DateTimeField()
    rung_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    deaths = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(_("last error"), blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=[WorkState.QUEUED, WorkState.CLAIMED, WorkState.FAILED]),
                name="outbox_due",
            ),
            models.Index(fields=["object_id"], name="outbox_of_object"),
            # Nearly all work is done; pages ask for what is not.
            models.Index(fields=["object_id"], condition=~Q(state=WorkState.DONE), name="outbox_not_done"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=WorkState.CLAIMED) | Q(lease_until__isnull=False), name="outbox_claim_has_a_lease"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work} {self.state}"


class HeartbeatManager(models.Manager["Heartbeat"]):
    """Writes heartbeats."""

    def beat(self, name: str, at: datetime) -> None:
        """Note that the process `name` was alive at this moment."""
        self.update_or_create(name=name, defaults={"at": at})


class Heartbeat(models.Model):
    """When a background process was last seen alive (`relay`, `worker`)."""

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()

    objects = HeartbeatManager()

    def __str__(self) -> str:
        return self.name
