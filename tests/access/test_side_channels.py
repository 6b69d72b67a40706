"""What a person may not see leaves no trace: in no count, search or mail, nor on the way through the sign-in page."""

from __future__ import annotations

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from directives import notices
from directives.models import Delivery, Notice, correction
from directives.models.delivery import DeliveryQuerySet
from directives.models.directive import DirectiveQuerySet
from directives.views import counts, waiting
from orgs.member import Member
from tests.access.asking import Question, Visitor, lists
from tests.access.canaries import leaked, words_answered, words_in
from tests.access.crawl import wrong_answers
from tests.access.sight import BOOK_ROLES, ONE_OF_EACH, PEOPLE, names_of, papers_of
from tests.access.traces import Pages, found_by, pages_of
from tests.access.world import OTHER, AccessWorld
from tests.directives.lasting_world import left_as_it_was

pytestmark = pytest.mark.django_db

ADDED = ("draft", "restricted approved", "restricted sent", "submitted", "given back", OTHER + "sent")
"""One more paper of each kind that some may see and others not; the fifth replaces a paper that more people see."""
LISTS = [page for page in lists() if page.name not in {"directory", "administration"} and "?" not in page.address]
"""Lists of papers and shares, with the counts of the rail; the clerk's tabs are counted on the first of them."""
SEARCHES = ("find", "outgoing", "inbox", "tasks")


@pytest.fixture(scope="module")
def before(world: AccessWorld) -> dict[str, Pages]:
    """What the lists show to one of each people that see alike, before anything is added."""
    return {who: pages_of(world, who, LISTS) for who in ONE_OF_EACH}


@pytest.mark.parametrize("name", ADDED)
def test_a_paper_that_one_may_not_see_changes_nothing_on_any_list(
    world: AccessWorld, before: dict[str, Pages], name: str
) -> None:
    assert not changed_by(world, before, name)


@pytest.mark.usefixtures("counted_once")
@pytest.mark.parametrize("who", ONE_OF_EACH)
def test_a_search_for_the_words_or_the_number_of_a_hidden_paper_finds_what_a_word_of_nowhere_finds(
    world: AccessWorld, who: str
) -> None:
    assert not found_by_search(world, who)


def test_a_mail_tells_the_subject_of_an_open_paper_at_most(world: AccessWorld) -> None:
    assert not told_by_mail(world)


def test_the_sign_in_page_tells_nothing_of_the_page_that_was_asked_for(world: AccessWorld) -> None:
    stranger = world.people["stranger"]
    stranger.set_password("mot mat khau dai")
    facts = {"username": stranger.username, "password": "mot mat khau dai"}
    for paper in (world.papers["draft"], world.papers["restricted sent"]):
        page, client = reverse("directive", args=[paper.pk]), Client()
        with left_as_it_was():
            stranger.save()
            assert not words_answered(client.get(reverse("sign_in"), {"next": page}))
            answer = client.post(reverse("sign_in"), {**facts, "next": page}, follow=True)
        assert answer.status_code == 404
        assert not words_answered(answer)


def test_a_file_is_not_given_under_the_address_of_another_paper(world: AccessWorld) -> None:
    hidden = world.papers["restricted sent"].copies.all()
    visitor, own = Visitor(world.people["unit clerk"]), world.papers["sent"].pk
    for copy in hidden:
        question = Question("file", "", reverse("file", args=[own, copy.sha256]))
        assert visitor.ask(question, "GET").status_code == 404


class TestPlantedLeaks:
    def test_a_count_that_counts_all_is_noticed(
        self, world: AccessWorld, before: dict[str, Pages], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def all_of_them(member: Member) -> DeliveryQuerySet:
            return Delivery.objects.waiting_to_be_received()

        for name in ("FOR_THE_HAND", "COUNTED"):
            questions = [all_of_them if each is waiting.to_receive else each for each in getattr(counts, name)]
            monkeypatch.setattr(counts, name, questions)
        # Nothing of it is remembered.
        monkeypatch.setattr(counts, "_put_together", counts._put_together.__wrapped__)
        monkeypatch.setattr(waiting, "to_receive", all_of_them)
        planted = {"unrelated clerk": pages_of(world, "unrelated clerk", LISTS[:1])}
        assert changed_by(world, planted, OTHER + "sent")

    def test_a_mark_that_does_not_ask_who_may_read_the_later_paper_is_noticed(
        self, world: AccessWorld, questions: list[Question], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(correction, "MayRead", lambda member, paper: Q(directive__state="issued"))
        inbox = [question for question in questions if question.route == "inbox"]
        assert any("shows the paper given back" in line for line in wrong_answers(world, "unit clerk", inbox))

    def test_a_search_that_does_not_start_from_what_is_visible_is_noticed(
        self, world: AccessWorld, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(DirectiveQuerySet, "visible_to", lambda papers, member: papers)
        assert found_by_search(world, "colleague")

    def test_a_mail_with_the_subject_of_a_restricted_paper_is_noticed(
        self, world: AccessWorld, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        written = notices.render_to_string
        monkeypatch.setattr(
            notices, "render_to_string", lambda name, facts: written(name, facts) + facts["directive"].subject
        )
        assert told_by_mail(world)


def changed_by(world: AccessWorld, before: dict[str, Pages], name: str) -> list[str]:
    """Whose lists change when one more paper of this kind comes into the world, of those who may not see it."""
    prefix = OTHER if name.startswith(OTHER) else ""
    of = world.other if prefix else world.home
    wrong = []
    with left_as_it_was():
        world.paper(of, prefix, name.removeprefix(OTHER))
        for who, pages in before.items():
            if not _may_notice(who, name):
                after = pages_of(world, who, [page for page in LISTS if page.address in pages])
                wrong += [f"{who}: {address}" for address, page in pages.items() if after[address] != page]
    return wrong


def _may_notice(who: str, name: str) -> bool:
    """Whether this person sees the paper, or the register in which its number has a line."""
    if name.startswith(OTHER):
        return who == "stranger"
    return name in papers_of(who) or (name == "restricted sent" and who in names_of(BOOK_ROLES))


def found_by_search(world: AccessWorld, who: str) -> list[str]:
    """The hidden papers that change the answer to a search for them, by word or by number."""
    visitor = Visitor(world.people[who])
    nowhere = {route: found_by(visitor, route, "zqnowhereatall") for route in SEARCHES}
    no_number = {route: found_by(visitor, route, "99123-CV/TU") for route in SEARCHES}
    seen = {name for name in world.papers if name.startswith(OTHER)} if who == "stranger" else papers_of(who)
    hidden = [name for name in world.papers if name not in seen]
    place, wrong = PEOPLE.index(who), []
    # Other papers for each person: in the end all are searched for.
    for name in hidden[place % 5 :: 5]:
        paper = world.papers[name]
        [word] = words_in(paper.subject)
        for route in SEARCHES:
            if found_by(visitor, route, word) != nowhere[route]:
                wrong.append(f"{route} finds {name} by its words")
            if paper.number and found_by(visitor, route, paper.printed_number) != no_number[route]:
                wrong.append(f"{route} finds {name} by its number")
    return wrong


def told_by_mail(world: AccessWorld) -> list[str]:
    """The papers of which a mail tells more than the number, though they are restricted, and mails of other papers."""
    wrong = []
    mails = Notice.objects.with_what_they_tell()
    names = {paper.pk: name for name, paper in world.papers.items()}
    for notice in mails:
        paper = notice.directive
        message = notices.mail_of(notice).message()
        parts = [str(part.get_payload(decode=True), "utf-8") for part in message.walk() if not part.is_multipart()]
        assert len(parts) == 2, "a mail has its text twice, plain and as HTML"
        told = "consultation" if notice.consulted else "paper"
        allowed = set() if paper.restricted else {f"{told} {names[paper.pk]}"}
        found = words_in("\n".join([*parts, *(f"{name}: {value}" for name, value in message.items())]))
        wrong += leaked(found, world.owners, allowed)
    assert mails, "there are mails to look into"
    return wrong
