"""The machines: who may take which step from which state, without a database."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest

from directives import permissions
from directives.models import REVIEWING_ROLES, Assignment, Delivery, Directive, Review, Task
from directives.workflow import ASSIGNMENT, DELIVERY, DIRECTIVE, MACHINES, REVIEW, Machine, Step
from orgs.member import Member
from orgs.models import Authority, Organization, Person, Post, Role
from tests.directives.step_world import crossed, states_of

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ISSUER, DRAFTING_BODY, UNIT, ELSEWHERE = (
    Organization(pk=uuid.uuid4(), code=code) for code in ("issuer", "drafting-body", "unit", "elsewhere")
)
BODIES = (ISSUER, DRAFTING_BODY, UNIT, ELSEWHERE)
PERSON, SOMEBODY_ELSE = Person(pk=1, full_name="Lê Thị Soạn"), Person(pk=2, full_name="Trần Văn Ký")

WHERE = {
    **dict.fromkeys(DIRECTIVE, ISSUER),
    **dict.fromkeys([Step.EDIT, Step.SUBMIT, Step.PULL_BACK], DRAFTING_BODY),
    **dict.fromkeys(DELIVERY, UNIT),
    **dict.fromkeys(ASSIGNMENT, ISSUER),
    **dict.fromkeys([Step.START_WORK, Step.REPORT], UNIT),
}
"""The body in which the post that a step asks for must be held."""


def holder(role: Role, body: Organization, who: Person = PERSON) -> Member:
    return Member(who, (Post(person=who, organization=body, role=role),))


def directive(state: str, *, waiting_review: Review | None = None, **facts: object) -> Directive:
    authority = Authority(person=PERSON, organization=ISSUER)
    drafted = {"issuer": ISSUER, "drafting_body": DRAFTING_BODY, "drafter": PERSON, "authority": authority}
    # So that there is an hour to call off.
    drafted["issue_at"] = NOW
    made = Directive(text={}, state=state, **{**drafted, **facts})
    made.waiting_review = waiting_review
    return made


def review(state: str, role: Role = Role.REVIEWER, **facts: object) -> Review:
    return Review(directive=directive("submitted", **facts), organization=UNIT, role=role, person=PERSON, state=state)


def delivery(state: str, **facts: object) -> Delivery:
    return Delivery(directive=directive("issued"), organization=UNIT, state=state, **facts)


def assignment(state: str, **facts: object) -> Assignment:
    return Assignment(task=Task(directive=directive("issued", **facts)), organization=UNIT, state=state)


def rightful(subject: permissions.Subject, step: Step) -> set[tuple[str, str]]:
    """Every role and body whose holder may take the step."""
    return {(role, body.code) for role in Role for body in BODIES if permissions.may(holder(role, body), step, subject)}


def told_by_the_table(machine: Machine, step: Step, state: str) -> set[tuple[str, str]]:
    move = machine[step]
    return {(role, WHERE[step].code) for role in move.roles if state in move.sources}


@pytest.mark.parametrize(("step", "state"), crossed(DIRECTIVE))
def test_a_step_of_a_directive_belongs_to_the_roles_and_states_of_its_table(step: Step, state: str) -> None:
    assert rightful(directive(state), step) == told_by_the_table(DIRECTIVE, step, state)


@pytest.mark.parametrize("state", states_of(REVIEW))
@pytest.mark.parametrize("step", [Step.PASS_ON, Step.RETURN])
@pytest.mark.parametrize("asked", REVIEWING_ROLES)
def test_a_review_belongs_to_the_post_that_was_asked_and_to_the_assistant_there(
    asked: Role, step: Step, state: str
) -> None:
    allowed = {(asked, UNIT.code), (Role.ASSISTANT, UNIT.code)} if state == "waiting" else set()
    assert rightful(review(state, asked), step) == allowed


def test_a_paper_passes_its_signer_only_when_nobody_reviews_it_any_more() -> None:
    waiting = directive("submitted", waiting_review=review("waiting"))
    signer = holder(Role.SIGNER, ISSUER)
    assert not permissions.may(signer, Step.APPROVE, waiting)
    assert permissions.may(signer, Step.APPROVE, directive("submitted"))


def test_the_reviewer_whose_turn_it_is_sends_a_paper_back_though_the_post_is_in_another_body() -> None:
    waiting = directive("submitted", waiting_review=review("waiting"))
    reviewer = holder(Role.REVIEWER, UNIT)
    assert permissions.may(reviewer, Step.RETURN, waiting)
    assert permissions.acting(reviewer, Step.RETURN, waiting).organization == UNIT
    assert not permissions.may(reviewer, Step.RETURN, directive("submitted"))


def test_a_restricted_paper_is_reviewed_by_the_person_who_was_asked_alone() -> None:
    waiting = review("waiting", restricted=True)
    assert permissions.may(holder(Role.REVIEWER, UNIT), Step.PASS_ON, waiting)
    assert not permissions.may(holder(Role.REVIEWER, UNIT, SOMEBODY_ELSE), Step.PASS_ON, waiting)
    assert not permissions.may(holder(Role.ASSISTANT, UNIT, SOMEBODY_ELSE), Step.PASS_ON, waiting)


@pytest.mark.parametrize(("step", "state"), crossed(DELIVERY))
def test_a_step_of_a_delivery_belongs_to_the_roles_and_states_of_its_table(step: Step, state: str) -> None:
    assert rightful(delivery(state), step) == told_by_the_table(DELIVERY, step, state)


@pytest.mark.parametrize(("step", "state"), crossed(ASSIGNMENT))
def test_a_step_of_a_share_belongs_to_the_roles_and_states_of_its_table(step: Step, state: str) -> None:
    assert rightful(assignment(state), step) == told_by_the_table(ASSIGNMENT, step, state)


@pytest.mark.parametrize("step", [Step.EDIT, Step.SUBMIT, Step.PULL_BACK])
def test_a_restricted_draft_is_handled_by_its_own_drafter_only(step: Step) -> None:
    state = DIRECTIVE[step].sources[0]
    colleague = holder(Role.DRAFTER, DRAFTING_BODY, SOMEBODY_ELSE)
    assert permissions.may(colleague, step, directive(state))
    assert not permissions.may(colleague, step, directive(state, restricted=True))
    assert permissions.may(holder(Role.DRAFTER, DRAFTING_BODY), step, directive(state, restricted=True))


def test_a_seal_is_noted_once() -> None:
    clerk, day = holder(Role.CLERK, ISSUER), NOW.date()
    assert permissions.may(clerk, Step.NOTE_SEAL, directive("numbered"))
    assert not permissions.may(clerk, Step.NOTE_SEAL, directive("numbered", sealed_on=day))


def test_a_paper_is_approved_only_by_the_signer_it_is_submitted_to() -> None:
    other_signer = holder(Role.SIGNER, ISSUER, SOMEBODY_ELSE)
    assert not permissions.may(other_signer, Step.APPROVE, directive("submitted"))
    assert not permissions.may(holder(Role.SIGNER, ISSUER), Step.APPROVE, directive("submitted", authority=None))


def test_an_hour_is_called_off_only_where_one_is_set() -> None:
    clerk = holder(Role.CLERK, ISSUER)
    assert permissions.may(clerk, Step.CALL_OFF, directive("numbered"))
    assert not permissions.may(clerk, Step.CALL_OFF, directive("numbered", issue_at=None))


def test_a_directive_is_recalled_once() -> None:
    clerk = holder(Role.CLERK, ISSUER)
    assert permissions.may(clerk, Step.RECALL, directive("issued"))
    assert not permissions.may(clerk, Step.RECALL, directive("issued", recalled_at=NOW))


@pytest.mark.parametrize("step", [Step.START_WORK, Step.REPORT])
def test_nothing_is_reported_on_a_recalled_directive(step: Step) -> None:
    officer = holder(Role.OFFICER, UNIT)
    assert permissions.may(officer, step, assignment("assigned"))
    assert not permissions.may(officer, step, assignment("assigned", recalled_at=NOW))


def test_no_more_is_asked_of_a_unit_for_a_recalled_directive() -> None:
    monitor = holder(Role.MONITOR, ISSUER)
    assert permissions.may(monitor, Step.ASK_MORE, assignment("done"))
    assert not permissions.may(monitor, Step.ASK_MORE, assignment("done", recalled_at=NOW))


@pytest.mark.parametrize("step", [Step.RECEIVE, Step.MISDIRECT])
def test_a_paper_that_was_withdrawn_from_the_unit_is_neither_received_nor_returned(step: Step) -> None:
    withdrawn = delivery("sent", withdrawn_at=NOW)
    assert not permissions.may(holder(Role.CLERK, UNIT), step, withdrawn)


@pytest.mark.parametrize("name", MACHINES)
def test_a_machine_reaches_each_of_its_states_and_no_other(name: str) -> None:
    machine = MACHINES[name]
    assert {state for move in machine.values() for state in (*move.sources, move.target)} == set(states_of(machine))
