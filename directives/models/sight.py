"""Who may read a paper: the one rule, as a condition on the paper's row.

It is SQL and not put together from Django's parts, because every page asks it several times: putting it together took
longer than the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, Expression, F

from directives.models.directive import AFTER_SUBMISSION, READING_ROLES, WORKING_ROLES
from directives.workflow import DirectiveState
from orgs.member import Member
from orgs.models import Role

READING_DRAFTS = (Role.SECTION_HEAD, Role.REVIEWER, Role.OFFICE_HEAD)
LEADING_ROLES = (*READING_DRAFTS, Role.SIGNER, Role.MONITOR)
AFTER_APPROVAL = AFTER_SUBMISSION[1:]
READING_ALL_ISSUED = (*LEADING_ROLES, Role.DRAFTER, Role.CLERK, Role.INSPECTOR)
"""Whose post opens every paper that its body issued, but for restricted ones."""


class MayRead(Expression):
    """Whether this member may read the paper of a row; `paper` is the way to it: nothing, or `directive__`."""

    output_field = BooleanField()
    empty_result_set_value = False
    conditional = True

    def __init__(self, member: Member, paper: str = "") -> None:
        super().__init__()
        self.member = member
        # Any column does: by it Django knows the table, and joins it where it has to.
        self.column: Any = F(f"{paper}state")

    def get_source_expressions(self) -> list[Any]:
        """The column by which Django knows the table of the papers."""
        return [self.column]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        """Take the column as this question knows it."""
        [self.column] = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """The condition; raises EmptyResultSet for a member who can read no paper at all."""
        rule = (Condition("NOT paper.restricted") & _open_to(self.member)) | (
            Condition("paper.restricted") & _restricted_to(self.member)
        )
        if rule is NEVER:
            raise EmptyResultSet
        table = compiler.quote_name_unless_alias(self.column.alias)
        return f"({rule.sql.replace('paper.', f'{table}.')})", list(rule.params)


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of SQL about the row `paper`; what can never be true falls out of every question."""

    sql: str
    params: tuple[Any, ...] = ()

    def __and__(self, other: Condition) -> Condition:
        if NEVER in (self, other):
            return NEVER
        return Condition(f"{self.sql} AND {other.sql}", self.params + other.params)

    def __or__(self, other: Condition) -> Condition:
        if NEVER in (self, other):
            return other if self is NEVER else self
        return Condition(f"({self.sql} OR {other.sql})", self.params + other.params)


NEVER = Condition("FALSE")


def _open_to(member: Member) -> Condition:
    """Papers that are not restricted: the issuers' people by role and state, the units that have them."""
    staff = _issuer(member.organizations_as(*LEADING_ROLES, Role.DRAFTER, Role.CLERK))
    staff |= _drafting_body(member.organizations_as(*READING_DRAFTS))
    staff |= _issued_jointly(member.organizations_as(*LEADING_ROLES, Role.CLERK))
    issued = _state([DirectiveState.ISSUED])
    read = (staff | _reviewed_in(member.organizations_as(Role.ASSISTANT))) & _state(AFTER_SUBMISSION)
    # Drafters of one body take over from each other; what is restricted stays with its own drafter.
    read |= _drafting_body(member.organizations_as(Role.DRAFTER)) | _written_by(member)
    read |= _issuer(member.organizations_as(Role.INSPECTOR)) & issued
    read |= _delivered_to(member)
    if member.organizations_as(*READING_ROLES):
        read |= issued & _naming(member)
    return read


def _restricted_to(member: Member) -> Condition:
    """Restricted papers: who wrote, reviews or signs it, the clerk who numbers it, and the readers named on it."""
    at_work = member.organizations_as(*WORKING_ROLES)
    still_here = (_issuer(at_work) | _drafting_body(at_work)) & _state(AFTER_SUBMISSION)
    signer = still_here & Condition(
        "paper.authority_id = ANY (ARRAY (SELECT id FROM orgs_authority WHERE person_id = %s))", (member.person.pk,)
    )
    signer |= _issued_jointly(
        at_work, "AND authority_id IN (SELECT id FROM orgs_authority WHERE person_id = %s)", member.person.pk
    ) & _state(AFTER_SUBMISSION)
    reviewer = _reviewed_in(at_work, "AND review.person_id = %s", member.person.pk) & _state(AFTER_SUBMISSION)
    clerk = _issuer(member.organizations_as(Role.CLERK)) & _state(AFTER_APPROVAL)
    named = (still_here | _delivered_to(member)) & _naming(member)
    return _written_by(member) | signer | reviewer | clerk | named


def _written_by(member: Member) -> Condition:
    """The person's own papers, while at work in the body that drafts them."""
    return _drafting_body(member.organizations_as(*WORKING_ROLES)) & Condition(
        "paper.drafter_id = %s", (member.person.pk,)
    )


def _naming(member: Member) -> Condition:
    """Papers that name this person as a reader."""
    return Condition(
        "EXISTS (SELECT FROM directives_reader reader WHERE reader.directive_id = paper.id AND reader.person_id = %s)",
        (member.person.pk,),
    )


def _reviewed_in(bodies: Iterable[UUID], further: str = "", *params: Any) -> Condition:
    """Papers that were submitted to a reviewer in one of these bodies."""
    reviewed = _one_of("review.organization_id IN %s", bodies)
    if reviewed is NEVER:
        return NEVER
    rows = f"review.directive_id = paper.id AND {reviewed.sql} {further}"
    return Condition(f"EXISTS (SELECT FROM directives_review review WHERE {rows})", reviewed.params + params)


def _issued_jointly(bodies: Iterable[UUID], further: str = "", *params: Any) -> Condition:
    """Papers that one of these bodies issues jointly with their issuer; few, so they are looked up once."""
    among = _one_of("organization_id IN %s", bodies)
    if among is NEVER:
        return NEVER
    rows = f"SELECT directive_id FROM directives_jointissuer WHERE {among.sql} {further}"
    return Condition(f"paper.id IN ({rows})", among.params + params)


def _delivered_to(member: Member) -> Condition:
    """Papers that lie with a body this member works in: `delivering.open_to` of the paper's row."""
    # As EXISTS it would be answered by first gathering everything that ever came to these bodies.
    return _one_of(
        "(SELECT TRUE FROM directives_delivery delivery WHERE delivery.directive_id = paper.id"
        " AND delivery.withdrawn_at IS NULL AND NOT (delivery.state IN ('waiting', 'misdirected'))"
        " AND delivery.organization_id IN %s LIMIT 1) IS TRUE",
        member.organizations_as(*WORKING_ROLES),
    )


def _issuer(bodies: Iterable[UUID]) -> Condition:
    return _one_of("paper.issuer_id IN %s", bodies)


def _drafting_body(bodies: Iterable[UUID]) -> Condition:
    return _one_of("paper.drafting_body_id IN %s", bodies)


def _state(states: Iterable[DirectiveState]) -> Condition:
    return _one_of("paper.state IN %s", [state.value for state in states])


def _one_of(sql: str, values: Iterable[Any]) -> Condition:
    values = tuple(values)
    return Condition(sql, (values,)) if values else NEVER
