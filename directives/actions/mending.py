"""Do with one press what a finding of a draft proposes."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directives import permissions
from directives.actions import drafting
from directives.actions.drafting import DraftFacts
from directives.actions.locking import locked_directive
from directives.findings.clarity import unclear
from directives.findings.remedies import mended
from directives.models import Directive
from directives.recipients import Expansion
from directives.workflow import Step
from orgs.clock import Clock
from orgs.directory import directory_of
from orgs.member import Member
from orgs.verdicts import Refused


@transaction.atomic
def mend(directive_id: UUID, key: tuple[str, str, str], *, version: int, by: Member, clock: Clock) -> Directive:
    """Save a round of the draft with the change that this key names (`Fix.key`); raises Refused.

    Only what the findings of the text propose now is done; a change that was made already is not.
    """
    directive = locked_directive(directive_id)
    permissions.may(by, Step.EDIT, directive).enforce()
    day = clock.today()
    expansion = Expansion.of(directive, day)
    found = unclear(expansion, directory_of(directive.issuer, day))
    fix = next((finding.fix for finding in found if finding.fix and finding.fix.key == key), None)
    if fix is None:
        raise Refused(_("The text no longer asks for this change. Look at the findings again."))
    facts = DraftFacts.with_text(directive, mended(expansion.document, fix))
    return drafting.edit(directive_id, facts, version=version, by=by, clock=clock)
