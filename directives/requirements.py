"""What is still missing before a step; each check answers with a Verdict in the user's words."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from directives.document import Document, Follow
from directives.findings.head import type_within_authority
from directives.joint_issue import second_signer_is_known
from directives.models import CopyKind, Directive, JointIssuer, Policy
from directives.recipients import Expansion, Instead, without_targets
from directives.uploads import FileKind
from directives.workflow import DirectiveState, JointState
from orgs.models import Authority, Organization, OrganizationVersion
from orgs.verdicts import ALLOWED, Verdict, all_of, refused


def before_submission(directive: Directive, day: date) -> Verdict:
    """A draft may be submitted when it has a subject, a text, recipients that exist and a signer."""
    document = directive.document(day)
    return all_of(
        [
            _has_words(document),
            _has_signer(directive, day),
            second_signer_is_known(document, day),
            recipients_are_known(Expansion(document, directive.issuer, day)),
            papers_may_go_along(directive),
        ]
    )


def before_approval(directive: Directive, day: date) -> Verdict:
    """As for a submission, and every joint issuer has approved exactly this text."""
    return all_of([before_submission(directive, day), approved_jointly(directive, day)])


def before_joint_approval(directive: Directive, joint: JointIssuer, day: date) -> Verdict:
    """As for a submission, and who approves for the joint issuer may sign this type on this day."""
    return all_of([before_submission(directive, day), _may_sign(joint.authority, directive.type, day)])


def is_as_it_was_read(directive: Directive, read_version: int) -> Verdict:
    """Only the round that stood on the signer's page is approved: it must still be the last one."""
    if directive.version == read_version:
        return ALLOWED
    return refused(_("The text was changed after you opened it. Read it again before you approve."))


def approved_jointly(directive: Directive, day: date) -> Verdict:
    """Every joint issuer that approves here has approved the text, head and recipients as they are on this day."""
    asked = [each for each in directive.issued_jointly_with if each.state != JointState.ON_PAPER]
    return all_of(_has_approved(joint, directive, day) for joint in asked)


def _has_approved(joint: JointIssuer, directive: Directive, day: date) -> Verdict:
    words = {
        "name": joint.authority.person.full_name if joint.authority else "",
        "body": joint.organization.as_of(day).name,
    }
    if joint.state != JointState.APPROVED:
        return refused(_("%(name)s has not approved it yet for %(body)s.") % words)
    if joint.approved_hash != directive.hash_of(directive.under_head_of(day)):
        return refused(
            _("What %(name)s approved for %(body)s is no longer this text. Return it and have it approved again.")
            % words
        )
    return ALLOWED


def before_signature_is_noted(directive: Directive, day: date) -> Verdict:
    """What speaks against a signature by pen of this day; with a reason it is noted all the same."""
    approved = (
        ALLOWED if directive.approved_hash else refused(_("The paper was not approved here before it was signed."))
    )
    jointly = approved_jointly(directive, day) if directive.state == DirectiveState.SUBMITTED else ALLOWED
    return all_of([authority_on(directive, day), approved, jointly])


def before_number(directive: Directive, day: date) -> Verdict:
    """The signature is on record, and the text with its head and profile is the one that was approved."""
    verdicts = [
        refused(_("The signature is not on record yet. Note the signed paper first."))
        if directive.signed_on is None
        else ALLOWED,
        unchanged_since_approval(directive, day),
        _has_pages(directive),
    ]
    scans = directive.copies.filter(kind=CopyKind.SCAN, content_hash=directive.approved_hash)
    if Policy.of(directive.issuer).scan_needed and not scans.exists():
        verdicts.append(refused(_("The committee asks for a scan of the signed paper before the number.")))
    return all_of(verdicts)


def before_issue(
    directive: Directive, day: date, instead: Instead | None = None, *, dated_on: date | None = None
) -> Verdict:
    """The text is the one that was approved, and every recipient and paper sent along is still there.

    `instead` says who gets the paper in place of recipients that are not; `dated_on` is the date of a paper that gets
    its number in the same press, where it is not the day of issue.
    """
    document = directive.document(dated_on or day)
    recipients = recipients_are_known(Expansion(document, directive.issuer, day, instead))
    still_there = [recipients, papers_may_go_along(directive)]
    return all_of([_is_approved(directive, document), _has_pages(directive), *still_there])


def papers_may_go_along(directive: Directive) -> Verdict:
    """Every paper that is sent along may go to those who will read this one."""
    enclosures = directive.enclosures.filter(paper__isnull=False).select_related("paper")
    return all_of(may_go_along(row.paper, directive) for row in enclosures if row.paper is not None)


def may_go_along(paper: Directive, directive: Directive) -> Verdict:
    """Whether an issued paper may be sent along with this one: in force, and a restricted one to its readers only."""
    words = {"number": paper.printed_number or paper.subject}
    if paper.state != DirectiveState.ISSUED or not paper.copies.filter(kind=CopyKind.FINAL).exists():
        return refused(_("Only a paper that was issued is sent along; “%(number)s” was not.") % words)
    if paper.is_recalled:
        return refused(_("%(number)s was recalled and is no longer sent along.") % words)
    if paper.restricted and not _goes_to_its_readers_only(paper, directive):
        return refused(
            _(
                "%(number)s has restricted readers. It may only be sent along with a restricted paper "
                "whose named readers are all among them."
            )
            % words
        )
    return ALLOWED


def may_be_corrected(paper: Directive, directive: Directive, day: date) -> Verdict:
    """Whether a draft may amend, replace or repeal a paper: issued, in force, of its issuer or a body below."""
    words = {"number": paper.printed_number or paper.subject}
    if paper.state != DirectiveState.ISSUED:
        return refused(_("Only a paper that was issued is amended or replaced; “%(number)s” was not.") % words)
    if paper.is_recalled:
        return refused(_("%(number)s was recalled; there is nothing left to amend or replace.") % words)
    if paper.issuer_id not in bodies_corrected_by(directive.issuer, day):
        body = paper.issuer.as_of(day).name
        return refused(
            _("%(number)s is a paper of %(body)s; only that body, its successor or a body above amends or replaces it.")
            % {**words, "body": body}
        )
    return ALLOWED


def bodies_corrected_by(issuer: Organization, day: date) -> set[UUID]:
    """The bodies whose papers this one may amend: itself, those that it took over, and all that stand below these."""
    below: dict[UUID | None, set[UUID]] = {}
    for body, superior in OrganizationVersion.objects.in_force_on(day).values_list("organization_id", "superior_id"):
        below.setdefault(superior, set()).add(body)
    for successor, predecessor in Organization.successors.through.objects.values_list(
        "to_organization_id", "from_organization_id"
    ):
        below.setdefault(successor, set()).add(predecessor)
    known: set[UUID] = set()
    ahead = {issuer.pk}
    while ahead:
        known |= ahead
        ahead = {one for body in ahead for one in below.get(body, ())} - known
    return known


def _goes_to_its_readers_only(paper: Directive, directive: Directive) -> bool:
    readers = set(paper.readers.values_list("person_id", flat=True))
    named = set(directive.readers.values_list("person_id", flat=True))
    return directive.restricted and named <= readers


def unchanged_since_approval(directive: Directive, day: date) -> Verdict:
    """The head, text, recipients and profile of this day have the hash that the signer approved."""
    return _is_approved(directive, directive.under_head_of(day))


def authority_on(directive: Directive, day: date) -> Verdict:
    """Whether the signer had the authority to sign this type on this day."""
    verdict = _may_sign(directive.authority, directive.type, day)
    if verdict or directive.authority is None:
        return verdict
    return refused(*verdict.reasons, *_who_may_sign(directive, day))


def type_of_the_issuer(directive: Directive, day: date) -> Verdict:
    """Whether the issuer issues this type by the table of types; with a reason it may be submitted all the same."""
    return Verdict(tuple(finding.words for finding in type_within_authority(directive.document(day), day)))


def recipients_are_known(expansion: Expansion) -> Verdict:
    """Somebody receives the paper, every line means a body that exists and has not ended, each task has one lead."""
    day = expansion.day
    reasons = [
        _("“%(line)s” does not say which body it means. Choose the bodies for this line.") % {"line": line}
        for line in without_targets(expansion.document)
    ]
    reasons += [_("“%(code)s” is not in the directory of bodies.") % {"code": code} for code in expansion.unknown()]
    reasons += [
        _("%(name)s ended on %(day)s; choose its successor.")
        % {"name": body.as_of(day).name, "day": f"{body.ended_on:%d/%m/%Y}"}
        for body in expansion.ended()
    ]
    if not expansion.recipients().bodies:
        reasons.append(_("There is no recipient yet."))
    return Verdict((*reasons, *_faults_of_items(expansion)))


def _has_pages(directive: Directive) -> Verdict:
    """A Word file is a source, not a paper: what goes out are the signed pages that the clerk scanned."""
    file = directive.text_file
    scans = directive.copies.filter(kind=CopyKind.SCAN, content_hash=directive.approved_hash)
    if file is None or file.kind != FileKind.WORD or scans.exists():
        return ALLOWED
    return refused(
        _("The text is a Word file: send the scan of the signed pages with the signature; it is what will be issued.")
    )


def _is_approved(directive: Directive, document: Document) -> Verdict:
    if directive.hash_of(document) == directive.approved_hash:
        return ALLOWED
    return refused(
        _(
            "The paper is no longer the one that was approved (a head line, the format of the day, the text or what "
            "goes with it has changed). Return it to the drafter and have it approved again."
        )
    )


def _faults_of_items(expansion: Expansion) -> list[str]:
    """Tasks without exactly one lead, and followed items that no unit carries out."""
    faults = []
    for item in expansion.followed_items():
        words = {"item": f"{item.marker} {Truncator(item.words).chars(60)}".strip()}
        if item.block.follow == Follow.TASK and item.leads != 1:
            faults.append(_("“%(item)s” is a task and must have exactly one unit that leads.") % words)
        elif not item.shares:
            faults.append(_("“%(item)s” has no unit that carries it out.") % words)
    return faults


def _has_words(document: Document) -> Verdict:
    missing = []
    if not document.subject.text.strip():
        missing.append(_("The subject is empty."))
    if not document.body and document.text_file is None:
        missing.append(_("The text is empty."))
    return Verdict(tuple(missing))


def _has_signer(directive: Directive, day: date) -> Verdict:
    if directive.authority is None:
        return refused(_("Choose who signs."))
    return authority_on(directive, day)


def _may_sign(authority: Authority | None, type_code: str, day: date) -> Verdict:
    if authority is None:
        return refused(_("No signer is named."))
    if authority.covers(type_code, day):
        return ALLOWED
    if authority.ends_on is not None and authority.ends_on < day:
        words = _("The signing authority of %(name)s ended on %(day)s.")
        facts = {"name": authority.person.full_name, "day": f"{authority.ends_on:%d/%m/%Y}"}
    else:
        words = _("%(name)s has no authority to sign this type on %(day)s.")
        facts = {"name": authority.person.full_name, "day": f"{day:%d/%m/%Y}"}
    return refused(words % facts)


def _who_may_sign(directive: Directive, day: date) -> list[str]:
    others = Authority.objects.filter(organization=directive.issuer_id).on(day).select_related("person")
    names = [str(authority) for authority in others if authority.covers(directive.type, day)]
    return [_("It may be submitted to: %(names)s.") % {"names": "; ".join(names)}] if names else []
