"""The directive: its text, its recipients and where it stands."""

from __future__ import annotations

import uuid
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directives.document import Document, Issuer, content_hash
from directives.formats import profile_on
from directives.formats.types import type_named
from directives.formats.wording import printed_number
from directives.models.seen import SeenQuerySet
from directives.text_file import TextFile
from directives.workflow import DirectiveState, JointState, ReviewState
from orgs.member import Member
from orgs.models import Authority, Organization, Person, Role

if TYPE_CHECKING:
    from directives.models.copy import IssuedCopy
    from directives.models.joint import JointIssuer
    from directives.models.review import Review

AFTER_SUBMISSION = (
    DirectiveState.SUBMITTED,
    DirectiveState.APPROVED,
    DirectiveState.NUMBERED,
    DirectiveState.ISSUED,
    DirectiveState.VOIDED,
)
READING_ROLES = tuple(role for role in Role if role != Role.ADMINISTRATOR)
"""An administrator's post opens no paper."""
WORKING_ROLES = tuple(role for role in READING_ROLES if role != Role.INSPECTOR)
"""An inspector's post opens no restricted paper, and none that its body received."""
NUMBERED_STATES = (DirectiveState.NUMBERED, DirectiveState.ISSUED, DirectiveState.VOIDED)


class Content(models.TextChoices):
    """A directive's text is written here, or is a file that walks the same road."""

    STRUCTURED = "structured", _("written here")
    FILE = "file", _("a file")


class SignatureKind(models.TextChoices):
    """How the paper was signed."""

    PEN = "pen", _("by pen")
    ELECTRONIC = "electronic", _("electronically")


class DirectiveQuerySet(SeenQuerySet["Directive"]):
    """Questions about directives."""

    def visible_to(self, member: Member) -> DirectiveQuerySet:
        """What this member may read; every page, file, list, mail and search starts here."""
        from directives.models.sight import MayRead

        return self.for_eyes_of(member).filter(MayRead(member))

    def issued_in(self, term_id: int) -> DirectiveQuerySet:
        """Directives that carry a number of this term."""
        return self.filter(entry__series__term=term_id)

    def in_brief(self) -> Self:
        """Without the text, which lists do not show and which is most of a paper."""
        return self.defer("text", "frozen")

    def waiting_for(self, state: DirectiveState) -> DirectiveQuerySet:
        """Directives in one state, the one that has waited longest first."""
        return self.filter(state=state).order_by("changed_at")


class Directive(models.Model):
    """One directive from its first draft to its end; once numbered, its words never change (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    issuer = models.ForeignKey(Organization, models.PROTECT, related_name="issued_directives")
    drafting_body = models.ForeignKey(Organization, models.PROTECT, related_name="drafted_directives")
    drafter = models.ForeignKey(Person, models.PROTECT, related_name="drafted_directives")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="directives", null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=DirectiveState.choices, default=DirectiveState.DRAFT)
    restricted = models.BooleanField(_("restricted readers"), default=False)
    content = models.CharField(_("text"), max_length=12, choices=Content.choices, default=Content.STRUCTURED)
    type = models.CharField(_("type"), max_length=8)
    subject = models.CharField(_("subject"), max_length=1000)
    text = models.JSONField(_("document"))
    profile = models.CharField(_("format profile, when not the one of the day"), max_length=8, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    returned_reason = models.TextField(_("reason of the return"), blank=True)
    approved_hash = models.CharField(max_length=64, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    signature_kind = models.CharField(max_length=12, choices=SignatureKind.choices, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    sealed_on = models.DateField(_("sealed on"), null=True, blank=True)
    signature_noted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    signature_reason = models.TextField(_("reason although not within the authority"), blank=True)

    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    number_suffix = models.CharField(max_length=4, blank=True)
    symbol = models.CharField(_("symbol"), max_length=64, blank=True)
    dated_on = models.DateField(_("date"), null=True, blank=True)
    frozen = models.JSONField(_("document as numbered"), null=True, blank=True)

    issue_at = models.DateTimeField(_("to be issued at"), null=True, blank=True)
    issue_set_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    issue_failure = models.TextField(_("why it was not issued at its hour"), blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    recalled_by = models.CharField(_("recalled by"), max_length=200, blank=True)
    recall_reason = models.TextField(_("reason of the recall"), blank=True)

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at"]
        indexes = [
            models.Index(fields=["issuer", "state", "changed_at"], name="directive_of_issuer_in_state"),
            models.Index(fields=["drafting_body", "state"], name="directive_of_drafting_body"),
            models.Index(fields=["number"], name="directive_by_number"),
            models.Index(fields=["-changed_at"], name="directive_newest"),
            # Enough to know who may read a paper without opening the wide row with its text: by body, and one by one.
            models.Index(
                fields=["issuer", "issued_at"],
                include=["id", "type", "state", "restricted", "drafting_body", "drafter", "authority"],
                name="directive_of_issuer",
            ),
            models.Index(
                fields=["id"],
                include=[
                    *("issuer", "drafting_body", "drafter", "authority"),
                    *("state", "restricted", "changed_at", "issued_at"),
                ],
                name="directive_sight",
            ),
            models.Index(fields=["issuer"], include=["id"], condition=Q(restricted=True), name="directive_restricted"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=NUMBERED_STATES, number__isnull=False, dated_on__isnull=False, frozen__isnull=False
                )
                | (
                    ~Q(state__in=NUMBERED_STATES)
                    & Q(number__isnull=True, dated_on__isnull=True, frozen__isnull=True, symbol="", number_suffix="")
                ),
                name="directive_is_numbered_iff_numbered_or_issued",
            ),
            models.CheckConstraint(
                condition=Q(state=DirectiveState.ISSUED, issued_at__isnull=False)
                | (~Q(state=DirectiveState.ISSUED) & Q(issued_at__isnull=True)),
                name="directive_has_an_issue_time_iff_issued",
            ),
            models.CheckConstraint(
                condition=Q(issue_at__isnull=True, issue_set_by__isnull=True)
                | Q(state=DirectiveState.NUMBERED, issue_at__isnull=False, issue_set_by__isnull=False),
                name="directive_waits_for_an_hour_that_somebody_set",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=NUMBERED_STATES) | (Q(signed_on__isnull=False) & ~Q(approved_hash="")),
                name="directive_is_signed_and_approved_before_its_number",
            ),
            models.CheckConstraint(
                condition=Q(recalled_at__isnull=True) | Q(state=DirectiveState.ISSUED),
                name="directive_is_recalled_only_after_issue",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[DirectiveState.APPROVED]) | ~Q(approved_hash=""),
                name="directive_approved_binds_a_hash",
            ),
        ]

    def __str__(self) -> str:
        return self.printed_number or self.subject

    @property
    def printed_number(self) -> str:
        """`745-CV/HU` once numbered, else an empty string."""
        if self.number is None:
            return ""
        return printed_number(self.number, self.number_suffix, self.symbol)

    @property
    def type_name(self) -> str:
        """The name of the type as people say it, for example `Công văn`."""
        return type_named(self.type).name

    @property
    def is_recalled(self) -> bool:
        """True once a decision has taken it back."""
        return self.recalled_at is not None

    def forget_the_hour(self) -> None:
        """No hour is set any more, and nothing is to be said of one that passed; the caller saves."""
        self.issue_at = self.issue_set_by = None
        self.issue_failure = ""

    @cached_property
    def waiting_review(self) -> Review | None:
        """The review that the submitted paper waits for; None when it has come to its signer."""
        if self.state != DirectiveState.SUBMITTED:
            return None
        waiting = self.reviews.filter(state=ReviewState.WAITING)
        return waiting.select_related("person", "organization").first()

    @property
    def issued_jointly_with(self) -> list[JointIssuer]:
        """The bodies of the directory that issue this paper too, in their order."""
        if not self.text.get("co_issuers"):
            return []
        return list(self.joint_issuers.select_related("authority__person", "organization"))

    @property
    def waits_for_authority(self) -> Authority | None:
        """Whose approval a submitted paper waits for after its reviews: a joint issuer's signer, then the issuer's."""
        if self.state != DirectiveState.SUBMITTED:
            return None
        asked = (each.authority for each in self.issued_jointly_with if each.state == JointState.ASKED)
        return next(asked, self.authority)

    @property
    def bodies(self) -> set[UUID]:
        """The bodies whose paper it is: who issues it, alone or jointly, and who drafts it."""
        return {self.issuer_id, self.drafting_body_id, *(each.organization_id for each in self.issued_jointly_with)}

    def document(self, day: date) -> Document:
        """The document as numbered, or the draft under the head that the issuer has on `day`; raises DocumentError."""
        if self.frozen is not None:
            return Document.from_json(self.frozen)
        return self.under_head_of(day)

    @property
    def approved_copies(self) -> list[IssuedCopy]:
        """The copies made of the text as it is approved; what an approval that was taken back left shows another."""
        return [copy for copy in self.copies.all() if copy.content_hash == self.approved_hash]

    @property
    def text_file(self) -> TextFile | None:
        """The file that is the text of this paper; None for a text that is written here."""
        written = self.text.get("text_file")
        return None if written is None else TextFile.from_json(written, "text_file")

    def hash_of(self, document: Document) -> str:
        """The content hash of this text together with what goes with the paper and what it does to others now."""
        return content_hash(document, self.enclosed(), self.corrected())

    def enclosed(self) -> list[tuple[str, str]]:
        """Name and SHA-256 of everything that goes with the paper now, in order."""
        return list(self.enclosures.values_list("name", "sha256"))

    def corrected(self) -> list[tuple[str, str]]:
        """What the paper does to which issued paper (its id), in an order that does not change."""
        return sorted((kind, str(paper)) for kind, paper in self.corrections.values_list("kind", "paper"))

    def under_head_of(self, day: date) -> Document:
        """The draft's text with the issuer's head lines, place and the format profile in force on `day`."""
        head = self.issuer.as_of(day)
        issuer = Issuer(head.superior_line or None, head.name_line, head.symbol, head.signature_blank_lines)
        profile = self.profile or profile_on(day).name
        filled = {"issuer": issuer.to_json(), "place": head.place or None, "profile": profile}
        return Document.from_json({**self.text, **filled, "number": None, "date": None})


class Reader(models.Model):
    """A person named as a reader: of a restricted directive, or through a post that a distribution line names."""

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="readers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["directive", "person"], name="reader_is_named_once")]

    def __str__(self) -> str:
        return f"{self.person}"


class Draft(models.Model):
    """One saved round of a draft; every save is kept.

    `enclosed` are name and SHA-256 of what goes with it, in order; `corrects` is what it does to which paper (id). What
    saves by itself while somebody types is gathered: such a round has `begun_at` and is written over for a while.
    """

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="drafts")
    version = models.PositiveIntegerField()
    text = models.JSONField()
    enclosed = models.JSONField(default=list, blank=True)
    corrects = models.JSONField(default=list, blank=True)
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["directive_id", "version"]
        constraints = [models.UniqueConstraint(fields=["directive", "version"], name="draft_version_is_saved_once")]

    def __str__(self) -> str:
        return f"{self.directive} {self.version}"


class OpenWindow(models.Model):
    """A browser window in which somebody has a draft open; it tells so every few seconds while it stands."""

    window = models.UUIDField(primary_key=True)
    directive = models.ForeignKey(Directive, models.CASCADE, related_name="open_windows")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person} / {self.directive}"


class Press(models.Model):
    """A form that was pressed, by its key: a second press answers like the first."""

    key = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "presses"

    def __str__(self) -> str:
        return str(self.key)
