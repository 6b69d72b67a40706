"""Who sees what: for each person exactly the papers, deliveries and shares of the rule, no more and no fewer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from django.db.models import F
from pytest_django import DjangoDbBlocker

from directives import search
from directives.models import Assignment, Delivery, Directive
from orgs.models import Role
from tests.directives.lasting_world import gone_at_the_end
from tests.directives.sight_world import SightWorld
from tests.factories import ClockAt

pytestmark = pytest.mark.django_db

UNITS = ("tu-xa-1", "tu-xa-2", "tu-xa-3")
ON_ITS_WAY = {"submitted", "approved", "numbered", "office submitted"}
OUT = {"issued", "sent", "recalled"}
AFTER_SUBMISSION = ON_ITS_WAY | OUT | {"voided"}
RESTRICTED_APPROVED = {f"restricted {state}" for state in ("approved", "numbered", "issued", "sent")}
RESTRICTED_SUBMITTED = RESTRICTED_APPROVED | {"restricted submitted"}
REACHED_UNIT_1 = {"sent", "recalled"}
IN_A_UNIT = [role for role in Role if role not in {Role.ADMINISTRATOR, Role.INSPECTOR}]
LEADERS = [Role.SECTION_HEAD, Role.OFFICE_HEAD, Role.REVIEWER, Role.SIGNER, Role.MONITOR, Role.DRAFTER]
BYSTANDERS = [Role.ASSISTANT, Role.UNIT_CONTACT, Role.OFFICER, Role.UNIT_HEAD, Role.ADMINISTRATOR]

SEES: dict[str, set[str]] = {
    "drafter": AFTER_SUBMISSION | {"draft"} | RESTRICTED_SUBMITTED | {"restricted draft"},
    "signer": AFTER_SUBMISSION | RESTRICTED_SUBMITTED,
    "clerk": AFTER_SUBMISSION | RESTRICTED_APPROVED,
    **{f"{role} here": AFTER_SUBMISSION for role in LEADERS},
    "drafter here": AFTER_SUBMISSION | {"draft"},
    **{f"{role} here": set() for role in BYSTANDERS},
    "clerk here": AFTER_SUBMISSION | RESTRICTED_APPROVED,
    "inspector here": OUT,
    "named reader": RESTRICTED_SUBMITTED,
    "named inspector": OUT,
    "named administrator": set(),
    "leader of the posts": {"issued", "sent", "recalled"} | {"restricted issued", "restricted sent"},
    "drafter of the office": {"office draft", "office submitted"},
    "colleague of the office": {"office draft", "office submitted"},
    "clerk of the office": set(),
    **{f"{role} in unit 1": REACHED_UNIT_1 for role in IN_A_UNIT},
    "administrator in unit 1": set(),
    "inspector in unit 1": set(),
    "named reader in unit 1": REACHED_UNIT_1 | {"restricted sent"},
    "administrator here and clerk of unit 1": REACHED_UNIT_1,
    "clerk of two bodies": REACHED_UNIT_1,
    "unit 1 clerk": REACHED_UNIT_1,
    "unit 2 clerk": {"recalled"},
    "unit 3 clerk": {"recalled"},
    "whose post ended": set(),
    "whose post begins tomorrow": set(),
    "who may not sign in": set(),
}
"""What each person of the first committee and its units sees; of the second committee nobody of them sees anything."""

_OTHER_AFTER = {"submitted", "approved", "numbered", "voided"} | OUT
SEES |= {
    "other drafter": {f"other {name}" for name in _OTHER_AFTER | {"draft", "restricted draft"} | RESTRICTED_SUBMITTED},
    "other signer": {f"other {name}" for name in _OTHER_AFTER | RESTRICTED_SUBMITTED},
    "other clerk": {f"other {name}" for name in _OTHER_AFTER | RESTRICTED_APPROVED},
    "other head": {f"other {name}" for name in _OTHER_AFTER},
    "other unit clerk": {"other sent", "other recalled"},
}

STAFF = ("drafter", "signer", "clerk", "monitor here", "inspector here", "leader of the posts", "named reader")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[SightWorld]:
    with gone_at_the_end(django_db_blocker):
        yield SightWorld.made(ClockAt.on(date(2026, 11, 23)))


def papers(world: SightWorld, directives: Iterable[Directive]) -> set[str]:
    names = {paper.pk: name for name, paper in world.papers.items()}
    return {names[directive.pk] for directive in directives}


def same(seen: set[object], expected: set[object]) -> None:
    """Equality that says what leaked and what is missing."""
    assert (sorted(map(str, seen - expected)), sorted(map(str, expected - seen))) == ([], []), "(leaked, missing)"


def test_the_table_of_sight_names_every_person(world: SightWorld) -> None:
    assert SEES.keys() == world.people.keys()


@pytest.mark.parametrize("name", SEES)
def test_a_person_sees_exactly_the_papers_of_the_rule(world: SightWorld, name: str) -> None:
    same(papers(world, Directive.objects.visible_to(world.member(name))), SEES[name])


@pytest.mark.parametrize("name", STAFF)
@pytest.mark.parametrize("table", [Delivery, Assignment])
def test_the_issuers_staff_see_every_line_of_the_papers_they_see(
    world: SightWorld, table: type[Delivery | Assignment], name: str
) -> None:
    issued = {paper for paper in SEES[name] if paper.removeprefix("restricted ") in OUT}
    same(lines(world, table, name), {(paper, unit) for paper in issued for unit in UNITS})


@pytest.mark.parametrize("name", [name for name in SEES if "unit " in name and not name.startswith("other")])
@pytest.mark.parametrize("table", [Delivery, Assignment])
def test_a_unit_sees_its_own_lines_only(world: SightWorld, table: type[Delivery | Assignment], name: str) -> None:
    unit = f"tu-xa-{next(letter for letter in name if letter.isdigit())}"
    same(lines(world, table, name), {(paper, unit) for paper in SEES[name]})


@pytest.mark.parametrize("table", [Delivery, Assignment])
def test_a_paper_open_in_one_unit_does_not_open_the_line_of_another_that_gave_it_back(
    world: SightWorld, table: type[Delivery | Assignment]
) -> None:
    expected = {("sent", "tu-xa-1"), ("recalled", "tu-xa-1"), ("recalled", "tu-xa-2")}
    same(lines(world, table, "clerk of two bodies"), expected)


@pytest.mark.parametrize("table", [Delivery, Assignment])
def test_the_second_committee_sees_no_line_of_the_first(world: SightWorld, table: type[Delivery | Assignment]) -> None:
    for name in (name for name in SEES if name.startswith("other")):
        assert {paper.split()[0] for paper, _unit in lines(world, table, name)} <= {"other"}, name


@pytest.mark.parametrize("table", [Delivery, Assignment])
@pytest.mark.parametrize("name", [name for name, seen in SEES.items() if not seen])
def test_who_sees_no_paper_sees_no_line(world: SightWorld, table: type[Delivery | Assignment], name: str) -> None:
    assert lines(world, table, name) == set()


@pytest.mark.parametrize("name", SEES)
def test_whoever_may_read_a_paper_finds_it_by_its_words(world: SightWorld, name: str) -> None:
    visible = Directive.objects.visible_to(world.member(name))
    same(papers(world, search.found(visible, "kiểm tra")), SEES[name])
    newest = search.newest(visible, "kiểm tra", 100)
    same(papers(world, Directive.objects.filter(pk__in=newest)), SEES[name])


@pytest.mark.parametrize("name", SEES)
def test_shares_that_came_are_the_visible_ones_whose_paper_lies_open_with_ones_own_unit(
    world: SightWorld, name: str
) -> None:
    member = world.member(name)
    opened = set(Delivery.objects.open_to(member).values_list("directive", "organization"))
    visible = Assignment.objects.visible_to(member)
    wanted = {share.pk for share in visible if (share.directive_id, share.organization_id) in opened}
    assert set(Assignment.objects.came_to(member).values_list("pk", flat=True)) == wanted


def test_a_share_repeats_the_paper_and_the_issuer_of_its_task(world: SightWorld) -> None:
    same_as_task = {"directive": F("task__directive"), "issuer": F("task__directive__issuer")}
    assert Assignment.objects.filter(**same_as_task).count() == Assignment.objects.count() > 0


def test_a_drafter_who_now_only_administers_no_longer_reads_what_he_wrote(world: SightWorld) -> None:
    drafter = world.people["drafter"]
    drafter.posts.update(role=Role.ADMINISTRATOR)
    same(papers(world, Directive.objects.visible_to(world.member("drafter"))), set())


def test_a_unit_that_ended_its_persons_post_has_closed_the_paper_to_that_person(world: SightWorld) -> None:
    clerk = world.people["unit 1 clerk"]
    clerk.posts.update(ends_on=date(2026, 11, 22))
    same(papers(world, Directive.objects.visible_to(world.member("unit 1 clerk"))), set())


def lines(world: SightWorld, table: type[Delivery | Assignment], name: str) -> set[tuple[str, str]]:
    """The paper and the unit of each line that this person sees."""
    names = {paper.pk: paper_name for paper_name, paper in world.papers.items()}
    paper = "directive" if table is Delivery else "task__directive"
    seen = table.objects.visible_to(world.member(name)).values_list(paper, "organization__code")
    return {(names[directive], unit) for directive, unit in seen}
