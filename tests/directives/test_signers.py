"""Who may sign, who stands in for whom, what is offered, and what happens when an authority has ended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from directives.actions import approving, drafting, numbering_and_issuing
from directives.actions.approving import SignedPaper
from directives.findings.signing import beside_authority
from directives.forms.choices import signers_of
from directives.models import Directive
from directives.signers import Signers, matrix_of
from directives.workflow import DirectiveState, Step
from orgs.actions import authorities
from orgs.actions.authorities import AuthorityFacts
from orgs.acts import Act
from orgs.models import Authority, Event, Person, Role, SigningForm
from orgs.verdicts import Refused
from tests import factories
from tests.browsing import as_person, press
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


@pytest.fixture
def committee() -> Committee:
    return factories.committee(ClockAt(timezone.now()))


@pytest.fixture
def administrator(committee: Committee) -> Person:
    return factories.person("Mai Quản Trị", (committee.organization, Role.ADMINISTRATOR))


@pytest.fixture
def deputy(committee: Committee) -> Person:
    return factories.person("Hoàng Thị Phó", (committee.organization, Role.SIGNER))


def facts(committee: Committee, **changes: Any) -> AuthorityFacts:
    today = committee.clock.today()
    usual: dict[str, Any] = {
        "form": SigningForm.ON_BEHALF,
        "authority_lines": ("T/M BAN THƯỜNG VỤ",),
        "position_line": "ỦY VIÊN BAN THƯỜNG VỤ",
        "instrument": "Quyết định số 5-QĐ/TU",
        "starts_on": today,
        "ends_on": today + WEEK,
    }
    return AuthorityFacts(**{**usual, **changes})


def substituted(committee: Committee, administrator: Person, deputy: Person, **changes: Any) -> Authority:
    by = committee.member(administrator)
    return authorities.substitute(
        committee.authority.pk, deputy.pk, facts(committee, **changes), by=by, clock=committee.clock
    )


class TestSubstitution:
    def test_while_one_is_away_the_other_signs_and_the_history_says_in_whose_place(
        self, committee: Committee, administrator: Person, deputy: Person
    ) -> None:
        stands_in = substituted(committee, administrator, deputy)
        event = Event.objects.about(committee.organization).get(step=Act.SUBSTITUTE)
        assert (event.facts["name"], event.facts["in_place_of"]) == ("Hoàng Thị Phó", "Trần Văn Ký")
        paper = factories.draft(committee)
        signed_by = drafting.DraftFacts(document=factories.letter(), authority_id=stands_in.pk)
        drafting.edit(paper.pk, signed_by, version=1, by=committee.member(committee.drafter), clock=committee.clock)
        drafting.submit(paper.pk, by=committee.member(committee.drafter), clock=committee.clock)
        approving.approve(paper.pk, read_version=2, by=committee.member(deputy), clock=committee.clock)
        approval = Event.objects.about(paper).get(step=Step.APPROVE)
        assert "Trần Văn Ký" in approval.facts["in_place_of"]
        assert "Quyết định số 5-QĐ/TU" in approval.facts["in_place_of"]
        page = as_person(committee.drafter).get(reverse("directive", args=[paper.pk])).content.decode()
        assert approval.facts["in_place_of"] in page

    def test_a_right_by_order_is_not_passed_on(
        self, committee: Committee, administrator: Person, deputy: Person
    ) -> None:
        Authority.objects.filter(pk=committee.authority.pk).update(form=SigningForm.BY_ORDER)
        with pytest.raises(Refused, match="T/L"):
            substituted(committee, administrator, deputy)

    def test_who_stands_in_does_not_pass_it_on(
        self, committee: Committee, administrator: Person, deputy: Person
    ) -> None:
        stands_in = substituted(committee, administrator, deputy)
        third = factories.person("Lý Văn Ba", (committee.organization, Role.SIGNER))
        by = committee.member(administrator)
        with pytest.raises(Refused):
            authorities.substitute(stands_in.pk, third.pk, facts(committee), by=by, clock=committee.clock)

    @pytest.mark.parametrize(
        "changes",
        [
            {"ends_on": None},
            {"instrument": " "},
            {"starts_on": factories.LONG_AGO - WEEK},
            {"authority_lines": ("BAN THƯỜNG VỤ",)},
        ],
    )
    def test_it_needs_days_within_the_right_and_a_basis(
        self, committee: Committee, administrator: Person, deputy: Person, changes: dict[str, Any]
    ) -> None:
        with pytest.raises(Refused):
            substituted(committee, administrator, deputy, **changes)
        assert not Authority.objects.filter(in_place_of__isnull=False).exists()

    def test_it_ends_with_the_right_that_it_stands_for(
        self, committee: Committee, administrator: Person, deputy: Person
    ) -> None:
        stands_in = substituted(committee, administrator, deputy)
        by = committee.member(administrator)
        authorities.end_authority(committee.authority.pk, last_day=None, by=by, clock=committee.clock)
        stands_in.refresh_from_db()
        assert not stands_in.covers("CV", committee.clock.today())

    def test_it_is_ended_before_its_last_day(self, committee: Committee, administrator: Person, deputy: Person) -> None:
        stands_in, by = substituted(committee, administrator, deputy), committee.member(administrator)
        ended = authorities.end_authority(stands_in.pk, last_day=None, by=by, clock=committee.clock)
        assert ended.ends_on == committee.clock.today() - timedelta(days=1)

    def test_the_administrator_names_a_substitute_on_a_page(
        self, committee: Committee, administrator: Person, deputy: Person
    ) -> None:
        client = as_person(administrator)
        typed = {
            "held": str(committee.authority.pk),
            "person": str(deputy.pk),
            "form": "T/M",
            "authority_lines": "T/M BAN THƯỜNG VỤ",
            "position_line": "ỦY VIÊN BAN THƯỜNG VỤ",
            "instrument": "Quyết định số 5-QĐ/TU",
            "starts_on": f"{committee.clock.today():%d/%m/%Y}",
        }
        address = reverse("act", args=["tu", Act.SUBSTITUTE])
        fields = client.get(address).context["form"].fields
        assert [fields[name].choices[0][0] for name in ("held", "person")] == ["", ""]
        assert client.post(address, typed).status_code == 400
        last = f"{committee.clock.today() + WEEK:%d/%m/%Y}"
        assert client.post(address, {**typed, "ends_on": last}).status_code == 302
        page = client.get(reverse("administered_body", args=["tu"])).content.decode()
        assert "Hoàng Thị Phó" in page


@pytest.mark.parametrize(
    ("form", "above", "position", "roles"),
    [
        (SigningForm.FOR_THE_HEAD, ("K/T CHÁNH VĂN PHÒNG",), "PHÓ CHÁNH VĂN PHÒNG", ["authority", "position"]),
        (SigningForm.ACTING, (), "Q. CHÁNH VĂN PHÒNG", ["position"]),
        (
            SigningForm.CONCURRENT,
            ("BÍ THƯ", "kiêm"),
            "TRƯỞNG BAN CHỈ ĐẠO",
            ["position", "connector", "position"],
        ),
    ],
)
def test_each_form_has_its_lines(
    committee: Committee, form: SigningForm, above: tuple[str, ...], position: str, roles: list[str]
) -> None:
    written = facts(committee, form=form, authority_lines=above, position_line=position)
    assert [line["role"] for line in written.lines()] == roles


@pytest.mark.parametrize(
    ("form", "above", "position"),
    [
        (SigningForm.BY_ORDER, ("T/L BAN THƯỜNG VỤ", "K/T CHÁNH VĂN PHÒNG"), "PHÓ CHÁNH VĂN PHÒNG"),
        (SigningForm.BY_ORDER, ("BAN THƯỜNG VỤ",), "CHÁNH VĂN PHÒNG"),
        (SigningForm.CONCURRENT, ("BÍ THƯ",), "TRƯỞNG BAN CHỈ ĐẠO"),
        (SigningForm.ACTING, (), "CHÁNH VĂN PHÒNG"),
    ],
)
def test_lines_that_do_not_fit_their_form_are_refused(
    committee: Committee, form: SigningForm, above: tuple[str, ...], position: str
) -> None:
    with pytest.raises(Refused):
        facts(committee, form=form, authority_lines=above, position_line=position).lines()


def by_order(committee: Committee, *types: str) -> Authority:
    chief = factories.person("Vũ Văn Lệnh", (committee.organization, Role.SIGNER))
    return Authority.objects.create(
        person=chief,
        organization=committee.organization,
        form=SigningForm.BY_ORDER,
        lines=[{"text": "T/L BAN THƯỜNG VỤ", "role": "authority"}, {"text": "CHÁNH VĂN PHÒNG", "role": "position"}],
        types=list(types),
        starts_on=factories.LONG_AGO,
    )


class TestMatrix:
    def test_types_that_are_signed_alike_share_a_row(self, committee: Committee) -> None:
        by_order(committee, "CV", "TB")
        matrix = matrix_of(committee.organization, Signers([committee.organization.pk], committee.clock.today()))
        rows = {tuple(type.code for type in row.types): set(row.forms) for row in matrix.rows}
        assert rows[("TB", "CV")] == {"T/M", "T/L"}
        assert len(rows) == 2

    def test_the_page_shows_another_day(self, committee: Committee, administrator: Person, deputy: Person) -> None:
        later = committee.clock.today() + timedelta(days=30)
        substituted(committee, administrator, deputy, starts_on=later, ends_on=later + WEEK)
        client, address = as_person(committee.unit_clerks[0]), reverse("signing_matrix", args=["tu"])
        today, then = client.get(address), client.get(address, {"ngay": f"{later:%d/%m/%Y}"})
        assert [authority.person for authority in today.context["matrix"].columns] == [committee.signer]
        assert [authority.person for authority in then.context["matrix"].columns] == [deputy, committee.signer]
        assert [authority.person for authority in today.context["to_come"]] == [deputy]
        assert client.get(address, {"ngay": "mai"}).status_code == 400


class TestOffer:
    def offered(self, committee: Committee, type_code: str, **more: Any) -> list[str]:
        choices = signers_of([committee.organization.pk], committee.clock.today(), type_code=type_code, **more)
        return [words for _body, signers in choices.grouped for _value, words in signers]

    def test_the_best_fitting_stands_first(self, committee: Committee) -> None:
        by_order(committee, "CV")
        assert "T/L" in self.offered(committee, "CV")[0]
        assert "T/M" in self.offered(committee, "QĐ")[0]

    def test_who_is_away_stands_behind_the_substitute(
        self, committee: Committee, administrator: Person, deputy: Person
    ) -> None:
        substituted(committee, administrator, deputy)
        first, second = self.offered(committee, "CV")
        assert first.startswith("Hoàng Thị Phó")
        assert "Hoàng Thị Phó" in second

    def test_a_signer_whose_right_has_ended_stays_named_in_the_draft(self, committee: Committee) -> None:
        ended_yesterday(committee)
        [words] = self.offered(committee, "CV", chosen=committee.authority)
        assert words.startswith("Trần Văn Ký")


def ended_yesterday(committee: Committee) -> date:
    yesterday = committee.clock.today() - timedelta(days=1)
    Authority.objects.filter(pk=committee.authority.pk).update(ends_on=yesterday)
    committee.authority.refresh_from_db()
    return yesterday


class TestEndedYesterday:
    @pytest.fixture
    def submitted(self, committee: Committee) -> Directive:
        return factories.directive(committee, DirectiveState.SUBMITTED)

    def test_approval_is_refused_and_says_who_may(self, committee: Committee, submitted: Directive) -> None:
        ended_yesterday(committee)
        by_order(committee)
        with pytest.raises(Refused, match="Vũ Văn Lệnh"):
            approving.approve(
                submitted.pk, read_version=1, by=committee.member(committee.signer), clock=committee.clock
            )
        client = as_person(committee.signer)
        answer = press(client, reverse("step", args=[submitted.pk, Step.APPROVE]), read_version=1)
        assert answer.status_code == 409
        assert "Vũ Văn Lệnh" in answer.content.decode()

    def test_a_paper_that_was_signed_by_pen_is_noted_with_a_reason(
        self, committee: Committee, submitted: Directive
    ) -> None:
        approving.approve(submitted.pk, read_version=1, by=committee.member(committee.signer), clock=committee.clock)
        yesterday = ended_yesterday(committee)
        clerk = committee.member(committee.clerk)
        today = SignedPaper(signed_on=committee.clock.today())
        with pytest.raises(Refused):
            approving.note_signature(submitted.pk, today, by=clerk, clock=committee.clock)
        explained = SignedPaper(signed_on=committee.clock.today(), reason="Đồng chí ký trước khi bàn giao.")
        approving.note_signature(submitted.pk, explained, by=clerk, clock=committee.clock)
        noted = Event.objects.about(submitted).get(step=Step.NOTE_SIGNATURE)
        assert noted.facts["reason"] == explained.reason
        assert noted.facts["warnings"]
        # On its last day it was within the authority: no reason is asked.
        approving.note_signature(submitted.pk, SignedPaper(signed_on=yesterday), by=clerk, clock=committee.clock)

    def test_a_paper_that_was_signed_before_any_approval_is_noted_and_numbered(
        self, committee: Committee, submitted: Directive
    ) -> None:
        yesterday, clerk = ended_yesterday(committee), committee.member(committee.clerk)
        with pytest.raises(Refused):
            approving.note_signature(submitted.pk, SignedPaper(signed_on=yesterday), by=clerk, clock=committee.clock)
        explained = SignedPaper(signed_on=yesterday, reason="Ký trên bản giấy khi mất mạng.")
        noted = approving.note_signature(submitted.pk, explained, by=clerk, clock=committee.clock)
        assert (noted.state, bool(noted.approved_hash)) == (DirectiveState.APPROVED, True)
        numbered = numbering_and_issuing.number(submitted.pk, expected=1, by=clerk, clock=committee.clock)
        assert numbered.state == DirectiveState.NUMBERED

    def test_the_clerk_finds_it_beside_the_way_of_a_submitted_paper(
        self, committee: Committee, submitted: Directive
    ) -> None:
        following = as_person(committee.clerk).get(reverse("directive", args=[submitted.pk])).context["next"]
        assert following.primary is None
        assert Step.NOTE_SIGNATURE in [button.step for button in following.others]


class TestLinesThatDiffer:
    def test_other_lines_than_those_of_the_authority_are_noted(self, committee: Committee) -> None:
        document = factories.draft(committee).document(committee.clock.today())
        assert list(beside_authority(document, committee.authority)) == []
        committee.authority.lines[1]["text"] = "BÍ THƯ"
        [finding] = beside_authority(document, committee.authority)
        assert "T/M BAN THƯỜNG VỤ, BÍ THƯ" in finding.words
        assert finding.quote == "PHÓ BÍ THƯ"
