"""What a drafter does: begin a draft, edit it, submit it, pull it back."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directives import permissions, requirements, search
from directives.actions import consulting, joint_issuing, reviewing
from directives.actions.locking import locked_directive
from directives.document import Document
from directives.joint_issue import signature_of, with_second_signature
from directives.models import Content, Directive, Draft, Reader
from directives.workflow import DirectiveState, Step
from orgs.clock import Clock
from orgs.member import Member
from orgs.models import Authority, Event, Organization
from orgs.verdicts import ALLOWED, Refused, Verdict, refused

GATHERED = timedelta(minutes=10)
"""How long what saves by itself goes into one round."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class DraftFacts:
    """What a draft says: its document (head, number and date come later), who signs and who may read it."""

    document: Document
    authority_id: int | None = None
    restricted: bool = False
    readers: tuple[int, ...] = ()
    profile: str = ""

    @classmethod
    def with_text(cls, directive: Directive, document: Document) -> DraftFacts:
        """What this draft says with another text, everything else as it is."""
        return cls(
            document=document,
            authority_id=directive.authority_id,
            restricted=directive.restricted,
            readers=tuple(directive.readers.values_list("person_id", flat=True)),
            profile=directive.profile,
        )


@transaction.atomic
def create(issuer_id: UUID, drafting_body_id: UUID, facts: DraftFacts, *, by: Member, clock: Clock) -> Directive:
    """Begin a draft in the drafting body, to be issued by the issuer."""
    permissions.may_create(by, drafting_body_id).enforce()
    issuer = Organization.objects.get(pk=issuer_id)
    drafting_body = Organization.objects.get(pk=drafting_body_id)
    may_draft_for(drafting_body, issuer, clock).enforce()
    now = clock.now()
    directive = Directive(issuer=issuer, drafting_body=drafting_body, drafter=by.person, created_at=now, changed_at=now)
    _write(directive, facts, clock)
    directive.save(force_insert=True)
    _keep_round(directive, facts, by, clock)
    Event.record(directive, Step.CREATE, at=now, by=permissions.acting_as_drafter(by, drafting_body_id))
    return directive


@transaction.atomic
def edit(
    directive_id: UUID, facts: DraftFacts, *, version: int, by: Member, clock: Clock, by_itself: bool = False
) -> Directive:
    """Save a new round of a draft; raises Refused when somebody else has saved since `version`.

    `by_itself`: the browser saves while somebody types. Such saves are gathered in one round for a while, and one that
    brings nothing new makes none.
    """
    directive = locked_directive(directive_id)
    permissions.may(by, Step.EDIT, directive).enforce()
    if directive.version != version:
        last = directive.drafts.select_related("saved_by").latest("version")
        raise Refused(
            _("%(name)s saved another text at %(time)s. What you typed is still here; compare the two before you save.")
            % {"name": last.saved_by, "time": f"{timezone.localtime(last.saved_at):%H:%M %d/%m/%Y}"}
        )
    before = _content(directive)
    _write(directive, facts, clock)
    if by_itself and _content(directive) == before and _readers(directive) == set(facts.readers):
        return directive
    gathering = _gathering_round(directive, by, clock) if by_itself else None
    directive.version += 1
    directive.changed_at = clock.now()
    directive.save()
    _keep_round(directive, facts, by, clock, gathering=gathering, by_itself=by_itself)
    if gathering is None:
        by_drafter = permissions.acting(by, Step.EDIT, directive)
        Event.record(directive, Step.EDIT, at=directive.changed_at, by=by_drafter, version=directive.version)
    return directive


@transaction.atomic
def submit(
    directive_id: UUID,
    *,
    by: Member,
    clock: Clock,
    reviewers: Mapping[int, int] | None = None,
    skip_reason: str = "",
    departure_reason: str = "",
) -> Directive:
    """Submit a draft to its reviewers in their order and then to its signer.

    `reviewers` names for each position of the order the person who is asked; a post with one holder needs no name. With
    a `skip_reason` a paper marked HỎA TỐC goes straight to its signer. A type that the issuer does not issue by the
    table of types needs a `departure_reason`. Raises Refused.
    """
    directive = locked_directive(directive_id)
    permissions.may(by, Step.SUBMIT, directive).enforce()
    requirements.before_submission(directive, clock.today()).enforce()
    departures = requirements.type_of_the_issuer(directive, clock.today())
    if not departures and not departure_reason.strip():
        raise Refused(*departures.reasons, _("To submit it all the same, give the reason."))
    reviewing.begin(directive, reviewers or {}, skip_reason=skip_reason.strip(), clock=clock)
    joint_issuing.ask(directive, clock)
    consulting.close(directive, clock=clock)
    directive.state, directive.returned_reason = DirectiveState.SUBMITTED, ""
    directive.changed_at = clock.now()
    _keep_what_goes_with_it(directive, by)
    directive.save(update_fields=["state", "returned_reason", "changed_at", "version"])
    by_drafter = permissions.acting(by, Step.SUBMIT, directive)
    Event.record(
        directive,
        Step.SUBMIT,
        at=clock.now(),
        by=by_drafter,
        version=directive.version,
        **_explained(departures, departure_reason.strip(), skip_reason.strip()),
    )
    return directive


def _keep_what_goes_with_it(directive: Directive, by: Member) -> None:
    """A round of its own when the same text goes with other files, or does something else to other papers.

    So whoever reads a round knows all of it.
    """
    last, now = directive.drafts.latest("version"), (directive.enclosed(), directive.corrected())
    if now == tuple([tuple(pair) for pair in kept] for kept in (last.enclosed, last.corrects)):
        return
    directive.version += 1
    enclosed, corrects = now
    facts = {"text": directive.text, "enclosed": enclosed, "corrects": corrects, "saved_at": directive.changed_at}
    Draft.objects.create(directive=directive, version=directive.version, saved_by=by.person, **facts)


def _explained(departures: Verdict, departure_reason: str, skip_reason: str) -> dict[str, Any]:
    """What the history keeps of a submission that left the table of types or the order of reviewers."""
    given = [reason for reason in (departure_reason if departures.reasons else "", skip_reason) if reason]
    facts: dict[str, Any] = {"reason": "\n".join(given)} if given else {}
    return {**facts, "warnings": [str(words) for words in departures.reasons]} if departures.reasons else facts


@transaction.atomic
def pull_back(directive_id: UUID, *, by: Member, clock: Clock) -> Directive:
    """Take a submitted draft back before it is approved."""
    directive = locked_directive(directive_id)
    permissions.may(by, Step.PULL_BACK, directive).enforce()
    reviewing.withdraw(directive)
    joint_issuing.take_back(directive, Step.PULL_BACK)
    directive.state, directive.changed_at = DirectiveState.DRAFT, clock.now()
    directive.save(update_fields=["state", "changed_at"])
    Event.record(directive, Step.PULL_BACK, at=clock.now(), by=permissions.acting(by, Step.PULL_BACK, directive))
    return directive


def may_draft_for(drafting_body: Organization, issuer: Organization, clock: Clock) -> Verdict:
    """A body drafts for itself and for the body directly above it; nobody drafts for a body that has ended."""
    day = clock.today()
    if issuer.has_ended(day):
        return refused(_("%(name)s no longer exists.") % {"name": issuer.as_of(day).name})
    if drafting_body == issuer or drafting_body.as_of(day).superior_id == issuer.pk:
        return ALLOWED
    names = {"body": drafting_body.as_of(day).name, "issuer": issuer.as_of(day).name}
    return refused(_("%(body)s does not draft papers of %(issuer)s.") % names)


def signed(document: Document, authority: Authority | None, day: date) -> Document:
    """The document with open signature blocks filled: the signer's, and that of who signs for a joint issuer."""
    document = with_second_signature(document, day)
    if document.signature is not None or authority is None:
        return document
    return dataclasses.replace(document, signature=signature_of(authority))


def as_saved(facts: DraftFacts, issuer: Organization, clock: Clock) -> Document:
    """The document with its ids and its signature blocks, as a draft of this issuer is written."""
    authority = None
    if facts.authority_id is not None:
        authority = Authority.objects.select_related("person").get(pk=facts.authority_id, organization=issuer)
    return signed(facts.document.with_ids(), authority, clock.today())


def _write(directive: Directive, facts: DraftFacts, clock: Clock) -> None:
    document = as_saved(facts, directive.issuer, clock)
    directive.authority_id = facts.authority_id
    directive.restricted = facts.restricted
    directive.profile = facts.profile
    directive.content = Content.FILE if document.text_file else Content.STRUCTURED
    directive.type = document.type
    directive.subject = " ".join(document.subject.text.split())
    directive.text = document.to_json()


def _content(directive: Directive) -> tuple[object, ...]:
    return directive.text, directive.authority_id, directive.restricted, directive.profile


def _readers(directive: Directive) -> set[int]:
    return set(directive.readers.values_list("person_id", flat=True))


def _gathering_round(directive: Directive, by: Member, clock: Clock) -> Draft | None:
    """The round that gathers what this person types; None when it is full, or the draft went to somebody since."""
    last = directive.drafts.latest("version")
    began_lately = last.begun_at is not None and last.begun_at + GATHERED > clock.now()
    own = last.saved_by_id == by.person.pk and last.saved_at == directive.changed_at
    sent_out = directive.consultations.filter(version=last.version).exists()
    return last if began_lately and own and not sent_out else None


def _keep_round(
    directive: Directive,
    facts: DraftFacts,
    by: Member,
    clock: Clock,
    *,
    gathering: Draft | None = None,
    by_itself: bool = False,
) -> None:
    begun_at = directive.changed_at if by_itself else None
    kept = gathering or Draft(directive=directive, saved_by=by.person, begun_at=begun_at)
    kept.version, kept.text, kept.saved_at = directive.version, directive.text, directive.changed_at
    kept.enclosed, kept.corrects = directive.enclosed(), directive.corrected()
    kept.save()
    directive.readers.exclude(person__in=facts.readers).delete()
    Reader.objects.bulk_create(
        [Reader(directive=directive, person_id=person_id) for person_id in facts.readers], ignore_conflicts=True
    )
    joint_issuing.name(directive, clock)
    search.index(directive)
