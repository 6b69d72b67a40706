"""The way of a submitted draft through its reviewers to its signer."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from directives.actions import approving, drafting, reviewing
from directives.models import Directive, ReviewAt, ReviewPlace
from directives.views import waiting
from directives.workflow import DirectiveState, ReviewState
from orgs.member import Member
from orgs.models import Event, Organization, Person, Role
from orgs.verdicts import Refused
from tests import factories
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db

ORDER = [
    (ReviewAt.DRAFTING_BODY, Role.SECTION_HEAD),
    (ReviewAt.ISSUER, Role.REVIEWER),
    (ReviewAt.ISSUER, Role.OFFICE_HEAD),
]


@dataclasses.dataclass
class Way:
    """A committee whose papers go through head of section, reviewer and head of the office."""

    of: Committee
    section_head: Person
    reviewer: Person
    assistant: Person
    stranger: Person

    @classmethod
    def made(cls, clock: ClockAt) -> Way:
        of = factories.committee(clock)
        administrator = factories.person("Quản Trị", (of.organization, Role.ADMINISTRATOR))
        reviewing.set_order(of.organization.pk, "", ORDER, by=of.member(administrator), clock=clock)
        return cls(
            of,
            factories.person("Trưởng Phòng", (of.organization, Role.SECTION_HEAD)),
            factories.person("Thẩm Định", (of.organization, Role.REVIEWER)),
            factories.person("Thư Ký", (of.organization, Role.ASSISTANT)),
            factories.person("Người Khác", (factories.body("khac", "Đảng ủy khác"), Role.REVIEWER)),
        )

    def submitted(
        self, text: dict[str, Any] | None = None, facts: dict[str, Any] | None = None, **how: Any
    ) -> Directive:
        """A draft that was submitted by its drafter; `text` and `facts` change the draft, `how` the submission."""
        made = factories.draft(self.of, factories.letter(**(text or {})), **(facts or {}))
        drafting.submit(made.pk, by=self.of.member(self.of.drafter), clock=self.of.clock, **how)
        return self.again(made)

    def again(self, directive: Directive) -> Directive:
        """The directive as it stands now."""
        return Directive.objects.get(pk=directive.pk)

    def passed(self, directive: Directive, who: Person, opinion: str = "") -> Directive:
        """What the directive is after this person agreed."""
        by = self.of.member(who)
        reviewing.pass_on(directive.pk, opinion=opinion, read_version=directive.version, by=by, clock=self.of.clock)
        return self.again(directive)

    def asked(self, directive: Directive) -> str:
        """Whose turn it is; the empty text when it has come to the signer."""
        review = self.again(directive).waiting_review
        return review.person.full_name if review else ""


@pytest.fixture
def clock() -> ClockAt:
    return ClockAt.on(date(2026, 11, 23))


@pytest.fixture
def way(clock: ClockAt) -> Way:
    return Way.made(clock)


def test_a_draft_comes_to_one_reviewer_after_the_other_and_then_to_its_signer(way: Way) -> None:
    paper = way.submitted()
    turns = [way.asked(paper)]
    for who in (way.section_head, way.reviewer, way.of.head):
        paper = way.passed(paper, who)
        turns.append(way.asked(paper))
    assert turns == ["Trưởng Phòng", "Thẩm Định", "Đỗ Văn Chánh", ""]
    approving.approve(paper.pk, read_version=paper.version, by=way.of.member(way.of.signer), clock=way.of.clock)
    assert way.again(paper).state == DirectiveState.APPROVED


def test_the_signer_cannot_approve_before_the_last_reviewer_agreed(way: Way) -> None:
    paper = way.submitted()
    with pytest.raises(Refused, match="Trưởng Phòng"):
        approving.approve(paper.pk, read_version=paper.version, by=way.of.member(way.of.signer), clock=way.of.clock)


def test_a_paper_waits_in_the_work_of_the_reviewer_whose_turn_it_is_and_of_nobody_else(way: Way) -> None:
    paper = way.submitted()
    everybody = [way.section_head, way.reviewer, way.of.head, way.of.signer, way.assistant]

    def waits_for() -> list[str]:
        members = [way.of.member(who) for who in everybody]
        lists = (waiting.to_review, waiting.to_approve)
        return [member.person.full_name for member in members if any(paper in ask(member) for ask in lists)]

    seen = [waits_for()]
    for who in (way.section_head, way.reviewer, way.of.head):
        way.passed(paper, who)
        seen.append(waits_for())
    assert seen == [["Trưởng Phòng"], ["Thẩm Định"], ["Đỗ Văn Chánh"], ["Trần Văn Ký"]]


def test_nobody_agrees_out_of_turn_or_from_another_body(way: Way) -> None:
    paper = way.submitted()
    for who in (way.reviewer, way.of.signer, way.of.drafter, way.stranger):
        with pytest.raises(Refused):
            way.passed(paper, who)
    assert way.asked(paper) == "Trưởng Phòng"


def test_an_opinion_and_who_wrote_it_down_are_kept(way: Way) -> None:
    paper = way.passed(way.submitted(), way.assistant, "Đồng chí Trưởng phòng nhất trí.")
    review = paper.reviews.get(position=1)
    assert (review.person, review.decided_by) == (way.section_head, way.assistant)
    assert review.is_by_another
    event = Event.objects.about(paper).get(step="pass_on")
    assert event.facts["in_place_of"] == "Trưởng Phòng"
    assert event.facts["reason"] == "Đồng chí Trưởng phòng nhất trí."


def test_agreement_binds_the_round_that_was_read(way: Way) -> None:
    paper = way.submitted()
    with pytest.raises(Refused):
        reviewing.pass_on(
            paper.pk, opinion="", read_version=paper.version + 1, by=way.of.member(way.section_head), clock=way.of.clock
        )


def test_a_return_ends_the_way_and_the_next_submission_begins_it_anew(way: Way) -> None:
    paper = way.passed(way.submitted(), way.section_head)
    approving.return_for_repair(paper.pk, reason="Thiếu thời hạn", by=way.of.member(way.reviewer), clock=way.of.clock)
    assert way.again(paper).state == DirectiveState.DRAFT
    states = list(paper.reviews.values_list("state", flat=True))
    assert states == [ReviewState.PASSED, ReviewState.RETURNED, ReviewState.WITHDRAWN]
    assert Event.objects.about(paper).filter(step="return").get().role == Role.REVIEWER
    drafting.submit(paper.pk, by=way.of.member(way.of.drafter), clock=way.of.clock)
    assert way.asked(paper) == "Trưởng Phòng"
    assert paper.reviews.filter(submission=2).count() == len(ORDER)


def test_a_paper_that_was_pulled_back_waits_for_nobody(way: Way) -> None:
    paper = way.submitted()
    drafting.pull_back(paper.pk, by=way.of.member(way.of.drafter), clock=way.of.clock)
    assert not paper.reviews.exclude(state=ReviewState.WITHDRAWN).exists()


def test_where_two_hold_a_post_the_drafter_says_who_is_asked(way: Way) -> None:
    second = factories.person("Bà Thẩm Định", (way.of.organization, Role.REVIEWER))
    with pytest.raises(Refused, match=r"(?i)người thẩm định"):
        way.submitted()
    paper = way.submitted(reviewers={2: second.pk})
    assert paper.reviews.get(position=2).person == second
    with pytest.raises(Refused):
        way.submitted(reviewers={2: way.stranger.pk})


def test_a_post_that_nobody_holds_or_only_the_signer_is_left_out(way: Way) -> None:
    way.section_head.posts.update(ends_on=way.of.clock.today().replace(year=2021))
    way.of.signer.posts.create(organization=way.of.organization, role=Role.OFFICE_HEAD, starts_on=factories.LONG_AGO)
    way.of.head.posts.update(ends_on=way.of.clock.today().replace(year=2021))
    paper = way.submitted()
    assert [review.person.full_name for review in paper.reviews.all()] == ["Thẩm Định"]


def test_a_type_with_its_own_order_keeps_to_it(way: Way) -> None:
    own = ReviewPlace(
        organization=way.of.organization, type="CV", position=1, at=ReviewAt.ISSUER, role=Role.OFFICE_HEAD
    )
    own.save()
    assert [review.person.full_name for review in way.submitted().reviews.all()] == ["Đỗ Văn Chánh"]


def test_only_a_paper_marked_hoa_toc_goes_past_its_reviewers_and_they_are_told(way: Way) -> None:
    with pytest.raises(Refused, match="HỎA TỐC"):
        way.submitted(skip_reason="Bão đổ bộ trong đêm")
    paper = way.submitted(text={"urgency": "HỎA TỐC"}, skip_reason="Bão đổ bộ trong đêm")
    assert way.asked(paper) == ""
    assert Event.objects.about(paper).get(step="submit").facts["reason"] == "Bão đổ bộ trong đêm"
    for who in (way.section_head, way.reviewer, way.of.head):
        assert paper in waiting.passed_over(way.of.member(who))
    approving.approve(paper.pk, read_version=paper.version, by=way.of.member(way.of.signer), clock=way.of.clock)


def test_a_restricted_paper_opens_to_the_reviewers_who_are_asked_and_to_no_other_holder(way: Way) -> None:
    colleague = factories.person("Bà Thẩm Định", (way.of.organization, Role.REVIEWER))
    paper = way.submitted(facts={"restricted": True}, reviewers={2: way.reviewer.pk})

    def sees(who: Person) -> bool:
        return Directive.objects.visible_to(way.of.member(who)).filter(pk=paper.pk).exists()

    assert [sees(who) for who in (way.section_head, way.reviewer, colleague, way.assistant)] == [
        True,
        True,
        False,
        False,
    ]


def test_the_head_of_the_drafting_body_reads_what_it_submitted_and_no_draft(clock: ClockAt) -> None:
    of = factories.committee(clock)
    office = factories.body("vp", "Văn phòng Tỉnh ủy", superior=of.organization)
    drafter = factories.person("Người Soạn", (office, Role.DRAFTER))
    head = Member.of(factories.person("Trưởng Phòng", (office, Role.SECTION_HEAD)), clock.today())
    by = Member.of(drafter, clock.today())
    facts = drafting.DraftFacts(document=factories.letter(), authority_id=of.authority.pk)
    paper = drafting.create(of.organization.pk, office.pk, facts, by=by, clock=clock)
    assert paper not in Directive.objects.visible_to(head)
    drafting.submit(paper.pk, by=by, clock=clock)
    assert paper in Directive.objects.visible_to(head)


def test_an_order_is_set_by_an_administrator_and_given_up_when_it_is_empty(way: Way) -> None:
    administrator = way.of.member(Person.objects.get(full_name="Quản Trị"))
    organization: Organization = way.of.organization
    with pytest.raises(Refused):
        reviewing.set_order(organization.pk, "", ORDER, by=way.of.member(way.of.head), clock=way.of.clock)
    with pytest.raises(Refused):
        reviewing.set_order(organization.pk, "", [*ORDER, ORDER[0]], by=administrator, clock=way.of.clock)
    reviewing.set_order(organization.pk, "", [], by=administrator, clock=way.of.clock)
    assert way.asked(way.submitted()) == ""
