"""The outgoing register: kept, used, voided and masked numbers; series of other books."""

from __future__ import annotations

from datetime import date

import pytest

from directives import numbering
from directives.actions import numbering_and_issuing, registering
from directives.models import Delivery, NumberSeries, Policy, RegisterEntry
from directives.numbering import GivenNumber
from directives.workflow import DirectiveState, EntryState
from orgs.models import Organization, Term
from orgs.verdicts import Refused
from tests import factories
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Committee:
    return factories.committee(ClockAt.on(date(2026, 11, 23)))


def test_a_number_kept_for_a_paper_is_given_to_it_with_the_day_on_which_it_was_kept(committee: Committee) -> None:
    by = committee.member(committee.clerk)
    until = date(2026, 11, 30)
    organization = committee.organization.pk
    kept = registering.reserve_number(
        organization, "CV", reserved_for="Công văn khẩn", until=until, by=by, clock=committee.clock
    )
    committee.clock.forward(days=1)
    other = factories.directive(committee, DirectiveState.NUMBERED)
    late = factories.directive(committee, DirectiveState.APPROVED)
    numbering_and_issuing.number(late.pk, reserved=kept, by=by, clock=committee.clock)
    late.refresh_from_db()
    assert (other.number, late.number, late.dated_on) == (2, 1, date(2026, 11, 23))
    with pytest.raises(Refused):
        again = factories.directive(committee, DirectiveState.APPROVED)
        numbering_and_issuing.number(again.pk, reserved=kept, by=by, clock=committee.clock)


def test_what_is_issued_with_an_earlier_number_goes_to_nobody_who_has_ended_since(committee: Committee) -> None:
    Policy.objects.create(organization=committee.organization, issue_with_number=True)
    by = committee.member(committee.clerk)
    kept = registering.reserve_number(
        committee.organization.pk,
        "CV",
        reserved_for="Công văn khẩn",
        until=date(2026, 11, 30),
        by=by,
        clock=committee.clock,
    )
    approved = factories.directive(committee, DirectiveState.APPROVED)
    committee.clock.forward(days=2)
    Organization.objects.filter(pk=committee.units[0].pk).update(ended_on=date(2026, 11, 24))
    with pytest.raises(Refused, match="Đảng ủy xã Thử 1"):
        numbering_and_issuing.number(approved.pk, reserved=kept, by=by, clock=committee.clock)
    assert not Delivery.objects.exists()


def test_a_number_kept_until_yesterday_is_not_given(committee: Committee) -> None:
    by = committee.member(committee.clerk)
    until = date(2026, 11, 24)
    kept = registering.reserve_number(
        committee.organization.pk, "CV", reserved_for="Giấy mời", until=until, by=by, clock=committee.clock
    )
    committee.clock.forward(days=2)
    late = factories.directive(committee, DirectiveState.APPROVED)
    with pytest.raises(Refused, match="24/11/2026"):
        numbering_and_issuing.number(late.pk, reserved=kept, by=by, clock=committee.clock)


def test_a_kept_number_that_is_not_needed_is_voided_with_its_reason(committee: Committee) -> None:
    by = committee.member(committee.clerk)
    kept = registering.reserve_number(
        committee.organization.pk, "CV", reserved_for="Giấy mời", until=date(2026, 11, 24), by=by, clock=committee.clock
    )
    with pytest.raises(Refused):
        registering.void_reserved(kept.pk, reason=" ", decided_by="Chánh Văn phòng", by=by, clock=committee.clock)
    registering.void_reserved(kept.pk, reason="Hoãn họp", decided_by="Chánh Văn phòng", by=by, clock=committee.clock)
    kept.refresh_from_db()
    assert kept.state == EntryState.VOID
    assert factories.directive(committee, DirectiveState.NUMBERED).number == 2


def test_a_secret_paper_takes_a_number_and_leaves_nothing_else(committee: Committee) -> None:
    by = committee.member(committee.clerk)
    entry = registering.take_secret_number(committee.organization.pk, "CV", by=by, clock=committee.clock)
    assert (entry.number, entry.dated_on, entry.secret, entry.directive) == (1, date(2026, 11, 23), True, None)
    assert factories.directive(committee, DirectiveState.NUMBERED).number == 2


def test_a_body_may_keep_its_secret_numbers_apart(committee: Committee) -> None:
    series = committee.first_number(5)
    NumberSeries.objects.filter(pk=series.pk).update(secret_series="separate")
    by = committee.member(committee.clerk)
    with pytest.raises(Refused):
        registering.take_secret_number(committee.organization.pk, "CV", by=by, clock=committee.clock)
    assert not RegisterEntry.objects.exists()


def test_types_that_print_the_same_symbol_share_a_series(committee: Committee) -> None:
    titled = {"addressees": [], "distribution": [_line("Các đảng ủy xã", "cac-xa")]}
    decision = factories.directive(committee, DirectiveState.NUMBERED, factories.letter("một", type="QĐ", **titled))
    rule = factories.directive(committee, DirectiveState.NUMBERED, factories.letter("hai", type="QĐi", **titled))
    assert (str(decision), str(rule)) == ("01-QĐ/TU", "02-QĐ/TU")


def test_a_new_term_begins_at_one(committee: Committee) -> None:
    factories.directive(committee, DirectiveState.NUMBERED)
    committee.term.ends_on = date(2026, 11, 23)
    committee.term.save()
    Term.objects.create(organization=committee.organization, name="2026 - 2031", starts_on=date(2026, 11, 24))
    committee.clock.forward(days=1)
    assert factories.directive(committee, DirectiveState.NUMBERED).number == 1


def test_a_new_term_keeps_who_gives_the_numbers_and_where_secret_papers_are_numbered(committee: Committee) -> None:
    old = committee.first_number(40)
    NumberSeries.objects.filter(pk=old.pk).update(mode="elsewhere", secret_series="separate")
    committee.term.ends_on = date(2026, 11, 23)
    committee.term.save()
    Term.objects.create(organization=committee.organization, name="2026 - 2031", starts_on=date(2026, 11, 24))
    committee.clock.forward(days=1)
    approved = factories.directive(committee, DirectiveState.APPROVED)
    by = committee.member(committee.clerk)
    assert numbering.next_number(approved, committee.clock.today()) is None
    with pytest.raises(Refused):
        numbering_and_issuing.number(approved.pk, by=by, clock=committee.clock)
    with pytest.raises(Refused):
        registering.take_secret_number(committee.organization.pk, "CV", by=by, clock=committee.clock)
    given = GivenNumber(1, "", committee.clock.today())
    numbering_and_issuing.number(approved.pk, given=given, by=by, clock=committee.clock)
    assert RegisterEntry.objects.get().series.secret_series == "separate"


def test_without_a_term_no_number_is_given(committee: Committee) -> None:
    approved = factories.directive(committee, DirectiveState.APPROVED)
    Term.objects.all().delete()
    with pytest.raises(Refused, match="Tỉnh ủy Sơn Hà"):
        numbering_and_issuing.number(approved.pk, by=committee.member(committee.clerk), clock=committee.clock)


class TestABookKeptElsewhere:
    @pytest.fixture(autouse=True)
    def elsewhere(self, committee: Committee) -> None:
        NumberSeries.objects.filter(pk=committee.first_number(1).pk).update(mode="elsewhere")

    def give(self, committee: Committee, value: int, day: date = date(2026, 11, 20)) -> None:
        approved = factories.directive(committee, DirectiveState.APPROVED)
        given = GivenNumber(value, "", day)
        by = committee.member(committee.clerk)
        numbering_and_issuing.number(approved.pk, given=given, by=by, clock=committee.clock)

    def test_the_clerk_types_the_number_and_its_date(self, committee: Committee) -> None:
        self.give(committee, 311)
        entry = RegisterEntry.objects.get()
        assert (entry.number, entry.dated_on, str(entry)) == (311, date(2026, 11, 20), "311-CV/TU")

    def test_a_number_that_is_taken_is_refused_with_the_day_of_the_other_paper(self, committee: Committee) -> None:
        self.give(committee, 311)
        with pytest.raises(Refused, match="20/11/2026"):
            self.give(committee, 311)
        assert RegisterEntry.objects.count() == 1

    def test_a_date_that_is_still_to_come_is_refused(self, committee: Committee) -> None:
        with pytest.raises(Refused, match="ngày hôm nay"):
            self.give(committee, 311, date(2026, 11, 24))
        self.give(committee, 311, date(2026, 11, 23))

    def test_missing_numbers_are_told(self, committee: Committee) -> None:
        self.give(committee, 311)
        self.give(committee, 314)
        assert numbering.gaps(NumberSeries.objects.get()) == [312, 313]


def test_the_number_that_the_page_promised_is_gone_and_the_next_one_is_named(committee: Committee) -> None:
    factories.directive(committee, DirectiveState.NUMBERED)
    approved = factories.directive(committee, DirectiveState.APPROVED)
    by = committee.member(committee.clerk)
    with pytest.raises(Refused, match="2"):
        numbering_and_issuing.number(approved.pk, expected=1, by=by, clock=committee.clock)
    approved.refresh_from_db()
    assert approved.state == DirectiveState.APPROVED


def test_only_the_clerk_of_the_issuer_takes_numbers(committee: Committee) -> None:
    with pytest.raises(Refused):
        registering.reserve_number(
            committee.organization.pk,
            "CV",
            reserved_for="x",
            until=date(2026, 12, 1),
            by=committee.member(committee.drafter),
            clock=committee.clock,
        )


def _line(text: str, group: str) -> dict[str, object]:
    return {"text": text, "purpose": None, "targets": [{"group": group}]}
