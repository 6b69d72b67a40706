"""Begin a draft with a text that is there already: a template, an earlier paper, a file; and keep templates."""

from __future__ import annotations

import dataclasses
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directives import permissions
from directives.actions import drafting
from directives.actions.drafting import DraftFacts
from directives.actions.text_as_file import with_file
from directives.addressing import FollowItems, addressed
from directives.blocks import Block
from directives.document import Document
from directives.models import Directive, DraftTemplate
from directives.uploads import CheckedFile
from orgs.acts import Act
from orgs.clock import Clock
from orgs.directory import directory_of
from orgs.member import Member
from orgs.models import Authority, Event, Organization, Post, Role
from orgs.verdicts import Refused


@dataclasses.dataclass(frozen=True, slots=True)
class Bodies:
    """For whom the draft is written, and by whom."""

    issuer_id: UUID
    drafting_body_id: UUID


def like(paper: Directive, bodies: Bodies, *, by: Member, clock: Clock) -> Directive:
    """Begin a draft with the text of an earlier paper: its recipients and signer as far as they hold today.

    What was restricted stays restricted, to its new drafter alone. Raises Refused.
    """
    document = fresh(paper.document(clock.today()))
    same_issuer = paper.issuer_id == bodies.issuer_id
    signer = _still_signing(paper.authority, document.type, clock) if same_issuer else None
    facts = DraftFacts(document=document, authority_id=signer, restricted=paper.restricted)
    return drafting.create(bodies.issuer_id, bodies.drafting_body_id, facts, by=by, clock=clock)


def from_template(template: DraftTemplate, bodies: Bodies, *, by: Member, clock: Clock) -> Directive:
    """Begin a draft with the text of a template; raises Refused."""
    facts = DraftFacts(document=Document.from_json(template.text))
    return drafting.create(bodies.issuer_id, bodies.drafting_body_id, facts, by=by, clock=clock)


def from_document(
    document: Document, bodies: Bodies, *, by: Member, clock: Clock, text_file: CheckedFile | None = None
) -> Directive:
    """Begin a draft with the text of a file; lines get the bodies that the directory is certain of. Raises Refused.

    Who signed it signs the draft, where one authority of today bears that name. With a `text_file` that file is the
    text, and what was read are its items.
    """
    issuer = Organization.objects.get(pk=bodies.issuer_id)
    found = addressed(fresh(document), directory_of(issuer, clock.today()), FollowItems.NONE)
    text = with_file(found.document, text_file) if text_file else found.document
    facts = DraftFacts(document=text, authority_id=_signer_named(document, issuer, clock))
    return drafting.create(bodies.issuer_id, bodies.drafting_body_id, facts, by=by, clock=clock)


@transaction.atomic
def keep_template(directive: Directive, name: str, *, by: Member, clock: Clock) -> DraftTemplate:
    """Keep the text of a paper as a template of its issuer; one of the same name is withdrawn. Raises Refused."""
    permissions.may_create(by, directive.drafting_body_id).enforce()
    acting = permissions.acting_as_drafter(by, directive.drafting_body_id)
    if directive.restricted:
        raise Refused(_("A paper with restricted readers does not become a template."))
    if not name.strip():
        raise Refused(_("Give the template a name."))
    issuer = Organization.objects.select_for_update().get(pk=directive.issuer_id)
    issuer.draft_templates.filter(name=name.strip(), withdrawn_at=None).update(withdrawn_at=clock.now())
    document = fresh(directive.document(clock.today()))
    template = DraftTemplate.objects.create(
        organization=issuer,
        name=name.strip(),
        type=document.type,
        text=document.to_json(),
        kept_by=by.person,
        kept_at=clock.now(),
    )
    # The log of a body is open to administrators, who read nothing of its papers.
    Event.record(issuer, Act.KEEP_TEMPLATE, at=clock.now(), by=acting, template=str(template.pk))
    return template


@transaction.atomic
def withdraw_template(template_id: UUID, *, by: Member, clock: Clock) -> None:
    """Offer a template no longer; drafts that began with it stay as they are. Raises DraftTemplate.DoesNotExist."""
    template = DraftTemplate.objects.select_for_update().get(pk=template_id, withdrawn_at=None)
    template.withdrawn_at = clock.now()
    template.save(update_fields=["withdrawn_at"])
    acting = by.acting_in(_drafting_post(by))
    Event.record(template.organization, Act.WITHDRAW_TEMPLATE, at=clock.now(), by=acting, template=str(template.pk))


def _drafting_post(by: Member) -> Post:
    """A drafter's post; the caller looked the template up among those that such a post opens."""
    return next(post for post in by.posts if post.role == Role.DRAFTER)


def fresh(document: Document) -> Document:
    """Return the text as a new draft has it: without number, dates, signatures, ids and deadlines that are over."""
    return dataclasses.replace(
        document.with_each_block(_without_past),
        number=None,
        date=None,
        signature=None,
        digital_signatures=(),
        certified_copy=None,
        text_file=None,
    )


def _without_past(block: Block) -> Block:
    """An id belongs to one passage of one paper, a deadline to one occasion."""
    return dataclasses.replace(block, id=None, deadline=None)


def _signer_named(document: Document, issuer: Organization, clock: Clock) -> int | None:
    """The authority that the signature of the text names; None where it names nobody, or somebody with several."""
    if document.signature is None or not document.signature.signer:
        return None
    named = Authority.objects.filter(organization=issuer, person__full_name=document.signature.signer)
    fitting = [each for each in named.on(clock.today()) if each.covers(document.type, clock.today())]
    return fitting[0].pk if len(fitting) == 1 else None


def _still_signing(authority: Authority | None, type_code: str, clock: Clock) -> int | None:
    return authority.pk if authority is not None and authority.covers(type_code, clock.today()) else None
