"""What the people in the chain and the signer do: return, approve; and what the clerk notes of signature and seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directives import outbox, permissions, requirements, scans, signed_paper
from directives.actions import joint_issuing, reviewing
from directives.actions.copying import keep_scan
from directives.actions.locking import locked_directive
from directives.models import Directive, SignatureKind, Work
from directives.signers import signed_for
from directives.workflow import DirectiveState, Step
from orgs.clock import Clock
from orgs.member import Member
from orgs.models import Event
from orgs.verdicts import Refused, Verdict, all_of


@dataclass(frozen=True, kw_only=True)
class SignedPaper:
    """What the clerk notes of a paper signed by pen: the days, a scan of its pages, and a reason where one is asked.

    `signer` and `lines` are what the clerk reads on the paper; left empty, they are those that were approved.
    """

    signed_on: date
    sealed_on: date | None = None
    scan: bytes | None = None
    reason: str = ""
    signer: str = ""
    lines: tuple[str, ...] = ()


@transaction.atomic
def return_for_repair(directive_id: UUID, *, reason: str, by: Member, clock: Clock) -> Directive:
    """Send a submitted or approved paper back to its drafter, with the reason; an approval is void from here."""
    directive = locked_directive(directive_id)
    permissions.may(by, Step.RETURN, directive).enforce()
    _needs(reason)
    by_reader = permissions.acting(by, Step.RETURN, directive)
    reviewing.send_back(directive, reason.strip(), by=by, clock=clock)
    joint_issuing.take_back(directive, Step.RETURN)
    directive.state, directive.returned_reason = DirectiveState.DRAFT, reason.strip()
    directive.approved_hash, directive.approved_at = "", None
    directive.signature_kind, directive.signature_reason = "", ""
    directive.signed_on = directive.sealed_on = directive.signature_noted_by = None
    directive.changed_at = clock.now()
    directive.save()
    Event.record(directive, Step.RETURN, at=clock.now(), by=by_reader, reason=reason.strip())
    return directive


@transaction.atomic
def approve(directive_id: UUID, *, read_version: int, by: Member, clock: Clock) -> Directive:
    """Approve exactly the text that was read; its hash is kept and a print for signature is made.

    `read_version` is the round that stood on the signer's page; raises Refused when it is no longer the last one.
    """
    directive = locked_directive(directive_id)
    permissions.may(by, Step.APPROVE, directive).enforce()
    day = clock.today()
    requirements.is_as_it_was_read(directive, read_version).enforce()
    requirements.before_approval(directive, day).enforce()
    _bind(directive, clock)
    directive.save(update_fields=["state", "approved_hash", "approved_at", "changed_at"])
    by_signer = permissions.acting(by, Step.APPROVE, directive)
    facts = {"content_hash": directive.approved_hash, **signed_for(directive.authority)}
    Event.record(directive, Step.APPROVE, at=clock.now(), by=by_signer, **facts)
    return directive


@transaction.atomic
def note_signature(directive_id: UUID, paper: SignedPaper, *, by: Member, clock: Clock) -> Directive:
    """Note that the paper was signed by pen (and sealed), with a scan where there is one.

    The paper facts win: a signature outside the signer's authority of that day, on a paper that was never approved
    here, or with another name or block than was approved, is noted all the same, but only with a reason
    (product.md 1). It then binds the text as an approval does.
    """
    directive = locked_directive(directive_id)
    permissions.may(by, Step.NOTE_SIGNATURE, directive).enforce()
    _check_days(paper.signed_on, paper.sealed_on, clock)
    warnings = all_of(
        [requirements.before_signature_is_noted(directive, paper.signed_on), _differences(directive, paper, clock)]
    )
    if not warnings and not paper.reason.strip():
        raise Refused(*warnings.reasons, _("To note it all the same, give the reason."))
    if directive.state == DirectiveState.SUBMITTED:
        reviewing.withdraw(directive)
        joint_issuing.note_on_paper(directive)
        _bind(directive, clock)
    directive.signature_kind = SignatureKind.PEN
    directive.signed_on, directive.sealed_on = paper.signed_on, paper.sealed_on
    directive.signature_noted_by = by.person
    directive.signature_reason = paper.reason.strip()
    directive.changed_at = clock.now()
    directive.save()
    if paper.scan is not None:
        keep_scan(directive, paper.scan, at=clock.now(), added_by=by.person)
    by_clerk = permissions.acting(by, Step.NOTE_SIGNATURE, directive)
    facts = {"signed_on": paper.signed_on, "sealed_on": paper.sealed_on, "scan": paper.scan is not None}
    Event.record(
        directive,
        Step.NOTE_SIGNATURE,
        at=clock.now(),
        by=by_clerk,
        reason=paper.reason.strip(),
        warnings=[str(warning) for warning in warnings.reasons],
        **facts,
        **signed_for(directive.authority),
    )
    return directive


@transaction.atomic
def note_seal(directive_id: UUID, *, sealed_on: date, by: Member, clock: Clock, scan: bytes | None = None) -> Directive:
    """Note the day on which a numbered paper was sealed, where the seal is put after the number; it is noted once.

    A `scan` of the sealed pages is kept beside that of the signed ones.
    """
    directive = locked_directive(directive_id)
    permissions.may(by, Step.NOTE_SEAL, directive).enforce()
    # A numbered paper is signed (constraint).
    _check_days(directive.signed_on or sealed_on, sealed_on, clock)
    directive.sealed_on, directive.changed_at = sealed_on, clock.now()
    directive.save(update_fields=["sealed_on", "changed_at"])
    if scan is not None:
        keep_scan(directive, scan, at=clock.now(), added_by=by.person)
    by_clerk = permissions.acting(by, Step.NOTE_SEAL, directive)
    facts = {"sealed_on": sealed_on, "scan": scan is not None}
    Event.record(directive, Step.NOTE_SEAL, at=clock.now(), by=by_clerk, **facts)
    return directive


def _differences(directive: Directive, paper: SignedPaper, clock: Clock) -> Verdict:
    return signed_paper.differences(
        directive.under_head_of(clock.today()).signature,
        signer=paper.signer,
        lines=paper.lines,
        scanned=scans.words_of(paper.scan) if paper.scan else "",
    )


def _bind(directive: Directive, clock: Clock) -> None:
    """From here on the text is the one that was agreed to; a print of exactly this text is made."""
    directive.state = DirectiveState.APPROVED
    directive.approved_hash = directive.hash_of(directive.under_head_of(clock.today()))
    directive.approved_at = directive.changed_at = clock.now()
    # Each approval by itself: work of one that was taken back may be done and have made nothing.
    outbox.put(Work.PROOF, directive, at=clock.now(), revision=directive.approved_at.isoformat())


def _check_days(signed_on: date, sealed_on: date | None, clock: Clock) -> None:
    if signed_on > clock.today():
        raise Refused(_("The day of the signature lies in the future."))
    if sealed_on is not None and not signed_on <= sealed_on <= clock.today():
        raise Refused(_("The day of the seal must lie between the day of the signature and today."))


def _needs(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Write the reason, so that the drafter knows what to repair."))
